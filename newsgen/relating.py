"""The related lists as they are now: all of them after a new reading, else those that a change can touch.

A build finds every list (`relate`); where few pages are looked at, a list is found when a page asks for it (`asked`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsgen import pool
from newsgen.amended import amended
from newsgen.blocks import Row, spot
from newsgen.index import Index
from newsgen.job import Job
from newsgen.model import Card
from newsgen.pins import kept_out, pinned
from newsgen.record import KinRow, Kinship, Record
from newsgen.related import FEW, NO_WISH, Limits, Listed, Lists, Wish, listed, reached
from newsgen.remembered import Memory
from newsgen.state import Changes
from newsgen.stored import AllAnewError, Stored, as_text
from newsgen.survey import Survey
from newsgen.terms import bucket
from newsgen.value import value
from newsgen.whole import Whole

if TYPE_CHECKING:
    from newsgen.many import Many

__all__ = ["Relations", "asked", "limits_of", "relate", "row_of", "wish_of"]

_DAY = 86_400
# Stories with other terms from which on every list is found anew, of this many or more: as long as to amend them.
_SHARE, _MUCH = 80, 200
# Stories from which on it pays to load NumPy, which takes as long as some hundred lists found one by one: from 800 on a
# processor has less to do, from 1,500 on two of them end sooner.
_MANY = 1_500


_Told = tuple[tuple[str, ...], int, tuple[str, ...]]  # a Listed on its way between processes


@dataclass(frozen=True, slots=True)
class Relations:
    """The related lists, and what changed in them."""

    lists: Lists
    saved: Kinship  # for the record
    stock: Stored | None = None  # that lists are found in when they are asked for


def limits_of(job: Job) -> Limits:
    """What the settings say."""
    related = job.settings.related
    return Limits(related.stories, related.newer, related.days * _DAY)


def row_of(card: Card) -> Row:
    """A story as it is compared."""
    return spot(card.instant, card.item.id), card.item.id, card.terms


def wish_of(card: Card, index: Index) -> Wish:
    """What an editor says about a story's list."""
    pins = tuple((other.item.id, other.terms) for other in pinned(card, index))
    return Wish(pins, kept_out(card, index))


def relate(job: Job, record: Record, found: Changes, seen: Survey) -> Relations:
    """The related lists as they are now; none where the settings ask for none but pinned stories."""
    if not job.settings.related.stories:
        return Relations(Lists({}), Kinship(is_all=found.is_all))
    if found.is_all:
        return _whole(job, seen.index, _rows(seen.index), {})
    return _Revision(job, record, seen).made()


def asked(job: Job, record: Record, found: Changes, seen: Survey, memory: Memory) -> Relations:
    """The same lists, each found when it is asked for. The record learns what they are found in, and none of them.

    `memory` has blocks as the record has them.
    """
    if not job.settings.related.stories:
        return Relations(Lists({}), Kinship(is_all=found.is_all))
    index, limits = seen.index, limits_of(job)
    stock: Stored | Whole
    if found.is_all:
        stock, saved = _bare(_rows(index))
    else:
        moved = _Moved(record, seen)
        try:
            stock = Stored(record, moved.off, moved.on, memory)
            saved = stock.saved(dict.fromkeys(moved.on, Listed((), 0)), {})
        except AllAnewError:
            stock, saved = _bare(moved.rows(record))

    def one(story_id: str) -> tuple[str, ...]:
        card = index.card(story_id)
        if card is None or card.newest:
            return ()
        return listed(row_of(card), stock, wish_of(card, index), limits).ids

    return Relations(Lists({}, one), saved, stock if isinstance(stock, Stored) else None)


def _rows(index: Index) -> list[Row]:
    return [row_of(card) for card in index.cards() if not card.newest]


# --- all of them ----------------------------------------------------------------------------------------------------


@value
class _Relate:
    """Finds the lists of stories, given by their numbers."""

    stories: Whole | Many
    wishes: Mapping[str, Wish]
    limits: Limits

    def __call__(self) -> Callable[[list[int]], list[_Told]]:
        lists = self.stories.lists
        return lambda batch: [(told.ids, told.least, told.best) for told in lists(batch, self.wishes, self.limits)]


def _whole(
    job: Job,
    index: Index,
    rows: Iterable[Row],
    before: Mapping[str, tuple[str, ...]],
    others: frozenset[str] = frozenset(),
) -> Relations:
    """Every list; `before` are those that the record has, `others` the stories that are not as they were."""
    whole = Whole(rows)
    wishes = {}
    for name in index.held("pin"):
        for story_id in index.pinning(name):
            card = index.card(story_id)
            if card is not None and story_id not in wishes:
                wishes[story_id] = wish_of(card, index)
    work = _Relate(_many(whole) if len(whole.rows) >= _MANY else whole, wishes, limits_of(job))
    found = list(pool.run(work, range(len(whole.rows)), job.jobs, job.cluster))
    lists = {row[1]: ids for row, (ids, *_more) in zip(whole.rows, found, strict=True)}
    changed = frozenset(
        story_id for story_id, ids in lists.items() if before.get(story_id, ids) != ids or not others.isdisjoint(ids)
    )
    return Relations(Lists(lists, touched=changed), _kinship(whole, found))


def _many(whole: Whole) -> Many:
    from newsgen.many import Many  # loads NumPy, which a build that finds few lists does without

    return Many(whole)


def _bare(rows: Iterable[Row]) -> tuple[Whole, Kinship]:
    """All stories, and what the record is to know of them where no list was found."""
    whole = Whole(rows)
    return whole, _kinship(whole, [((), 0, ())] * len(whole.rows))


