"""Datelines: `HARWICK, June 3 (Northern Wire) -`, alone or at the start of copy.

`parse` trusts that its text is a dateline. `split` must not: a sentence with a dash or brackets is no dateline, so
only known shapes are taken (b.1 of the wire notes). The year is never in a dateline, and never guessed here.
"""

from __future__ import annotations

import re

from newsgen.model.story import Dateline
from newsgen.text.memo import cache_short_text
from newsgen.wire.names import MONTH, is_agency

__all__ = ["parse", "place_name", "split"]

_LIMIT = 700  # characters of a paragraph that are looked at: a note and a byline may stand before a dateline
_AGENCY = re.compile(r"\(([^()]{1,40})\)\s{0,3}(--|[-–—_])?\s{0,3}")
_DAY = r"[^\s(),/]{0,2}[\d&][^\s(),/]{0,3}"  # typing slips are kept: "Feb &", "Feb b22"
_DATE = re.compile(rf"(?:^|[\s,]\s{{0,3}}|(?<=[a-z)]))({MONTH} {_DAY}(?:,? \d{{4}})?|\d{{1,2}} {MONTH})[\s,]*$", re.I)
_BARE_DATE = re.compile(
    rf"^((?:[^\s]+ ){{1,8}}{MONTH} {_DAY}),?\s{{0,3}}(?:--|[-–—_])\s{{1,3}}(?=\S)"
)  # "LONDON, April 29 - "
_NOTE = re.compile(
    r"\(?(?:In \w+ \d+ item,? )?(?:corrects?|adds?|updates?|recasts?|refiles?|repeats?|removes?|rewrites?|clarif\w+"
    r"|attention|fixes|changes|deletes?|restores?|eds|by)\b",
    re.I,
)
_LOWER = frozenset(
    "de di da do del della du des der den la le les los el al of on sur am an and upon under sub the y en in".split()
)
_SMALL = frozenset("de di da do del della du des la les of on sur am upon sub the y en au aux".split())


_LETTERS = re.compile(r"[A-Z]{2,6}")  # of an agency that is on no list: KDVR
_NO_AGENCY = frozenset("NYSE NASDAQ AMEX LSE TSX EU UN US UK USA CEO CFO GDP FILE".split())


def _places(text: str) -> tuple[str, ...]:
    """`HARWICK, France/LUND` in its parts; a region stays with the place before it."""
    found: list[str] = []
    for part in text.split("/"):
        pieces = part.split(" and ")
        kept = pieces[0]
        for piece in pieces[1:]:
            first = piece.split()[0] if piece.split() else ""
            if "," in kept and not _is_capitals(first):
                kept = f"{kept} and {piece}"  # Port of Spain, Trinidad and Tobago
            else:
                found.append(kept)
                kept = piece
        found.append(kept)
    return tuple(place for place in (" ".join(piece.split()).strip(" ,;") for piece in found) if place)


def _is_capitals(word: str) -> bool:
    letters = [mark for mark in word if mark.isalpha()]
    return bool(letters) and (
        all(mark.isupper() for mark in letters)
        or (word[:2] == "Mc" and word[2:].isupper())
        or word in ("St.", "Ste.", "Mt.", "Ft.")
        or (
            "-" in word
            and all(part.isupper() or part.lower() in _LOWER for part in word.split("-"))
            and word[0].isupper()
        )
    )


def _is_place(text: str, capitals: bool) -> bool:
    """Whether one place, with its region, reads as a place of a dateline."""
    city, *regions = [part.strip() for part in text.split(",")]
    bracket = city.find(" (")
    if bracket > 0 and city.endswith(")"):
        city, regions = city[:bracket], [city[bracket + 2 : -1], *regions]
    words = city.split()
    if words[:1] in (["By"], ["BY"]):
        return False
    if not 0 < len(words) <= (6 if capitals else 4) or len(regions) > 2:
        return False
    test = _is_capitals if capitals else _begins_high
    if not test(words[0]) or not all(test(word) or word in _LOWER for word in words):
        return False
    if capitals and not any(mark.isalpha() and mark.isupper() for mark in words[-1]):
        return False
    return all(
        0 < len(region.split()) <= 4 and all(_begins_high(word) or word in _LOWER for word in region.split())
        for region in regions
    )


def _begins_high(word: str) -> bool:
    return word[:1].isupper() and not any(mark.isdigit() or mark in '":;?!' for mark in word)


def _place_part(text: str) -> tuple[str, str]:
    """(places, date) of what stands before the agency."""
    found = _DATE.search(text[-40:])
    if not found:
        return text.strip(" ,"), ""
    return text[: len(text) - len(text[-40:]) + found.start()].strip(" ,"), found.group(1).strip()


