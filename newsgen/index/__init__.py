"""Cards and shelves: from a story to what other pages may know of it, and every live card in every list it belongs to.

Nothing here knows the clock, a page or the disk. Who may see a story is settled before its card comes here
(`lifecycle`), and where the shelves of the last build are kept is the store's matter (`ShelfSource`).

Files, in reading order:

    cards         from a story to its card
    shelves       where a card stands: its collections, its key in each, its periods
    index         the shelves: what a list holds, and what a change makes of it
    shelf_source  what an index fetches from: the shelves of the last build
    diff          what a change of cards means to lists

Decisions that someone will ask about:

- **The index rests on the store**: a list or a card is fetched when it is first asked for, so one edit costs the same
  among a thousand stories and among a million. Each list is one row (its keys, joined): a quarter of a million rows of
  memberships would take longer to write than the pages they list. Where many pages are to be planned, everything is
  fetched at once, and workers are forked with it.
- **Old versions are on a shelf of their own** (`shelves.OLD_VERSIONS`), which no list is made of.
- **The card of a killed story is empty** but for its id, the kill and its place among its versions, so that the record,
  which is kept, holds nothing of it.
"""
