"""Lines that begin with a dateline, or are nothing else, and starts of text that may be one that nobody can read."""

from __future__ import annotations

import re

from newsgen.wire import dateline
from newsgen.wire.names import MONTH
from newsgen.wire.place_names import LOWER_CASE_WORDS

__all__ = ["dateline_alone", "starts_dateline", "unread_dateline"]

_UNREAD = re.compile(
    r"([^\W\d_a-z][^.!?:;()\"“”]{1,50}?)(?:\s?(?:--|—|:)|\s[-–])\s(?=[^\W\d_a-z])"
    r"|([^\W\d_a-z][^.!?:;()\"“”]{1,50}?\s\([^()]{2,30}\))(?:\s?[-–—:]{1,2})?\s(?=[^\W\d_a-z])"
)
_AGENCY_WITHIN = re.compile(r"(?:\([^()]{2,30}\)|/[^/\s][^/]{1,24}/)\s?(?:--|[-–—:;_])\s")  # wherever it stands
_DAY_WITHIN = re.compile(
    rf"\b(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})\b[^.!?]{{0,24}}?\s?(?:--|[-–—:;])\s?(?=[^\W\d_a-z])"
)
_WITHIN = 160  # characters of a text in which these are looked for
_PARAGRAPH = 700  # characters of a line that are read


def starts_dateline(text: str) -> bool:
    """Whether a line begins with a dateline that names an agency or a day."""
    line, before, rest = dateline.split(text[:_PARAGRAPH])
    return line is not None and not before and bool(rest) and bool(line.agency or line.date)


def dateline_alone(text: str) -> str:
    """The dateline that a line consists of, with its dash: `HARWICK, May 5 /PRNewswire/ --`; "" for any other line.

    Without a dash it is one only where it ends with a day: `HARWICK, Lund, May 5`.
    """
    has_dash = text.endswith(("-", "–", "—", ":"))
    if not has_dash and not (text[-1:].isdigit() and "," in text and len(text) < 60):
        return ""
    line, before, rest = dateline.split(f"{text} Mills met." if has_dash else f"{text} — Mills met.")
    return line.text if line and not before and rest == "Mills met." and (line.agency or line.date) else ""


def unread_dateline(text: str) -> str:
    """The start of a text that has the shape of a dateline, though `wire.dateline` reads none; "" for any other."""
    found = _UNREAD.match(text[:100])
    if not found:
        within = _AGENCY_WITHIN.search(text[:_WITHIN]) or _DAY_WITHIN.search(text[:_WITHIN])
        return text[: within.end()].strip() if within and text[:1].isupper() else ""
    start = found[1] or found[2]
    words = start.replace("(", "").split()
    is_name = all(not word[0].islower() or word in LOWER_CASE_WORDS for word in words)
    return start if is_name and (2 <= len(words) <= 6) else ""
