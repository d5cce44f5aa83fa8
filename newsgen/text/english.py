"""English for readers: days, periods, numbers, plurals and joined names. Templates' filters come from here.

A period is the beginning of an ISO 8601 date: "" (all time), `1987`, `1987-02`, `1987-02-26`, or `1987-02-26T15`, an
hour. `1987-02-26T--` are the stories of a day whose hour is not known, and `1987-02-26T--s05` those whose ids begin so.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

__all__ = [
    "MONTHS",
    "UNTIMED",
    "join_names",
    "long_day",
    "month_day",
    "period_level",
    "period_name",
    "plural",
    "short_day",
    "short_period_name",
    "thousands",
    "truncate",
]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

UNTIMED = "--"  # in a period, in place of an hour: none is known
_DAYS = 4096  # cached: eleven years of an archive; each day is printed in some 25 lists


def _split(day: str) -> tuple[str, str, int]:
    """Year, name of the month, and day of the month."""
    year, month, number = day.split("-")
    return year, MONTHS[int(month) - 1], int(number)


@lru_cache(_DAYS)
def long_day(day: str) -> str:
    """`2025-06-03` is `3 June 2025`."""
    year, month, number = _split(day)
    return f"{number} {month} {year}"


@lru_cache(_DAYS)
def short_day(day: str) -> str:
    """`2025-06-03` is `3 Jun 2025`."""
    year, month, number = _split(day)
    return f"{number} {month[:3]} {year}"


@lru_cache(_DAYS)
def month_day(day: str) -> str:
    """`2025-06-03` is `3 June`."""
    _year, month, number = _split(day)
    return f"{number} {month}"


def period_level(period: str) -> str:
    """How long a period is: all, year, month, day or hour; untimed for a day's stories without one, part for a part."""
    if period[11:13] == UNTIMED:
        return "untimed" if len(period) == 13 else "part"
    return {0: "all", 4: "year", 7: "month", 10: "day", 13: "hour"}[len(period)]


def period_name(period: str) -> str:
    """A period in full: `1987`, `February 1987`, `26 February 1987`, `26 February 1987, 15:00 to 15:59`."""
    if len(period) <= 4:
        return period
    if len(period) == 7:
        return f"{MONTHS[int(period[5:]) - 1]} {period[:4]}"
    if len(period) == 10:
        return long_day(period)
    hour, part = period[11:13], period[13:]
    if hour == UNTIMED:
        return f"{long_day(period[:10])}, no time given{f': {part}…' if part else ''}"
    return f"{long_day(period[:10])}, {hour}:00 to {hour}:59"


def short_period_name(period: str) -> str:
    """A period as it is called inside the larger one: `1987`, `February`, `26 February`, `15:00`."""
    if len(period) <= 4:
        return period
    if len(period) == 7:
        return MONTHS[int(period[5:]) - 1]
    if len(period) == 10:
        return month_day(period)
    if period[11:13] == UNTIMED:
        return f"{period[13:]}…" if period[13:] else "No time given"
    return f"{period[11:]}:00"


def thousands(number: int) -> str:
    """`12345` is `12,345`."""
    return f"{number:,}"


def plural(count: int, singular_form: str, plural_form: str) -> str:
    """A count with its noun: `1 story`, `2,345 stories`."""
    return f"{thousands(count)} {singular_form if count == 1 else plural_form}"


def truncate(text: str, limit: int) -> str:
    """`text` in at most `limit` characters: cut between words, with an ellipsis where anything was cut."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rpartition(' ')[0] or text[: limit - 1]}…"


def join_names(names: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last
