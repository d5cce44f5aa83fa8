"""Where the problems of one file are collected while it is read. Knows places, words nothing.

The one mutable value of this package: it is made for one file, passed down, and emptied into a tuple at the end, so
that a person sees everything that is wrong with a file at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection
from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem, Severity
from newsgen.storyfile.front_matter import Fault, drop_unprintable
from newsgen.storyfile.tree import TreeFault

__all__ = ["Notes", "nearest"]

# What other generators call things: nearer in meaning than any spelling.
_SAID_ELSEWHERE = {
    "title": "headline", "author": "byline", "authors": "byline", "category": "section", "categories": "section",
    "keywords": "tags", "topics": "tags", "lang": "language", "image": "photos", "images": "photos",
    "photo": "photos", "modified": "updated", "lastmod": "updated", "published": "date", "pubdate": "date",
    "draft": "status", "embargoed": "embargo", "copyright": "rights", "organizations": "organisations",
    "permalink": "slug", "uid": "id", "guid": "id", "correction": "corrections", "name": "headline",
}  # fmt: skip


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that was probably meant, or ""."""
    names = list(known)
    folded = word.strip().casefold()[:100]
    if (said := _SAID_ELSEWHERE.get(folded, "")) in names:
        return said
    return next(iter(difflib.get_close_matches(folded, names, 1, 0.6)), "")


class Notes:
    """The problems of one file so far, and the text their places are counted in."""

    __slots__ = ("_first_line", "_text", "has_errors", "path", "problems", "zone")

    def __init__(self, path: str, text: str, first_line: int, zone: ZoneInfo) -> None:
        self.path = path
        self.zone = zone  # that of dates without one
        self.problems: list[Problem] = []
        self.has_errors = False
        self._text = text
        self._first_line = first_line

    def add(self, rule: str, at: int, *values: str, severity: Severity = "error") -> None:
        """Notes a problem with the character at `at` of the text; -1 is the file as a whole."""
        self.has_errors = self.has_errors or severity == "error"
        if at < 0:
            self.problems.append(Problem(rule, self.path, 1, 0, values, severity=severity))
            return
        text = self._text
        at = min(at, len(text))
        start = text.rfind("\n", 0, at) + 1
        if at == len(text) and start == at and at:  # past the last line: point at the end of it
            at -= 1
            start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", start)
        line = self._first_line + text.count("\n", 0, at)
        excerpt = text[start : end if end >= 0 else len(text)]
        self.problems.append(Problem(rule, self.path, line, at - start + 1, values, excerpt, severity))

    def add_fault(self, fault: Fault | TreeFault) -> None:
        """Notes what ended the reading."""
        if isinstance(fault, TreeFault):
            self.add(fault.rule, fault.at, *fault.values)
            return
        self.has_errors = True
        self.problems.append(Problem(fault.rule, self.path, fault.line, fault.column, fault.values, fault.excerpt))

    def clean(self, key: str, at: int, text: str) -> str:
        """`text` without the characters that no page may hold; says so where there were any."""
        found = drop_unprintable(text)
        if len(found) != len(text):
            self.add("unprintable", at, key, str(len(text) - len(found)), severity="advice")
        return found

    def unknown(self, key: str, at: int, known: Collection[str]) -> None:
        """Notes a key that newsgen does not know, with the one that was probably meant."""
        short = key if len(key) <= 60 else f"{key[:57]}..."
        prefix, _dot, last = short.rpartition(".")
        if near := nearest(last, known):
            self.add("unknown-key-near", at, short, f"{prefix}.{near}" if prefix else near)
        elif "extra" not in known:
            self.add("unknown-key-inside", at, short, ", ".join(known))
        else:
            self.add("unknown-key", at, short)
