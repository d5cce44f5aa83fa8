"""Instants as a person or cron reads them. Inside newsgen an instant is whole seconds since 1970-01-01T00:00Z."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["cron_line", "in_utc", "in_zone"]

_CRON_DAYS = 360  # a crontab has no years: further ahead, its line would also fire a year too early


def in_utc(instant: int | None) -> str | None:
    """An instant as ISO 8601 in UTC; None for none."""
    return None if instant is None else datetime.fromtimestamp(instant, UTC).isoformat()


def in_zone(instant: int, zone: str) -> str:
    """An instant as ISO 8601, with the offset of a zone of the tz database."""
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat()


def cron_line(due: int | None, clock: int, command: str) -> str | None:
    """A line of a crontab(5), in UTC, for the first whole minute at or after `due`.

    None where nothing is due, or it is due further ahead than a crontab can say.
    """
    if due is None or due - clock > _CRON_DAYS * 86_400:
        return None
    at = datetime.fromtimestamp(-(-due // 60) * 60, UTC)
    return f"{at.minute} {at.hour} {at.day} {at.month} * {command}"
