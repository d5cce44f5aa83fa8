"""Datelines: `HARWICK, June 3 (Northern Wire) -`, alone or at the start of copy.

`parse` trusts that its text is a dateline. `split` cannot: a sentence with a dash or brackets is no dateline, so it
takes only known forms. A dateline never names the year, and none is guessed here.
"""

from __future__ import annotations

import re

from newsgen.model.story import Dateline
from newsgen.text.memo import cache_short_text
from newsgen.wire.names import MONTH, is_agency

__all__ = ["parse", "place_name", "split"]

_LIMIT = 700  # characters of a paragraph that are read: a note and a byline may stand before a dateline
_BRACKETED_AGENCY = re.compile(r"\(([^()]{1,40})\)\s{0,3}(--|[-–—_])?\s{0,3}")
_DAY_OF_MONTH = r"[^\s(),/]{0,2}[\d&][^\s(),/]{0,3}"  # with slips of the keyboard: "Feb &", "Feb b22"
_DATE_AT_END = re.compile(
    rf"(?:^|[\s,]\s{{0,3}}|(?<=[a-z)]))({MONTH} {_DAY_OF_MONTH}(?:,? \d{{4}})?|\d{{1,2}} {MONTH})[\s,]*$", re.I
)
_BARE_DATE = re.compile(
    rf"^((?:[^\s]+ ){{1,8}}{MONTH} {_DAY_OF_MONTH}),?\s{{0,3}}(?:--|[-–—_])\s{{1,3}}(?=\S)"
)  # "LONDON, April 29 - "
_NOTE_START = re.compile(
    r"\(?(?:In \w+ \d+ item,? )?(?:corrects?|adds?|updates?|recasts?|refiles?|repeats?|removes?|rewrites?|clarif\w+"
    r"|attention|fixes|changes|deletes?|restores?|eds|by)\b",
    re.I,
)
_LOWER_CASE_WORDS = frozenset(
    "de di da do del della du des der den la le les los el al of on sur am an and upon under sub the y en in".split()
)
_SHOWN_IN_LOWER_CASE = frozenset("de di da do del della du des la les of on sur am upon sub the y en au aux".split())


_ACRONYM = re.compile(r"[A-Z]{2,6}")  # an agency that is on no list: KDVR
_NO_AGENCY = frozenset("NYSE NASDAQ AMEX LSE TSX EU UN US UK USA CEO CFO GDP FILE".split())


def _places(text: str) -> tuple[str, ...]:
    """The places of `HARWICK, France/LUND`; a region stays with the place before it."""
    places: list[str] = []
    for part in text.split("/"):
        pieces = part.split(" and ")
        place = pieces[0]
        for piece in pieces[1:]:
            first = piece.split()[0] if piece.split() else ""
            if "," in place and not _is_in_capitals(first):
                place = f"{place} and {piece}"  # Port of Spain, Trinidad and Tobago
            else:
                places.append(place)
                place = piece
        places.append(place)
    return tuple(place for place in (" ".join(piece.split()).strip(" ,;") for piece in places) if place)


def _is_in_capitals(word: str) -> bool:
    """Whether a word counts as written in in_capitals: HARWICK, McLEAN, St., AIX-en-PROVENCE."""
    letters = [mark for mark in word if mark.isalpha()]
    return bool(letters) and (
        all(mark.isupper() for mark in letters)
        or (word[:2] == "Mc" and word[2:].isupper())
        or word in ("St.", "Ste.", "Mt.", "Ft.")
        or (
            "-" in word
            and all(part.isupper() or part.lower() in _LOWER_CASE_WORDS for part in word.split("-"))
            and word[0].isupper()
        )
    )


def _is_place(text: str, in_capitals: bool) -> bool:
    """Whether a text reads as one place of a dateline, with its region; `in_capitals` asks that of the city."""
    city, *regions = [part.strip() for part in text.split(",")]
    bracket = city.find(" (")
    if bracket > 0 and city.endswith(")"):
        city, regions = city[:bracket], [city[bracket + 2 : -1], *regions]
    words = city.split()
    if words[:1] in (["By"], ["BY"]):
        return False
    if not 0 < len(words) <= (6 if in_capitals else 4) or len(regions) > 2:
        return False
    is_allowed = _is_in_capitals if in_capitals else _is_capitalised
    if not is_allowed(words[0]) or not all(is_allowed(word) or word in _LOWER_CASE_WORDS for word in words):
        return False
    if in_capitals and not any(mark.isalpha() and mark.isupper() for mark in words[-1]):
        return False
    return all(
        0 < len(region.split()) <= 4
        and all(_is_capitalised(word) or word in _LOWER_CASE_WORDS for word in region.split())
        for region in regions
    )


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and not any(mark.isdigit() or mark in '":;?!' for mark in word)


def _split_date(text: str) -> tuple[str, str]:
    """(places, date) of what stands before the agency."""
    date = _DATE_AT_END.search(text[-40:])
    if not date:
        return text.strip(" ,"), ""
    return text[: len(text) - len(text[-40:]) + date.start()].strip(" ,"), date.group(1).strip()


