"""Dates and times of front matter into `Moment`s and instants. Never reads the clock or the machine's zone.

Offsets are whole minutes: ISO 8601 and Atom know no others, so a local mean time before standard time (Amsterdam, until
1937: +0:19:32) is taken as the next whole minute, for reading and for showing alike.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from newsgen.model.story import Moment
from newsgen.storyfile.complaints import Notes
from newsgen.storyfile.tree import Node, Scalar

__all__ = ["embargo", "instant_of", "moment", "moment_at"]

_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:(?:[Tt]|[ ]{1,3})(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?[ ]?([Zz]|([+-])(\d{2})(?::?(\d{2}))?)?)?",
    re.ASCII,
)
_USUAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?", re.ASCII)  # what `datetime` reads by itself
_EPOCH = datetime(1970, 1, 1)
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_FURTHEST = 14 * 60  # minutes: Kiribati
_YEARS = range(1600, 3000)  # the first newspaper is of 1605


def _minutes(offset: timedelta | None) -> int:
    """Whole minutes, the next where there are seconds."""
    if offset is None:
        return 0
    return -((-offset.days * 86400 - offset.seconds) // 60)


def _usual(text: str) -> tuple[datetime, int | None, bool] | None:
    """As `_written`, of the usual form, which is all that half of a site's dates cost; None where it is no date."""
    try:
        wall = datetime.fromisoformat(text[:19])
    except ValueError:
        return None
    return (wall, 0 if text[19:] else None, False) if wall.year in _YEARS else None


def _written(notes: Notes, key: str, node: Node) -> tuple[datetime, int | None, bool] | None:
    """(wall clock, minutes east of UTC if said, whether only a day) as written; None and a problem otherwise."""
    if type(node) is not Scalar:
        notes.add("wants-date", node.at, key, "a list or a map")
        return None
    text = node.text.strip()
    if _USUAL.fullmatch(text) and (usual := _usual(text)):
        return usual
    found = _DATE.fullmatch(text)
    if not found:
        notes.add("wants-date", node.at, key, text[:60] or "nothing")
        return None
    year, month, day, hour, minute, second, zone, sign, zone_hours, zone_minutes = found.groups()
    if int(year) not in _YEARS:
        notes.add("date-year", node.at, key, year)
        return None
    try:
        # A leap second is taken as the one before it: no clock here knows it.
        last = 59 if second == "60" else int(second or 0)
        wall = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), last)
    except ValueError:
        notes.add("date-impossible", node.at, key, text)
        return None
    if not zone:
        return wall, None, hour is None
    offset = int(zone_hours or 0) * 60 + int(zone_minutes or 0)
    if offset > _FURTHEST or int(zone_minutes or 0) > 59:
        notes.add("date-offset", node.at, key, zone)
        return None
    return wall, -offset if sign == "-" else offset, False


def _seconds(wall: datetime) -> int:
    since = wall - _EPOCH
    return since.days * 86400 + since.seconds


def moment(notes: Notes, key: str, node: Node) -> Moment | None:
    """A datetime or a plain day, in the site's zone where it says none."""
    written = _written(notes, key, node)
    if written is None:
        return None
    wall, offset, is_day = written
    zone = notes.zone
    if offset is None:
        # In the hour that a clock change skips, the offset before it holds: 02:30 is 03:30.
        offset = _minutes(wall.replace(tzinfo=zone).utcoffset())
    instant = _seconds(wall) - offset * 60
    if is_day:
        day = wall.date().isoformat()
        return Moment(day, instant, day, "", "")
    return _moment_in(instant, zone)


def _moment_in(instant: int, zone: ZoneInfo) -> Moment:
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


def instant_of(notes: Notes, key: str, node: Node) -> int | None:
    """An instant that says its zone: what may leave, and when, does not hang on a setting."""
    written = _written(notes, key, node)
    if written is None:
        return None
    wall, offset, is_day = written
    if offset is None:
        local = f"{wall:%Y-%m-%dT%H:%M}" if not is_day else f"{wall:%Y-%m-%d}T00:01"
        east = _minutes(wall.replace(tzinfo=notes.zone).utcoffset())
        far = abs(east)
        example = f"{local}{'-' if east < 0 else '+'}{far // 60:02}:{far % 60:02}"
        notes.add("date-needs-zone", node.at, key, example)
        return None
    return _seconds(wall) - offset * 60


def embargo(notes: Notes, key: str, node: Node) -> int | str | None:
    """An instant, or "hold"."""
    if type(node) is Scalar and node.text.strip().casefold() == "hold":
        return "hold"
    return instant_of(notes, key, node)


def moment_at(instant: int, zone: str) -> Moment:
    """An instant as a moment of a zone, a name of the tz database."""
    return _moment_in(instant, ZoneInfo(zone))
