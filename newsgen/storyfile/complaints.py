"""Collects the problems of one file while it is read, each with its line and column. Holds no sentences.

The one mutable value of this folder: made for one file, passed down to each reader, and turned into a tuple at the end,
so that a person sees everything that is wrong with a file at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from zoneinfo import ZoneInfo

from newsgen.model.errors import Problem, Severity
from newsgen.storyfile.front_matter import Fault, c1_marks, drop_unprintable
from newsgen.storyfile.other_generators import nearest_key
from newsgen.storyfile.tree import Mapping, Node, Sequence, TreeFault, rest_of_line
from newsgen.text.windows_1252 import read_c1

__all__ = ["ProblemCollector"]

_COMMENT = re.compile(r"[ \t]*<!--(?:(?<=<!--)-?>|.*?-->)", re.S)
_C1 = re.compile(r"[\x80-\x9f]|&#")


class ProblemCollector:
    """The problems of one file so far, and the text in which their places are counted."""

    __slots__ = ("_counted", "_first_line", "_problems", "_text", "has_errors", "has_marks", "path", "zone")

    def __init__(self, path: str, text: str, first_line: int, zone: ZoneInfo) -> None:
        self.path = path
        self.zone = zone  # of dates that name none
        self._problems: list[Problem] = []
        self.has_errors = False
        self.has_marks = "<!--" in text or "&#" in text  # which `shown` leaves out or reads
        self._text = text
        self._first_line = first_line
        self._counted = (0, first_line)  # a character, and its line

    def add(self, rule: str, at: int, *values: str, severity: Severity = "error") -> None:
        """Add a problem at the character `at` of the text, -1 for the whole file. `values` fill the rule's sentence."""
        self.has_errors = self.has_errors or severity == "error"
        if at < 0:
            self._problems.append(Problem(rule, self.path, 1, 0, values, severity=severity))
            return
        text = self._text
        at = min(at, len(text))
        start = text.rfind("\n", 0, at) + 1
        if at == len(text) and start == at and at:  # behind the last line: point at its end
            at -= 1
            start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", start)
        line = self.line_of(at)
        excerpt = text[start : end if end >= 0 else len(text)]
        self._problems.append(Problem(rule, self.path, line, at - start + 1, values, excerpt, severity))

    def line_of(self, at: int) -> int:
        """The line of a character; counted from the last one asked for, since a file may have thousands of problems."""
        before, line = self._counted if self._counted[0] <= at else (0, self._first_line)
        line += self._text.count("\n", before, at)
        self._counted = (at, line)
        return line

    def add_problem(self, problem: Problem) -> None:
        """Add a problem whose place is known already."""
        self.has_errors = self.has_errors or problem.severity == "error"
        self._problems.append(problem)

    def as_tuple(self) -> tuple[Problem, ...]:
        """The problems, in the order in which they were added."""
        return tuple(self._problems)

    def add_fault(self, fault: Fault | TreeFault) -> None:
        """Add what ended the reading."""
        if isinstance(fault, TreeFault):
            self.add(fault.rule, fault.at, *fault.values)
            return
        self.add_problem(Problem(fault.rule, self.path, fault.line, fault.column, fault.values, fault.excerpt))

    def add_c1_marks(self, data: bytes) -> None:
        """Add advice where the file has marks of Windows-1252 as C1 characters."""
        if found := c1_marks(data):
            place = (found.line, found.column, found.values, found.excerpt)
            self.add_problem(Problem(found.rule, self.path, *place, severity="advice"))

    def shown(self, key: str, at: int, text: str) -> str:
        """`text` without comments and the characters that no page may hold, with C1 read; advice where there were any.

        A text of the front matter is no Markdown, so nothing in it is code. A comment that is never closed stays.
        """
        if "<!--" in text:
            place = max(self._text.find("<!--", at), at)
            text, count = _COMMENT.subn("", text)
            if count:
                self.add("comment-in-key", place, key, severity="advice")
            if "<!--" in text:
                self.add("comment-open-in-key", place, key, severity="warning")
        marks = read_c1(text)
        if marks != text:
            self.add("windows-marks", at, str(len(_C1.findall(text))), severity="advice")
        text = marks
        printable = drop_unprintable(text)
        if len(printable) != len(text):
            self.add("unprintable", at, key, str(len(text) - len(printable)), severity="advice")
        return printable

    def add_cut_texts(self, node: Node | None, key: str = "") -> None:
        """Add a warning for each text of a tree that YAML ends at a # which was probably meant as part of it."""
        if node is None or "#" not in self._text:
            return
        if isinstance(node, Mapping):
            for name, value in node.entries:
                self.add_cut_texts(value, f"{key}.{name.text}" if key else name.text)
        elif isinstance(node, Sequence):
            for number, item in enumerate(node.items, 1):
                self.add_cut_texts(item, f"{key or 'entry'}[{number}]")
        elif node.comment_at >= 0:
            words = rest_of_line(self._text, node.comment_at)
            self.add("text-cut", node.comment_at, key, words, severity="warning")

    def add_unknown_key(self, key: str, at: int, known: Collection[str]) -> None:
        """Add the problem of a key that newsgen does not know, with the one that was probably meant."""
        short = key if len(key) <= 60 else f"{key[:57]}..."
        prefix, _dot, last = short.rpartition(".")
        if near := nearest_key(last, known):
            self.add("unknown-key-near", at, short, f"{prefix}.{near}" if prefix else near)
        elif "extra" not in known:
            self.add("unknown-key-inside", at, short, ", ".join(known))
        else:
            self.add("unknown-key", at, short)
