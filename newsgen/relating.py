"""The related lists as they are now: all of them after a new reading, else those that a change can touch."""

from __future__ import annotations

import json
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsgen import pool
from newsgen.blocks import BLOCK, ROOT, Block, Row, spot
from newsgen.index import Index
from newsgen.job import Job
from newsgen.model import Card
from newsgen.pins import kept_out, pinned
from newsgen.record import DamagedError, KinRow, Kinship, Record
from newsgen.related import FEW, Limits, Listed, Lists, Whole, Wish, listed, marks, reached
from newsgen.state import Changes
from newsgen.survey import Survey
from newsgen.terms import bucket
from newsgen.value import value

__all__ = ["Relations", "limits_of", "relate", "row_of", "wish_of"]

_DAY = 86_400
_MANY = 2_000  # stories for which it pays to load SciPy, where it is installed: that takes as long as a thousand lists
_Count = tuple[int, int]  # bits of a block of time, stories in it


@dataclass(frozen=True, slots=True)
class Relations:
    """The related lists, and what changed in them."""

    lists: Lists
    saved: Kinship  # for the record


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
        return _whole(job, seen.index, [row_of(card) for card in seen.index.cards() if not card.newest], {})
    return _Revision(job, record, seen).made()


# --- all of them ----------------------------------------------------------------------------------------------------


@value
class _Relate:
    """Finds the lists of stories, given by their numbers."""

    whole: Whole
    wishes: Mapping[str, Wish]
    limits: Limits

    def __call__(self) -> Callable[[list[int]], list[tuple[tuple[str, ...], int]]]:
        lists = self.whole.lists
        return lambda batch: [(told.ids, told.least) for told in lists(batch, self.wishes, self.limits)]


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
    if len(whole.rows) >= _MANY and job.cluster is None:  # whose workers may not have it
        whole.prepare()
    work = _Relate(whole, wishes, limits_of(job))
    found = list(pool.run(work, range(len(whole.rows)), job.jobs, job.cluster))
    lists = {row[1]: ids for row, (ids, _least) in zip(whole.rows, found, strict=True)}
    changed = frozenset(
        story_id for story_id, ids in lists.items() if before.get(story_id, ids) != ids or not others.isdisjoint(ids)
    )
    saved = Kinship(
        is_all=True,
        rows=[
            KinRow(number, *row, least, ids)
            for number, (row, (ids, least)) in enumerate(zip(whole.rows, found, strict=True))
        ],
        gone=(),
        parts=whole.parts,
        buckets=_buckets(whole.held),
    )
    return Relations(Lists(lists, touched=changed), saved)


def _buckets(held: Mapping[str, Sequence[int]]) -> dict[int, str]:
    """The stories with each term, as the record keeps them; of terms that many have, only how many."""
    found: dict[int, dict[str, Sequence[int] | int]] = {}
    for term, numbers in held.items():
        found.setdefault(bucket(term), {})[term] = numbers if len(numbers) <= FEW else len(numbers)
    return {number: _text(words) for number, words in found.items()}