def _kinship(whole: Whole, found: Iterable[_Told]) -> Kinship:
    return Kinship(
        is_all=True,
        rows=[
            KinRow(number, *row, least, ids, best)
            for number, (row, (ids, least, best)) in enumerate(zip(whole.rows, found, strict=True))
        ],
        gone=(),
        parts=whole.parts,
        buckets=_buckets(whole.held),
    )


def _buckets(held: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """The stories with each term, as the record keeps them; of terms that many have, only how many."""
    found: dict[int, dict[str, Sequence[int] | int]] = {}
    for term, numbers in held.items():
        found.setdefault(bucket(term), {})[term] = numbers if len(numbers) <= FEW else len(numbers)
    return {number: as_text(words) for number, words in found.items()}


# --- those that a change can touch ----------------------------------------------------------------------------------


class _Moved:
    """The stories that changed, as the record has them and as they are."""

    def __init__(self, record: Record, seen: Survey) -> None:
        self.old = {card.item.id: card for card in seen.removed}
        self.new = {card.item.id: card for card in seen.added}
        self.ids = sorted(self.old.keys() | self.new.keys())
        self.off = {row.id: row for row in record.kin(self.ids)}
        self.on: dict[str, Row] = {
            story_id: row_of(card) for story_id, card in sorted(self.new.items()) if not card.newest
        }

    def rows(self, record: Record) -> list[Row]:
        """All stories as they are."""
        others = [row for row in record.all_kin_rows() if row[1] not in self.old and row[1] not in self.new]
        return [*others, *self.on.values()]


class _Revision:
    """The lists after a change to some stories, from what the record kept of the others."""

    def __init__(self, job: Job, record: Record, seen: Survey) -> None:
        self._record = record
        self._index = seen.index
        self._job = job
        self._limits = limits_of(job)
        self._moved = _Moved(record, seen)
        off, on = self._moved.off, self._moved.on
        self._other = sorted(one for one in off.keys() | on.keys() if one not in off or on.get(one) != off[one].row)

    def made(self) -> Relations:
        if not self._moved.ids:
            return Relations(self._lists({}, frozenset()), Kinship())
        try:
            if len(self._other) > max(_MUCH, sum(count for *_block, count in self._record.parts()) // _SHARE):
                raise AllAnewError
            return self._made()
        except AllAnewError:
            rows, others = self._moved.rows(self._record), frozenset(self._moved.ids)
            return _whole(self._job, self._index, rows, self._record.all_kin(), others)

    def _lists(self, found: Mapping[str, tuple[str, ...]], touched: frozenset[str]) -> Lists:
        return Lists(found, self._record.kin_of, self._record.all_kin, touched)

    def _made(self) -> Relations:
        stock = Stored(self._record, self._moved.off, self._moved.on)
        met = self._meet(stock)
        again = set(self._moved.on) | stock.crossed
        for story_id in self._moved.ids:
            both = [card for card in (self._moved.old.get(story_id), self._moved.new.get(story_id)) if card]
            for name in (story_id, *(version for card in both for version in card.versions)):
                again |= self._index.pinning(name)
        found = self._amended(met, again)
        cards = {one: card for one in sorted(again) if (card := self._index.card(one)) and not card.newest}
        stock.want(card.terms for card in cards.values())
        for story_id, card in cards.items():
            found[story_id] = listed(row_of(card), stock, wish_of(card, self._index), self._limits)
        before = {row.id: row for row in self._record.kin([*found, *sorted(met.shows)])}
        changed = {one for one, told in found.items() if one not in before or before[one].ids != told.ids}
        shown = {one for one in met.shows if one in before and not self._moved.old.keys().isdisjoint(before[one].ids)}
        return Relations(
            self._lists({story_id: told.ids for story_id, told in found.items()}, frozenset(changed | shown)),
            stock.saved(found, before),
        )

    def _meet(self, stock: Stored) -> _Met:
        """Whose lists the stories that changed may be on, as they were and as they are."""
        met = _Met()
        was = [row.row for row in self._moved.off.values()]
        stock.want(row[2] for row in (*was, *self._moved.on.values()))
        rows = [*((row, False) for row in was), *((row, True) for row in self._moved.on.values())]
        reach = [list(reached(row, stock)) for row, _is_now in rows]
        least = self._record.least({other[1]: None for near in reach for _rated, other in near})
        for (row, is_now), near in zip(rows, reach, strict=True):
            hit = [(rated, other) for rated, other in near if rated >= least.get(other[1], 0)]
            met.shows.update(other[1] for _rated, other in hit)
            if row[1] not in self._other:
                continue
            for rated, other in hit:
                arrived = met.arrived.setdefault(other[1], [])
                if is_now:
                    arrived.append((rated, row))
        return met

    def _amended(self, met: _Met, again: set[str]) -> dict[str, Listed]:
        """The lists that can be told from what they were; the others are added to those to find `again`."""
        kept = self._record.kin(sorted(met.arrived.keys() - again - self._moved.old.keys()))
        names = {one for row in kept for one in row.best}.difference(self._other)
        rows = {row.id: row.row for row in self._record.kin(sorted(names))}
        found = {}
        for row in kept:
            card = self._index.card(row.id)
            told = None
            if card is not None and wish_of(card, self._index) == NO_WISH:
                told = amended(
                    row.row,
                    Listed(row.ids, row.least, row.best),
                    {one: rows[one] for one in row.best if one in rows},
                    met.arrived[row.id],
                    self._limits,
                )
            if told is None:
                again.add(row.id)
            else:
                found[row.id] = told
        return found


@dataclass(slots=True)
class _Met:
    """What stories that changed have to do with others, by the ids of those."""

    shows: set[str] = field(default_factory=set)  # who may list one that changed
    arrived: dict[str, list[tuple[int, Row]]] = field(
        default_factory=dict
    )  # whom another's change reaches: as it is now