@cache_short_text
def parse(text: str) -> Dateline:
    """A dateline by itself, as front matter has it; of one that cannot be read, only the text is set."""
    whole = " ".join(text.split())
    if len(whole) > _LIMIT:
        return Dateline(whole)
    bare = (whole[:-60] + whole[-60:].rstrip(" -–—_")).rstrip(" ,")
    shown = bare or whole
    agency, rest = "", bare
    if bare.endswith(")") and "(" in bare:
        rest, _bracket, agency = bare[:-1].rpartition("(")
    where, date = _split_date(rest)
    places = _places(where) if where else ()
    if any(
        len(place) > 60 or not place[:1].isalpha() or not place[:1].isupper() or len(place.split()) > 8
        for place in places
    ):
        return Dateline(shown)
    return Dateline(shown, places, date, agency.strip())


def _read_places(head: str, agency: str, in_capitals: bool) -> tuple[str, ...] | None:
    """The places of `head` where it is nothing but places and a date; None otherwise."""
    where, date = _split_date(head)
    if not where:
        return () if date or not head.strip(" ,") else None
    if len(where) > 120 or (not agency and not date):
        return None
    places = _places(where)
    return places if places and all(_is_place(place, in_capitals) for place in places) else None


def _possible_starts(head: str) -> list[int]:
    """The positions where a dateline may begin: the start, or any word where a note or a byline comes first."""
    if not _NOTE_START.match(head.lstrip()):
        return [0]
    return [0] + [word.start() for word in re.finditer(r"(?<=\s)\S", head)] + [len(head)]


def split(paragraph: str) -> tuple[Dateline | None, str, str]:
    """The first paragraph of copy as (dateline, what stood before it, the rest); (None, "", paragraph) without one."""
    start = paragraph[:_LIMIT]
    for bracket in _BRACKETED_AGENCY.finditer(start):
        agency, dash = " ".join(bracket.group(1).split()), bracket.group(2)
        is_known = is_agency(agency)
        next_mark = start[bracket.end() : bracket.end() + 1]
        if not is_known and not (
            dash and _ACRONYM.fullmatch(agency) and agency not in _NO_AGENCY and not next_mark.islower()
        ):
            continue
        if not dash and not (is_known and agency.islower()):
            continue  # `Paris (ats afp) Les` needs no dash; `London (Reuters) staff` is a sentence
        head = start[: bracket.start()]
        for at in _possible_starts(head):
            places_and_date = " ".join(head[at:].split())
            before = head[:at].strip()
            if before and not _is_complete(before):
                continue
            if not places_and_date and not is_known:
                continue
            places = _read_places(places_and_date, agency, in_capitals=True)
            if places is None and is_known and (not before or before.endswith(")")):
                places = _read_places(places_and_date, agency, in_capitals=False)
            if places is not None:
                text = f"{places_and_date} ({agency})".lstrip()
                date = _split_date(places_and_date)[1]
                return Dateline(text, places, date, agency), before, paragraph[bracket.end() :].strip()
        return None, "", paragraph
    bare = _BARE_DATE.match(start.lstrip())
    if bare:
        text = " ".join(bare.group(1).split()).rstrip(" ,")
        places = _read_places(text, "", in_capitals=True)
        if places:
            rest = paragraph.lstrip()[bare.end() :].strip()
            return Dateline(text, places, _split_date(text)[1], ""), "", rest
    return None, "", paragraph


def _is_complete(before: str) -> bool:
    """Whether what stands before a dateline is complete: brackets closed, and a name in its byline."""
    if before.count("(") != before.count(")"):
        return False
    byline = re.search(r"(?:^|[\s)])By\s+(\S.*)$", before, re.S)
    if not byline:
        return before.endswith((")", ".", "!", "?", ":"))
    return len(byline.group(1).split()) >= 2 and not byline.group(1).rstrip().endswith((" and", ",", "("))


def _show_word(word: str, is_first: bool) -> str:
    """One word of a place, shown as in prose: `AIX-EN-PROVENCE` as Aix-en-Provence."""
    if not _is_in_capitals(word) or (word.endswith(".") and word.count(".") > 1):
        return word  # mixed case stays, and so does D.C.
    if word[:2] == "Mc":
        return f"Mc{word[2:].capitalize()}"
    parts = word.split("-")
    return "-".join(_show_part(part, is_first and index == 0) for index, part in enumerate(parts))


def _show_part(part: str, is_first: bool) -> str:
    low = part.lower()
    if not is_first and low in _SHOWN_IN_LOWER_CASE:
        return low
    for mark in "'’":
        head, apostrophe, tail = low.partition(mark)
        if apostrophe and len(tail) > 1:  # COEUR D'ALENE, L'AQUILA; but ST. JOHN'S
            return f"{head if not is_first and head == 'd' else head.capitalize()}{mark}{tail.capitalize()}"
    return low[:1].upper() + low[1:]


@cache_short_text
def place_name(place: str) -> str:
    """A place as pages show it: `NEW YORK` as New York, `AIX-EN-PROVENCE, France` as Aix-en-Provence, France."""
    if len(place) > _LIMIT:
        return place
    return " ".join(_show_word(word, index == 0) for index, word in enumerate(place.split()))
