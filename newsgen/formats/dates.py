"""Dates as copy and file names write them -> ISO 8601. A date that cannot be read is "", never a guess."""

from __future__ import annotations

import datetime
import re
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsgen.text.months import is_weekday, month_number
from newsgen.wire.names import MONTH, REGIONS, is_agency
from newsgen.wire.tables import phrases, table

__all__ = ["DateLine", "find_in", "from_file_name", "latest_in", "parse", "parse_reuters", "parse_trailer", "read_line"]

_COMPACT = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT = re.compile(r"(?<![\d:])(?P<d>\d{1,2})[- ](?P<w>[^\W\d_]{3,9})[- ](?P<y>\d{2})(?![\d:.hH])")  # 3-Jun-25
_DOTTED = re.compile(r"(?<![\d:.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{2})(?![\d:.])")  # 03.06.25
_PARTS = re.compile(r"\s*[|·•]\s*")
_NAMED = re.compile(r"(?:Source|Editor|By|Agency|Author|来源|编辑)\s?[:：]\s?\w+(?:\s\w+){0,2}", re.I)
_AGO = re.compile(r"\(?\b\d{1,3}\s(?:minutes?|mins?|hours?|days?|weeks?|months?|years?)\sago\b\)?", re.I)
_GLUED = re.compile(
    r"(?<=(?:19|20)\d\d)(?=\d{1,2}:\d\d)|(?<=[A-Za-z0-9])(?=(?:Updated|Published)\b)"
)  # June 3, 20242:14 PM
_WORD = r"[^\W\d_]{3,12}"
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<mark>[-/]|\.\s?)(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]"),
    re.compile(
        rf"(?P<w>{_WORD})\.?\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?:de\s)?(?P<y>\d{{4}})(?![\d:])", re.I
    ),
    re.compile(
        rf"(?<![\d:])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.|-)?\s{{0,3}}(?:of\s|de\s|d['’])?(?P<w>{_WORD})\.?[,-]?\s{{0,3}}"
        r"(?:del?\s)?(?P<y>\d{4})(?![\d:])",
        re.I,
    ),
    re.compile(r"(?<![\d/.])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})(?![\d/.])"),
)
_TIME = re.compile(
    r"(?<![\d:.])(?P<h>\d{1,2})(?:\s?[:.hH時时시]\s?(?P<min>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s?(?P<half>[ap]\.?\s?m\b\.?)?(?![\d:])"
    r"|(?<!\d)(?P<four>\d{4})(?=\s?(?:[A-Z]{2,5}\b|hrs?\b|hours\b))",
    re.I,
)
_OFFSET = re.compile(r"(?:(?:GMT|UTC)\s?)?([+-]\d{1,2}):?(\d{2})?(?!\d)")
_UPDATE = re.compile(
    r"(?i:\bupdated\b|\bmodified\b|\blast edited\b|aktualisiert|actualizad|mis à jour|modifié|atualizad|aggiornat"
    r"|modificat|oppdatert|uppdaterad|opdateret|bijgewerkt)"
)
_DAY_WITH_YEAR = re.compile(rf"\b(?:{MONTH}\s+\d{{1,2}},?|\d{{1,2}}\s+{MONTH},?)\s+\d{{4}}\b", re.I)
_REUTERS = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})")
_TRAILER = re.compile(r"(\d{2})(\d{2})(\d{2})\s(?:([A-Z]{3,4})\s)?([A-Za-zäÄ]{3})\s(\d{2})")
_STAMP = re.compile(r"[A-Z]{2,6}(?:-[A-Z]{2})?-(\d{2})-(\d{2})-(\d{2})\s(\d{2})(\d{2})\s?([A-Z]{3})\b.{0,12}")
_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_NAME_AT_END = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_SHORT_YEAR = re.compile(r"^[A-Za-z]{2,4}[-_]?([5-9]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")  # AP880212
_DIGIT = re.compile(r"\d")
_LINE = 160  # characters of a line that is a date


class DateLine(NamedTuple):
    """A line that says when copy was sent, and nothing else."""

    iso: str  # a day, or a day and a time, with its offset where the zone is known
    is_update: bool = False  # the line says only when the copy was changed
    is_ambiguous: bool = False  # 03/06/2025: `iso` takes the first for the day


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
    read = read_line(line)
    return read.iso if read else ""


def read_line(line: str, month_first: bool | None = None) -> DateLine | None:
    """A line that is a date, with a label, weekday, time or reading time beside it; None where it says more.

    `month_first`: whether 03/06/2025 is 6 March, as in the United States. Where it is None, such a date is ambiguous
    and read as 3 June, unless one of its numbers is beyond 12.
    """
    text = " ".join(line[: _LINE + 1].split())
    return _read(text, month_first) if 6 <= len(text) <= _LINE and _DIGIT.search(text) else None


