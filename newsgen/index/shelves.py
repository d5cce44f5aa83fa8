"""Where a card stands: its collections, its key in each, and what an index can stand on between builds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from newsgen.model.card import Card, Collection
from newsgen.text.address import picture_path

__all__ = [
    "CHILD",
    "HELD",
    "ID_AT",
    "KINDS",
    "LIMIT",
    "PAST",
    "Fetched",
    "Nothing",
    "Stored",
    "collections",
    "corrected",
    "holds",
    "key_of",
    "periods",
    "pictures",
    "slug",
    "text",
]

K = TypeVar("K")
V = TypeVar("V")
KINDS = ("date", "section", "tag", "person", "place")
PAST: Collection = ("past", "")  # the superseded versions, which are in no list
HELD = ("pin", "picture", "corrected")  # what planning asks of `holds`
LIMIT = 100  # a longer list splits into smaller periods
CHILD = {0: 4, 4: 7, 7: 10, 10: 13}  # the length of a period, and of the smaller ones in it: 1987, 1987-02, …-26, …T15
ID_AT = 27  # where the id begins in a key
_FROM_YEAR_0 = 62_167_219_200  # seconds; makes every instant of a key positive


def key_of(card: Card) -> str:
    """Where a card stands in every list: by day, hour, instant, and id where all are equal."""
    return f"{card.item.day}T{card.hour}|{card.instant + _FROM_YEAR_0:012}|{card.item.id}"


def collections(card: Card) -> list[Collection]:
    """Every collection that a card is in, each once."""
    if card.newest:
        return [PAST]
    found: dict[Collection, None] = {("date", ""): None, ("section", slug(card.section.url)): None}
    for tag in card.tags:
        found["tag", slug(tag.url)] = None
    for _role, person in card.people:
        found["person", slug(person.url)] = None
    for _role, place in card.places:
        found["place", slug(place.url)] = None
    return list(found)


def slug(url: str) -> str:
    """`/tags/grain/` is `grain`."""
    return url[url.rfind("/", 0, -1) + 1 : -1]


def periods(card: Card) -> tuple[str, ...]:
    """Every period that a card is in, from all time to the hour."""
    day = card.item.day
    return ("", day[:4], day[:7], day, f"{day}T{card.hour}")


def pictures(card: Card) -> set[str]:
    """The files of the photos that a card may show."""
    return {picture_path(card.path, photo.file) for photo in card.photos if photo and photo.file}


def holds(card: Card) -> list[tuple[str, str]]:
    """What a card pins or keeps out, the picture files that it may show, what it replaces, when it was corrected."""
    if not card.related and not card.photos and not card.updates and not card.corrections:  # nearly all
        return []
    found = [("pin", pin.removeprefix("-")) for pin in card.related] + [("picture", path) for path in pictures(card)]
    found += [("corrected", month) for month in corrected(card)]
    return [*found, ("update", card.updates)] if card.updates else found


def corrected(card: Card) -> list[str]:
    """The months in which a story was corrected."""
    return sorted({note.date.day[:7] for note in card.corrections}) if card.corrections else []


def text(card: Card) -> str:
    """What others may know of a story, as text to look through."""
    item = card.item
    links = (card.section, *card.tags, *(link for _role, link in (*card.people, *card.places)))
    lines = [item.url, item.headline, item.byline, card.dateline, card.details, *(link.name for link in links)]
    lines += [photo.alt for photo in card.photos if photo]
    lines += [note.text for note in card.corrections]
    return "\n".join(lines)


class Stored(Protocol):
    """The shelves as they were when the last build ended."""

    def card(self, story_id: str) -> Card | None:
        """A live card."""

    def cards(self) -> Iterable[Card]:
        """Every live card."""

    def texts(self) -> Iterable[tuple[str, str]]:
        """The id of every live story, with all that its card says as text."""

    def keys(self, collection: Collection) -> list[str]:
        """A collection's keys, in order; none where there is no such collection."""

    def all_keys(self) -> Iterable[tuple[Collection, list[str]]]:
        """Every collection with its keys."""

    def slugs(self, kind: str) -> list[str]:
        """The collections of a kind, in order."""

    def summary(self, collection: Collection) -> tuple[int, str]:
        """How many stories a collection holds, and the id of its newest."""

    def holders(self, kind: str, name: str) -> set[str]:
        """The ids of the live stories that hold something of a kind (HELD): pin a story, show a file…"""

    def all_holders(self, kind: str) -> Mapping[str, set[str]]:
        """Every pinned story, or shown file, with its holders."""


class Nothing:
    """A first build stands on nothing."""

    def card(self, story_id: str) -> Card | None:
        return None

    def cards(self) -> Iterable[Card]:
        return ()

    def texts(self) -> Iterable[tuple[str, str]]:
        return ()

    def keys(self, collection: Collection) -> list[str]:
        return []

    def all_keys(self) -> Iterable[tuple[Collection, list[str]]]:
        return ()

    def slugs(self, kind: str) -> list[str]:
        return []

    def summary(self, collection: Collection) -> tuple[int, str]:
        return 0, ""

    def holders(self, kind: str, name: str) -> set[str]:
        return set()

    def all_holders(self, kind: str) -> Mapping[str, set[str]]:
        return {}


class Fetched(dict[K, V]):
    """A dict that asks for what it does not have, once."""

    def __init__(self, fetch: Callable[[K], V]) -> None:
        self.fetch = fetch

    def __missing__(self, key: K) -> V:
        found = self[key] = self.fetch(key)
        return found
