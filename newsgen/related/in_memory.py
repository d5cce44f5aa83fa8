"""All stories of an archive in memory, and their related lists."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsgen.related.blocks import HEAVY, Block, Row, grouped, parts
from newsgen.related.lists import FEW, FLOOR, LOOKED, NO_WISH, SHARED, Limits, Listed, Wish, chosen, listed, unfilled
from newsgen.related.scores import Matrix, is_here

__all__ = ["Whole"]

_BLOCKS = 6  # that are held at once


class Whole:
    """All stories, in memory."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = sorted(rows)
        spots = [row[0] for row in self.rows]
        self.parts = parts(spots)
        self._ends = [0]  # of the blocks that hold something: the number of the first story after each
        for _start, _bits, count in self.parts:
            if count:
                self._ends.append(self._ends[-1] + count)
        self._starts = [spots[low] for low in self._ends[:-1]]
        self._blocks: dict[int, Block] = {}
        self._matrix: Matrix | None = None
        self._most = LOOKED[0]  # candidates that are looked at first
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
        self._shared = {term for term, found in held.items() if found[0] != found[-1]}
        self._few = {term: found for term, found in held.items() if len(found) <= FEW and found[0] != found[-1]}

    def near(self, at: int) -> Sequence[Block]:
        place = bisect_right(self._starts, at) - 1
        return [self._block(number) for number in (place - 1, place, place + 1) if 0 <= number < len(self._starts)]

    def _block(self, number: int) -> Block:
        if (found := self._blocks.get(number)) is None:
            while len(self._blocks) >= _BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            found = Block(self.rows[self._ends[number] : self._ends[number + 1]], self._shared)
            self._blocks[number] = found
        return found

    def prepare(self) -> None:
        """Make ready for `lists` what every worker needs."""
        if is_here():
            self._matrix = Matrix(self.rows, self.held, self._few)

    def lists(self, numbers: Sequence[int], wishes: Mapping[str, Wish], limits: Limits) -> Iterator[Listed]:
        """The lists of some stories that follow one another."""
        matrix = self._matrix
        if matrix is None or not limits.newer or limits.seconds:
            for row in [self.rows[number] for number in numbers]:
                yield listed(row, self, wishes.get(row[1], NO_WISH), limits)
            return
        at, end = (numbers[0], numbers[-1] + 1) if numbers else (0, 0)
        while at < end:
            place = bisect_right(self._ends, at) - 1
            stop = min(end, self._ends[place + 1])
            window = range(self._ends[max(0, place - 1)], self._ends[min(place + 2, len(self._ends) - 1)])
            found = dict(self._looked(matrix, range(at, stop), window, self._most, wishes, limits))
            again = [number for number in range(at, stop) if number not in found]
            found.update(self._looked(matrix, again, window, LOOKED[-1], wishes, limits))
            if len(again) * 4 > stop - at:  # among copies of many texts: to look twice takes longer
                self._most = LOOKED[-1]
            yield from [found[number] for number in range(at, stop)]
            at = stop

    def _looked(
        self,
        matrix: Matrix,
        numbers: Sequence[int],
        window: range,
        most: int,
        wishes: Mapping[str, Wish],
        limits: Limits,
    ) -> Iterator[tuple[int, Listed]]:
        """Stories with their lists, out of the `most` best; not those for whose list more are to be looked at."""
        rows = self.rows
        for number, best in matrix.candidates(numbers, window, most, FLOOR, SHARED):
            row = rows[number]
            found = [(rated, rows[other]) for rated, other in best]
            told = chosen(row, found, wishes.get(row[1], NO_WISH), limits)
            if told.least:
                yield number, told
            elif most == LOOKED[-1] or len(found) < most:
                yield number, unfilled(told, found, LOOKED[-1])

    def holders(self, term: str) -> list[int]:
        return self._few.get(term, [])

    def story(self, number: int) -> Row:
        return self.rows[number]
