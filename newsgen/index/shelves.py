"""Where a card stands: its collections, and its key in each.

A collection is one list of stories: all, those of a section, a tag, a person, a place, a storyline. A shelf is a
collection over one period, from all time to an hour. A story without an hour stands before the hours of its day, under
`UNTIMED`.
"""

from __future__ import annotations

from newsgen.model.card import Card, Collection
from newsgen.model.story import Link
from newsgen.text.address import picture_path
from newsgen.text.periods import UNTIMED

__all__ = [
    "BRIEFS",
    "ID_START",
    "INDEXED_FACETS",
    "KINDS",
    "LIMIT",
    "OLD_VERSIONS",
    "SUBJECTS",
    "collections_of",
    "correction_months",
    "facets_of",
    "limit_of",
    "names_of",
    "periods_of",
    "picture_files",
    "public_text",
    "slug_of_url",
    "sort_key",
]

KINDS = ("date", "section", "tag", "person", "place", "storyline")
BRIEFS = "brief"  # the kind of a section's briefs, old versions too: the pages where they stand whole
SUBJECTS = "subject"  # the kind of the stories that name a person who did not work on them
OLD_VERSIONS: Collection = ("past", "")  # superseded versions, which are in no list
INDEXED_FACETS = ("pin", "picture", "corrected")  # the kinds of facets that planning asks for
LIMIT = 80  # stories of a list on one page, some 36 KB; a longer list splits into smaller periods
_BRIEFS_LIMIT = 40  # the same of briefs, which stand there whole: some 22 KB compressed, and 1,100 elements
ID_START = 27  # where the id begins in a key
_FROM_YEAR_0 = 62_167_219_200  # seconds; makes every instant of a key positive


def limit_of(kind: str) -> int:
    """How many stories of a collection of this kind one page has."""
    return _BRIEFS_LIMIT if kind == BRIEFS else LIMIT


def sort_key(card: Card) -> str:
    """What lists are sorted by: day, hour, instant, and id where all are equal. A period is a prefix of it."""
    return f"{card.item.day}T{card.hour or UNTIMED}|{card.instant + _FROM_YEAR_0:012}|{card.item.id}"


def names_of(card: Card) -> dict[Collection, str]:
    """Every collection that a card is in, each once, as the card spells it."""
    if card.newest:
        return {OLD_VERSIONS: "", **_briefs_of(card)}
    names: dict[Collection, str] = {("date", ""): "", ("section", slug_of_url(card.section.url)): card.section.name}
    for tag in card.tags:
        names["tag", slug_of_url(tag.url)] = tag.name
    for _role, person in card.people:
        names["person", slug_of_url(person.url)] = person.name
    for person in _only_named(card):
        names[SUBJECTS, slug_of_url(person.url)] = person.name
    for _role, place in card.places:
        names["place", slug_of_url(place.url)] = place.name
    for storyline in card.storylines:
        names["storyline", slug_of_url(storyline.url)] = storyline.name
    return {**names, **_briefs_of(card)} if card.is_brief else names


def _only_named(card: Card) -> list[Link]:
    """The persons whom a story names, without those who worked on it."""
    named = [person for role, person in card.people if role == "subject"]
    if not named:
        return []
    workers = {person.url for role, person in card.people if role != "subject"}
    return [person for person in named if person.url not in workers]


def _briefs_of(card: Card) -> dict[Collection, str]:
    return {(BRIEFS, slug_of_url(card.section.url)): card.section.name} if card.is_brief else {}


def collections_of(card: Card) -> list[Collection]:
    """Every collection that a card is in, each once."""
    return list(names_of(card))


def slug_of_url(url: str) -> str:
    """`/tags/grain/` is `grain`."""
    return url[url.rfind("/", 0, -1) + 1 : -1]


def periods_of(card: Card) -> tuple[str, ...]:
    """Every period that a card is in, from all time to the hour; without the parts of a day without hours."""
    day = card.item.day
    return ("", day[:4], day[:7], day, f"{day}T{card.hour or UNTIMED}")


def picture_files(card: Card) -> set[str]:
    """The files of the photos that a card may show."""
    return {picture_path(card.path, photo.file) for photo in card.photos if photo and photo.file}


def facets_of(card: Card) -> list[tuple[str, str]]:
    """What else a card is looked up by, as (kind, name).

    "pin": a story that it pins or keeps out; "picture": a file that it may show; "corrected": a month; "modified": the
    month of its last change; "update": the story that it replaces; "draft": that it is one; "alias": an address that
    leads to it; "noindex": that search engines are to leave it out.
    """
    is_changed = card.modified != card.item.iso
    has_rare = card.updates or card.aliases or card.corrections or card.status == "draft" or not card.is_indexable
    if not (card.related or card.photos or is_changed or has_rare):  # nearly all
        return []
    facets = [("pin", pin.removeprefix("-")) for pin in card.related]
    facets += [("picture", path) for path in picture_files(card)]
    facets += [("corrected", month) for month in correction_months(card)]
    facets += [("modified", card.modified[:7])] if is_changed else []
    facets += [("update", card.updates)] if card.updates else []
    facets += [("alias", url) for url in card.aliases]
    if card.status == "draft":
        return [*facets, ("draft", "")]
    return facets if card.is_indexable else [*facets, ("noindex", "")]


def correction_months(card: Card) -> list[str]:
    """The months in which a story was corrected."""
    return sorted({note.date.day[:7] for note in card.corrections}) if card.corrections else []


def public_text(card: Card) -> str:
    """All that pages other than its own may say of a story, as text to search for words of held stories."""
    item = card.item
    links = (card.section, *card.tags, *card.storylines, *(link for _role, link in (*card.people, *card.places)))
    lines = [
        item.url,
        item.headline,
        item.byline,
        card.dateline,
        card.summary,
        card.details,
        *(link.name for link in links),
    ]
    lines += [photo.alt for photo in card.photos if photo]
    lines += [note.text for note in card.corrections]
    return "\n".join(lines)
