"""Dates as copy and file names write them -> ISO 8601. A date that cannot be read is "", never a guess."""

from __future__ import annotations

import datetime
import re

from newsgen.wire.names import MONTH, month_number

__all__ = ["ZONES", "find_in", "from_file_name", "parse", "parse_reuters", "parse_trailer"]

# Offsets from UTC. Three letters can mean several zones (IST, CST); these are the zones that agencies stamp copy with.
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
_DAY_WITH_YEAR = re.compile(rf"\b(?:{MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{MONTH},?)\s+\d{{4}}\b", re.I)
_LEAD = re.compile(r"(?:published|posted|updated|first published|date)\s*:?\s*(?:on\s+)?", re.I)
_REUTERS = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})")
_TRAILER = re.compile(r"(\d{2})(\d{2})(\d{2})\s(?:([A-Z]{3,4})\s)?([A-Za-zäÄ]{3})\s(\d{2})")
_FOREIGN = {"mai": 5, "mär": 3, "mrz": 3, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12, "jui": 6}
_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_AT_END = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")


def _iso(day: tuple[int, int, int], time: tuple[int, int, int] | None = None, offset: str = "") -> str:
    """(year, month, day) and perhaps (hour, minute, second) as ISO 8601; "" where there is no such day or time."""
    try:
        if time is None:
            return datetime.date(*day).isoformat()
        return datetime.datetime(*day, *time).isoformat() + offset
    except ValueError:
        return ""


def parse(line: str) -> str:
    """A line that is a date and nothing else, as ISO 8601; "" for any other. An unknown zone leaves only the day."""
    text = " ".join(line[:120].split())
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if not match:
            continue
        month = int(match["m"]) if match["m"].isdigit() else month_number(match["m"])
        hour, minute, half, zone = match.groups()[-4:]
        day = (int(match["y"]), month, int(match["d"]))
        if hour is None:
            return _iso(day)
        offset = ZONES.get(zone.upper(), "?") if zone and zone.isalpha() else zone or ""
        if offset == "?":
            return _iso(day)
        if offset and ":" not in offset:
            offset = f"{offset[:3]}:{offset[3:]}"
        hour_of_day = int(hour) % 12 + (12 if half.lower().startswith("p") else 0) if half else int(hour)
        return _iso(day, (hour_of_day, int(minute), 0), offset)
    return ""


def find_in(text: str) -> str:
    """The first day with a year in a line, `LUND, March 3, 1998 (Northern Wire)`, as ISO 8601; "" for none."""
    match = _DAY_WITH_YEAR.search(text[:500])
    return parse(match.group()) if match else ""


def parse_reuters(text: str) -> str:
    """`26-FEB-1987 15:01:01.79` as `1987-02-26T15:01:01`, without a zone; "" where the text has no such date."""
    match = _REUTERS.search(text)
    if not match:
        return ""
    day, month, year, hour, minute, second = match.groups()
    return _iso((int(year), month_number(month), int(day)), (int(hour), int(minute), int(second)))


def parse_trailer(line: str) -> str:
    """The stamp that ends old wire messages, `101137 GMT Dez 18` or `091223 dec 18`: day, hour, minute, month, year."""
    match = _TRAILER.fullmatch(" ".join(line[:60].split()))
    if not match:
        return ""
    day, hour, minute, zone, name, year = match.groups()
    month = month_number(name) or _FOREIGN.get(name.lower(), 0)
    century = 1900 if int(year) >= 70 else 2000
    return _iso((century + int(year), month, int(day)), (int(hour), int(minute), 0), ZONES.get(zone or "", ""))


def from_file_name(name: str) -> str:
    """The day in a file's name, `harvest-2025-06-03.txt` or `…idN1117020061211.txt`; "" where there is none."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0][-200:]
    days = [(year, month, day) for year, _mark, month, day in _NAME.findall(stem)]
    year, month, day = days[-1] if days else next(iter(_NAME_AT_END.findall(stem)), ("0", "0", "0"))
    return _iso((int(year), int(month), int(day)))
