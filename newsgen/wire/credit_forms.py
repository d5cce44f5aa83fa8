"""Credit lines that do not say `Reporting by`: `With files from A`, `(Reporte de A; editado por B)`, `Pewarta: A`.

Which phrase names which role is a table, `credits`. How a list of names is read is `credits`' own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from newsgen.wire.names import is_agency, is_name
from newsgen.wire.tables import table

__all__ = ["may_begin", "parts"]

_ALONE = frozenset(
    [
        "avec",
        "editor",
        "editors",
        "reporter",
        "reporters",
        "producer",
        "producers",
        "contributor",
        "text",
        "editing",
        "edição",
        "edición",
    ]
)
_WITH = re.compile(r"with\s(.{2,60}?)\s(?:inputs?|files|reports)\.?$", re.I)  # With Northern Wire inputs
_AND = re.compile(r"\s(?:et|und|og|och|y|e)\s(?=[^\W\d_a-z]\S*\s+[^\W\d_a-z])")  # before another name
_IN = re.compile(r"\s(?:en|à|em|aus|desde|depuis|a)\s(?=[^\W\d_a-z])")  # before a place


@cache
def _roles() -> dict[str, str]:
    """The role of each phrase."""
    return {phrase: role for role, phrases in table("credits")["phrases"].items() for phrase in phrases}


def _pattern_of(phrases: Iterable[str]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"(?:^|(?<=[\s(\[;,.–—-]))({words})(?:\s?([:：])\s*|\s+)(?=\S)", re.I)


@cache
def _pattern() -> re.Pattern[str]:
    return _pattern_of(_roles())


@cache
def _bracketed() -> re.Pattern[str]:
    return _pattern_of(table("credits")["bracketed"]["reporting"])


@cache
def _beside() -> re.Pattern[str]:
    return _pattern_of(table("credits")["beside"]["words"])


@cache
def _qualifiers() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, table("credits")["qualifiers"]["words"])), re.I)


def may_begin(text: str) -> bool:
    """Whether a line begins with one of the phrases; some are ordinary words, and need a colon or brackets."""
    text = text.lstrip()
    bare = text.lstrip(" ([–—-")
    match = _pattern().match(bare)
    if match:
        return bool(match[2]) or match[1].casefold() not in _ALONE or _is_beside(text)
    if _WITH.match(bare.rstrip(" )]")):
        return True
    return text[:1] in "([" and (
        bool(_bracketed().match(bare) and _pattern().search(bare)) or _is_beside(text) or bool(_first_names(bare))
    )


def _is_beside(text: str) -> bool:
    """Whether a line in brackets names an agency that helped: `(avec AFP)`."""
    bare = text.strip("([]) .")
    match = _beside().match(bare)
    return text[:1] in "([" and match is not None and is_agency(bare[match.end() :])


def _first_names(line: str) -> str:
    """Names before the first phrase of a line in brackets: `(A et B, version française C)`; "" where there are none."""
    mark = _pattern().search(line[:200])
    names = line[: mark.start()].strip() if mark else ""
    if not names.endswith((",", ";", "-")) or len(names) > 100:
        return ""
    parts = re.split(r"\s*,\s*|\s+(?:et|y|e|und|and)\s+", names.strip(" ,;-"))
    return names if all(is_name(part) and len(part.split()) >= 2 for part in parts) else ""


def parts(text: str) -> Iterator[tuple[str, str]]:
    """(role, list of names) of each part of a line that begins with one of the phrases."""
    line = " ".join(_qualifiers().sub(" ", text.strip().strip("()[] ").lstrip("–—- ")).split())
    if found := _WITH.match(line):
        yield "contributing", found[1]
        return
    if _is_beside(text.strip()):
        yield "contributing", line.partition(" ")[2]
        return
    is_bracketed = text.lstrip()[:1] in "(["
    first = _bracketed().match(line) if is_bracketed and _pattern().search(line) else None
    names = "" if first or not is_bracketed else _first_names(line)
    marks = [
        match
        for match in _pattern().finditer(line)
        if match[1].casefold() in _roles()  # a letter may fold to several
        and (match[2] or match[1].casefold() not in _ALONE or line[: match.start()].endswith((", ", "; ")))
    ]
    stop = marks[0].start() if marks else len(line)
    if first or names:
        yield "reporting", _names(line[first.end() if first else 0 : stop])
    for mark, after in zip(marks, [*marks, None][1:], strict=True):
        yield _roles()[mark[1].casefold()], _names(line[mark.end() : after.start() if after else len(line)])


def _names(text: str) -> str:
    """A list of names without marks around it, with the English words between names and before a place."""
    return _AND.sub(" and ", _IN.sub(" in ", " ".join(text.split()).strip(" ;,.-–—()[]")))
