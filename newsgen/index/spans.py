"""Where a period lies among the sorted keys of a collection, and into which smaller periods it splits.

Stories of a day whose hour nobody knows are a period of their own, beside the hours. Where they are many, they split by
the beginnings of their ids, which no other story changes: `1920-05-01T--s05` are those from s050 to s059.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from newsgen.index.shelves import ID_START
from newsgen.text.periods import UNTIMED

__all__ = ["parts", "smaller", "span"]

# By the length of a period, that of the periods into which it splits: 1987, 1987-02, 1987-02-26, 1987-02-26T15.
_CHILD_LENGTH = {0: 4, 4: 7, 7: 10, 10: 13}
_HOUR_END = 13  # where the hour ends in a key
_LAST = "\U0010ffff"  # sorts after whatever an id may go on with


def span(keys: Sequence[str], period: str) -> tuple[int, int]:
    """Where a period's keys begin and end."""
    if not period:
        return 0, len(keys)
    start = bisect_left(keys, period[:_HOUR_END])
    end = bisect_left(keys, f"{period[:_HOUR_END]}~", start)
    if len(period) > _HOUR_END and start < end:
        beginning = keys[start][:ID_START] + period[_HOUR_END:]  # all of them have one instant, the day's midnight
        start = bisect_left(keys, beginning, start, end)
        end = bisect_left(keys, beginning + _LAST, start, end)
    return start, end


def smaller(keys: Sequence[str], period: str) -> list[tuple[str, int]]:
    """The smaller periods that hold keys, each with its count, in order.

    None within an hour. A story whose id is how all the others of a part begin stands in none of its parts.
    """
    at, end = span(keys, period)
    size = _CHILD_LENGTH.get(len(period), 0)
    if not size and (period[11:_HOUR_END] != UNTIMED or at == end):
        return []
    if not size:
        first, last = keys[at], keys[end - 1]
        shared = next((n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
        at += len(first) == shared
        size = shared + 1
    children = []
    while at < end:
        beginning = keys[at][:size]
        stop = bisect_left(keys, beginning + _LAST, at, end)
        children.append((beginning[:_HOUR_END] + beginning[ID_START:], stop - at))
        at = stop
    return children


def parts(keys: Sequence[str], period: str, limit: int) -> Iterator[str]:
    """Every period below one of stories without an hour, at all depths; up to `limit` stories are not split."""
    start, end = span(keys, period)
    if end - start > limit:
        for child, _count in smaller(keys, period):
            yield child
            yield from parts(keys, child, limit)