@lru_cache(4096)  # a line at the top is asked about several times, and comes in many stories
def _read(text: str, month_first: bool | None) -> DateLine | None:
    if len(parts := _PARTS.split(text)) > 1:  # Updated: June 4 | Published: June 3
        read = [_read(part, month_first) for part in parts if part]
        dated = [date for date in read if date is not None]
        others = [part for part, date in zip(filter(None, parts), read, strict=True) if date is None]
        if dated and all(is_agency(other) or _NAMED.fullmatch(other) for other in others):
            return next((date for date in dated if not date.is_update), dated[0])
    text = _AGO.sub(" ", re.sub(r"(?<=\d)T(?=\d)", " ", _GLUED.sub(" ", text)))
    first = _UPDATE.search(text)
    is_update = bool(first) and not any(mark.isdigit() for mark in text[: first.start()]) if first else False
    if first and not is_update:
        text = text[: first.start()]
    found = _first_date(text, month_first, (*_DATES, _COMPACT, _SHORT, _DOTTED))
    if found is None:
        return None
    start, end, day, is_ambiguous = found
    before, after = text[:start], text[end:]
    time, zone, rest = _time(f"{after} \0 {before}")
    if not _is_filler(rest):
        return None
    if time is None:
        iso = _iso(day)
    else:
        offset = _offset(zone, day, time)
        iso = _iso(day) if offset is None else _iso(day, time, offset)
    return DateLine(iso, is_update, is_ambiguous) if iso else None


def _first_date(
    text: str, month_first: bool | None = None, shapes: tuple[re.Pattern[str], ...] = _DATES
) -> tuple[int, int, tuple[int, int, int], bool] | None:
    """(start, end, (year, month, day), is it ambiguous) of the first date in a text."""
    best: tuple[int, int, tuple[int, int, int], bool] | None = None
    for shape in shapes:
        for found in shape.finditer(text):
            if best and found.start() >= best[0]:
                break
            parts = found.groupdict()
            is_ambiguous = False
            if "a" in parts:
                a, b = int(parts["a"]), int(parts["b"])
                is_open = parts["mark"] in "/-" and a <= 12 and b <= 12 and a != b
                is_ambiguous = is_open and month_first is None
                is_month_first = b > 12 or (is_open and month_first is True)
                day, month = (b, a) if is_month_first else (a, b)
            else:
                month = int(parts["m"]) if "m" in parts else month_number(parts["w"])
                day = int(parts["d"])
            year = int(parts["y"])
            if year < 100:  # which century is a guess
                year, is_ambiguous = year + (1900 if year >= 70 else 2000), True
            if _iso((year, month or 13, day)):
                best = (found.start(), found.end(), (year, month, day), is_ambiguous)
                break
    return best


def _time(text: str) -> tuple[tuple[int, int, int] | None, str, str]:
    """(time of day, its zone, what is left) of what stands around a date."""
    for found in _TIME.finditer(text):
        if found["four"]:
            hour, minute = int(found["four"][:2]), int(found["four"][2:])
        elif found["min"] or found["half"]:
            hour, minute = int(found["h"]), int(found["min"] or 0)
        else:
            continue
        if half := found["half"]:
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        if hour > 23 or minute > 59:
            continue
        rest = text[found.end() :]
        offset = _OFFSET.match(rest.lstrip(" ("))
        word = re.match(r"[\s(]{0,3}([A-Z]{1,5})\b", rest)
        zone, behind = "", rest
        if offset and (offset.group(1) or offset.group()[:3] in ("GMT", "UTC")):
            zone, behind = offset.group(), rest.lstrip(" (")[offset.end() :]
        elif word and word.group(1) in table("times")["zones"]:
            zone, behind = word.group(1), rest[word.end() :]
            if (more := _OFFSET.match(behind.lstrip())) and zone in ("GMT", "UTC"):
                zone, behind = zone + more.group(), behind.lstrip()[more.end() :]
        elif word and word.group(1) not in ("AM", "PM"):
            zone, behind = "?", rest[word.end() :] if len(word.group(1)) < 6 else rest
        return (hour, minute, 0), zone, f"{text[: found.start()]} {behind}"
    return None, "", text


