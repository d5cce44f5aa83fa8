"""Time cut into blocks, and the stories of a block with their terms side by side, to be compared all at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from zlib import crc32

from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds

__all__ = [
    "HEAVY", "TIME_KEY_BITS", "Block", "Row", "Span", "TermGroups", "cut_into_blocks", "posting_counts", "second_of",
    "term_groups", "time_key",
]  # fmt: skip

TIME_KEY_BITS = 61
HEAVY = 3  # the least weight of a term that counts twice where stories are looked up by rare terms
_EPOCH = 1 << 36  # seconds before 1970 from which time keys count: in the year -208
_CRC_BITS = 24  # of a time key: they tell apart stories of one second
_BETWEEN_STORIES = " / "
_MANY_TERMS = 5000  # wanted terms from which on it does not pay to sort out the others first
_FEW_STORIES = 6  # with a term: below that, its column is added up story by story

Row = tuple[int, str, str]  # a story as it is compared: time key, id, terms. A tuple is pickled ten times as fast
Span = tuple[int, int, int]  # a block of time: the time key at which it begins, how many bits it spans, its stories
TermGroups = list[tuple[int, list[str]]]  # terms by weight


def time_key(instant: int, story_id: str) -> int:
    """Where a story stands in time: its second, then a CRC-32 of its id, in one number that fits into 63 bits."""
    second = min(max(instant + _EPOCH, 0), 2 * _EPOCH - 1)
    return second << _CRC_BITS | crc32(story_id.encode("utf-8", "surrogatepass")) & ((1 << _CRC_BITS) - 1)


def second_of(key: int) -> int:
    """The second of a time key; only differences between seconds mean something."""
    return key >> _CRC_BITS


def cut_into_blocks(keys: Sequence[int], bounds: Bounds = DEFAULT_BOUNDS) -> list[Span]:
    """Time keys in order, cut into blocks of time.

    Time is halved until no block holds more stories than it may: so where a block begins and ends depends on no story
    outside the half of time that it is half of. Empty blocks are among them: every time key has its block.
    """
    spans = []
    waiting = [(0, TIME_KEY_BITS, 0, len(keys))]
    while waiting:
        start, bits, low, high = waiting.pop()
        if high - low <= bounds.block_stories or not bits:
            spans.append((start, bits, high - low))
        else:
            middle = start + (1 << bits - 1)
            cut = bisect_left(keys, middle, low, high)
            waiting += [(middle, bits - 1, cut, high), (start, bits - 1, low, cut)]
    return spans


def term_groups(terms: str) -> TermGroups:
    """Terms as `choose_terms` wrote them down, by weight."""
    return [(4 - at, group.split()) for at, group in enumerate(terms.split("|")) if group]


def posting_counts(terms: str) -> Iterator[tuple[str, int]]:
    """The terms of a story, each with how often the story stands among those that have it: twice where it is heavy."""
    for weight, group in term_groups(terms):
        for term in group:
            yield term, 2 if weight >= HEAVY else 1


class Block:
    """The stories of one block, in order.

    A term is a column: one long number with a byte for each story, which holds the weight of the term in it. The
    columns of a story's terms, each times its own weight, add up to the scores of all stories at once. A thousand
    stories take 20 microseconds so; one by one, 300.
    """

    __slots__ = ("_columns", "_uses", "rows")

    def __init__(self, rows: Sequence[Row], wanted: Collection[str] | None = None) -> None:
        """Terms that are not `wanted` are left out: what one story alone has is of no use."""
        self.rows = rows
        uses: dict[str, list[int]] = {}  # of each term: place of a story << 3 | its weight there
        tokens = _BETWEEN_STORIES.join([terms for _key, _id, terms in rows]).replace("|", " | ").split()
        is_short = wanted is not None and len(wanted) < _MANY_TERMS
        place, weight = 0, 4
        for term in filter({*(wanted or ()), "|", "/"}.__contains__, tokens) if is_short else tokens:
            if term == "|":
                weight -= 1
            elif term == "/":
                place += 1
                weight = 4
            elif term in uses:
                uses[term].append(place << 3 | weight)
            elif wanted is None or term in wanted:
                uses[term] = [place << 3 | weight]
        self._uses = uses
        self._columns = _Columns(uses)

    def with_row(self, place: int, row: Row) -> Block:
        """The same block with another story in one place."""
        rows = list(self.rows)
        uses = dict(self._uses)
        block = Block.__new__(Block)
        block.rows, block._uses, block._columns = rows, uses, _Columns(uses)
        block._columns.update(self._columns)
        for weight, group in term_groups(rows[place][2]):
            for term in group:
                uses[term] = [use for use in uses[term] if use != place << 3 | weight]
                block._columns.pop(term, None)
        for weight, group in term_groups(row[2]):
            for term in group:
                uses[term] = sorted([*uses.get(term, ()), place << 3 | weight])
                block._columns.pop(term, None)
        rows[place] = row
        return block

    def drop_columns(self, limit: int) -> None:
        """Forget the columns if there are more than `limit`: they are made again when they are needed."""
        if len(self._columns) > limit:
            self._columns.clear()

    def scores(self, groups: TermGroups) -> bytes:
        """The score of each story against some terms, a byte each: none is above 255, see `Bounds.weight_budget`."""
        total = 0
        column = self._columns.__getitem__
        for weight, group in groups:
            total += weight * sum(map(column, group))
        return total.to_bytes(len(self.rows), "little")


class _Columns(dict[str, int]):
    """The columns of terms, each made when it is first needed; 0 for a term that no story has."""

    def __init__(self, uses: dict[str, list[int]]) -> None:
        self._uses = uses

    def __missing__(self, term: str) -> int:
        uses = self._uses.get(term)
        column = self[term] = _column(uses) if uses else 0
        return column


def _column(uses: list[int]) -> int:
    if len(uses) < _FEW_STORIES:
        return sum([(use & 7) << (use & ~7) for use in uses])
    column = bytearray((uses[-1] >> 3) + 1)
    for use in uses:
        column[use >> 3] = use & 7
    return int.from_bytes(column, "little")
