"""Datelines: `HARWICK, June 3 (Northern Wire) -`, alone or at the start of copy, as the world's agencies write it.

`parse` trusts that its text is a dateline. `split` cannot: a sentence with a dash or brackets is no dateline, so it
asks for signs that agree: a place in capitals, a day, an agency of the tables, a dash, the start of a sentence behind.
No year is guessed: a dateline has one only where it says so. Scripts without spaces are in `dateline_unspaced`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsgen.model.story import Dateline
from newsgen.text.memo import cache_short_text
from newsgen.text.months import is_slip_of_month, is_weekday, month_number
from newsgen.wire.dateline_places import places_of, read_places
from newsgen.wire.dateline_weak import NO_PLACE
from newsgen.wire.headline import parse as wire_tags
from newsgen.wire.names import MONTH, is_agency, may_be_agency

__all__ = ["parse", "split"]

_LIMIT = 700  # characters of a paragraph that are read: a note and a byline may stand before a dateline
_HEAD = 160  # characters of a dateline
_END = r"\s{0,3}(?P<end>\.?\s{0,2}(?:--|[-–—_])|[:;]|\.(?=\s))?\s{0,3}"
_SLASHED_DAY = rf"(?:\s{{0,2}}(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH}),? \d{{4}}\s{{0,2}}/)?"
_AGENCY = re.compile(
    rf"(?:\((?P<bracket>[^()]{{1,60}})\)|\[(?P<square>[^\[\]()]{{2,24}})\]"
    rf"|(?:(?<=\s)/\s?(?P<slash>[^/\s][^/]{{1,40}}?)\s?/|(?<=[^\W\d_])/(?P<glued>\w{{2,12}})/(?=\s?[-–—.:]))(?P<day>{_SLASHED_DAY})){_END}"
    rf"|[,.]\s{{1,2}}(?P<comma>(?!{MONTH}\s\d{{1,2}}\.)[^\W\d_][^,()/]{{1,24}}?)(?:\s{{0,2}}(?:--|[-–—])|:|\.)\s{{1,2}}(?=\S)"
    r"|\s(?:--|[-–—])\s{1,2}(?P<behind>[^\W\d_][^.,()/]{1,24}?)(?:\.|\s(?:--|[-–—]))\s{1,2}(?=\S)"
)  # `(AP) —`, `[AP] —`, `/CNW/ -`, `, Kyodo -`, `. ИНТЕРФАКС -`, `— РИА Новости.`, `- AAP -`
_AGENCY_FIRST = re.compile(r"\(([^()]{1,40})\)\s?[-–—]{1,2}\s?(\S.*)$")
_DASH = re.compile(r"\s{0,3}(?:\.(?:--|[-–—])|--|[-–—_]|(?<!\s):(?=\s))\s{0,3}(?=\S)")
_DAY_OF_MONTH = r"[^\s(),/]{0,2}[\d&][^\s(),/]{0,3}"  # with slips of the keyboard: "Feb &", "Feb b22"
_BEFORE_DATE = r"(?:^|[\s,،]\s{0,3}|(?<=[a-z)]))"
_DATE_AT_END = re.compile(
    rf"{_BEFORE_DATE}({MONTH} {_DAY_OF_MONTH}(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}(?:,? \d{{2,4}})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?<=, )\d{1,2})[\s,.]*$",
    re.I,
)
# A word, with the vowel signs that Devanagari and Thai write as marks: जून.
_WORD = (
    r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
    r"{2,12}"
)
_FOREIGN_DATE_AT_END = re.compile(
    rf"{_BEFORE_DATE}((?:\d{{1,2}}\.? (?:de |d'|º )?({_WORD})\.?|({_WORD})\.? \d{{1,2}})"
    rf"(?:,? (?:de )?(?:\d{{4}}|\d{{2}}))?|\d{{4}}\. ({_WORD}) \d{{1,2}})\.?[\s,،]*$"
)
_DATE_IN_BRACKETS = re.compile(rf"\s\(((?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?)\)$")  # LUND (June 3) -
_NOTE_START = re.compile(
    r"\(?(?:In \w+ \d+ item,? )?(?:corrects?|adds?|updates?|recasts?|refiles?|repeats?|removes?|rewrites?|clarif\w+"
    r"|attention|fixes|changes|deletes?|restores?|eds|by)\b",
    re.I,
)


class _Agency(NamedTuple):
    """A part of the copy that may be the agency of a dateline."""

    start: int  # where what stands before it ends
    close: int  # where it ends, with its bracket
    end: int  # where the copy goes on
    name: str
    has_end: bool  # a dash, colon or stop behind
    is_marked: bool  # in brackets or slashes


def _agencies(start: str) -> Iterator[_Agency]:
    """What may be the agency of a dateline, in order; one without brackets or slashes must be in the tables."""
    for found in _AGENCY.finditer(start):
        kind = next((name for name in ("comma", "behind") if found[name]), "")
        name = " ".join(
            (found["bracket"] or found["square"] or found["slash"] or found["glued"] or found[kind]).split()
        )
        if kind or found["square"]:
            before, _blank, last = name.rpartition(" ")
            if kind and before[-1:].isdigit() and last.isupper() and is_agency(last):  # HARWICK, Sept 11 AAP -
                yield _Agency(found.end(kind) - len(last) - 1, found.end(kind), found.end(), last, True, False)
            elif is_agency(name):
                close = found.end(kind) if kind else found.end("square") + 1
                yield _Agency(found.start(), close, found.end(), name, True, False)
        elif not found["glued"] or is_agency(name):  # LUND/ritzau/
            close = found.end("bracket") + 1 if found["bracket"] else found.end("day")
            yield _Agency(found.start(), close, found.end(), name, bool(found["end"] or found["slash"]), True)


def _split_date(text: str) -> tuple[str, str]:
    """(places, date) of what stands before the agency."""
    text = _DATE_IN_BRACKETS.sub(r" \1", text.rstrip(" -–—"))
    tail = text[-40:]
    date = _DATE_AT_END.search(tail)
    if not date:
        other = _FOREIGN_DATE_AT_END.search(tail)
        word = (other[2] or other[3] or other[4]) if other else ""
        date = other if month_number(word) or is_slip_of_month(word) else None
    where = text[: len(text) - len(tail) + date.start()] if date else text
    is_behind_stop = where.rstrip().endswith(".")
    where = where.rstrip(" ,،-–—").lstrip(" ,،")
    last = where.rpartition(" ")[2]
    if date and is_behind_stop and len(last) > 4 and "." not in last[:-1] and (last[:-1].isupper() or "," not in where):
        where = where[:-1]  # MOSCOW. Sept 11 (Interfax)
    return where, date.group(1).strip() if date else ""


@cache_short_text
def parse(text: str) -> Dateline:
    """A dateline by itself, as front matter has it; of one that cannot be read, only the text is set."""
    whole = " ".join(text.split())
    if len(whole) > _LIMIT:
        return Dateline(whole)
    if read := _unspaced(whole):
        return read[0]
    bare = (whole[:-60] + whole[-60:].rstrip(" -–—_")).rstrip(" ,")
    shown = bare or whole
    bare = bare.lstrip("* ")
    rest, agency = bare, ""
    if _DATE_IN_BRACKETS.search(bare):
        pass  # LUND (June 3)
    elif first := _AGENCY_FIRST.match(bare):
        agency, rest = first.groups()
    elif bare.endswith(")") and "(" in bare:
        rest, _bracket, agency = bare[:-1].rpartition("(")
    elif found := _agency_at_end(bare):
        rest, agency = bare[: found.start], found.name
    where, date = _split_date(rest)
    agency, _dash, sent = agency.strip().partition(" - ")
    places = places_of(where) if where else ()
    if any(
        len(place) > 60 or not place[:1].isalpha() or place[:1].islower() or len(place.split()) > 8 for place in places
    ):
        return Dateline(shown)
    return Dateline(shown, places, date or sent, agency)


def _agency_at_end(bare: str) -> _Agency | None:
    """The agency that ends a dateline without standing in brackets: /CNW/, `, Kyodo`, `— РИА Новости`."""
    for end in (" - X", ". X"):
        for agency in _agencies(bare + end):
            if agency.close == len(bare):
                return agency
    return None


def _possible_starts(head: str) -> list[int]:
    """The positions where a dateline may begin: the start, or any word where a note or a byline comes first."""
    if not _NOTE_START.match(head.lstrip()):
        return [0]
    return [0] + [word.start() for word in re.finditer(r"(?<=\s)\S", head)] + [len(head)]


def _unspaced(start: str) -> tuple[Dateline, str, int] | None:
    """As `dateline_unspaced.split`, which is loaded where copy has more than ASCII."""
    if start.isascii():
        return None
    from newsgen.wire import dateline_unspaced

    return dateline_unspaced.split(start)


def split(paragraph: str) -> tuple[Dateline | None, str, str]:
    """The first paragraph of copy as (dateline, what stood before it, the rest); (None, "", paragraph) without one."""
    read = _split_start(paragraph[:_LIMIT])
    return (read[0], read[1], paragraph[read[2] :].strip()) if read else (None, "", paragraph)


@lru_cache(16)  # a reader of copy asks for one paragraph several times in turn
def _split_start(start: str) -> tuple[Dateline, str, int] | None:
    """(dateline, what stood before it, where the copy goes on) of the start of a paragraph."""
    if read := _unspaced(start):
        return read
    for agency in _agencies(start):
        if not may_be_agency(agency.name):
            continue
        if found := _with_agency(start, agency):
            return found
        if agency.is_marked and agency.has_end:
            break
    if bare := _without_agency(start[:_HEAD]):
        return bare[0], "", bare[1]
    return None


def _with_agency(start: str, agency: _Agency) -> tuple[Dateline, str, int] | None:
    """(dateline, what stood before it, where the copy goes on), where a dateline ends, or begins, with this agency."""
    name = agency.name.partition(" - ")[0]
    is_known = is_agency(name)
    if is_known and agency.has_end and not start[: agency.start].strip():  # (ANSA) - ROMA, 3 GIU -
        behind = _without_agency(start[agency.end :][:_HEAD])
        if behind:
            line, end = behind
            text = " ".join(start[: agency.end].split())
            return Dateline(f"{text} {line.text}", line.places, line.date, agency.name), "", agency.end + end
    begins = _begins_sentence(start[agency.end :])
    for at in _possible_starts(start[: agency.start]):
        head, before = " ".join(start[at : agency.start].split()), start[:at].strip()
        if len(head) > _HEAD or (before and not _is_complete(before)):
            continue
        where, date = _split_date(head)
        if not where:
            is_short = name.isupper() and name.isalpha() and 1 < len(name) < 6 and begins and not before
            if not is_known and not date and is_short and agency.has_end and not start[: agency.start].strip():
                return _made(start[at : agency.close], (), "", agency.name), "", agency.end  # (HBS) - The mill
            if is_known and (agency.has_end or (begins and not start[: agency.start].strip())):
                return _made(start[at : agency.close], (), date, agency.name), before, agency.end
            continue
        places = read_places(where, in_capitals=True)
        is_sure = agency.has_end or bool(date)
        has_no_case = not any(mark.isupper() or mark.islower() for mark in name)
        is_between_dashes = agency.has_end and start[: agency.start].rstrip().endswith(("-", "–", "—"))
        if not is_known and not date and not (name.isupper() or name.islower() or has_no_case or is_between_dashes):
            continue  # BP (London) - The company
        if places and ((begins and (is_known or is_sure)) or (is_known and is_sure)):
            return _made(start[at : agency.close], places, date, agency.name), before, agency.end
        if places or (before and not before.endswith(")")):
            continue
        is_desk = is_known or (" " not in name and (name.islower() or has_no_case))  # `Zürich (awp)`
        if (is_desk and (agency.has_end or (begins and (date or len(where.split()) < 3)))) or (date and begins):
            places = read_places(where, in_capitals=False)
            if places:
                return _made(start[at : agency.close], places, date, agency.name), before, agency.end
    return None


def _made(text: str, places: tuple[str, ...], date: str, agency: str) -> Dateline:
    name, _dash, sent = agency.partition(" - ")  # (Marketwired - Sept. 11, 2014)
    return Dateline(" ".join(text.split()), places, date or sent, name)


def _begins_sentence(rest: str) -> bool:
    """Whether copy goes on with the start of a sentence, and not with `staff` or `rose`."""
    first = rest.lstrip("\"'“‘«„*([¡¿ ")[:1]
    return bool(first) and not first.islower() and first not in ",;.:)"


def _without_agency(head: str) -> tuple[Dateline, int] | None:
    """(dateline, where the copy goes on): places in capitals, perhaps a day, and a dash."""
    for dash in _DASH.finditer(head):
        is_parted = (
            "." in dash.group() or "--" in dash.group() or "—" in dash.group() or dash.group() != dash.group().strip()
        )
        if not is_parted or not _begins_sentence(head[dash.end() :]):
            continue
        text = " ".join(head[: dash.start()].split()).rstrip(" ,")
        where, date = _split_date(text)
        words = where.lower().split()
        if ":" in dash.group() and head[dash.end()].isdigit():
            continue  # EMBARGO: 00:01 GMT
        if not where or is_agency(where):
            continue
        if not date and (len(where) < 4 or len(words) > 4 or not NO_PLACE.isdisjoint(words) or _is_label(where)):
            continue
        places = read_places(where, in_capitals=True)
        if not places and _is_before_day(words, date):
            places = read_places(where, in_capitals=False)
        if places:
            return Dateline(text, places, date), dash.end()
    return None


def _is_before_day(words: list[str], date: str) -> bool:
    """Whether words before a date may name a place though they are not in capitals. A weekday is asked for last."""
    return bool(date) and not date.isdigit() and NO_PLACE.isdisjoint(words[:1]) and not is_weekday(words[-1])


def _is_label(text: str) -> bool:
    """Whether a text in capitals before a colon or dash is a label of the copy, such as SUMMARY or STORY_DATE."""
    return "(" in text or "_" in text or bool(wire_tags(f"{text}: X")[0])


def _is_complete(before: str) -> bool:
    """Whether what stands before a dateline is complete: brackets closed, and a name in its byline."""
    if before.count("(") != before.count(")"):
        return False
    byline = re.search(r"(?:^|[\s)])By\s+(\S.*)$", before, re.S)
    if not byline:
        return before.endswith((")", ".", "!", "?", ":"))
    return len(byline.group(1).split()) >= 2 and not byline.group(1).rstrip().endswith((" and", ",", "("))