def _offset(zone: str, day: tuple[int, int, int], time: tuple[int, int, int]) -> str | None:
    """The offset from UTC, "" where copy names no zone; None where it names one that newsgen does not know."""
    if zone == "":
        return ""
    if numbers := re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone):
        return f"{numbers[1]}{int(numbers[2]):02}:{numbers[3] or '00'}"
    known = table("times")["zones"].get(zone)
    if known is None or known == "?":
        return None
    if "/" not in known:
        return str(known)
    offset = datetime.datetime(*day, *time, tzinfo=ZoneInfo(known)).strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def _is_filler(text: str) -> bool:
    """Whether what stands around a date and time says nothing: labels, weekdays, how long it takes to read."""
    head, mark, name = text.rstrip(" \0").rpartition(" / ")
    if mark and is_agency(name.strip(" \0")):  # June 3, 2025 / 10:15 AM EDT / CBS News
        text = head
    text = re.sub(r"\b\d{1,2}\s?[- ]?min(?:ute)?s?\b\.?(?:\s?read)?", " ", text.replace("\0", " "), flags=re.I)
    text = re.sub(r"(?:来源|來源|출처|編集)\s?[:：]\s?\S{1,20}|\|\s?Source:\s.{1,60}$", " ", text)
    words = re.findall(r"[^\s,;:|·•()\[\]/—–-]+", text)
    return len(words) <= 12 and all(_is_filler_word(word) for word in words)


@cache
def _filler() -> frozenset[str]:
    return phrases("times", "filler")


def _is_filler_word(word: str) -> bool:
    low = word.strip(".").casefold()
    return low in _filler() or low in REGIONS or word in table("times")["zones"] or is_weekday(word) or low in ("", "*")


def find_in(text: str, month_first: bool | None = None) -> str:
    """The first day with a year in a line, `LUND, March 3, 1998 (Northern Wire)`, as ISO 8601; "" for none.

    One that may mean two days counts only with `month_first`.
    """
    found = _first_date(text[:500], month_first)
    return _iso(found[2]) if found and not found[3] else ""


def latest_in(text: str) -> tuple[str, bool] | None:
    """(instant, whether its day is clear) of the first day in a text; None where there is none.

    Where it names no zone, or no time, this is the last instant that it can mean anywhere, so that nothing held
    until then appears too early.
    """
    found = _first_date(text[:500])
    if found is None:
        return None
    start, end, day, is_ambiguous = found
    time, zone, _rest = _time(f"{text[end:]} \0 {text[:start]}")
    offset = _offset(zone, day, time) if time else ""
    if time and offset and not is_ambiguous:
        return _iso(day, time, offset), True
    if is_ambiguous:
        day = max(day, (day[0], day[2], day[1]))
    return _iso(day, time or (23, 59, 59), "-12:00"), not is_ambiguous


def parse_reuters(text: str) -> str:
    """`26-FEB-1987 15:01:01.79` as `1987-02-26T15:01:01`, without a zone; "" where the text has no such date."""
    match = _REUTERS.search(text)
    if not match:
        return ""
    day, month, year, hour, minute, second = match.groups()
    return _iso((int(year), month_number(month) or 13, int(day)), (int(hour), int(minute), int(second)))


def parse_trailer(line: str) -> str:
    """The stamp that ends old wire messages: `101137 GMT Dez 18` or `091223 dec 18` (day, hour, minute, month, year).

    AP's has the month first: `AP-NY-04-28-94 1420EDT`.
    """
    text = " ".join(line[:60].split())
    if stamp := _STAMP.fullmatch(text):
        name, day, year, hour, minute, zone = stamp.groups()
        month = int(name)
    elif trailer := _TRAILER.fullmatch(text):
        day, hour, minute, zone, name, year = trailer.groups()
        month = month_number(name) or 13
    else:
        return ""
    century = 1900 if int(year) >= 70 else 2000
    offset = table("times")["zones"].get(zone or "", "")
    time = (int(hour), int(minute), 0)
    return _iso((century + int(year), month, int(day)), time, "" if "/" in offset else offset)


def from_file_name(name: str) -> str:
    """The day in a file's name or its folders: `harvest-2025-06-03.txt`, `AP880212-0001`, `1994/03/05/a.txt`."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0][-200:]
    days = [(year, month, day) for year, _mark, month, day in _NAME.findall(stem)]
    if not days:
        days += _NAME_AT_END.findall(stem)
    if not days and (short := _SHORT_YEAR.match(stem)):
        days = [(f"19{short[1]}", short[2], short[3])]
    if not days:
        days = [(year, month, day) for year, mark, month, day in _NAME.findall(name[-300:]) if mark == "/"]
    year, month, day = days[-1] if days else ("0", "0", "0")
    return _iso((int(year), int(month), int(day)))
