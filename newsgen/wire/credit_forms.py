"""Credit lines that do not say `Reporting by`: `With files from A`, `(Reporte de A; editado por B)`, `Pewarta: A`.

Which phrase names which role is a table, `credits`. How a list of names is read is `credits`' own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsgen.wire.tables import table

__all__ = ["may_begin", "parts"]

_ALONE = frozenset(
    ["avec", "editor", "editors", "reporter", "reporters", "producer", "producers", "contributor", "text"]
)


@cache
def _roles() -> dict[str, str]:
    """The role of each phrase."""
    return {phrase: role for role, phrases in table("credits")["phrases"].items() for phrase in phrases}


@cache
def _pattern() -> re.Pattern[str]:
    phrases = "|".join(map(re.escape, sorted(_roles(), key=len, reverse=True)))
    return re.compile(rf"(?:^|(?<=[\s(\[;,.–—-]))({phrases})(?:\s?([:：])\s*|\s+)(?=\S)", re.I)


@cache
def _qualifiers() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, table("credits")["qualifiers"]["words"])), re.I)


def may_begin(text: str) -> bool:
    """Whether a line begins with one of the phrases; some are ordinary words, and need a colon."""
    match = _pattern().match(text.lstrip(" ([–—-"))
    return match is not None and (bool(match[2]) or match[1].casefold() not in _ALONE)


def parts(text: str) -> Iterator[tuple[str, str]]:
    """(role, list of names) of each part of a line that begins with one of the phrases."""
    line = " ".join(_qualifiers().sub(" ", text.strip().strip("()[] ").lstrip("–—- ")).split())
    marks = [match for match in _pattern().finditer(line) if match[2] or match[1].casefold() not in _ALONE]
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        names = line[mark.end() : after.start() if after else len(line)]
        yield _roles()[mark[1].casefold()], " ".join(names.split()).strip(" ;,.-–—()[]")
