"""What a change of stories means for pages: worked out once, and asked by every kind for the units that it touches.

Too many units are no harm: the fingerprint of each page makes it exact. A unit that is missed is a stale page, which is
why tests/invariants compares every incremental build with a clean one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from newsgen.index.diff import CardDiff
from newsgen.index.index import Index
from newsgen.index.shelves import BRIEFS, collections_of, limit_of, periods_of, sort_key
from newsgen.index.spans import parts, span
from newsgen.index.spellings import most_used, steps
from newsgen.model.card import Card, Collection
from newsgen.plan.alphabet import Alphabet
from newsgen.plan.picture_files import PictureFiles
from newsgen.source.registers import Register
from newsgen.text.periods import period_level

__all__ = ["ShelfChange"]

BESIDE = ("section", "storyline")  # the kinds of lists whose next stories stand beside a story
WINDOW = 9  # stories of such a list that a change reaches, each way: those that may list it (see `beside`), and one


@dataclass(frozen=True)
class ShelfChange:
    """A change of stories, and the shelves with that change."""

    index: Index
    diff: CardDiff
    alphabet: Callable[[str], Alphabet]  # the names of a kind, as they are now
    pictures: PictureFiles
    topics: Register

    @cached_property
    def shown(self) -> tuple[Card, ...]:
        """The stories that lists show in other words, no longer, or only now."""
        return (*(new for _old, new in self.diff.reworded), *(card for card, _step in self.diff.moved))

    @cached_property
    def counts(self) -> Mapping[tuple[Collection, str], int]:
        """By how many stories each shelf has grown; 0 where as many came as went."""
        deltas: dict[tuple[Collection, str], int] = defaultdict(int)
        for card, step in self.diff.moved:
            for collection in collections_of(card):
                if not card.newest or collection[0] == BRIEFS:
                    for period in periods_of(card):
                        deltas[collection, period] += step
        return deltas

    @cached_property
    def collections(self) -> tuple[Collection, ...]:
        """The collections that gained or lost a story."""
        return tuple(collection for collection, period in self.counts if not period)

    @cached_property
    def names(self) -> Mapping[Collection, tuple[str, str]]:
        """How most stories of a collection spelled it before, and do now, where that differs; "" where it had none."""
        differing = {}
        for collection, names in steps(self.diff.moved).items():
            now = self.index.spellings.of(collection)
            before = {name: now.get(name, 0) - names.get(name, 0) for name in {*now, *names}}
            before = {name: count for name, count in before.items() if count}
            pair = (most_used(before) if before else "", most_used(now) if now else "")
            if pair[0] != pair[1]:
                differing[collection] = pair
        return differing

    @cached_property
    def renamed(self) -> tuple[Collection, ...]:
        """The collections that most of their stories spell otherwise than before."""
        return tuple(collection for collection, (before, now) in self.names.items() if before and now)

    def sizes(self) -> Iterator[tuple[Collection, str, int, int]]:
        """Each shelf that gained or lost a story: (collection, period, stories before, stories now)."""
        for (collection, period), delta in self.counts.items():
            now = self.index.count(collection, period)
            yield collection, period, now - delta, now

    def reshaped(self) -> Iterator[tuple[Collection, str]]:
        """The shelves that gained or lost a story; beside one that is new or gone, its neighbours; of one that is split
        now, or was, the periods within it.
        """
        for collection, period, before, now in self.sizes():
            limit = limit_of(collection[0])
            yield collection, period
            if (now == 0) != (before == 0):
                yield from ((collection, near) for near in self.index.neighbours(collection, period) if near)
            if (now > limit) != (before > limit):
                yield from ((collection, smaller) for smaller in self.smaller_periods(collection, period))
            if max(now, before) > limit and period_level(period) == "untimed":
                yield from ((collection, part) for part in self.parts(collection, period))

    def months_with_other_days(self) -> Iterator[str]:
        """The months of the wire of which a day has its first stories, or lost its last."""
        for collection, period, before, now in self.sizes():
            if collection == ("date", "") and len(period) == 10 and (now == 0) != (before == 0):
                yield period[:7]

    @cached_property
    def births(self) -> Mapping[str, Mapping[str, int]]:
        """Kind -> slug -> +1 for a collection that has its first stories, -1 for one that lost its last."""
        births: dict[str, dict[str, int]] = defaultdict(dict)
        for (kind, slug), period, before, now in self.sizes():
            if not period and (now == 0) != (before == 0):
                births[kind][slug] = 1 if now else -1
        return births

    def smaller_periods(self, collection: Collection, period: str) -> Iterator[str]:
        """The periods within one that get or lose their pages where its list begins or ceases to be split."""
        for child, count in self.index.children(collection, period):
            yield child
            if count > limit_of(collection[0]):
                yield from self.smaller_periods(collection, child)

    def parts(self, collection: Collection, period: str) -> Iterator[str]:
        """The parts, now and before, of a shelf of stories without an hour that grew or shrank: they split anew."""
        moves: dict[int, set[str]] = {1: set(), -1: set()}
        for card, step in self.diff.moved:
            if not card.hour and (not card.newest or collection[0] == BRIEFS) and collection in collections_of(card):
                moves[step].add(sort_key(card))
        now, limit = self.index.keys(collection), limit_of(collection[0])
        yield from parts(now, period, limit)
        start, end = span(now, period)
        yield from parts(sorted(set(now[start:end]) - moves[1] | moves[-1]), period, limit)

    @cached_property
    def stories(self) -> frozenset[str]:
        """The ids of the stories whose own pages the change may touch: `naming`, and the neighbours in some lists."""
        ids = set(self.naming)
        for card in self.shown:
            if not card.newest:
                for collection in collections_of(card):
                    if collection[0] in BESIDE:
                        earlier, later = self.index.around(collection, card, WINDOW, WINDOW)
                        ids.update(neighbour.item.id for neighbour in (*earlier, *later))
        return frozenset(ids)

    @cached_property
    def naming(self) -> frozenset[str]:
        """The ids of the stories that show the change wherever they stand.

        These are the stories that changed; their other versions, because the newest shows what changed since the older
        ones, and these point to it; stories that pin one of them (a pin of an old version shows the newest); and
        stories that one of them pins, or an older version of it, for these show who pins them.
        """
        ids = set(self.versions)
        for card in self.shown:
            for version in (card.item.id, *_versions(card)):
                ids |= self.index.ids_pinning(version)
                ids.update(self._pinned_by(self.index.card(version) if version != card.item.id else card))
        for old, _new in self.diff.reworded:
            ids.update(self._pinned_by(old))
        return frozenset(ids)

    def _pinned_by(self, card: Card | None) -> Iterator[str]:
        """The stories that one pins, with the newest version of each."""
        for pin in card.related if card else ():
            yield pin.removeprefix("-")
            pinned = self.index.card(pin.removeprefix("-"))
            if pinned and pinned.newest:
                yield pinned.newest

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """Every card that changed, as it was and as it is."""
        reworded = (card for pair in self.diff.reworded for card in pair)
        return (*self.diff.edited, *reworded, *(card for card, _step in self.diff.moved))

    @cached_property
    def versions(self) -> frozenset[str]:
        """The ids of the stories that changed, and of their other versions."""
        return frozenset(
            story_id for card in (*self.diff.edited, *self.shown) for story_id in (card.item.id, *_versions(card))
        )


def _versions(card: Card) -> tuple[str, ...]:
    return (*card.versions, card.newest) if card.newest else card.versions
