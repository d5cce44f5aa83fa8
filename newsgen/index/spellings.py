"""How a section, tag, person or place is called that stories spell in several ways: as most of them spell it.

So no single story renames a section in the navigation of every page. Nearly every collection has one spelling.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection as Container
from collections.abc import Iterable, Mapping

from newsgen.index.shelf_source import ShelfSource
from newsgen.index.shelves import names_of
from newsgen.model.card import Card, Collection

__all__ = ["Spellings", "most_used", "steps"]


def most_used(counts: Mapping[str, int]) -> str:
    """The spelling of most stories; of equals one that is not all capitals, and of these the first in order."""
    return min(counts, key=lambda name: (-counts[name], name.isupper(), name))


def steps(moved: Iterable[tuple[Card, int]]) -> dict[Collection, dict[str, int]]:
    """By how many stories each spelling grows where cards are taken off (-1) or put on (+1), without those by 0."""
    found: dict[Collection, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for card, step in moved:
        for collection, name in names_of(card).items():
            found[collection][name] += step
    grown = ((collection, {name: n for name, n in names.items() if n}) for collection, names in found.items())
    return {collection: names for collection, names in grown if names}


class Spellings:
    """How many stories spell each collection in which way. It rests on a source, as the index does."""

    def __init__(self, source: ShelfSource, keys: Mapping[Collection, list[str]]) -> None:
        self.source = source
        self.firsts: dict[Collection, str] = {}  # without a source: how the first card spells each
        self._keys = keys  # of those in `firsts`
        self._texts: dict[Collection, str] = {}  # as the source has them
        self._loaded: set[str] = set()  # the kinds that are whole in `_texts`
        self._counts: dict[Collection, dict[str, int]] = {}

    def count_again(self, cards: Iterable[Card], mixed: Container[Collection]) -> None:
        """Count the spellings of the collections in `firsts` that have several; `cards` are all of theirs."""
        for card in cards if mixed else ():
            for collection, name in names_of(card).items():
                if collection in mixed:
                    self._counts.setdefault(collection, Counter())[name] += 1

    def load(self, kind: str) -> None:
        """Fetch everything of a kind from the source, or of all kinds, which is ""."""
        if kind not in self._loaded:
            self._texts.update(self.source.all_names(kind))
            self._loaded.add(kind)

    def of(self, collection: Collection) -> dict[str, int]:
        """Each spelling of a collection, with the number of its stories."""
        counts = self._counts.get(collection)
        if counts is None:
            if collection in self.firsts:
                counts = {self.firsts[collection]: len(self._keys[collection])}
            else:
                counts = json.loads(self._texts.get(collection) or self.source.names(collection) or "{}")
            self._counts[collection] = counts
        return counts

    def text(self, collection: Collection) -> str:
        """The same as the store keeps it."""
        return json.dumps(self.of(collection))

    def change(self, moved: Iterable[tuple[Card, int]]) -> Iterable[Collection]:
        """Take cards off (-1) and put them on (+1), before their keys; the collections that are spelled otherwise."""
        changed = steps(moved)
        for collection, names in changed.items():
            counts = Counter(self.of(collection))
            counts.update(names)
            self._counts[collection] = {name: count for name, count in counts.items() if count}
        return changed
