"""All stories of an archive in memory, to choose related stories from: for a build that finds every list."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsgen.related.blocks import HEAVY, Block, Row, cut_into_blocks, term_groups
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.related.lists import NO_WISH, Limits, RelatedList, Wish, find_list

__all__ = ["ArchiveInMemory"]

_BLOCK_LIMIT = 6  # blocks that are held at once


class ArchiveInMemory:
    """All stories in order of time, a StorySource: a story's number is its place."""

    def __init__(self, rows: Iterable[Row], bounds: Bounds = DEFAULT_BOUNDS) -> None:
        self.bounds = bounds
        self.rows = sorted(rows)
        keys = [row[0] for row in self.rows]
        self.spans = cut_into_blocks(keys, bounds)
        self.block_ends = [0]  # then, of each block that is not empty, the number of the first story after it
        for _start, _bits, count in self.spans:
            if count:
                self.block_ends.append(self.block_ends[-1] + count)
        self._starts = [keys[low] for low in self.block_ends[:-1]]
        self._blocks: dict[int, Block] = {}
        postings = defaultdict[str, list[int]](list)
        for number, (_key, _id, terms) in enumerate(self.rows):
            for weight, group in term_groups(terms):
                if weight >= HEAVY:
                    for term in group:
                        postings[term] += (number, number)
                else:
                    for term in group:
                        postings[term].append(number)
        self.postings = dict(postings)  # the stories with a term, as often as `posting_counts` says
        shared = {term: numbers for term, numbers in postings.items() if numbers[0] != numbers[-1]}
        self.shared_terms = set(shared)  # that more than one story has
        self._rare = {term: numbers for term, numbers in shared.items() if len(numbers) <= bounds.rare_stories}

    def blocks_near(self, key: int) -> Sequence[Block]:
        place = bisect_right(self._starts, key) - 1
        return [self._block(number) for number in (place - 1, place, place + 1) if 0 <= number < len(self._starts)]

    def _block(self, number: int) -> Block:
        if (block := self._blocks.get(number)) is None:
            while len(self._blocks) >= _BLOCK_LIMIT:
                del self._blocks[next(iter(self._blocks))]
            rows = self.rows[self.block_ends[number] : self.block_ends[number + 1]]
            block = self._blocks[number] = Block(rows, self.shared_terms)
        return block

    def holders(self, term: str) -> list[int]:
        return self._rare.get(term, [])

    def story(self, number: int) -> Row:
        return self.rows[number]

    def lists(self, numbers: Iterable[int], wishes: Mapping[str, Wish], limits: Limits) -> Iterator[RelatedList]:
        """The lists of some stories, found one by one. `ArchiveInArrays` finds many several times as fast."""
        for row in [self.rows[number] for number in numbers]:
            yield find_list(row, self, wishes.get(row[1], NO_WISH), limits)
