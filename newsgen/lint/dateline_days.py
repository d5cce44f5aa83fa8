"""Whether the day in a dateline can be that of its story."""

from __future__ import annotations

import re
from datetime import date, timedelta

from newsgen.wire import dateline
from newsgen.wire.names import MONTH, month_number

__all__ = ["is_stale"]

_BEFORE = timedelta(days=3)  # copy that waited over a weekend
_AFTER = timedelta(days=1)  # it is tomorrow already where the copy was filed
_DAY = re.compile(
    rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<first>\d{{1,2}}) (?P<second>{MONTH})",
    re.I | re.A,
)


def is_stale(text: str, first: str, last: str) -> bool:
    """Whether a dateline names a day that is neither near the days `first` to `last` nor between them.

    A dateline seldom has a year; any will do. False where no day can be read: a slip such as `Feb &` is not judged.
    """
    match = _DAY.fullmatch(dateline.parse(text).date)
    if not match:
        return False
    month = month_number(match["month"] or match["second"])
    number = int(match["day"] or match["first"])
    start, end = date.fromisoformat(first) - _BEFORE, date.fromisoformat(last) + _AFTER
    years = [int(match["year"])] if match["year"] else range(start.year, end.year + 1)
    return not any(_is_between(start, year, month, number, end) for year in years)


def _is_between(start: date, year: int, month: int, number: int, end: date) -> bool:
    try:
        return start <= date(year, month, number) <= end
    except ValueError:  # June 31 is on no calendar; February 29 not in every year
        return False