def _text(words: Mapping[str, Sequence[int] | int]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


# --- those that a change can touch ----------------------------------------------------------------------------------


class _AllAnewError(Exception):
    """So much changes that every list is found anew: a block was split or joined."""


class _Revision:
    """The lists after a change to some stories, from what the record kept of the others."""

    def __init__(self, job: Job, record: Record, seen: Survey) -> None:
        self._record = record
        self._index = seen.index
        self._job = job
        self._limits = limits_of(job)
        self._old = {card.item.id: card for card in seen.removed}
        self._new = {card.item.id: card for card in seen.added}
        self._ids = sorted(self._old.keys() | self._new.keys())
        self._off = {row.id: row for row in record.kin(self._ids)}
        self._on: dict[str, Row] = {
            story_id: row_of(card) for story_id, card in sorted(self._new.items()) if not card.newest
        }
        self._moved = sorted(
            story_id
            for story_id in self._off.keys() | self._on.keys()
            if story_id not in self._off or self._on.get(story_id) != self._off[story_id].row
        )

    def made(self) -> Relations:
        record = self._record
        if not self._ids:
            return Relations(self._lists({}, frozenset()), Kinship())
        try:
            return self._made()
        except _AllAnewError:
            rows = [row for row in record.all_kin_rows() if row[1] not in self._old and row[1] not in self._new]
            return _whole(self._job, self._index, [*rows, *self._on.values()], record.all_kin(), frozenset(self._ids))

    def _lists(self, found: Mapping[str, tuple[str, ...]], touched: frozenset[str]) -> Lists:
        return Lists(found, self._record.kin_of, self._record.all_kin, touched)

    def _made(self) -> Relations:
        stock = _Stock(self._record, self._off, self._on)
        again: set[str] = set(self._on)
        shows: set[str] = set()  # stories that may list one that changed
        stock.want(row[2] for row in (*(off.row for off in self._off.values()), *self._on.values()))
        for row in [*(off.row for off in self._off.values()), *self._on.values()]:
            near = list(reached(row, stock))
            least = self._record.least([other[1] for _score, other in near])
            hit = {other[1] for score, other in near if score >= least.get(other[1], 0)}
            shows |= hit
            if row[1] in self._moved:
                again |= hit
        for story_id in self._ids:
            both = [card for card in (self._old.get(story_id), self._new.get(story_id)) if card]
            for name in (story_id, *(version for card in both for version in card.versions)):
                again |= self._index.pinning(name)
        again |= stock.crossed
        cards = {one: card for one in sorted(again) if (card := self._index.card(one)) and not card.newest}
        stock.want(card.terms for card in cards.values())
        found = {
            story_id: listed(row_of(card), stock, wish_of(card, self._index), self._limits)
            for story_id, card in cards.items()
        }
        before = {row.id: row for row in self._record.kin([*found, *sorted(shows)])}
        changed = {one for one, told in found.items() if one not in before or before[one].ids != told.ids}
        shown = {one for one in shows if one in before and not self._old.keys().isdisjoint(before[one].ids)}
        return Relations(
            self._lists({story_id: told.ids for story_id, told in found.items()}, frozenset(changed | shown)),
            stock.saved(found, before),
        )


class _Stock:
    """The stories to choose from, fetched from the record as they are needed, with what changed laid over them."""

    def __init__(self, record: Record, off: Mapping[str, KinRow], on: Mapping[str, Row]) -> None:
        self._record = record
        self._off, self._on = off, on
        self._numbers = {story_id: row.number for story_id, row in off.items()}
        free = record.kin_end()
        for story_id in on:
            if story_id not in self._numbers:
                self._numbers[story_id] = free
                free += 1
        self._by_number = {self._numbers[story_id]: row for story_id, row in on.items()}
        self._parts = self._cut(record.parts())
        self._starts = [start for start, (_bits, count) in self._parts.items() if count]
        self._fetched: dict[int, list[Row]] = {}
        self._blocks: dict[int, Block] = {}
        self._wanted: set[str] = set()
        self.crossed: set[str] = set()  # stories with a term that was in few stories and is not now, or the other way
        self._changed: set[int] = set()
        self._buckets: dict[int, dict[str, list[int] | int]] = {}
        for story_id, number in self._numbers.items():
            was = dict(marks(off[story_id].row[2])) if story_id in off else {}
            now = dict(marks(on[story_id][2])) if story_id in on else {}
            for term, times in was.items() - now.items():
                self._take(term, times, number)
            for term, times in now.items() - was.items():
                self._put(term, times, number)

    def want(self, terms: Iterable[str]) -> None:
        """Which terms are going to be compared."""
        self._wanted = {term for told in terms for term in told.replace("|", " ").split()}
        self._blocks.clear()

    # --- blocks of time ---

    def _cut(self, kept: Iterable[tuple[int, int, int]]) -> dict[int, _Count]:
        """The blocks with what changed counted. _AllAnewError where neighbours are others than before."""
        before = list(kept)
        found = {start: (bits, count) for start, bits, count in before}
        starts = list(found)
        for rows, step in (([off.row for off in self._off.values()], -1), (self._on.values(), 1)):
            for row in rows:
                start = starts[bisect_right(starts, row[0]) - 1]
                bits, count = found[start]
                found[start] = (bits, count + step)
        if any((found[start][1] == 0) != (count == 0) for start, _bits, count in before):
            raise _AllAnewError  # a block that holds nothing stands between no two
        totals: dict[tuple[int, int], int] = {}
        for start, (bits, count) in found.items():
            if count > BLOCK and bits:
                raise _AllAnewError
            if bits < ROOT:  # each half of what was too large
                whole = (start >> bits + 1 << bits + 1, bits + 1)
                totals[whole] = 0
        for start, (bits, count) in found.items():
            for above in range(bits + 1, ROOT + 1):
                if (key := (start >> above << above, above)) in totals:
                    totals[key] += count
        if any(total <= BLOCK for total in totals.values()):
            raise _AllAnewError
        return found

    def near(self, at: int) -> Sequence[Block]:
        place = bisect_right(self._starts, at) - 1
        around = [number for number in (place - 1, place, place + 1) if 0 <= number < len(self._starts)]
        return [self._block(self._starts[number]) for number in around]

    def _block(self, start: int) -> Block:
        if start not in self._blocks:
            self._blocks[start] = Block(self._rows(start), self._wanted)
        return self._blocks[start]

    def _rows(self, start: int) -> list[Row]:
        if start not in self._fetched:
            end = start + (1 << self._parts[start][0])
            rows = [row for row in self._record.kin_between(start, end) if row[1] not in self._off]
            for row in self._on.values():
                if start <= row[0] < end:
                    insort(rows, row)
            self._fetched[start] = rows
        return self._fetched[start]

    # --- terms that few stories have ---

    def _words(self, term: str) -> dict[str, list[int] | int]:
        number = bucket(term)
        if number not in self._buckets:
            try:
                self._buckets[number] = json.loads(self._record.bucket(number) or "{}")
            except ValueError as error:
                raise DamagedError from error
        return self._buckets[number]

    def _take(self, term: str, times: int, number: int) -> None:
        words = self._words(term)
        self._changed.add(bucket(term))
        held = words[term]
        if isinstance(held, int):
            if held - times <= FEW:
                raise _AllAnewError  # who has it is not known
            words[term] = held - times
        elif left := [one for one in held if one != number]:
            words[term] = left
        else:
            del words[term]

    def _put(self, term: str, times: int, number: int) -> None:
        words = self._words(term)
        self._changed.add(bucket(term))
        held = words.get(term, [])
        if isinstance(held, int):
            words[term] = held + times
        elif len(held) + times > FEW:
            words[term] = len(held) + times
            self.crossed.update(self.story(one)[1] for one in held)
        else:
            words[term] = [*held, *[number] * times]

    def holders(self, term: str) -> list[int]:
        held = self._words(term).get(term, [])
        return [] if isinstance(held, int) else held

    def story(self, number: int) -> Row:
        if number not in self._by_number:
            self._by_number[number] = self._record.kin_row(number)
        return self._by_number[number]

    # --- for the record ---

    def saved(self, found: Mapping[str, Listed], before: Mapping[str, KinRow]) -> Kinship:
        """What the record is to know: the lists that were found, the blocks, the terms."""
        rows = []
        for story_id, told in found.items():
            if story_id in self._on:
                row, number = self._on[story_id], self._numbers[story_id]
            else:
                row, number = before[story_id].row, before[story_id].number
            rows.append(KinRow(number, *row, told.least, told.ids))
        return Kinship(
            is_all=False,
            rows=rows,
            gone=[row.number for story_id, row in self._off.items() if story_id not in self._on],
            parts=[(start, bits, count) for start, (bits, count) in self._parts.items()],
            buckets={number: _text(self._buckets[number]) for number in sorted(self._changed)},
        )
