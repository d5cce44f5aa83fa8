"""Bylines: `By A, B and C`. A title after a comma, or a label after a dash, is not a name."""

from __future__ import annotations

import re

from newsgen.text.memo import cache_short_text
from newsgen.wire.names import is_agency

__all__ = ["is_byline", "parse"]

_BY = re.compile(r"^[\s^]*by\b[\s:]*", re.I)
_LABEL = re.compile(r"\s(?:-{1,2}|–|—)\s+[A-Z][\w ]{0,40}$")
_SEPARATOR = re.compile(r"\s*[,;]\s*and\s+|\s*[,;]\s*|\s+(?:and|AND|&|und|et)\s+")
_TITLE = re.compile(
    r"\b(?:correspondents?|editors?|writers?|reporters?|bureau|chief|staff|columnist|analyst|special|contributor|agency)\b"
    r"|^(?:Associated Press|AP)\b",
    re.I,
)
_PARTICLES = frozenset("de da di del della der den van von la le du dos das do al el bin ibn ten ter d' of the".split())


def _is_person(text: str) -> bool:
    """Whether a part of a byline reads as a name: capitals but for particles, no digit, no job title."""
    words = text.split()
    if not 0 < len(words) <= 6 or _TITLE.search(text) or any(mark.isdigit() for mark in text):
        return False
    return any(word[:1].isupper() for word in words) and all(
        word[:1].isupper() or word in _PARTICLES or word[:2] in ("d'", "d’", "al", "el") for word in words
    )


@cache_short_text
def parse(text: str) -> tuple[str, ...]:
    """The persons of a byline, as written, each once; an agency only where it stands first."""
    line = " ".join(text[:1000].split())
    line = _BY.sub("", line).rstrip(" =,;")
    line = _LABEL.sub("", line)
    if not line:
        return ()
    persons: list[str] = []
    for index, part in enumerate(_SEPARATOR.split(line)):
        name = part.strip(" ,;=")
        if not name:
            continue
        if (index and is_agency(name)) or not (_is_person(name) or (index == 0 and is_agency(name))):
            continue
        if name not in persons:
            persons.append(name)
    return tuple(persons)


def is_byline(line: str) -> bool:
    """Whether a line is nothing but a byline: short, `By`, then names, titles and agencies."""
    text = line.strip()
    if not 4 < len(text) <= 200 or not re.match(r"\^?(?:By|BY|by)\s", text):
        return False
    rest = _LABEL.sub("", _BY.sub("", " ".join(text.split()))).rstrip(" =,;")
    parts = [part.strip(" =") for part in _SEPARATOR.split(rest)]
    return (
        bool(parse(text))
        and all(
            not part
            or _is_person(part)
            or is_agency(part)
            or (index and len(part.split()) <= 5 and _TITLE.search(part))
            for index, part in enumerate(parts)
        )
        and not rest.endswith((".", "?", "!", ":", '"'))
    )
