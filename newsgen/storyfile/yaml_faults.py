"""What a person made wrong, from where a parser of YAML gave up: the advice has to fit what stands there.

Parsers say what they expected, libyaml and the one in Python each in words of its own; a person needs to know what to
do. So their words only say the kind of place, and the text around it says the mistake. Imports no YAML library.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsgen.storyfile.nodes import TreeFault, rest_of_line

__all__ = ["EndOfParse", "fault_of"]

_NO_BLANK = re.compile(r"[ ]*(?:- )*([\w-]+) ?:(?=[^ \t\n:/])(?!.*: )")  # `headline:Mayor`, not `http://`
_WIDE_COLON = re.compile(r"[ ]*(?:- )*([\w-]+) ?([\uff1a\ufe55\ua789\u2236])")  # what keyboards for other scripts give
_FIRST_KEY = re.compile(r"[ ]*(?:- )*[^\s\"':\[{][^:]*")  # what stands before the first colon of a line
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|x[0-9A-Fa-f]{0,2}|.)?")
_LINE_FAULTS = ("expected key", "<block end>", "<document start>", "'-' indicator")
_MARK_FAULTS = ("cannot start any token", "node content", "not allowed", "scanning a block scalar")


class EndOfParse(NamedTuple):
    """Where and why a parser gave up; `context_at` is where that began which it was reading, -1 if it does not say."""

    context: str
    problem: str
    context_at: int
    at: int


def fault_of(end: EndOfParse, text: str) -> TreeFault:
    """The mistake behind it, at the character that is to be changed."""
    context, problem, context_at, at = end
    if text[at : at + 1] == "\t":
        return TreeFault("yaml-tab", at)
    if "quoted" in context:
        return _in_quotes(problem, context_at, at, text)
    if "while parsing a flow" in context:
        return _in_brackets(at, text)
    if "expected ':'" in problem:
        return _no_key(context_at, text)
    if "mapping values are not allowed" in problem:
        return _at_colon(at, text)
    if any(words in problem for words in _LINE_FAULTS):
        before = text[_line_start(text, at) : at].rstrip(" ")
        if before.endswith(('"', "'", "]", "}")):
            return TreeFault("yaml-after-end", at, before[-1])
        if not before:
            return TreeFault("yaml-indent", at)
    if any(words in f"{context} {problem}" for words in _MARK_FAULTS):
        mark = context_at if "block scalar" in context else at
        return TreeFault("yaml-mark", mark, text[mark : mark + 1])
    return TreeFault("yaml-syntax", at, " ".join(filter(None, (context, problem))) or "it cannot be read")


def _in_quotes(problem: str, context_at: int, at: int, text: str) -> TreeFault:
    if "escape" not in problem and "hex" not in problem:
        return TreeFault("yaml-quote", context_at)
    at = text.rfind("\\", 0, at + 1)
    escape = _ESCAPE.match(text, at)
    return TreeFault("yaml-escape", at, escape.group() if escape else "\\")


def _in_brackets(at: int, text: str) -> TreeFault:
    """A list or map in brackets that is never closed, or has something between its entries."""
    opened = max(text.rfind("[", 0, at), text.rfind("{", 0, at))
    closing = "]" if text[opened] == "[" else "}"
    if closing in rest_of_line(text, at):
        return TreeFault("yaml-in-brackets", at)
    return TreeFault("yaml-bracket", opened, text[opened])


def _no_key(at: int, text: str) -> TreeFault:
    """A line at whose beginning a key was expected."""
    return _colon_fault(_line_start(text, at), text) or TreeFault("yaml-no-key", at)


def _colon_fault(start: int, text: str) -> TreeFault | None:
    """What is wrong with the colon after the key of a line; None if nothing is."""
    if line := _NO_BLANK.match(text, start):
        return TreeFault("yaml-colon-blank", line.end() - 1, line[1])
    if line := _WIDE_COLON.match(text, start):
        return TreeFault("yaml-colon-wide", line.start(2), line[1], line[2])
    return None


def _at_colon(at: int, text: str) -> TreeFault:
    """A colon that begins a value where none can stand: the second of a line, or one in a line too deep."""
    start = _line_start(text, at)
    if not _FIRST_KEY.fullmatch(text, start, at):
        before = text[start:at].rstrip(" ")
        if before.endswith(('"', "'")):
            return TreeFault("yaml-after-end", at, before[-1])
        return TreeFault("yaml-colon-in-text", at)
    above = text[:start].rstrip().rpartition("\n")
    above_start = len(above[0]) + len(above[1])
    if fault := _colon_fault(above_start, text):
        return fault
    indent, above_indent = (len(words) - len(words.lstrip(" ")) for words in (text[start:at], above[2]))
    if indent > above_indent and ":" in above[2]:
        return TreeFault("yaml-indent", start + indent)
    return TreeFault("yaml-no-key", above_start + above_indent)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
