"""The related lists that a change to some stories can touch, from what the store has of the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsgen.engine.snapshot import RelatedChange, Snapshot
from newsgen.related.amend import amend
from newsgen.related.blocks import Row
from newsgen.related.in_store import ArchiveInStore, TooMuchChangedError
from newsgen.related.lists import NO_WISH, RelatedList, Scored, find_list, similar_stories
from newsgen.related.lookup import StoredLists
from newsgen.related.rows import limits_of, row_of, wish_of
from newsgen.store import RelatedRows, Store

__all__ = ["ChangedStories", "change_lists"]

# Every list is found anew where more stories than this are compared otherwise, and more than one in so many of the
# archive: it takes as long as to amend them.
_MANY_CHANGES, _SHARE_OF_ARCHIVE = 200, 80


class ChangedStories:
    """The stories that came, went or changed, by id: `before` as the store has them, `now` as they are."""

    def __init__(self, snapshot: Snapshot, store: Store) -> None:
        self._store = store
        self.removed = {card.item.id: card for card in snapshot.removed}
        self.added = {card.item.id: card for card in snapshot.added}
        self.ids = sorted(self.removed.keys() | self.added.keys())
        self.before = {row.id: row for row in store.related.rows(self.ids)}
        self.now: dict[str, Row] = {
            story_id: row_of(card) for story_id, card in sorted(self.added.items()) if not card.newest
        }
        # Those that are compared otherwise now: by other terms, or at another time.
        self.compared_otherwise = frozenset(
            story_id
            for story_id in self.before.keys() | self.now.keys()
            if story_id not in self.before or self.now.get(story_id) != self.before[story_id].story
        )

    def all_stories(self) -> list[Row]:
        """All stories as they are, these among them."""
        rows = self._store.related.all_terms()
        unchanged = [row for row in rows if row[1] not in self.removed and row[1] not in self.added]
        return [*unchanged, *self.now.values()]


def change_lists(snapshot: Snapshot, store: Store, changed: ChangedStories) -> RelatedChange:
    """The lists after a change. TooMuchChangedError where every list has to be found anew."""
    if not changed.ids:
        return RelatedChange(StoredLists({}, frozenset(), store), RelatedRows())
    stories = sum(count for *_span, count in store.related.blocks())
    if len(changed.compared_otherwise) > max(_MANY_CHANGES, stories // _SHARE_OF_ARCHIVE):
        raise TooMuchChangedError
    return _Update(snapshot, store, changed).change()


class _Update:
    """Finds the lists that a change to some stories can touch.

    First, whose lists these are: of those for whom a changed story scores enough, as it was or as it is. Where the
    candidates of such a list tell what it is now, it is amended. Else it is found anew; so are the lists of the changed
    stories themselves, of those that pin them, and of those that share a term with them that became rare, or ceased to
    be.
    """

    def __init__(self, snapshot: Snapshot, store: Store, changed: ChangedStories) -> None:
        self._store = store
        self._index = snapshot.index
        self._limits = limits_of(snapshot.request.settings)
        self._changed = changed
        bounds = snapshot.request.related_bounds
        self._archive = ArchiveInStore(store, changed.before, changed.now, bounds=bounds)

    def change(self) -> RelatedChange:
        """The lists as they are now."""
        touched = self._touched()
        anew = set(self._changed.now) | self._archive.crossed | self._pinning()
        lists = self._amend(touched, anew)
        cards = [card for story_id in sorted(anew) if (card := self._index.card(story_id)) and not card.newest]
        self._archive.prepare(card.terms for card in cards)
        for card in cards:
            wish = wish_of(card, self._index)
            lists[card.item.id] = find_list(row_of(card), self._archive, wish, self._limits)
        before = {row.id: row for row in self._store.related.rows([*lists, *sorted(touched.ids)])}
        removed = self._changed.removed.keys()
        changed_lists = {
            story_id for story_id, found in lists.items() if story_id not in before or before[story_id].ids != found.ids
        } | {
            story_id for story_id in touched.ids if story_id in before and not removed.isdisjoint(before[story_id].ids)
        }
        ids = {story_id: found.ids for story_id, found in lists.items()}
        stored = StoredLists(ids, frozenset(changed_lists), self._store)
        return RelatedChange(stored, self._archive.rows_to_save(lists, before))

    def _pinning(self) -> set[str]:
        """The ids of the stories that pin or exclude one that changed, or a version of one."""
        ids: set[str] = set()
        for story_id in self._changed.ids:
            cards = [cards.get(story_id) for cards in (self._changed.removed, self._changed.added)]
            for name in (story_id, *(version for card in cards if card for version in card.versions)):
                ids |= self._index.ids_pinning(name)
        return ids

    def _touched(self) -> _Touched:
        """Whose lists the stories that changed may be on, as they were and as they are."""
        touched = _Touched()
        before = [row.story for row in self._changed.before.values()]
        now = list(self._changed.now.values())
        self._archive.prepare(row[2] for row in (*before, *now))
        similar = [list(similar_stories(row, self._archive)) for row in (*before, *now)]
        thresholds = self._store.related.thresholds({other[1]: None for scored in similar for _score, other in scored})
        for at, (row, scored) in enumerate(zip((*before, *now), similar, strict=True)):
            reached = [(score, other[1]) for score, other in scored if score >= thresholds.get(other[1], 0)]
            touched.ids.update(story_id for _score, story_id in reached)
            if row[1] not in self._changed.compared_otherwise:
                continue
            for score, story_id in reached:
                arrived = touched.arrived.setdefault(story_id, [])
                if at >= len(before):
                    arrived.append((score, row))
        return touched

    def _amend(self, touched: _Touched, anew: set[str]) -> dict[str, RelatedList]:
        """The touched lists that follow from their candidates, by id; the others are added to `anew`."""
        rows = self._store.related.rows(sorted(touched.arrived.keys() - anew - self._changed.removed.keys()))
        names = {name for row in rows for name in row.candidates} - self._changed.compared_otherwise
        unchanged = {row.id: row.story for row in self._store.related.rows(sorted(names))}
        lists = {}
        for row in rows:
            card = self._index.card(row.id)
            amended = None
            if card is not None and wish_of(card, self._index) == NO_WISH:
                amended = amend(
                    row.story,
                    RelatedList(row.ids, row.threshold, row.candidates),
                    {name: unchanged[name] for name in row.candidates if name in unchanged},
                    touched.arrived[row.id],
                    self._limits,
                )
            if amended is None:
                anew.add(row.id)
            else:
                lists[row.id] = amended
        return lists


@dataclass(slots=True)
class _Touched:
    """The stories whose lists a change to others may touch."""

    ids: set[str] = field(default_factory=set)  # who may list one that changed
    # By id, those for whom a story is compared otherwise: the stories that are now, with their scores.
    arrived: dict[str, list[Scored]] = field(default_factory=dict)
