"""The shelves: every live card in every list it belongs to, in order.

A collection is one sorted list of keys. A shelf is a collection over one period, which is a prefix of the keys, and is
found by bisection: a count costs O(log n).

An index is made of cards, or rests on a source (`ShelfSource`): what the last build left. Then it fetches a list or a
card when it is first asked for, so that one edit among a million stories reads what it affects and nothing else.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from newsgen.index.shelf_source import EmptySource, FetchedDict, ShelfSource
from newsgen.index.shelves import (
    BRIEFS,
    ID_START,
    INDEXED_FACETS,
    KINDS,
    OLD_VERSIONS,
    SUBJECTS,
    collections_of,
    facets_of,
    names_of,
    public_text,
    sort_key,
)
from newsgen.index.spans import smaller, span
from newsgen.index.spellings import Spellings, most_used
from newsgen.model.card import Card, Collection

__all__ = ["Index"]


class Index:
    """Every live card, by id and on its shelves."""

    def __init__(self, cards: Iterable[Card] = (), source: ShelfSource | None = None) -> None:
        self._source = source or EmptySource()
        self._cards: FetchedDict[str, Card | None] = FetchedDict(self._fetch_card)
        self._keys: FetchedDict[Collection, list[str]] = FetchedDict(self._fetch_keys)
        self.spellings = Spellings(self._source, self._keys)
        self._slugs: FetchedDict[str, list[str]] = FetchedDict(self._fetch_slugs)  # sorted, of those that hold stories
        self._ids_by_facet: FetchedDict[tuple[str, str], set[str]] = FetchedDict(self._fetch_ids)
        self._rows: dict[Collection, list[Card | None]] = {}  # without a source: the cards of a list, in its order
        self.changed_collections: dict[Collection, None] = {}  # those that differ from the source
        self._fill(cards)

    # Methods, not closures: an index is pickled.

    def _fetch_card(self, story_id: str) -> Card | None:
        return self._source.card(story_id)

    def _fetch_keys(self, collection: Collection) -> list[str]:
        return self._source.keys(collection)

    def _fetch_slugs(self, kind: str) -> list[str]:
        return self._source.slugs(kind)

    def _fetch_ids(self, facet: tuple[str, str]) -> set[str]:
        return self._source.ids_by_facet(*facet)

    def load_all(self) -> None:
        """Fetch everything, and need no source from now on: a source cannot go to a worker."""
        for card in self._source.cards():
            self._cards.setdefault(card.item.id, card)
        for collection, keys in self._source.all_keys():
            self._keys.setdefault(collection, keys)
        for kind in (*KINDS, BRIEFS, SUBJECTS):
            self._slugs[kind]
        for kind in INDEXED_FACETS:
            for name, ids in self._source.all_ids_by_facet(kind).items():
                self._ids_by_facet.setdefault((kind, name), ids)
        self.spellings.load("")
        self._source = self.spellings.source = EmptySource()

    @property
    def cards_fetched(self) -> int:
        """How many cards are in memory."""
        return len(self._cards)

    # --- changes ---

    def use_source(self, source: ShelfSource) -> None:
        """Rest on a source in which all that changed until now is stored."""
        self._source = self.spellings.source = source
        self.changed_collections.clear()

    def _fill(self, cards: Iterable[Card]) -> None:
        """Put many cards on empty shelves."""
        cards = tuple(cards)
        firsts, mixed = self.spellings.firsts, set()
        for card in cards:
            story_id, key = card.item.id, sort_key(card)
            self._cards[story_id] = card
            for collection, name in names_of(card).items():
                self._keys[collection].append(key)
                if firsts.setdefault(collection, name) != name:
                    mixed.add(collection)
            self._add_facets(card)
        self.spellings.count_again(cards, mixed)
        for collection, keys in self._keys.items():
            keys.sort()
            self._slugs[collection[0]].append(collection[1])
            self.changed_collections[collection] = None
        for slugs in self._slugs.values():
            slugs.sort()

    def _add_facets(self, card: Card) -> None:
        for facet in facets_of(card):
            self._ids_by_facet[facet].add(card.item.id)

    def update(self, removed: Iterable[Card], added: Iterable[Card]) -> None:
        """Take some cards off the shelves, and put others on. A list whose keys stay is not changed."""
        removed, added = list(removed), list(added)
        respelled = self.spellings.change([*((card, -1) for card in removed), *((card, +1) for card in added)])
        self.changed_collections.update(dict.fromkeys(respelled))
        places = {(card.item.id, sort_key(card)): set(collections_of(card)) for card in added}
        unmoved: dict[str, set[Collection]] = {}  # by id: the lists in which a changed card keeps its place
        for card in removed:
            story_id, key = card.item.id, sort_key(card)
            self._cards[story_id] = None
            same = unmoved[story_id] = places.get((story_id, key), set()).intersection(collections_of(card))
            for collection in collections_of(card):
                if collection in same:
                    self._rows.pop(collection, None)
                else:
                    self._take(collection, key)
            for facet in facets_of(card):
                self._ids_by_facet[facet].discard(story_id)
        for card in added:
            self._cards[card.item.id] = card
            same = unmoved.get(card.item.id, set())
            for collection in collections_of(card):
                if collection not in same:
                    self._put(collection, sort_key(card))
            self._add_facets(card)

    def _take(self, collection: Collection, key: str) -> None:
        self._rows.pop(collection, None)
        keys = self._keys[collection]
        at = bisect_left(keys, key)
        if at < len(keys) and keys[at] == key:
            del keys[at]
        self.changed_collections[collection] = None
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
        self.changed_collections[collection] = None

    # --- cards ---

    def card(self, story_id: str) -> Card | None:
        """The card of a live story."""
        return self._cards[story_id]

    def __contains__(self, story_id: object) -> bool:
        """Whether a story is live."""
        return isinstance(story_id, str) and self._cards[story_id] is not None

    def ids(self) -> list[str]:
        """The id of every live story, in order of time: those that show each other lie together."""
        lists = [("date", ""), OLD_VERSIONS]
        return [key[ID_START:] for collection in lists for key in self._keys[collection]]

    def cards(self) -> Iterable[Card]:
        """Every live card."""
        return (card for story_id in self.ids() if (card := self._cards[story_id]) is not None)

    def public_texts(self) -> Iterator[tuple[str, str]]:
        """The id of every live story, with all that pages other than its own may say of it."""
        yield from ((story_id, text) for story_id, text in self._source.public_texts() if story_id not in self._cards)
        yield from ((card.item.id, public_text(card)) for card in [*self._cards.values()] if card is not None)

    def _of(self, collection: Collection, start: int, end: int) -> list[Card]:
        """The cards of a part of a list. Without a source, lists of cards are kept: to look up each takes longer."""
        if not isinstance(self._source, EmptySource):
            cards = [self._cards[key[ID_START:]] for key in self._keys[collection][start:end]]
        else:
            row = self._rows.get(collection)
            if row is None:
                row = self._rows[collection] = [self._cards[key[ID_START:]] for key in self._keys[collection]]
            cards = row[start:end]
        return [card for card in cards if card is not None]

    def around(self, collection: Collection, card: Card, before: int, after: int) -> tuple[list[Card], list[Card]]:
        """The stories next to one in a collection, in order of time: those before it, and those after it."""
        keys = self._keys[collection]
        key = sort_key(card)
        at = bisect_left(keys, key)
        end = at + 1 if at < len(keys) and keys[at] == key else at
        return self._of(collection, max(0, at - before), at), self._of(collection, end, end + after)

    def ids_pinning(self, story_id: str) -> frozenset[str]:
        """The live stories that pin a story, or keep it out."""
        return frozenset(self._ids_by_facet["pin", story_id])

    def facet_names(self, kind: str) -> list[str]:
        """The names of a kind of facets, in order: picture files, the months in which some stories were corrected."""
        names = {name for other, name in self._ids_by_facet if other == kind}
        return [
            name for name in sorted(names.union(self._source.all_ids_by_facet(kind))) if self._ids_by_facet[kind, name]
        ]

    def ids_showing(self, picture: str) -> frozenset[str]:
        """The live stories that show a picture file."""
        return frozenset(self._ids_by_facet["picture", picture])

    def corrected_in(self, month: str) -> list[Card]:
        """The stories that were corrected in a month, by id."""
        return self._by_facet("corrected", month)

    def _by_facet(self, kind: str, name: str) -> list[Card]:
        return [card for story_id in sorted(self._ids_by_facet[kind, name]) if (card := self._cards[story_id])]

    def modified_in(self, month: str) -> list[Card]:
        """The stories that were updated or corrected last in a month, by id."""
        return self._by_facet("modified", month)

    # --- shelves ---

    def keys(self, collection: Collection) -> list[str]:
        """A collection as the store keeps it."""
        return self._keys[collection]

    def _span(self, collection: Collection, period: str) -> tuple[list[str], int, int]:
        keys = self._keys[collection]
        return keys, *span(keys, period)

    def count(self, collection: Collection, period: str = "") -> int:
        """How many stories a shelf holds."""
        if not period and collection not in self._keys:
            return self._source.count_and_newest(collection)[0]
        _keys, start, end = self._span(collection, period)
        return end - start

    def all(self, collection: Collection, period: str = "") -> list[Card]:
        """A shelf's cards, oldest first."""
        _keys, start, end = self._span(collection, period)
        return self._of(collection, start, end)

    def newest(self, collection: Collection, limit: int, period: str = "") -> list[Card]:
        """A shelf's newest cards, newest first."""
        if limit == 1 and not period and collection not in self._keys:
            count, story_id = self._source.count_and_newest(collection)
            card = self._cards[story_id] if count else None
            return [card] if card else []
        _keys, start, end = self._span(collection, period)
        return self._of(collection, max(start, end - limit), end)[::-1]

    def first(self, collection: Collection, limit: int, period: str) -> list[Card]:
        """A shelf's oldest cards, oldest first."""
        _keys, start, end = self._span(collection, period)
        return self._of(collection, start, min(end, start + limit))

    def first_and_last_day(self, collection: Collection, period: str = "") -> tuple[str, str]:
        """The days of a shelf's oldest and newest story; "" for an empty shelf."""
        keys, start, end = self._span(collection, period)
        return (keys[start][:10], keys[end - 1][:10]) if end > start else ("", "")

    def children(self, collection: Collection, period: str = "") -> list[tuple[str, int]]:
        """The smaller periods that hold stories, each with its count, in order of time."""
        return smaller(self._keys[collection], period)

    def neighbours(self, collection: Collection, period: str) -> tuple[str, str]:
        """The nearest periods of the same length before and after one that hold stories; "" for none."""
        keys, start, end = self._span(collection, period)
        size = len(period)
        if not size:
            return "", ""
        return keys[start - 1][:size] if start else "", keys[end][:size] if end < len(keys) else ""

    def slugs(self, kind: str, prefix: str = "") -> list[str]:
        """The collections of a kind whose slug begins with `prefix`, in order."""
        slugs = self._slugs[kind]
        start = bisect_left(slugs, prefix)
        return slugs[start : bisect_left(slugs, f"{prefix}~", start)] if prefix else slugs

    def display_name(self, collection: Collection) -> str:
        """A collection as most of its stories spell it."""
        counts = self.spellings.of(collection)
        return most_used(counts) if counts else collection[1]

    def names(self, kind: str) -> list[tuple[str, str, int]]:
        """Every collection of a kind: its slug, how most of its stories spell it, and how many these are."""
        self.spellings.load(kind)
        counts = ((slug, self.spellings.of((kind, slug))) for slug in self.slugs(kind))
        return [(slug, most_used(its) if its else slug, sum(its.values())) for slug, its in counts]
