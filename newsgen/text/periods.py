"""Periods, as texts that sort by time.

A period is the beginning of an ISO 8601 date: "" (all time), `1987`, `1987-02`, `1987-02-26`, or `1987-02-26T15`, an
hour. `1987-02-26T--` are the stories of a day whose hour is not known, and `1987-02-26T--s05` those whose ids begin so.
"""

from __future__ import annotations

__all__ = ["UNTIMED", "period_level"]

UNTIMED = "--"  # in a period, in place of an hour: none is known


def period_level(period: str) -> str:
    """How long a period is: all, year, month, day or hour; untimed for a day's stories without one, part for a part."""
    if period[11:13] == UNTIMED:
        return "untimed" if len(period) == 13 else "part"
    return {0: "all", 4: "year", 7: "month", 10: "day", 13: "hour"}[len(period)]
