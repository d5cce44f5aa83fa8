"""The shelves: every live card in every list it belongs to, in order.

A collection is one section, tag, person, place, or all stories ("date"). It is one sorted list of order keys; a shelf
is a collection over one period, and is found in it by bisection, so a card costs eight bytes a collection and a count
costs O(log n).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from newsgen.cards import picture_path
from newsgen.model import Card

__all__ = ["KINDS", "LIMIT", "Collection", "Index", "collections", "diff", "periods", "pictures", "slug"]

Collection = tuple[str, str]  # (kind, slug); ("date", "") holds every story
Order = tuple[str, str, int, str]  # day, hour, instant, id

KINDS = ("date", "section", "tag", "person", "place")
LIMIT = 100  # a longer list splits into smaller periods


def _order(card: Card) -> Order:
    """Where a card stands in every list: by day, hour, instant, and id where all are equal."""
    return (card.item.day, card.hour, card.instant, card.item.id)


def collections(card: Card) -> list[Collection]:
    """Every collection that a card is in, each once."""
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
    return url.rstrip("/").rpartition("/")[2]


def periods(card: Card) -> tuple[str, ...]:
    """Every period that a card is in, from all time to the hour."""
    day = card.item.day
    return ("", day[:4], day[:7], day, f"{day}T{card.hour}")


def _bounds(period: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    day, _, hour = period.partition("T")
    return ((day, hour), (day, f"{hour}~")) if hour else ((day,), (f"{day}~",))


def _child(key: Order, period: str) -> str:
    """The next smaller period of `period` that a key is in."""
    if len(period) == 10:
        return f"{key[0]}T{key[1]}"
    return key[0][: {0: 4, 4: 7, 7: 10}[len(period)]]


class Index:
    """Every live card, by id and on its shelves."""

    def __init__(self, cards: Iterable[Card] = ()) -> None:
        self.cards: dict[str, Card] = {}
        self._lists: dict[Collection, list[Order]] = defaultdict(list)
        self._slugs: dict[str, list[str]] = {kind: [] for kind in KINDS}  # sorted, of the collections that hold stories
        self._pinned: dict[str, set[str]] = defaultdict(set)  # id -> the stories that pin it
        self._shown: set[str] = set()  # the picture files that live stories show
        for card in cards:
            self.cards[card.item.id] = card
            for pin in card.related:
                self._pinned[pin.removeprefix("-")].add(card.item.id)
            for path in pictures(card):
                self._shown.add(path)
            for collection in collections(card):
                self._lists[collection].append(_order(card))
        for collection, keys in self._lists.items():
            keys.sort()
            self._slugs[collection[0]].append(collection[1])
        for slugs in self._slugs.values():
            slugs.sort()

    def _span(self, collection: Collection, period: str) -> tuple[list[Order], int, int]:
        keys = self._lists.get(collection, [])
        if not period:
            return keys, 0, len(keys)
        low, high = _bounds(period)
        start = bisect_left(keys, low)
        return keys, start, bisect_left(keys, high, start)

    def count(self, collection: Collection, period: str = "") -> int:
        """How many stories a shelf holds."""
        _keys, start, end = self._span(collection, period)
        return end - start

    def all(self, collection: Collection, period: str = "") -> list[Card]:
        """A shelf's cards, oldest first."""
        keys, start, end = self._span(collection, period)
        return [self.cards[key[3]] for key in keys[start:end]]

    def newest(self, collection: Collection, limit: int, period: str = "") -> list[Card]:
        """A shelf's newest cards, newest first."""
        keys, start, end = self._span(collection, period)
        return [self.cards[key[3]] for key in reversed(keys[max(start, end - limit) : end])]

    def edge_days(self, collection: Collection, period: str = "") -> tuple[str, str]:
        """The days of a shelf's oldest and newest story; "" for an empty shelf."""
        keys, start, end = self._span(collection, period)
        return (keys[start][0], keys[end - 1][0]) if end > start else ("", "")

    def children(self, collection: Collection, period: str = "") -> list[tuple[str, int]]:
        """The smaller periods that hold stories, each with its count, in order of time."""
        keys, at, end = self._span(collection, period)
        found = []
        while at < end:
            child = _child(keys[at], period)
            stop = bisect_left(keys, _bounds(child)[1], at, end)
            found.append((child, stop - at))
            at = stop
        return found

    def beside(self, collection: Collection, period: str) -> tuple[str, str]:
        """The nearest periods of the same length before and after one that hold stories; "" for none."""
        keys, start, end = self._span(collection, period)
        if not period:
            return "", ""
        parent = period[: {4: 0, 7: 4, 10: 7, 13: 10}[len(period)]]
        before = _child(keys[start - 1], parent) if start else ""
        after = _child(keys[end], parent) if end < len(keys) else ""
        return before, after

    def around(self, card: Card, before: int, after: int) -> tuple[list[Card], list[Card]]:
        """The stories next to one in its section: those before it, nearest first, and those after it."""
        keys = self._lists.get(("section", slug(card.section.url)), [])
        at = bisect_left(keys, _order(card))
        end = at + 1 if at < len(keys) and keys[at][3] == card.item.id else at
        earlier = [self.cards[key[3]] for key in reversed(keys[max(0, at - before) : at])]
        return earlier, [self.cards[key[3]] for key in keys[end : end + after]]

    def slugs(self, kind: str, prefix: str = "") -> list[str]:
        """The collections of a kind whose slug begins with `prefix`, in order."""
        found = self._slugs[kind]
        start = bisect_left(found, prefix)
        return found[start : bisect_left(found, f"{prefix}~", start)] if prefix else found

    def name(self, collection: Collection, period: str = "") -> str:
        """A collection as its newest story spells it."""
        newest = self.newest(collection, 1, period)
        if not newest:
            return collection[1]
        card = newest[0]
        links: Iterable[tuple[str, str]]
        if collection[0] == "section":
            return card.section.name
        if collection[0] == "tag":
            links = ((slug(link.url), link.name) for link in card.tags)
        else:
            named = card.people if collection[0] == "person" else card.places
            links = ((slug(link.url), link.name) for _role, link in named)
        return next((name for found, name in links if found == collection[1]), collection[1])

    def pinning(self, story_id: str) -> frozenset[str]:
        """The live stories that pin a story, or keep it out."""
        return frozenset(self._pinned.get(story_id, ()))

    def shown(self) -> list[str]:
        """The picture files that live stories show."""
        return sorted(self._shown)

    def shows(self, picture: str) -> bool:
        """Whether a live story shows the picture file."""
        return picture in self._shown

    def prefixes(self, kind: str, prefix: str) -> list[tuple[str, int]]:
        """The next longer prefixes below `prefix`, each with the count of its names."""
        counts: dict[str, int] = {}
        for found in self.slugs(kind, prefix):
            longer = found[: len(prefix) + 1]
            if len(longer) > len(prefix):
                counts[longer] = counts.get(longer, 0) + 1
        return sorted(counts.items())


def diff(removed: Iterable[Card], added: Iterable[Card]) -> tuple[list[Card], list[tuple[Card, int]]]:
    """What a change means to the shelves.

    Gives the cards that differ only in their file's digest (a body was edited, no list can tell), and every other card
    taken off (-1) or put on (+1).
    """
    before = {card.item.id: card for card in removed}
    after = {card.item.id: card for card in added}
    edited: list[Card] = []
    moved: list[tuple[Card, int]] = []
    for story_id in sorted(before.keys() | after.keys()):
        old, new = before.get(story_id), after.get(story_id)
        if old and new and replace(old, digest="") == replace(new, digest=""):
            edited.append(new)
            continue
        moved.extend((card, step) for card, step in ((old, -1), (new, +1)) if card)
    return edited, moved


def pictures(card: Card) -> set[str]:
    """The files of the photos that a card may show."""
    return {picture_path(card.path, photo.file) for photo in card.photos if photo and photo.file}
