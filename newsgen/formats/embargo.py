"""Lines of copy that hold it back: `EMBARGO: 00:01 GMT, May 5`, `(Embargoed until …)`, `HFR`, `Sperrfrist: …`.

Whatever reads as such a line holds the story: until the instant that it names, else until a person says otherwise.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsgen.formats import dates
from newsgen.text.months import is_weekday, month_number
from newsgen.wire.tables import phrases

__all__ = ["Hold", "read"]

_LIMIT = 200  # characters of such a line
_EDGES = " \t*#<>()[]{}.!:-–—=/\"'“”«»_"
_AFTER = re.compile(r"(?:\W|$)")
# A sentence that begins with such words, and is none: `Embargo on grain is lifted`.
_SENTENCE = re.compile(r"^(?:\W*\w+){2,}.*\b(?:said|says|was|were|is|are|has|have|will)\b")


class Hold(NamedTuple):
    """What a line asks for."""

    until: str  # ISO 8601 with an offset, or "hold"
    is_guess: bool  # the line does not say the instant exactly: it is the latest that it can mean


def read(line: str) -> Hold | None:
    """What a line of copy says of its release; None for a line that holds nothing back."""
    text = " ".join(line[: _LIMIT + 1].split()).strip(_EDGES)
    low = text.casefold()
    if not 2 < len(text) <= _LIMIT:
        return None
    if low in phrases("holds", "whole"):
        return Hold("hold", True)
    start = _start(low)
    if not start or any(word in low for word in phrases("holds", "free")):
        return None
    latest = dates.latest_in(text)
    if latest is not None:
        iso, is_exact = latest
        return Hold(iso, not is_exact)
    is_line = " " in start or line.lstrip()[:1] in "(*<[#" or text.isupper() or ":" in text[: len(start) + 2]
    return Hold("hold", True) if is_line and not _SENTENCE.match(low) else None


def _start(low: str) -> str:
    """The words with which a line asks to be held, with the day behind them where that is needed; "" for none."""
    if low[:3] not in _beginnings():
        return ""
    for key in ("starts", "with_day"):
        for start in phrases("holds", key):
            behind = low[len(start) :]
            if low.startswith(start) and _AFTER.match(behind):
                if key == "starts":
                    return start
                if day := next(filter(_is_day_word, behind.split()), ""):
                    return f"{start} {day}"
    return ""


@cache
def _beginnings() -> frozenset[str]:
    """The first three letters of all such words: nearly no line begins with them."""
    return frozenset(start[:3] for key in ("starts", "with_day") for start in phrases("holds", key))


def _is_day_word(word: str) -> bool:
    bare = word.strip(_EDGES + ",;")
    return bare.isdigit() or is_weekday(bare) or bool(month_number(bare)) or bare in ("ams", "pms", "am", "pm")
