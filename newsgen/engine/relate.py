"""The related lists as they are now: all of them after a full reading, else those that a change can touch.

A build finds these lists (`relate`); a preview finds a list when a page asks for it (`relate_on_demand`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsgen.engine.relate_changed import ChangedStories, change_lists
from newsgen.engine.snapshot import RelatedChange, Snapshot
from newsgen.index.index import Index
from newsgen.model.value import value
from newsgen.related.block_cache import BlockCache
from newsgen.related.blocks import Row
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.in_store import ArchiveInStore, TooMuchChangedError, bucket_json
from newsgen.related.lists import Limits, RelatedList, Wish, find_list
from newsgen.related.lookup import ListsOnDemand, RelatedLists
from newsgen.related.rows import limits_of, row_of, wish_of
from newsgen.related.terms import bucket_of
from newsgen.store import RelatedRow, RelatedRows, Store
from newsgen.workers import pool

if TYPE_CHECKING:
    from newsgen.related.scores import ArchiveInArrays

__all__ = ["relate", "relate_on_demand"]

_ListFields = tuple[tuple[str, ...], int, tuple[str, ...]]  # a RelatedList on its way between processes


def relate(snapshot: Snapshot, store: Store) -> Snapshot:
    """The snapshot with the related lists as they are now; none where the settings ask for none but pinned stories."""
    if not snapshot.request.settings.related.stories:
        return snapshot.with_related(_no_lists(snapshot))
    if snapshot.changes.is_all:
        return snapshot.with_related(_find_all(snapshot, _rows(snapshot.index), {}))
    changed = ChangedStories(snapshot, store)
    try:
        return snapshot.with_related(change_lists(snapshot, store, changed))
    except TooMuchChangedError:
        before = store.related.all_lists()
        return snapshot.with_related(_find_all(snapshot, changed.all_stories(), before, frozenset(changed.ids)))


def relate_on_demand(snapshot: Snapshot, store: Store, cache: BlockCache) -> Snapshot:
    """The same lists, each found when a page asks for it. The store learns what they are found in, and none of them.

    `cache` has blocks as the store has them.
    """
    request, index = snapshot.request, snapshot.index
    if not request.settings.related.stories:
        return snapshot.with_related(_no_lists(snapshot))
    limits = limits_of(request.settings)
    in_store: ArchiveInStore | None = None
    source: ArchiveInMemory | ArchiveInStore
    if snapshot.changes.is_all:
        source = ArchiveInMemory(_rows(index), request.related_bounds)
        rows = _all_rows(source, None)
    else:
        changed = ChangedStories(snapshot, store)
        try:
            source = in_store = ArchiveInStore(store, changed.before, changed.now, cache, request.related_bounds)
            rows = in_store.rows_to_save(dict.fromkeys(changed.now, RelatedList((), 0)), {})
        except TooMuchChangedError:
            source = ArchiveInMemory(changed.all_stories(), request.related_bounds)
            rows = _all_rows(source, None)

    def list_of(story_id: str) -> tuple[str, ...]:
        card = index.card(story_id)
        if card is None or card.newest:
            return ()
        return find_list(row_of(card), source, wish_of(card, index), limits).ids

    return snapshot.with_related(RelatedChange(ListsOnDemand(list_of), rows, in_store))


def _no_lists(snapshot: Snapshot) -> RelatedChange:
    return RelatedChange(RelatedLists({}), RelatedRows(is_all=snapshot.changes.is_all))


def _rows(index: Index) -> list[Row]:
    """All stories that can be on a list; old versions cannot."""
    return [row_of(card) for card in index.cards() if not card.newest]


@value
class _FindLists:
    """Finds the lists of stories, given by their numbers. It can be sent to a worker."""

    archive: ArchiveInMemory | ArchiveInArrays
    wishes: Mapping[str, Wish]
    limits: Limits

    def __call__(self) -> Callable[[list[int]], list[_ListFields]]:
        lists = self.archive.lists
        return lambda numbers: [
            (found.ids, found.threshold, found.candidates) for found in lists(numbers, self.wishes, self.limits)
        ]


def _find_all(
    snapshot: Snapshot,
    rows: Iterable[Row],
    before: Mapping[str, tuple[str, ...]],
    changed: frozenset[str] = frozenset(),
) -> RelatedChange:
    """Every list; `before` are those that the store has, `changed` the stories that are not as they were."""
    request, index = snapshot.request, snapshot.index
    archive = ArchiveInMemory(rows, request.related_bounds)
    wishes = {}
    for name in index.facet_names("pin"):
        for story_id in index.ids_pinning(name):
            card = index.card(story_id)
            if card is not None and story_id not in wishes:
                wishes[story_id] = wish_of(card, index)
    numbers = range(len(archive.rows))
    is_large = len(numbers) >= request.related_bounds.numpy_stories
    work = _FindLists(_in_arrays(archive) if is_large else archive, wishes, limits_of(request.settings))
    found = list(pool.map_tasks(work, numbers, request.workers, request.cluster))
    lists = {row[1]: ids for row, (ids, *_rest) in zip(archive.rows, found, strict=True)}
    changed_lists = frozenset(
        story_id for story_id, ids in lists.items() if before.get(story_id, ids) != ids or not changed.isdisjoint(ids)
    )
    return RelatedChange(RelatedLists(lists, changed_lists), _all_rows(archive, found))


def _in_arrays(archive: ArchiveInMemory) -> ArchiveInArrays:
    from newsgen.related.scores import ArchiveInArrays  # loads NumPy, which a build that finds few lists does without

    return ArchiveInArrays(archive)


def _all_rows(archive: ArchiveInMemory, lists: Sequence[_ListFields] | None) -> RelatedRows:
    """What the store is to have of all stories, with their lists, or None where no list was found."""
    no_list: _ListFields = ((), 0, ())
    lists = [no_list] * len(archive.rows) if lists is None else lists
    return RelatedRows(
        is_all=True,
        rows=[
            RelatedRow(number, *row, threshold, ids, candidates)
            for number, (row, (ids, threshold, candidates)) in enumerate(zip(archive.rows, lists, strict=True))
        ],
        blocks=archive.spans,
        buckets=_buckets(archive),
    )


def _buckets(archive: ArchiveInMemory) -> dict[int, str]:
    """The stories with each rare term, as the store keeps them, and how many have each of the others."""
    limit = archive.bounds.rare_stories
    buckets: dict[int, dict[str, Sequence[int] | int]] = {}
    for term, numbers in archive.postings.items():
        buckets.setdefault(bucket_of(term), {})[term] = numbers if len(numbers) <= limit else len(numbers)
    return {number: bucket_json(bucket) for number, bucket in buckets.items()}
