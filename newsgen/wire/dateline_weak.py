"""Starts of copy that are a dateline only by their look: `Karachi: `, `Lund, Sweden — `, `HARWICK - Ferry Radio - `.

They name neither a day nor an agency that the tables know, and the place may be in small letters: so may any heading
or label before a colon. What reads one says that it is a guess.
"""

from __future__ import annotations

import re
from functools import cache

from newsgen.model.story import Dateline
from newsgen.text.months import is_weekday, month_number
from newsgen.wire.dateline_places import read_places
from newsgen.wire.headline import parse as wire_tags
from newsgen.wire.names import REGIONS
from newsgen.wire.tables import table

__all__ = ["NO_PLACE", "split"]

_PROSE = 30  # characters of text behind it, at least
_DASHES = r"\.(?:--|[-–—])\s|\s{0,2}(?:--|[–—])\s{0,2}|\s-\s"
_TWO_DASHES = re.compile(
    rf"([^\W\d_a-z][^()/:;.–—]{{2,40}}?)(?:{_DASHES})([^\W\d_a-z][\w.&'’]{{0,20}}(?:\s[^\W\d_a-z][\w.&'’]{{0,20}}){{1,3}})(?:{_DASHES})(?=\S)"
)
_PLACE = re.compile(
    rf"([^\W\d_a-z][\w.'’ -]{{2,24}}?(?:,\s[^\W\d_][\w.'’ -]{{2,24}}?)?)((?<=\S):\s|{_DASHES})(?=[\"“‘'«]?[^\W_a-z])"
)
NO_PLACE = frozenset(
    "a an answer breaking business chapter editorial file how it its live local national note notes opinion part photo "
    "photos politics q question quote read review sports summary the these this update updated video watch we what "
    "when where who why with works world you".split()
)  # words of what else stands before a dash


@cache
def _labels() -> frozenset[str]:
    return frozenset(name for names in table("layout")["labels"].values() for name in names)


def split(paragraph: str, copy: str) -> tuple[Dateline, int] | None:
    """(dateline, where the text goes on) of a first paragraph; None where it has no such start.

    `copy` is all of the copy: a word that it writes in small letters too is no place.
    """
    start = paragraph[:100]
    if found := _TWO_DASHES.match(start):
        places = read_places(found[1].strip(), in_capitals=True)
        agency = " ".join(found[2].split())
        if places and len(paragraph) - found.end() >= _PROSE:
            return Dateline(paragraph[: found.end(2)].strip(), places, "", agency), found.end()
    found = _PLACE.match(start)
    if not found or len(paragraph) - found.end() < _PROSE:
        return None
    where = found[1].strip()
    city, _comma, region = where.partition(",")
    words = city.split()
    if len(words) > 3 or (region and region.strip().casefold() not in REGIONS) or _is_label(where, words):
        return None
    places = read_places(where, in_capitals=False)
    if not places or any(re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", copy) for word in words):
        return None
    return Dateline(where, places), found.end()


def _is_label(text: str, words: list[str]) -> bool:
    """Whether a text before a colon or dash is a label: `Update`, `Our view`, `By`."""
    low = [word.casefold().strip(".") for word in words]
    return (
        not NO_PLACE.isdisjoint(low)
        or " ".join(low) in _labels()
        or bool(wire_tags(f"{text}: X")[0])
        or is_weekday(low[0])
        or month_number(low[0]) > 0
        or low[0] in ("by", "our", "my", "your", "his", "her", "their", "mr", "mrs", "ms", "dr")
    )
