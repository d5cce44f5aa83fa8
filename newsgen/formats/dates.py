"""Dates as copy and file names have them, to ISO 8601. What cannot be read is "", never guessed."""

from __future__ import annotations

import datetime
import re

from newsgen.wire.names import MONTH, month_number

__all__ = ["ZONES", "from_name", "read", "reuters", "trailer", "within"]

# Hours from UTC. Three letters are not unique (IST, CST); these are the ones agencies stamp copy with.
ZONES = {
    "GMT": "+00:00", "UTC": "+00:00", "Z": "+00:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "JST": "+09:00", "HKT": "+08:00", "SGT": "+08:00", "MSK": "+03:00",
}  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?:\s*(?:,|at|-|\|)?\s*(\d{1,2})[:.](\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?"
    r"(?:\s*\(?([A-Z]{1,4}|[+-]\d\d:?\d\d)\)?)?)?"
)
_SHAPES = (
    re.compile(rf"{_WEEKDAY}(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_TIME}", re.I),
    re.compile(rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{MONTH}),?\s+(?P<y>\d{{4}}){_TIME}", re.I),
    re.compile(rf"(?P<y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?:T(?=\d))?{_TIME}", re.I),
)
_WHOLE = re.compile(rf"\b(?:{MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{MONTH},?)\s+\d{{4}}\b", re.I)
_LEAD = re.compile(r"(?:published|posted|updated|first published|date)\s*:?\s*(?:on\s+)?", re.I)
_REUTERS = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})")
_TRAILER = re.compile(r"(\d{2})(\d{2})(\d{2})\s(?:([A-Z]{3,4})\s)?([A-Za-zäÄ]{3})\s(\d{2})")
_FOREIGN = {"mai": 5, "mär": 3, "mrz": 3, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12, "jui": 6}
_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_AT_END = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")


def _iso(year: int, month: int, day: int, hour: int = -1, minute: int = 0, second: int = 0, zone: str = "") -> str:
    try:
        if hour < 0:
            return datetime.date(year, month, day).isoformat()
        return datetime.datetime(year, month, day, hour, minute, second).isoformat() + zone
    except ValueError:
        return ""


def read(line: str) -> str:
    """A line that is a date and nothing else, as ISO 8601; an unknown zone leaves only the day."""
    text = " ".join(line[:120].split())
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if not found:
            continue
        month = int(found["m"]) if found["m"].isdigit() else month_number(found["m"])
        hour, minute, half, zone = found.groups()[-4:]
        day = (int(found["y"]), month, int(found["d"]))
        if hour is None:
            return _iso(*day)
        offset = ZONES.get(zone.upper(), "?") if zone and zone.isalpha() else zone or ""
        if offset == "?":
            return _iso(*day)
        if offset and ":" not in offset:
            offset = f"{offset[:3]}:{offset[3:]}"
        number = int(hour) % 12 + (12 if half.lower().startswith("p") else 0) if half else int(hour)
        return _iso(*day, number, int(minute), 0, offset)
    return ""


def within(text: str) -> str:
    """The first day with its year that stands in a line: `LUND, March 3, 1998 (Northern Wire)`; "" for none."""
    found = _WHOLE.search(text[:500])
    return read(found.group()) if found else ""


def reuters(text: str) -> str:
    """`26-FEB-1987 15:01:01.79` as `1987-02-26T15:01:01`; it has no zone."""
    found = _REUTERS.search(text)
    if not found:
        return ""
    day, month, year, hour, minute, second = found.groups()
    return _iso(int(year), month_number(month), int(day), int(hour), int(minute), int(second))


def trailer(line: str) -> str:
    """The stamp that ends old wire messages, `101137 GMT Dez 18` or `091223 dec 18`: day, hour, minute."""
    found = _TRAILER.fullmatch(" ".join(line[:60].split()))
    if not found:
        return ""
    day, hour, minute, zone, name, year = found.groups()
    month = month_number(name) or _FOREIGN.get(name.lower(), 0)
    century = 1900 if int(year) >= 70 else 2000
    return _iso(century + int(year), month, int(day), int(hour), int(minute), 0, ZONES.get(zone or "", ""))


def from_name(name: str) -> str:
    """A day in a file's name: `harvest-2025-06-03.txt`, `…idN1117020061211.txt`; "" where there is none."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0][-200:]
    found = list(_NAME.finditer(stem))[-1:]
    if found:
        return _iso(int(found[0].group(1)), int(found[0].group(3)), int(found[0].group(4)))
    end = _NAME_AT_END.search(stem)
    return _iso(int(end.group(1)), int(end.group(2)), int(end.group(3))) if end else ""
