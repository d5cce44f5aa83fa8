"""The related lists as they are now: all of them after a full reading, else those that a change can touch.

A build finds every list (`relate`); a preview finds one when a page asks for it (`relate_on_demand`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsgen.engine.snapshot import RelatedChange, Snapshot
from newsgen.index.index import Index
from newsgen.model.value import value
from newsgen.related.amend import amended
from newsgen.related.block_cache import Memory
from newsgen.related.blocks import Row
from newsgen.related.in_memory import Whole
from newsgen.related.in_store import AllAnewError, Stored, as_text
from newsgen.related.lists import FEW, NO_WISH, Limits, Listed, Lists, Wish, listed, reached
from newsgen.related.rows import limits_of, row_of, wish_of
from newsgen.related.terms import bucket
from newsgen.store import RelatedRow, RelatedRows, Store
from newsgen.workers import pool

if TYPE_CHECKING:
    from newsgen.related.scores import Many

__all__ = ["relate", "relate_on_demand"]

# Stories with other terms from which on every list is found anew, of this many or more: as long as to amend them.
_SHARE, _MUCH = 80, 200
# Stories from which on it pays to load NumPy, which takes as long as some hundred lists found one by one: from 800 on a
# processor has less to do, from 1,500 on two of them end sooner.
_MANY = 1_500
_Told = tuple[tuple[str, ...], int, tuple[str, ...]]  # a Listed on its way between processes


def relate(snapshot: Snapshot, store: Store) -> Snapshot:
    """The snapshot with the related lists as they are now; none where the settings ask for none but pinned stories."""
    if not snapshot.request.settings.related.stories:
        return snapshot.with_related(RelatedChange(Lists({}), RelatedRows(is_all=snapshot.changes.is_all)))
    if snapshot.changes.is_all:
        return snapshot.with_related(_every_list(snapshot, _rows(snapshot.index), {}))
    return snapshot.with_related(_Revision(snapshot, store).lists())


def relate_on_demand(snapshot: Snapshot, store: Store, cache: Memory) -> Snapshot:
    """The same lists, each found when a page asks for it. The store learns what they are found in, and none of them.

    `cache` has blocks as the store has them.
    """
    settings = snapshot.request.settings
    if not settings.related.stories:
        return snapshot.with_related(RelatedChange(Lists({}), RelatedRows(is_all=snapshot.changes.is_all)))
    index, limits = snapshot.index, limits_of(settings)
    source: Stored | Whole
    if snapshot.changes.is_all:
        source, rows = _without_lists(_rows(index))
    else:
        moved = _Moved(store, snapshot)
        try:
            source = Stored(store, moved.before, moved.now, cache)
            rows = source.saved(dict.fromkeys(moved.now, Listed((), 0)), {})
        except AllAnewError:
            source, rows = _without_lists(moved.rows(store))

    def list_of(story_id: str) -> tuple[str, ...]:
        card = index.card(story_id)
        if card is None or card.newest:
            return ()
        return listed(row_of(card), source, wish_of(card, index), limits).ids

    stored = source if isinstance(source, Stored) else None
    return snapshot.with_related(RelatedChange(Lists({}, list_of), rows, stored))


def _rows(index: Index) -> list[Row]:
    return [row_of(card) for card in index.cards() if not card.newest]


@value
class _Relate:
    """Finds the lists of stories, given by their numbers."""

    stories: Whole | Many
    wishes: Mapping[str, Wish]
    limits: Limits

    def __call__(self) -> Callable[[list[int]], list[_Told]]:
        lists = self.stories.lists
        return lambda batch: [(told.ids, told.least, told.best) for told in lists(batch, self.wishes, self.limits)]


def _every_list(
    snapshot: Snapshot,
    rows: Iterable[Row],
    before: Mapping[str, tuple[str, ...]],
    differing: frozenset[str] = frozenset(),
) -> RelatedChange:
    """Every list; `before` are those that the store has, `differing` the stories that are not as they were."""
    request, index = snapshot.request, snapshot.index
    archive = Whole(rows)
    wishes = {}
    for name in index.facet_names("pin"):
        for story_id in index.ids_pinning(name):
            card = index.card(story_id)
            if card is not None and story_id not in wishes:
                wishes[story_id] = wish_of(card, index)
    work = _Relate(_in_arrays(archive) if len(archive.rows) >= _MANY else archive, wishes, limits_of(request.settings))
    found = list(pool.map_tasks(work, range(len(archive.rows)), request.workers, request.cluster))
    lists = {row[1]: ids for row, (ids, *_more) in zip(archive.rows, found, strict=True)}
    touched = frozenset(
        story_id for story_id, ids in lists.items() if before.get(story_id, ids) != ids or not differing.isdisjoint(ids)
    )
    return RelatedChange(Lists(lists, touched=touched), _kinship(archive, found))


def _in_arrays(archive: Whole) -> Many:
    from newsgen.related.scores import Many  # loads NumPy, which a build that finds few lists does without

    return Many(archive)


def _without_lists(rows: Iterable[Row]) -> tuple[Whole, RelatedRows]:
    """All stories, and what the store is to know of them where no list was found."""
    archive = Whole(rows)
    return archive, _kinship(archive, [((), 0, ())] * len(archive.rows))


def _kinship(archive: Whole, found: Iterable[_Told]) -> RelatedRows:
    return RelatedRows(
        is_all=True,
        rows=[
            RelatedRow(number, *row, least, ids, best)
            for number, (row, (ids, least, best)) in enumerate(zip(archive.rows, found, strict=True))
        ],
        blocks=archive.parts,
        buckets=_buckets(archive.held),
    )


def _buckets(held: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """The stories with each term, as the record keeps them; of terms that many have, only how many."""
    found: dict[int, dict[str, Sequence[int] | int]] = {}
    for term, numbers in held.items():
        found.setdefault(bucket(term), {})[term] = numbers if len(numbers) <= FEW else len(numbers)
    return {number: as_text(words) for number, words in found.items()}


class _Moved:
    """The stories that changed, as the store has them and as they are."""

    def __init__(self, store: Store, snapshot: Snapshot) -> None:
        self.old = {card.item.id: card for card in snapshot.removed}
        self.new = {card.item.id: card for card in snapshot.added}
        self.ids = sorted(self.old.keys() | self.new.keys())
        self.before = {row.id: row for row in store.related.rows(self.ids)}
        self.now: dict[str, Row] = {
            story_id: row_of(card) for story_id, card in sorted(self.new.items()) if not card.newest
        }

    def rows(self, store: Store) -> list[Row]:
        """All stories as they are."""
        others = [row for row in store.related.all_terms() if row[1] not in self.old and row[1] not in self.new]
        return [*others, *self.now.values()]


class _Revision:
    """The lists after a change to some stories, from what the store has of the others."""

    def __init__(self, snapshot: Snapshot, store: Store) -> None:
        self._store = store
        self._snapshot = snapshot
        self._index = snapshot.index
        self._limits = limits_of(snapshot.request.settings)
        self._moved = _Moved(store, snapshot)
        before, now = self._moved.before, self._moved.now
        self._differing = sorted(
            one for one in before.keys() | now.keys() if one not in before or now.get(one) != before[one].story
        )

    def lists(self) -> RelatedChange:
        """The lists as they are now."""
        if not self._moved.ids:
            return RelatedChange(self._lists({}, frozenset()), RelatedRows())
        try:
            stories = sum(count for *_block, count in self._store.related.blocks())
            if len(self._differing) > max(_MUCH, stories // _SHARE):
                raise AllAnewError
            return self._revised()
        except AllAnewError:
            rows, moved = self._moved.rows(self._store), frozenset(self._moved.ids)
            return _every_list(self._snapshot, rows, self._store.related.all_lists(), moved)

    def _lists(self, found: Mapping[str, tuple[str, ...]], touched: frozenset[str]) -> Lists:
        return Lists(found, self._store.related.list_of, self._store.related.all_lists, touched)

    def _revised(self) -> RelatedChange:
        source = Stored(self._store, self._moved.before, self._moved.now)
        met = self._meet(source)
        refound = set(self._moved.now) | source.crossed
        for story_id in self._moved.ids:
            both = [card for card in (self._moved.old.get(story_id), self._moved.new.get(story_id)) if card]
            for name in (story_id, *(version for card in both for version in card.versions)):
                refound |= self._index.ids_pinning(name)
        lists = self._amended(met, refound)
        cards = {one: card for one in sorted(refound) if (card := self._index.card(one)) and not card.newest}
        source.want(card.terms for card in cards.values())
        for story_id, card in cards.items():
            lists[story_id] = listed(row_of(card), source, wish_of(card, self._index), self._limits)
        before = {row.id: row for row in self._store.related.rows([*lists, *sorted(met.shows)])}
        changed = {one for one, now in lists.items() if one not in before or before[one].ids != now.ids}
        shown = {one for one in met.shows if one in before and not self._moved.old.keys().isdisjoint(before[one].ids)}
        return RelatedChange(
            self._lists({story_id: now.ids for story_id, now in lists.items()}, frozenset(changed | shown)),
            source.saved(lists, before),
        )

    def _meet(self, source: Stored) -> _Met:
        """Whose lists the stories that changed may be on, as they were and as they are."""
        met = _Met()
        was = [row.story for row in self._moved.before.values()]
        source.want(row[2] for row in (*was, *self._moved.now.values()))
        rows = [*((row, False) for row in was), *((row, True) for row in self._moved.now.values())]
        reach = [list(reached(row, source)) for row, _is_now in rows]
        least = self._store.related.thresholds({other[1]: None for near in reach for _rated, other in near})
        for (row, is_now), near in zip(rows, reach, strict=True):
            hit = [(rated, other) for rated, other in near if rated >= least.get(other[1], 0)]
            met.shows.update(other[1] for _rated, other in hit)
            if row[1] not in self._differing:
                continue
            for rated, other in hit:
                arrived = met.arrived.setdefault(other[1], [])
                if is_now:
                    arrived.append((rated, row))
        return met

    def _amended(self, met: _Met, refound: set[str]) -> dict[str, Listed]:
        """The lists that follow from what they were; the others are added to `refound`, those to find anew."""
        kept = self._store.related.rows(sorted(met.arrived.keys() - refound - self._moved.old.keys()))
        names = {one for row in kept for one in row.candidates}.difference(self._differing)
        rows = {row.id: row.story for row in self._store.related.rows(sorted(names))}
        found = {}
        for row in kept:
            card = self._index.card(row.id)
            list_now = None
            if card is not None and wish_of(card, self._index) == NO_WISH:
                list_now = amended(
                    row.story,
                    Listed(row.ids, row.threshold, row.candidates),
                    {one: rows[one] for one in row.candidates if one in rows},
                    met.arrived[row.id],
                    self._limits,
                )
            if list_now is None:
                refound.add(row.id)
            else:
                found[row.id] = list_now
        return found


@dataclass(slots=True)
class _Met:
    """What stories that changed have to do with others, by the ids of those."""

    shows: set[str] = field(default_factory=set)  # who may list one that changed
    arrived: dict[str, list[tuple[int, Row]]] = field(
        default_factory=dict
    )  # whom another's change reaches: as it is now
