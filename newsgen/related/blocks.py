"""Time cut into blocks, and the stories of a block with their terms side by side, to be compared all at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from zlib import crc32

__all__ = ["BLOCK", "HEAVY", "ROOT", "Block", "Groups", "Row", "grouped", "parts", "second", "spot"]

BLOCK = 2048  # stories in a block, at most: twice as many give lists that are hardly better
ROOT = 61  # bits of a spot
HEAVY = 3  # the least weight of a term that counts twice where it is asked who shares terms that few have
_EPOCH = 1 << 36  # seconds before 1970 from which spots count: in the year -208
_CRC = 24  # bits of a spot that tell stories of one second apart
_STORY = " / "  # between the terms of two stories
_MANY = 5000  # terms that are wanted, from which on to sort out the others first does not pay
_SINGLY = 6  # stories with a term from which on its lane is made in one piece

Row = tuple[int, str, str]  # of a story: spot, id, terms
Groups = list[tuple[int, list[str]]]  # terms by weight


def spot(instant: int, story_id: str) -> int:
    """Where a story stands in time: its second, then a digest of its id, in one number that fits into 63 bits."""
    at = min(max(instant + _EPOCH, 0), 2 * _EPOCH - 1)
    return at << _CRC | crc32(story_id.encode("utf-8", "surrogatepass")) & ((1 << _CRC) - 1)


def second(at: int) -> int:
    """The second of a spot; only differences mean something."""
    return at >> _CRC


def parts(spots: Sequence[int]) -> list[tuple[int, int, int]]:
    """Spots in order, cut into blocks: (where a block begins in time, its bits, how many spots it holds).

    Time is halved until no block holds more than BLOCK: so where a block begins and ends depends on no story outside
    the half of time that it is half of. Blocks that hold nothing are among them: every spot has its block.
    """
    found = []
    waiting = [(0, ROOT, 0, len(spots))]
    while waiting:
        start, bits, low, high = waiting.pop()
        if high - low <= BLOCK or not bits:
            found.append((start, bits, high - low))
        else:
            middle = start + (1 << bits - 1)
            cut = bisect_left(spots, middle, low, high)
            waiting += [(middle, bits - 1, cut, high), (start, bits - 1, low, cut)]
    return found


def grouped(terms: str) -> Groups:
    """Terms as `terms.choose` wrote them down, by weight."""
    return [(4 - at, group.split()) for at, group in enumerate(terms.split("|")) if group]


class Block:
    """The stories of one block, in order.

    Every story has a byte in one long number for each term, and the weight of the term in it stands there: the numbers
    of a story's terms, each times its own weight there, add up to the scores of all stories at once. A thousand stories
    take 20 microseconds so; one by one, 300.
    """

    __slots__ = ("_lanes", "_uses", "rows")

    def __init__(self, rows: Sequence[Row], wanted: Collection[str] | None = None) -> None:
        """Terms that are not `wanted` are left out: what one story alone has is of no use."""
        self.rows = rows
        uses: dict[str, list[int]] = {}  # places with weights
        told = _STORY.join([terms for _spot, _id, terms in rows]).replace("|", " | ").split()
        is_short = wanted is not None and len(wanted) < _MANY
        at, weight = 0, 4
        for term in filter({*(wanted or ()), "|", "/"}.__contains__, told) if is_short else told:
            if term == "|":
                weight -= 1
            elif term == "/":
                at += 1
                weight = 4
            elif term in uses:
                uses[term].append(at << 3 | weight)
            elif wanted is None or term in wanted:
                uses[term] = [at << 3 | weight]
        self._uses = uses
        self._lanes = _Lanes(uses)

    def with_row(self, at: int, row: Row) -> Block:
        """The same block with another story in one place."""
        rows = list(self.rows)
        uses = dict(self._uses)
        other = Block.__new__(Block)
        other.rows, other._uses, other._lanes = rows, uses, _Lanes(uses)
        other._lanes.update(self._lanes)
        for weight, group in grouped(rows[at][2]):
            for term in group:
                uses[term] = [use for use in uses[term] if use != at << 3 | weight]
                other._lanes.pop(term, None)
        for weight, group in grouped(row[2]):
            for term in group:
                uses[term] = sorted([*uses.get(term, ()), at << 3 | weight])
                other._lanes.pop(term, None)
        rows[at] = row
        return other

    def lighten(self, most: int) -> None:
        """Let go of the long numbers, if there are more than that: they are made again when they are asked for."""
        if len(self._lanes) > most:
            self._lanes.clear()

    def scores(self, groups: Groups) -> bytes:
        """The score of each story against some terms: no more than 255, see `terms.choose`."""
        total = 0
        lane = self._lanes.__getitem__
        for weight, group in groups:
            total += weight * sum(map(lane, group))
        return total.to_bytes(len(self.rows), "little")


class _Lanes(dict[str, int]):
    """The long numbers of terms, each made when it is first asked for; 0 for a term that no story has."""

    def __init__(self, uses: dict[str, list[int]]) -> None:
        self._uses = uses

    def __missing__(self, term: str) -> int:
        uses = self._uses.get(term)
        lane = self[term] = _lane(uses) if uses else 0
        return lane


def _lane(uses: list[int]) -> int:
    if len(uses) < _SINGLY:
        return sum([(use & 7) << (use & ~7) for use in uses])
    lane = bytearray((uses[-1] >> 3) + 1)
    for use in uses:
        lane[use >> 3] = use & 7
    return int.from_bytes(lane, "little")
