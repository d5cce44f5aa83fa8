"""A list written as one text, `politics, economy`, as other generators have it: read as a list where it is clearly one.

What a comma means depends on the key. Between topics it parts them. `Washington, D.C.` is one place, `Varga, Ines` one
person and `Nordbank, Inc.` one company; a semicolon, or a comma of a script that has another for such names, always
parts. What is read as a list, or could have been meant as one, is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.readers import Reader, line, texts
from newsgen.storyfile.tree import Node, Scalar, Sequence

__all__ = ["organisations", "persons", "places", "topics"]

_Split: TypeAlias = Callable[[str], list[str]]

_MOST = 10_000  # entries, as many values as the whole front matter may have
_CLEAR = re.compile("[;；؛、，]")
_COMMA = re.compile("[,،]")
_ANY = re.compile("[,،;；؛、，\n]")
# What stands behind a comma and is part of the name before it.
_OF_PERSON = re.compile(r"(?:jr|sr|ii|iii|iv|m\.?d|ph\.?\s?d|m\.?p|[qk]\.?c|[oc]\.?b\.?e|esq)\.?", re.I)
_OF_COMPANY = re.compile(
    r"(?:inc|incorporated|ltd|limited|llc|llp|l\.p|co|corp|corporation|plc|pty|s\.?a|s\.?p\.?a|n\.?v|b\.?v|a\.?g|gmbh|a\.?b"
    r"|a/?s|oyj?)\.?(?:\s(?:ltd|co|kg)\.?)?",
    re.I,
)


def _parts(marks: re.Pattern[str], text: str) -> list[str]:
    return [part for part in map(str.strip, marks.split(text)) if part]


def _topics(text: str) -> list[str]:
    return _parts(_ANY, text)


def _places(text: str) -> list[str]:
    return _parts(_CLEAR, text)


def _persons(text: str) -> list[str]:
    """At commas only where each part has a surname and more."""
    parts = _places(text)
    if len(parts) > 1:
        return parts
    names = _rejoined(text, _OF_PERSON)
    return names if all(" " in name for name in names) else parts


def _organisations(text: str) -> list[str]:
    """At commas, unless one stands in a name like `Ash, Birk & Co`."""
    parts = _places(text)
    if len(parts) > 1 or "&" in text or " and " in text:
        return parts
    return _rejoined(text, _OF_COMPANY)


def _rejoined(text: str, suffix: re.Pattern[str]) -> list[str]:
    """The parts between commas; one that is a suffix of the name before it stays with it."""
    names: list[list[str]] = []
    for part in _parts(_COMMA, text):
        if names and suffix.fullmatch(part):
            names[-1].append(part)
        else:
            names.append([part])
    return [", ".join(name) for name in names]


def _rows(text: str) -> list[str]:
    """The lines of a text, without what parts them."""
    return [row for row in (row.strip(" \t,;") for row in text.split("\n")) if row]


def _lines(problems: ProblemCollector, key: str, node: Sequence) -> tuple[str, ...] | None:
    """A list of which each entry has a line, without the dashes."""
    if len(node.items) > _MOST:
        problems.add("too-many-values", node.at, f"{_MOST:,}")
        return None
    values = texts(problems, key, node) or ()
    problems.add("list-in-lines", node.at, key, str(len(values)), " | ".join(values), severity="advice")
    return values or None


def _reader(split: _Split, is_suffix: re.Pattern[str] | None = None) -> Reader:
    """A reader of a list of texts, or of one text that lists them."""

    def read(problems: ProblemCollector, key: str, node: Node) -> tuple[str, ...] | None:
        if type(node) is not Scalar or not _ANY.search(node.text):
            return texts(problems, key, node)
        if "\n" in (lines := node.text.strip()):
            return _lines(
                problems, key, Sequence(node.at, tuple(Scalar(node.at, text, False) for text in _rows(lines)))
            )
        text = line(problems, key, node)
        if text is None:
            return None
        parts = tuple(dict.fromkeys(split(text)))
        if len(parts) > _MOST:
            problems.add("too-many-values", node.at, f"{_MOST:,}")
            return None
        if len(parts) > 1:
            problems.add("list-in-commas", node.at, key, str(len(parts)), " | ".join(parts), text, severity="advice")
            return parts
        if not (is_suffix and is_suffix.fullmatch(text.rpartition(",")[2].strip())):
            problems.add("comma-in-entry", node.at, key, text, ", ".join(_topics(text)), severity="advice")
        return parts or (text,)

    return read


topics = _reader(_topics)
places = _reader(_places)
persons = _reader(_persons, _OF_PERSON)
organisations = _reader(_organisations, _OF_COMPANY)
