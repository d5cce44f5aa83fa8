"""Lines above copy that say several things, parted by bars or dashes: `By Ann Lee | Harwick Post | June 3, 2025`.

Each part is read by itself. A line counts only where one part is a date or a byline, and the others are an agency, a
title, a time of reading, or a name of up to three words, such as a section or a place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsgen.formats import dates
from newsgen.formats.dates import DateLine
from newsgen.formats.sluglines import is_metadata
from newsgen.wire import byline, furniture, names

__all__ = ["CompoundLine", "read"]

_LIMIT = 160  # characters of such a line
_PARTS = re.compile(
    r"\s*[|·•]\s*|\s+[-–—/]{1,2}\s+"
    r"|(?<=[^\W\d_A-Z])\s+(?=(?:Published|Updated|Posted|Last updated|Publié|Veröffentlicht)\b)"
)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified)\b.{0,40}$", re.I)  # a day without its year
_READING_TIME = re.compile(r"(?:\w+ ){0,3}:?\s?\d{1,2}\s?min(?:ute)?s?\.?(?:\s(?:read|de lecture))?$", re.I)


# Lee, Ann. Harwick Post; Harwick [Harwick]12 June 2012: A.3.
_CITATION = re.compile(
    r"(?:(?P<names>[^.;\[]{3,60}(?:;[^.;\[]{3,60})*)\.\s)?[^.;\[]{2,60}[;\[].{0,80}?[\s;\]]"
    r"(?P<date>\d{1,2}\s[^\W\d_]{3,9}\.?\s\d{4})(?::\s?[\w. -]{1,16})?\.?$"
)


class CompoundLine(NamedTuple):
    """What the parts of a line say."""

    date: DateLine | None
    bylines: tuple[str, ...]
    is_guess: bool  # a byline without `By`


def read(line: str, month_first: bool | None = None) -> CompoundLine | None:
    """What a line says in parts; None for a line of one part, or with a part that nothing explains."""
    if len(line) > _LIMIT:
        return None
    if ("[" in line or ";" in line) and (cited := _CITATION.match(line)) and (date := dates.read_line(cited["date"])):
        author = byline.turned_round(cited["names"] or "")
        return CompoundLine(date, (author,) if author != (cited["names"] or "") else (), False)
    parts = [part.strip(" ,;") for part in _PARTS.split(line) if part.strip(" ,;")]
    if not 2 <= len(parts) <= 6:
        return None
    found: list[DateLine] = []
    bylines: list[str] = []
    is_guess = False
    for part in parts:
        if date := dates.read_line(part, month_first):
            found.append(date)
        elif byline.is_byline(part):
            bylines.append(part)
        elif (
            _UPDATED.match(part)
            or names.is_agency(part)
            or furniture.kind(part)
            or _READING_TIME.match(part)
            or is_metadata(part)
            or byline.is_title_line(part)
        ):
            continue
        elif len(part.split()) <= 3 and names.is_name(part):
            if not bylines and byline.is_bare_byline(part):
                bylines.append(part)
                is_guess = True
        else:
            return None
    if not found and (not bylines or is_guess):
        return None
    first = next((date for date in found if not date.is_update), found[0] if found else None)
    return CompoundLine(first, tuple(bylines), is_guess)
