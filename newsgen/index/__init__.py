"""Cards and shelves: what other pages may know of a story, and every live story on every list it belongs to.

A collection is one list of stories: all, those of a section, tag, person or place. A shelf is a collection over one
period, from all time to an hour. Nothing here knows the clock, a page or the disk. Who may see a story is settled
before its card comes here (`lifecycle/`); the store keeps the shelves between builds and hands them over as a
`ShelfSource`.

Files, in reading order:

    cards         a story to its card: its address by `permalink`, its tags, persons and their roles, what lists show
    briefs        which stories are briefs, and share the page of their section's day
    shelves       on which shelves a card stands and how they are sorted; LIMIT, the most stories of a list on one
                  page
    spans         where a period lies among the keys of a collection, and into which smaller ones it splits
    spellings     how a collection is called that stories spell in several ways
    index         `Index`: what each shelf holds, counts, neighbours; takes cards off and puts cards on
    shelf_source  where an index fetches the shelves of the last build from
    diff          which cards changed, and how: unchanged for lists, reworded in the same place, or moved

Decisions:

- **Lists and cards are fetched from the store when they are first needed**, so an edit costs the same among a
  thousand stories as among a million. If many pages are to be planned, everything is fetched at once, and workers are
  forked after that.
- **Old versions stand on a shelf of their own** (`shelves.OLD_VERSIONS`), which no page lists.
- **The card of a killed story holds only its id, the kill and its place among its versions**: the store keeps cards,
  and must keep nothing of what was withdrawn.
"""
