"""The stories that related lists are chosen from, as the record keeps them, with what changed laid over them."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from newsgen.related.block_cache import Memory
from newsgen.related.blocks import BLOCK, ROOT, Block, Row
from newsgen.related.lists import FEW, Listed, marks
from newsgen.related.terms import bucket
from newsgen.store import DamagedError, RelatedRow, RelatedRows, Store

__all__ = ["AllAnewError", "Stored", "as_text"]

_READ = 256  # parts of what the record says of terms, and stories, that are kept at hand
_FEW = 8  # changes to a block up to which it is not made anew
_Count = tuple[int, int]  # bits of a block of time, stories in it
_Words = dict[str, list[int] | int]  # who has each term of a bucket, or how many have it


def as_text(words: Mapping[str, Sequence[int] | int]) -> str:
    """Who has which term, as the record keeps it."""
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def _held_in(text: str, term: str) -> list[int]:
    """Who has a term, cut out of what `as_text` wrote: the whole of it takes a hundred times as long to read."""
    mark = f'"{term}":['
    at = text.find(mark)
    if at < 0:  # nobody, or too many
        return []
    start = at + len(mark)
    try:
        return [int(number) for number in text[start : text.index("]", start)].split(",")]
    except ValueError as error:
        raise DamagedError from error


class AllAnewError(Exception):
    """So much changes that every list is found anew: a block was split or joined, or holds nothing any more."""


class Stored:
    """The stories to choose from, fetched from the record as they are needed, with what changed laid over them."""

    def __init__(
        self, store: Store, off: Mapping[str, RelatedRow], on: Mapping[str, Row], memory: Memory | None = None
    ) -> None:
        """Blocks that nothing changed in are taken from `memory`, and kept there."""
        self._store = store
        self._memory = memory
        self._off, self._on = off, on
        self._numbers = {story_id: row.number for story_id, row in off.items()}
        free = store.related.next_number()
        for story_id in on:
            if story_id not in self._numbers:
                self._numbers[story_id] = free
                free += 1
        self._by_number = {self._numbers[story_id]: row for story_id, row in on.items()}
        parts = store.related.blocks()
        self._parts = self._cut(parts)
        self._parts_before = {start: (bits, count) for start, bits, count in parts}
        self._starts = [start for start, (_bits, count) in self._parts.items() if count]
        spots = [*(row.time_key for row in off.values()), *(row[0] for row in on.values())]
        self._changed = {self._starts[bisect_right(self._starts, at) - 1] for at in spots}  # blocks
        self._fetched: dict[int, list[Row]] = {}
        self._blocks: dict[int, Block] = {}
        self._wanted: set[str] = set()
        self.crossed: set[str] = set()  # stories with a term that was in few stories and is not now, or the other way
        self._buckets: dict[int, _Words] = {}  # those in which something changed
        self._read: dict[int, str] = {}
        self._stories: dict[int, Row] = {}
        self._settled: set[str] = set()  # those that changed, and whose terms are counted as they are now
        for story_id, number in self._numbers.items():
            was = dict(marks(off[story_id].terms)) if story_id in off else {}
            now = dict(marks(on[story_id][2])) if story_id in on else {}
            for term, times in was.items() - now.items():
                self._take(term, times, number)
            for term, times in now.items() - was.items():
                self._put(term, times, number)
            self._settled.add(story_id)

    def want(self, terms: Iterable[str]) -> None:
        """Which terms are going to be compared."""
        wanted = {term for told in terms for term in told.replace("|", " ").split()}
        if not wanted <= self._wanted:
            self._wanted = wanted
            self._blocks.clear()

    # --- blocks of time ---

    def _cut(self, kept: Iterable[tuple[int, int, int]]) -> dict[int, _Count]:
        """The blocks with what changed counted. AllAnewError where neighbours are others than before."""
        before = list(kept)
        found = {start: (bits, count) for start, bits, count in before}
        starts = list(found)
        for rows, step in (([off.story for off in self._off.values()], -1), (self._on.values(), 1)):
            for row in rows:
                start = starts[bisect_right(starts, row[0]) - 1]
                bits, count = found[start]
                found[start] = (bits, count + step)
        if any((found[start][1] == 0) != (count == 0) for start, _bits, count in before):
            raise AllAnewError  # a block that holds nothing stands between no two
        totals: dict[tuple[int, int], int] = {}
        for start, (bits, count) in found.items():
            if count > BLOCK and bits:
                raise AllAnewError
            if bits < ROOT:  # each half of what was too large
                whole = (start >> bits + 1 << bits + 1, bits + 1)
                totals[whole] = 0
        for start, (bits, count) in found.items():
            for above in range(bits + 1, ROOT + 1):
                if (key := (start >> above << above, above)) in totals:
                    totals[key] += count
        if any(total <= BLOCK for total in totals.values()):
            raise AllAnewError
        return found

    def near(self, at: int) -> Sequence[Block]:
        place = bisect_right(self._starts, at) - 1
        around = [number for number in (place - 1, place, place + 1) if 0 <= number < len(self._starts)]
        return [self._block(self._starts[number]) for number in around]

    def _block(self, start: int) -> Block:
        if start in self._blocks:
            return self._blocks[start]
        if not self._memory:
            found = self._blocks[start] = Block(self._rows(start), self._wanted)
            return found
        bits = self._parts[start][0]
        known = self._memory.block(start, bits)
        if start in self._changed:
            found = self._blocks[start] = (known and self._amended(known, start)) or Block(self._rows(start))
            return found
        if known is None:
            known = Block(self._rows(start))
            self._memory.keep(start, bits, known)
        return known

    def _amended(self, block: Block, start: int) -> Block | None:
        """A block with what changed; None where stories came or went, two were of one spot, or many changed."""
        end = start + (1 << self._parts[start][0])
        off = [row for row in self._off.values() if start <= row.time_key < end]
        on = [row for row in self._on.values() if start <= row[0] < end]
        was, now = {row.time_key: row.story for row in off}, {row[0]: row for row in on}
        if was.keys() != now.keys() or not len(off) == len(on) == len(now) <= _FEW:
            return None
        for at, row in now.items():
            if was[at] != row:
                place = bisect_left(block.rows, at, key=itemgetter(0))
                if block.rows[place][1] != row[1]:  # two stories of one spot
                    return None
                block = block.with_row(place, row)
        return block

    def settle(self) -> None:
        """The record has now what changed: go on from there."""
        if self._memory:
            for start in self._changed:
                bits = self._parts[start][0]
                known = self._blocks.get(start) or self._memory.block(start, bits)
                if known and start not in self._blocks:
                    known = self._amended(known, start)
                self._memory.forget(start)
                if known:
                    self._memory.keep(start, bits, known)
        self._off, self._on = {}, {}
        self._changed.clear()
        for kept in (self._numbers, self._by_number, self._fetched, self._blocks, self._buckets, self._read):
            kept.clear()

    def _rows(self, start: int) -> list[Row]:
        if start not in self._fetched:
            end = start + (1 << self._parts[start][0])
            rows = [row for row in self._store.related.terms_between(start, end) if row[1] not in self._off]
            for row in self._on.values():
                if start <= row[0] < end:
                    insort(rows, row)
            self._fetched[start] = rows
        return self._fetched[start]

    # --- terms that few stories have ---

    def _text(self, number: int) -> str:
        if number not in self._read:
            if len(self._read) >= _READ:
                self._read.clear()
            self._read[number] = self._store.related.bucket(number)
        return self._read[number]

    def _words(self, term: str) -> _Words:
        number = bucket(term)
        if number not in self._buckets:
            try:
                self._buckets[number] = json.loads(self._text(number) or "{}")
            except ValueError as error:
                raise DamagedError from error
        return self._buckets[number]

    def _take(self, term: str, times: int, number: int) -> None:
        words = self._words(term)
        held = words[term]
        if isinstance(held, int):
            if held - times <= FEW:
                words[term] = self._who_has(term, number)
            else:
                words[term] = held - times
        elif left := [one for one in held if one != number]:
            words[term] = left
        else:
            del words[term]

    def _who_has(self, term: str, without: int) -> list[int]:
        """The stories with a term that was in too many to keep them; all of them may now be found by it."""
        rows = {story_id: (number, told) for number, story_id, told in self._store.related.stories_with(term)}
        for story_id in self._settled:
            rows.pop(story_id, None)
            if story_id in self._on:
                rows[story_id] = (self._numbers[story_id], self._on[story_id][2])
        found: list[int] = []
        for story_id, (number, told) in sorted(rows.items(), key=itemgetter(1)):
            times = dict(marks(told)).get(term, 0)
            if times and number != without:
                found += [number] * times
                self.crossed.add(story_id)
        return found

    def _put(self, term: str, times: int, number: int) -> None:
        words = self._words(term)
        held = words.get(term, [])
        if isinstance(held, int):
            words[term] = held + times
        elif len(held) + times > FEW:
            words[term] = len(held) + times
            self.crossed.update(self.story(one)[1] for one in held)
        else:
            words[term] = [*held, *[number] * times]

    def holders(self, term: str) -> list[int]:
        number = bucket(term)
        if number in self._buckets:
            held = self._buckets[number].get(term, [])
            return [] if isinstance(held, int) else held
        return _held_in(self._text(number), term)

    def story(self, number: int) -> Row:
        if number in self._by_number:
            return self._by_number[number]
        if number not in self._stories:
            if len(self._stories) >= _READ:
                self._stories.clear()
            self._stories[number] = self._store.related.terms(number)
        return self._stories[number]

    # --- for the record ---

    def saved(self, found: Mapping[str, Listed], before: Mapping[str, RelatedRow]) -> RelatedRows:
        """What the record is to know: the lists that were found, the blocks, the terms."""
        rows = []
        for story_id, told in found.items():
            if story_id in self._on:
                row, number = self._on[story_id], self._numbers[story_id]
            else:
                row, number = before[story_id].story, before[story_id].number
            rows.append(RelatedRow(number, *row, told.least, told.ids, told.best))
        return RelatedRows(
            is_all=False,
            rows=rows,
            removed=[row.number for story_id, row in self._off.items() if story_id not in self._on],
            blocks=None
            if self._parts == self._parts_before
            else [(s, b, count) for s, (b, count) in self._parts.items()],
            buckets={number: as_text(words) for number, words in sorted(self._buckets.items())},
        )