@cache_short_text
def parse(text: str) -> Dateline:
    """A dateline by itself, as front matter has it; one that cannot be read has only its text."""
    whole = " ".join(text.split())
    if len(whole) > _LIMIT:
        return Dateline(whole)
    bare = (whole[:-60] + whole[-60:].rstrip(" -–—_")).rstrip(" ,")
    shown = bare or whole
    agency, rest = "", bare
    if bare.endswith(")") and "(" in bare:
        rest, _bracket, agency = bare[:-1].rpartition("(")
    where, date = _place_part(rest)
    places = _places(where) if where else ()
    if any(
        len(place) > 60 or not place[:1].isalpha() or not place[:1].isupper() or len(place.split()) > 8
        for place in places
    ):
        return Dateline(shown)
    return Dateline(shown, places, date, agency.strip())


def _read(head: str, agency: str, capitals: bool) -> tuple[str, ...] | None:
    """The places of `head` where it is nothing but places and a date; None otherwise."""
    where, date = _place_part(head)
    if not where:
        return () if date or not head.strip(" ,") else None
    if len(where) > 120 or (not agency and not date):
        return None
    places = _places(where)
    return places if places and all(_is_place(place, capitals) for place in places) else None


def _starts(head: str) -> list[int]:
    """Where a dateline may begin: at the start, or at any word after a note or a byline."""
    if not _NOTE.match(head.lstrip()):
        return [0]
    return [0] + [found.start() for found in re.finditer(r"(?<=\s)\S", head)] + [len(head)]


def split(paragraph: str) -> tuple[Dateline | None, str, str]:
    """(dateline, what stood before it, the rest) of a first paragraph of copy; (None, "", paragraph) without one."""
    start = paragraph[:_LIMIT]
    for found in _AGENCY.finditer(start):
        agency, dash = " ".join(found.group(1).split()), found.group(2)
        is_known = is_agency(agency)
        follows = start[found.end() : found.end() + 1]
        if not is_known and not (
            dash and _LETTERS.fullmatch(agency) and agency not in _NO_AGENCY and not follows.islower()
        ):
            continue
        if not dash and not (is_known and agency.islower()):
            continue  # `Paris (ats afp) Les` needs no dash; `London (Reuters) staff` is a sentence
        head = start[: found.start()]
        for place in _starts(head):
            spot = " ".join(head[place:].split())
            before = head[:place].strip()
            if before and not _closed(before):
                continue
            if not spot and not is_known:
                continue
            places = _read(spot, agency, capitals=True)
            if places is None and is_known and (not before or before.endswith(")")):
                places = _read(spot, agency, capitals=False)
            if places is not None:
                text = f"{spot} ({agency})" if spot else f"({agency})"
                return Dateline(text, places, _place_part(spot)[1], agency), before, paragraph[found.end() :].strip()
        return None, "", paragraph
    bare = _BARE_DATE.match(start.lstrip())
    if bare:
        text = " ".join(bare.group(1).split()).rstrip(" ,")
        places = _read(text, "", capitals=True)
        if places:
            rest = paragraph.lstrip()[bare.end() :].strip()
            return Dateline(text, places, _place_part(text)[1], ""), "", rest
    return None, "", paragraph


def _closed(before: str) -> bool:
    """Whether what stands before a dateline is whole: its brackets closed, a byline with at least a name."""
    if before.count("(") != before.count(")"):
        return False
    by = re.search(r"(?:^|[\s)])By\s+(\S.*)$", before, re.S)
    if not by:
        return before.endswith((")", ".", "!", "?", ":"))
    return len(by.group(1).split()) >= 2 and not by.group(1).rstrip().endswith((" and", ",", "("))


def _cased(word: str, first: bool) -> str:
    """One word of a place in capitals, as it is shown."""
    if not _is_capitals(word) or (word.endswith(".") and word.count(".") > 1):
        return word  # mixed case stays; D.C. stays
    if word[:2] == "Mc":
        return f"Mc{word[2:].capitalize()}"
    parts = word.split("-")
    return "-".join(_cased_part(part, first and index == 0) for index, part in enumerate(parts))


def _cased_part(part: str, first: bool) -> str:
    low = part.lower()
    if not first and low in _SMALL:
        return low
    for mark in "'’":
        head, found, tail = low.partition(mark)
        if found and len(tail) > 1:  # COEUR D'ALENE, L'AQUILA; but ST. JOHN'S
            return f"{head if not first and head == 'd' else head.capitalize()}{mark}{tail.capitalize()}"
    return low[:1].upper() + low[1:]


@cache_short_text
def place_name(place: str) -> str:
    """How a place is shown: `NEW YORK` as New York, `AIX-EN-PROVENCE, France` as Aix-en-Provence, France."""
    if len(place) > _LIMIT:
        return place
    shown = [_cased(word, index == 0) for index, word in enumerate(place.split())]
    return " ".join(shown)
