"""All stories of an archive in memory, and their related lists."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsgen.related.blocks import HEAVY, Block, Row, grouped, parts
from newsgen.related.lists import FEW, NO_WISH, Limits, Listed, Wish, listed

__all__ = ["Whole"]

_BLOCKS = 6  # that are held at once


class Whole:
    """All stories, in memory."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows)
        spots = [row[0] for row in self.rows]
        self.parts = parts(spots)
        self.ends = [0]  # and of each block that holds something: the number of the first story after it
        for _start, _bits, count in self.parts:
            if count:
                self.ends.append(self.ends[-1] + count)
        self._starts = [spots[low] for low in self.ends[:-1]]
        self._blocks: dict[int, Block] = {}
        held = defaultdict[str, list[int]](list)
        for number, (_spot, _id, told) in enumerate(self.rows):
            for weight, group in grouped(told):
                if weight >= HEAVY:
                    for term in group:
                        held[term] += (number, number)
                else:
                    for term in group:
                        held[term].append(number)
        self.held = dict(held)  # the stories with a term; twice where it is a heavy one, as `marks` has it
        self.shared = {term for term, found in held.items() if found[0] != found[-1]}
        self.few = {term: found for term, found in held.items() if len(found) <= FEW and found[0] != found[-1]}

    def near(self, at: int) -> Sequence[Block]:
        place = bisect_right(self._starts, at) - 1
        return [self._block(number) for number in (place - 1, place, place + 1) if 0 <= number < len(self._starts)]

    def _block(self, number: int) -> Block:
        if (found := self._blocks.get(number)) is None:
            while len(self._blocks) >= _BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            found = Block(self.rows[self.ends[number] : self.ends[number + 1]], self.shared)
            self._blocks[number] = found
        return found

    def lists(self, numbers: Iterable[int], wishes: Mapping[str, Wish], limits: Limits) -> Iterator[Listed]:
        """The lists of some stories, found one by one. Those of many stories `many` finds several times as fast."""
        for row in [self.rows[number] for number in numbers]:
            yield listed(row, self, wishes.get(row[1], NO_WISH), limits)

    def holders(self, term: str) -> list[int]:
        return self.few.get(term, [])

    def story(self, number: int) -> Row:
        return self.rows[number]
