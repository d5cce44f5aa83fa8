"""The shelves: every live card in every list it belongs to, in order.

A collection is one sorted list of keys; a shelf is a collection over one period, which is a prefix of the keys, and is
found by bisection: a count costs O(log n).

An index is made of cards, or stands on what a record kept (`Stored`): then a list or a card is fetched when it is first
looked at, so that one edit among a million stories looks at what it touches and at nothing else.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from newsgen.index.shelves import (
    CHILD,
    HELD,
    ID_AT,
    KINDS,
    PAST,
    Fetched,
    Nothing,
    Stored,
    collections,
    holds,
    key_of,
    slug,
    text,
)
from newsgen.model.card import Card, Collection

__all__ = ["Index"]


class Index:
    """Every live card, by id and on its shelves."""

    def __init__(self, cards: Iterable[Card] = (), stored: Stored | None = None) -> None:
        self._stored = stored or Nothing()
        self._cards: Fetched[str, Card | None] = Fetched(self._card)
        self._keys: Fetched[Collection, list[str]] = Fetched(self._list)
        self._slugs: Fetched[str, list[str]] = Fetched(self._names)  # sorted, of those that hold stories
        self._holders: Fetched[tuple[str, str], set[str]] = Fetched(self._holding)
        self._rows: dict[Collection, list[Card | None]] = {}  # of a whole index: the cards of a list, in its order
        self.changed: dict[Collection, None] = {}  # collections that are not as they were stored
        self._fill(cards)

    # Methods, not closures: an index goes to other processes.

    def _card(self, story_id: str) -> Card | None:
        return self._stored.card(story_id)

    def _list(self, collection: Collection) -> list[str]:
        return self._stored.keys(collection)

    def _names(self, kind: str) -> list[str]:
        return self._stored.slugs(kind)

    def _holding(self, held: tuple[str, str]) -> set[str]:
        return self._stored.holders(*held)

    def load(self) -> None:
        """Fetch everything, and stand on nothing from now on: what an index stands on cannot go to a worker."""
        for card in self._stored.cards():
            self._cards.setdefault(card.item.id, card)
        for collection, keys in self._stored.all_keys():
            self._keys.setdefault(collection, keys)
        for kind in KINDS:
            self._slugs[kind]
        for kind in HELD:
            for name, ids in self._stored.all_holders(kind).items():
                self._holders.setdefault((kind, name), ids)
        self._stored = Nothing()

    @property
    def fetched(self) -> int:
        """How many cards were looked at."""
        return len(self._cards)

    # --- what changes it ---

    def stand_on(self, stored: Stored) -> None:
        """Stand on what a record keeps by now: all that changed until now is in it."""
        self._stored = stored
        self.changed.clear()

    def _fill(self, cards: Iterable[Card]) -> None:
        """Take in many cards at once, each new."""
        for card in cards:
            story_id, key = card.item.id, key_of(card)
            self._cards[story_id] = card
            for collection in collections(card):
                self._keys[collection].append(key)
            self._refer(card, story_id)
        for collection, keys in self._keys.items():
            keys.sort()
            self._slugs[collection[0]].append(collection[1])
            self.changed[collection] = None
        for slugs in self._slugs.values():
            slugs.sort()

    def _refer(self, card: Card, story_id: str) -> None:
        for held in holds(card):
            self._holders[held].add(story_id)

    def update(self, removed: Iterable[Card], added: Iterable[Card]) -> None:
        """Take some cards off the shelves, and put others on. A list whose keys stay is not changed."""
        added = list(added)
        stays = {(card.item.id, key_of(card)): set(collections(card)) for card in added}
        left: dict[str, set[Collection]] = {}  # of a card that changes: the lists in which it keeps its place
        for card in removed:
            story_id, key = card.item.id, key_of(card)
            self._cards[story_id] = None
            same = left[story_id] = stays.get((story_id, key), set()).intersection(collections(card))
            for collection in collections(card):
                if collection in same:
                    self._rows.pop(collection, None)
                else:
                    self._take(collection, key)
            for held in holds(card):
                self._holders[held].discard(story_id)
        for card in added:
            self._cards[card.item.id] = card
            same = left.get(card.item.id, set())
            for collection in collections(card):
                if collection not in same:
                    self._put(collection, key_of(card))
            self._refer(card, card.item.id)

    def _take(self, collection: Collection, key: str) -> None:
        self._rows.pop(collection, None)
        keys = self._keys[collection]
        at = bisect_left(keys, key)
        if at < len(keys) and keys[at] == key:
            del keys[at]
        self.changed[collection] = None
        kind, name = collection
        if not keys and name in self._slugs[kind]:
            self._slugs[kind].remove(name)

    def _put(self, collection: Collection, key: str) -> None:
        self._rows.pop(collection, None)
        keys = self._keys[collection]
        kind, name = collection
        if not keys:
            insort(self._slugs[kind], name)
        at = bisect_left(keys, key)
        if at == len(keys) or keys[at] != key:
            keys.insert(at, key)
        self.changed[collection] = None

    # --- cards ---

    def card(self, story_id: str) -> Card | None:
        """The card of a live story."""
        return self._cards[story_id]

    def __contains__(self, story_id: object) -> bool:
        """Whether a story is live."""
        return isinstance(story_id, str) and self._cards[story_id] is not None

    def ids(self) -> list[str]:
        """The id of every live story, in order of time: those that show each other lie together."""
        lists = [("date", ""), PAST]
        return [key[ID_AT:] for collection in lists for key in self._keys[collection]]

    def cards(self) -> Iterable[Card]:
        """Every live card."""
        return (card for story_id in self.ids() if (card := self._cards[story_id]) is not None)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The id of every live story, with what others may know of it as text."""
        yield from ((story_id, told) for story_id, told in self._stored.texts() if story_id not in self._cards)
        yield from ((card.item.id, text(card)) for card in [*self._cards.values()] if card is not None)

    def _of(self, collection: Collection, start: int, end: int) -> list[Card]:
        """The cards of a part of a list. A whole index keeps them in a row: to look up each by its id takes longer."""
        if type(self._stored) is not Nothing:
            found = [self._cards[key[ID_AT:]] for key in self._keys[collection][start:end]]
        else:
            row = self._rows.get(collection)
            if row is None:
                row = self._rows[collection] = [self._cards[key[ID_AT:]] for key in self._keys[collection]]
            found = row[start:end]
        return [card for card in found if card is not None]

    def around(self, card: Card, before: int, after: int) -> tuple[list[Card], list[Card]]:
        """The stories next to one in its section, in order of time: those before it, and those after it."""
        collection = ("section", slug(card.section.url))
        keys = self._keys[collection]
        key = key_of(card)
        at = bisect_left(keys, key)
        end = at + 1 if at < len(keys) and keys[at] == key else at
        return self._of(collection, max(0, at - before), at), self._of(collection, end, end + after)

    def pinning(self, story_id: str) -> frozenset[str]:
        """The live stories that pin a story, or keep it out."""
        return frozenset(self._holders["pin", story_id])

    def held(self, kind: str) -> list[str]:
        """What live stories hold of a kind, in order: picture files, the months in which some were corrected."""
        known = {name for held, name in self._holders if held == kind}
        return [name for name in sorted(known.union(self._stored.all_holders(kind))) if self._holders[kind, name]]

    def showing(self, picture: str) -> frozenset[str]:
        """The live stories that show a picture file."""
        return frozenset(self._holders["picture", picture])

    def corrected(self, month: str) -> list[Card]:
        """The stories that were corrected in a month, by id."""
        return [card for story_id in sorted(self._holders["corrected", month]) if (card := self._cards[story_id])]

    # --- shelves ---

    def keys(self, collection: Collection) -> list[str]:
        """A collection as a record keeps it."""
        return self._keys[collection]

    def _span(self, collection: Collection, period: str) -> tuple[list[str], int, int]:
        keys = self._keys[collection]
        if not period:
            return keys, 0, len(keys)
        start = bisect_left(keys, period)
        return keys, start, bisect_left(keys, f"{period}~", start)

    def count(self, collection: Collection, period: str = "") -> int:
        """How many stories a shelf holds."""
        if not period and collection not in self._keys:
            return self._stored.summary(collection)[0]
        _keys, start, end = self._span(collection, period)
        return end - start

    def all(self, collection: Collection, period: str = "") -> list[Card]:
        """A shelf's cards, oldest first."""
        _keys, start, end = self._span(collection, period)
        return self._of(collection, start, end)

    def newest(self, collection: Collection, limit: int, period: str = "") -> list[Card]:
        """A shelf's newest cards, newest first."""
        if limit == 1 and not period and collection not in self._keys:
            count, story_id = self._stored.summary(collection)
            card = self._cards[story_id] if count else None
            return [card] if card else []
        _keys, start, end = self._span(collection, period)
        return self._of(collection, max(start, end - limit), end)[::-1]

    def edge_days(self, collection: Collection, period: str = "") -> tuple[str, str]:
        """The days of a shelf's oldest and newest story; "" for an empty shelf."""
        keys, start, end = self._span(collection, period)
        return (keys[start][:10], keys[end - 1][:10]) if end > start else ("", "")

    def children(self, collection: Collection, period: str = "") -> list[tuple[str, int]]:
        """The smaller periods that hold stories, each with its count, in order of time."""
        keys, at, end = self._span(collection, period)
        size = CHILD[len(period)]
        found = []
        while at < end:
            child = keys[at][:size]
            stop = bisect_left(keys, f"{child}~", at, end)
            found.append((child, stop - at))
            at = stop
        return found

    def beside(self, collection: Collection, period: str) -> tuple[str, str]:
        """The nearest periods of the same length before and after one that hold stories; "" for none."""
        keys, start, end = self._span(collection, period)
        size = len(period)
        if not size:
            return "", ""
        return keys[start - 1][:size] if start else "", keys[end][:size] if end < len(keys) else ""

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

    def prefixes(self, kind: str, prefix: str) -> list[tuple[str, int]]:
        """The next longer prefixes below `prefix`, each with the count of its names."""
        counts: dict[str, int] = {}
        for found in self.slugs(kind, prefix):
            longer = found[: len(prefix) + 1]
            if len(longer) > len(prefix):
                counts[longer] = counts.get(longer, 0) + 1
        return sorted(counts.items())
