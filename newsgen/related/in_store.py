"""The stories that related lists are chosen from, as the store has them, with what changed laid over them: for a build
or preview that changes some lists. Only the blocks and terms that are compared are fetched.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from newsgen.related.block_cache import BlockCache
from newsgen.related.blocks import TIME_KEY_BITS, Block, Row, Span, posting_counts
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.related.lists import RelatedList
from newsgen.related.terms import bucket_of
from newsgen.store import DamagedError, RelatedRow, RelatedRows, Store

__all__ = ["ArchiveInStore", "TooMuchChangedError", "bucket_json"]

_CACHED = 256  # buckets, and stories, that are kept at hand
_FEW_CHANGES = 8  # to a block; up to there its columns are amended, not made anew
# Who has each term of a bucket: the numbers of the stories, or how many they are where the term is not rare. A story
# stands there, or counts, as often as `posting_counts` says.
_Postings = dict[str, list[int] | int]


def bucket_json(postings: Mapping[str, Sequence[int] | int]) -> str:
    """A bucket as the store keeps it."""
    return json.dumps(postings, ensure_ascii=False, separators=(",", ":"))


def _holders_in(text: str, term: str) -> list[int]:
    """Who has a term, cut out of what `bucket_json` wrote: to parse all of it takes a hundred times as long."""
    key = f'"{term}":['
    at = text.find(key)
    if at < 0:  # nobody, or too many
        return []
    start = at + len(key)
    try:
        return [int(number) for number in text[start : text.index("]", start)].split(",")]
    except ValueError as error:
        raise DamagedError from error


class TooMuchChangedError(Exception):
    """Every list has to be found anew: a block of time was split, joined, emptied or begun, or many stories changed."""


class ArchiveInStore:
    """The stories of a store, a StorySource, with some that changed laid over them.

    `before` are the stories that changed as the store has them, `now` as they are, each by id; a new story is only in
    `now`, one that went only in `before`. Blocks in which nothing changed are taken from `cache`, and put there.
    TooMuchChangedError where blocks of time are others than before.
    """

    def __init__(
        self,
        store: Store,
        before: Mapping[str, RelatedRow],
        now: Mapping[str, Row],
        cache: BlockCache | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
    ) -> None:
        self._store = store
        self._cache = cache
        self._bounds = bounds
        self._before, self._now = before, now
        self._numbers = {story_id: row.number for story_id, row in before.items()}
        free = store.related.next_number()
        for story_id in now:
            if story_id not in self._numbers:
                self._numbers[story_id] = free
                free += 1
        self._now_by_number = {self._numbers[story_id]: row for story_id, row in now.items()}
        spans = store.related.blocks()
        self._spans = self._count_blocks(spans)
        self._are_spans_same = self._spans == spans
        self._bits = {start: bits for start, bits, _count in self._spans}
        self._starts = [start for start, _bits, count in self._spans if count]
        keys = [*(row.time_key for row in before.values()), *(row[0] for row in now.values())]
        self._changed = {self._starts[bisect_right(self._starts, key) - 1] for key in keys}  # where blocks begin
        self._rows: dict[int, list[Row]] = {}  # of the blocks that were fetched, by where they begin
        self._blocks: dict[int, Block] = {}
        self._wanted: set[str] = set()
        self.crossed: set[str] = set()  # ids of stories with a term that was rare and is not, or the other way round
        self._changed_buckets: dict[int, _Postings] = {}
        self._bucket_texts: dict[int, str] = {}
        self._stories: dict[int, Row] = {}
        self._counted: set[str] = set()  # those that changed and whose terms are in the buckets as they are now
        for story_id, number in self._numbers.items():
            old = dict(posting_counts(before[story_id].terms)) if story_id in before else {}
            new = dict(posting_counts(now[story_id][2])) if story_id in now else {}
            for term, times in old.items() - new.items():
                self._remove_posting(term, times, number)
            for term, times in new.items() - old.items():
                self._add_posting(term, times, number)
            self._counted.add(story_id)

    def prepare(self, terms: Iterable[str]) -> None:
        """Say the terms of the stories that are going to be compared; with others a block would lack columns."""
        wanted = {term for text in terms for term in text.replace("|", " ").split()}
        if not wanted <= self._wanted:
            self._wanted = wanted
            self._blocks.clear()

    # --- blocks of time ---

    def _count_blocks(self, spans: Sequence[Span]) -> list[Span]:
        """The blocks with what changed counted. TooMuchChangedError where they would be cut otherwise now."""
        starts = [start for start, _bits, _count in spans]
        counts = [count for _start, _bits, count in spans]
        for row in self._before.values():
            counts[bisect_right(starts, row.time_key) - 1] -= 1
        for key, _id, _terms in self._now.values():
            counts[bisect_right(starts, key) - 1] += 1
        counted = [(start, bits, count) for (start, bits, _before), count in zip(spans, counts, strict=True)]
        if any((now[2] == 0) != (before[2] == 0) for before, now in zip(spans, counted, strict=True)):
            raise TooMuchChangedError  # an empty block is nobody's neighbour
        limit = self._bounds.block_stories
        totals: dict[tuple[int, int], int] = {}  # stories in each span that was halved: the two halves of every block
        for start, bits, count in counted:
            if count > limit and bits:
                raise TooMuchChangedError
            if bits < TIME_KEY_BITS:
                totals[start >> bits + 1 << bits + 1, bits + 1] = 0
        for start, bits, count in counted:
            for above in range(bits + 1, TIME_KEY_BITS + 1):
                if (halved := (start >> above << above, above)) in totals:
                    totals[halved] += count
        if any(total <= limit for total in totals.values()):
            raise TooMuchChangedError
        return counted

    def blocks_near(self, key: int) -> Sequence[Block]:
        place = bisect_right(self._starts, key) - 1
        around = [number for number in (place - 1, place, place + 1) if 0 <= number < len(self._starts)]
        return [self._block(self._starts[number]) for number in around]

    def _block(self, start: int) -> Block:
        if start in self._blocks:
            return self._blocks[start]
        if not self._cache:
            block = self._blocks[start] = Block(self._rows_of(start), self._wanted)
            return block
        bits = self._bits[start]
        cached = self._cache.get(start, bits)
        if start in self._changed:
            amended = self._amended(cached, start) if cached else None
            block = self._blocks[start] = amended or Block(self._rows_of(start))
            return block
        if cached is None:
            cached = Block(self._rows_of(start))
            self._cache.put(start, bits, cached)
        return cached

    def _amended(self, block: Block, start: int) -> Block | None:
        """A block with what changed; None where stories came or went, two have one time key, or many changed."""
        end = start + (1 << self._bits[start])
        before = [row for row in self._before.values() if start <= row.time_key < end]
        now = [row for row in self._now.values() if start <= row[0] < end]
        old_by_key, new_by_key = {row.time_key: row.story for row in before}, {row[0]: row for row in now}
        if old_by_key.keys() != new_by_key.keys():
            return None
        if not len(before) == len(now) == len(new_by_key) <= _FEW_CHANGES:
            return None
        for key, row in new_by_key.items():
            if old_by_key[key] != row:
                place = bisect_left(block.rows, key, key=itemgetter(0))
                if block.rows[place][1] != row[1]:  # two stories have one time key
                    return None
                block = block.with_row(place, row)
        return block

    def rebase(self) -> None:
        """The store has now what changed: go on from there, with nothing laid over it."""
        if self._cache:
            for start in self._changed:
                bits = self._bits[start]
                block = self._blocks.get(start) or self._cache.get(start, bits)
                if block and start not in self._blocks:
                    block = self._amended(block, start)
                self._cache.discard(start)
                if block:
                    self._cache.put(start, bits, block)
        self._before, self._now = {}, {}
        self._changed.clear()
        for mapping in (self._numbers, self._now_by_number, self._rows, self._blocks):
            mapping.clear()
        for buckets in (self._changed_buckets, self._bucket_texts):
            buckets.clear()

    def _rows_of(self, start: int) -> list[Row]:
        if start not in self._rows:
            end = start + (1 << self._bits[start])
            rows = [row for row in self._store.related.terms_between(start, end) if row[1] not in self._before]
            for row in self._now.values():
                if start <= row[0] < end:
                    insort(rows, row)
            self._rows[start] = rows
        return self._rows[start]

    # --- rare terms ---

    def _bucket_text(self, number: int) -> str:
        if number not in self._bucket_texts:
            if len(self._bucket_texts) >= _CACHED:
                self._bucket_texts.clear()
            self._bucket_texts[number] = self._store.related.bucket(number)
        return self._bucket_texts[number]

    def _bucket_to_change(self, term: str) -> _Postings:
        """The bucket of a term."""
        number = bucket_of(term)
        if number not in self._changed_buckets:
            try:
                self._changed_buckets[number] = json.loads(self._bucket_text(number) or "{}")
            except ValueError as error:
                raise DamagedError from error
        return self._changed_buckets[number]

    def _remove_posting(self, term: str, times: int, number: int) -> None:
        """A story does not have a term any more; it stood there so many times."""
        bucket = self._bucket_to_change(term)
        held = bucket[term]
        if isinstance(held, int):
            is_rare = held - times <= self._bounds.rare_stories
            bucket[term] = self._newly_rare(term, number) if is_rare else held - times
        elif others := [holder for holder in held if holder != number]:
            bucket[term] = others
        else:
            del bucket[term]

    def _newly_rare(self, term: str, without: int) -> list[int]:
        """The stories with a term that too many had to list them; all of them may now be found by it."""
        rows = {story_id: (number, terms) for number, story_id, terms in self._store.related.stories_with(term)}
        for story_id in self._counted:
            rows.pop(story_id, None)
            if story_id in self._now:
                rows[story_id] = (self._numbers[story_id], self._now[story_id][2])
        holders: list[int] = []
        for story_id, (number, terms) in sorted(rows.items(), key=itemgetter(1)):
            times = dict(posting_counts(terms)).get(term, 0)
            if times and number != without:
                holders += [number] * times
                self.crossed.add(story_id)
        return holders

    def _add_posting(self, term: str, times: int, number: int) -> None:
        """A story has a term now, and stands there so many times."""
        bucket = self._bucket_to_change(term)
        held = bucket.get(term, [])
        if isinstance(held, int):
            bucket[term] = held + times
        elif len(held) + times > self._bounds.rare_stories:
            bucket[term] = len(held) + times
            self.crossed.update(self.story(holder)[1] for holder in held)
        else:
            bucket[term] = [*held, *[number] * times]

    def holders(self, term: str) -> list[int]:
        number = bucket_of(term)
        if number in self._changed_buckets:
            held = self._changed_buckets[number].get(term, [])
            return [] if isinstance(held, int) else held
        return _holders_in(self._bucket_text(number), term)

    def story(self, number: int) -> Row:
        if number in self._now_by_number:
            return self._now_by_number[number]
        if number not in self._stories:
            if len(self._stories) >= _CACHED:
                self._stories.clear()
            self._stories[number] = self._store.related.terms(number)
        return self._stories[number]

    # --- for the store ---

    def rows_to_save(self, lists: Mapping[str, RelatedList], before: Mapping[str, RelatedRow]) -> RelatedRows:
        """What the store is to have now: new lists by id, blocks, terms.

        `before` has the rows of those of their stories that did not change.
        """
        rows = []
        for story_id, found in lists.items():
            if story_id in self._now:
                row, number = self._now[story_id], self._numbers[story_id]
            else:
                row, number = before[story_id].story, before[story_id].number
            rows.append(RelatedRow(number, *row, found.threshold, found.ids, found.candidates))
        return RelatedRows(
            is_all=False,
            rows=rows,
            removed=[row.number for story_id, row in self._before.items() if story_id not in self._now],
            blocks=None if self._are_spans_same else self._spans,
            buckets={number: bucket_json(bucket) for number, bucket in sorted(self._changed_buckets.items())},
        )
