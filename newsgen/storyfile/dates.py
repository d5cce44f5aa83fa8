"""Dates and times of front matter -> Moments and instants (seconds since 1970). Never reads the clock or its zone.

Reads dates and times of ISO 8601, with a blank or a T between them. Offsets are whole minutes, because ISO 8601 and
Atom (RFC 4287) know no others: a local mean time of the days before standard time (Amsterdam, until 1937: +0:19:32) is
taken as the next whole minute, both for reading and for showing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newsgen.model.story import Moment
from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.tree import Node, Scalar

__all__ = ["embargo", "instant_of", "moment", "moment_at"]

_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:(?:[Tt]|[ ]{1,3})(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?[ ]?([Zz]|([+-])(\d{2})(?::?(\d{2}))?)?)?",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_FURTHEST = 14 * 60  # minutes: Kiribati
_YEARS = range(1600, 3000)  # the first newspaper dates from 1605


def _minutes(offset: timedelta | None) -> int:
    """An offset in whole minutes, rounded up; 0 for none."""
    if offset is None:
        return 0
    return -((-offset.days * 86400 - offset.seconds) // 60)


def _read(problems: ProblemCollector, key: str, node: Node) -> tuple[datetime, int | None, bool] | None:
    """(wall clock, minutes east of UTC or None, whether it is only a day); None with a problem where it is no date."""
    if type(node) is not Scalar:
        problems.add("wants-date", node.at, key, "a list or a map")
        return None
    text = node.text.strip()
    match = _DATE.fullmatch(text)
    if not match:
        problems.add("wants-date", node.at, key, text[:60] or "nothing")
        return None
    year, month, day, hour, minute, second, zone, sign, zone_hours, zone_minutes = match.groups()
    if int(year) not in _YEARS:
        problems.add("date-year", node.at, key, year)
        return None
    try:
        # datetime knows no leap second: it is taken as the second before it.
        whole_second = 59 if second == "60" else int(second or 0)
        wall = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), whole_second)
    except ValueError:
        problems.add("date-impossible", node.at, key, text)
        return None
    if not zone:
        return wall, None, hour is None
    offset = int(zone_hours or 0) * 60 + int(zone_minutes or 0)
    if offset > _FURTHEST or int(zone_minutes or 0) > 59:
        problems.add("date-offset", node.at, key, zone)
        return None
    return wall, -offset if sign == "-" else offset, False


def _seconds(wall: datetime) -> int:
    """Seconds from 1970 to a wall clock, as if that were UTC."""
    since = wall - _EPOCH
    return since.days * 86400 + since.seconds


def moment(problems: ProblemCollector, key: str, node: Node) -> Moment | None:
    """A date, with or without a time, in the site's zone where it names none. None, with a problem, if it is none."""
    date = _read(problems, key, node)
    if date is None:
        return None
    wall, offset, is_day = date
    zone = problems.zone
    if offset is None:
        # In the hour that a clock change skips, the offset from before the change counts: 02:30 is 03:30.
        offset = _minutes(wall.replace(tzinfo=zone).utcoffset())
    instant = _seconds(wall) - offset * 60
    if is_day:
        day = wall.date().isoformat()
        return Moment(day, instant, day, "", "")
    return _moment_in(instant, zone)


def _moment_in(instant: int, zone: ZoneInfo) -> Moment:
    """An instant as the clocks of a zone show it."""
    local = (_EPOCH_UTC + timedelta(seconds=instant)).astimezone(zone)
    iso = local.isoformat()
    if len(iso) != 25:  # an offset with seconds
        minutes = _minutes(local.utcoffset())
        far = abs(minutes)
        text = (_EPOCH + timedelta(seconds=instant + minutes * 60)).isoformat()
        iso = f"{text}{'-' if minutes < 0 else '+'}{far // 60:02}:{far % 60:02}"
    offset = iso[19:]
    name = local.tzname() or offset
    return Moment(iso, instant, iso[:10], iso[11:16], offset if name[0] in "+-" else name)


def instant_of(problems: ProblemCollector, key: str, node: Node) -> int | None:
    """An instant, which must name its zone: when a story becomes public must not depend on a setting."""
    date = _read(problems, key, node)
    if date is None:
        return None
    wall, offset, is_day = date
    if offset is None:
        local = f"{wall:%Y-%m-%dT%H:%M}" if not is_day else f"{wall:%Y-%m-%d}T00:01"
        east = _minutes(wall.replace(tzinfo=problems.zone).utcoffset())
        far = abs(east)
        example = f"{local}{'-' if east < 0 else '+'}{far // 60:02}:{far % 60:02}"
        problems.add("date-needs-zone", node.at, key, example)
        return None
    return _seconds(wall) - offset * 60


def embargo(problems: ProblemCollector, key: str, node: Node) -> int | str | None:
    """An instant, or "hold"."""
    if type(node) is Scalar and node.text.strip().casefold() == "hold":
        return "hold"
    return instant_of(problems, key, node)


def moment_at(instant: int, zone: str) -> Moment:
    """An instant, in seconds since 1970, as a moment of a zone: a name of the tz database, "Europe/London"."""
    return _moment_in(instant, ZoneInfo(zone))
