"""Any YAML -> a tree of places and texts, from the events of PyYAML's parser. The only file that imports PyYAML.

Only the parser's events are used. No constructor runs, so that no tag can make an object; no composer runs, so that
depth cannot overflow the C stack (200,000 brackets kill `yaml.CSafeLoader` with SIGSEGV). Reading stops at the first
limit passed, which also bounds libyaml's quadratic handling of deep flow collections: 200,000 brackets take 100 s to
the end, 0.1 ms when left at depth 50.

Every value is a text. A tree does not say what a text means: `NO`, `0123` and `12:30:45` are those texts.

A header of 16 keys takes 62 µs, 37 of them libyaml's events; `yaml.CBaseLoader` takes 96 on the same machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner

from newsgen.storyfile.nodes import NOT_TEXT, Mapping, Node, Scalar, Sequence, TreeFault, rest_of_line
from newsgen.storyfile.yaml_faults import EndOfParse, fault_of

__all__ = ["DEPTH_LIMIT", "NODE_LIMIT", "PurePythonParser", "parse"]

DEPTH_LIMIT = 50
NODE_LIMIT = 10_000
_STR = "tag:yaml.org,2002:str"


class PurePythonParser(Reader, Scanner, Parser):
    """PyYAML's parser in Python, for installations without libyaml; it keeps a stack of its own."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


def _fastest_parser() -> Callable[[str], Any]:
    """libyaml's parser, else the one in Python."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return PurePythonParser
    return CParser


_PARSER = _fastest_parser()


class _Builder:
    """One pass over the events of one text; used once."""

    __slots__ = ("_count", "_next", "_text", "last_comment_at")

    def __init__(self, next_event: Callable[[], Any], text: str) -> None:
        self._next = next_event
        self._text = text
        self._count = 0
        self.last_comment_at = -1  # of the last text

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with this event. Raises TreeFault."""
        kind = type(event)
        at: int = event.start_mark.index
        self._count += 1
        if self._count > NODE_LIMIT:
            raise TreeFault("too-many-values", at, f"{NODE_LIMIT:,}")
        if kind is ScalarEvent and event.tag is None and event.anchor is None:  # nearly all
            is_plain: bool = event.implicit[0]
            self.last_comment_at = _comment_after(self._text, at, event.end_mark.index) if is_plain else -1
            value = event.value if is_plain else self._joined(at, event.value)
            return Scalar(at, value, is_plain, self.last_comment_at)
        if kind is AliasEvent:
            raise TreeFault("yaml-alias", at, f"*{event.anchor}")
        if event.anchor is not None:
            raise TreeFault("yaml-anchor", at, f"&{event.anchor}")
        tag = event.tag
        if tag is not None and (tag != _STR or kind is not ScalarEvent):
            raise TreeFault("yaml-tag", at, tag)
        if kind is ScalarEvent:
            return Scalar(at, self._joined(at, event.value), False)
        if depth == DEPTH_LIMIT:
            raise TreeFault("too-deep", at, str(DEPTH_LIMIT))
        return self._sequence(at, depth) if kind is SequenceStartEvent else self._mapping(at, depth)

    def _joined(self, at: int, value: str) -> str:
        """A text in quotes in which a pair of escapes, as JSON writes a letter beyond U+FFFF, is that letter."""
        if value.isascii() or not _HALF.search(value):
            return value
        joined = value.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
        if half := _HALF.search(joined):
            escape = f"\\u{ord(half.group()):04x}"
            place = self._text.lower().find(escape, at)
            raise TreeFault("yaml-escape", max(at, place), escape)
        return joined

    def _sequence(self, at: int, depth: int) -> Sequence:
        items: list[Node] = []
        while type(event := self._next()) is not SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return Sequence(at, tuple(items))

    def _mapping(self, at: int, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        names: set[str] = set()
        while type(event := self._next()) is not MappingEndEvent:
            key = self.node(event, depth + 1)
            if type(key) is not Scalar:
                raise TreeFault("yaml-key", key.at, "a list" if type(key) is Sequence else "a map")
            text = key.text
            if key.is_plain and (text in NOT_TEXT or (text[0] in _SIGNS and not text.strip("+-.,_0123456789"))):
                raise TreeFault("yaml-key", key.at, text or "nothing")
            if text == "<<" and key.is_plain:
                raise TreeFault("yaml-merge", key.at)
            if not text.isascii():
                text = unicodedata.normalize("NFC", text)
            if text in names:
                raise TreeFault("duplicate-key", key.at, key.text)
            names.add(text)
            entries.append((key, self.node(self._next(), depth + 1)))
        return Mapping(at, tuple(entries))


# What YAML takes for a comment after a text, on its line or on the next, and a person may not mean as one: `#1`.
# `# so`, with a blank, is meant, unless it is `# 1`; and so is `#key: value` or `#- item` on a line of its own.
_COMMENT = re.compile(r"(?:[ \t]+|[ \t]*\n([ \t]+)(?!#(?:[\w-]+:|-)))(?=#(?:[^\s#]| \d))")
_SIGNS = frozenset("+-.0123456789")  # how numbers begin, which are no texts either
_NO_CHARACTER = "found invalid Unicode character escape code"
_HALF = re.compile("[\ud800-\udfff]")  # half of a letter beyond U+FFFF


def _comment_after(text: str, start: int, end: int) -> int:
    """The index of the # of such a comment after the plain text from `start` to `end`; -1 for none."""
    comment = _COMMENT.match(text, end)
    if comment is None:
        return -1
    if indent := comment[1]:  # a further line of the text would be indented deeper than its first
        first = text[text.rfind("\n", 0, start) + 1 : start]
        if len(indent) <= len(first) - len(first.lstrip()):
            return -1
    return comment.end()


def _fault_of(error: yaml.YAMLError, text: str) -> TreeFault:
    """What a person made wrong, from what the parser says."""
    if isinstance(error, ReaderError):
        at = next((at for at, character in enumerate(text) if not _is_readable(character)), 0)
        return TreeFault("control-character", at, f"U+{ord(text[at]):04X}")
    if not isinstance(error, yaml.MarkedYAMLError):
        return TreeFault("yaml-syntax", 0, str(error))
    mark, context_mark = error.problem_mark or error.context_mark, error.context_mark
    at = mark.index if mark else 0
    if "maximum nesting depth" in (error.problem or ""):  # libyaml's own limit since 0.2.6: 1,000
        return TreeFault("too-deep", at, str(DEPTH_LIMIT))
    context_at = context_mark.index if context_mark else -1
    return fault_of(EndOfParse(error.context or "", error.problem or "", context_at, at), text)


def _is_readable(character: str) -> bool:
    """Whether YAML 1.1 allows a character (5.1, c-printable)."""
    if character in "\t\n\r\x85" or " " <= character <= "~" or character > "\uffff":
        return True
    return "\xa0" <= character <= "\ufffd" and character != "\ufeff"


def parse(text: str, parser_class: Callable[[str], Any] = _PARSER) -> Node | None:
    """The tree of one YAML document; None where the text has nothing but comments. Raises TreeFault.

    `parser_class` makes a parser of PyYAML: libyaml's where it is installed.
    """
    builder: _Builder | None = None
    try:
        parser = parser_class(text)
        next_event = parser.get_event
        next_event()  # the start of the stream
        event = next_event()
        if type(event) is StreamEndEvent:
            return None
        if event.version or event.tags:
            raise TreeFault("yaml-directive", 0)
        builder = _Builder(next_event, text)
        node = builder.node(next_event(), 0)
        end = next_event()
        after = next_event()
        if type(end) is not DocumentEndEvent or type(after) is not StreamEndEvent:
            raise TreeFault("yaml-documents", after.start_mark.index)
        return node
    except (OverflowError, ValueError):  # of the parser in Python, for a \U beyond U+10FFFF
        raise TreeFault("yaml-escape", max(0, text.find("\\U")), "\\U") from None
    except yaml.YAMLError as error:
        if getattr(error, "problem", None) == _NO_CHARACTER and parser_class is not PurePythonParser:
            return parse(text, PurePythonParser)  # which also reads pairs of escapes that are one letter
        if builder and builder.last_comment_at >= 0:
            at = builder.last_comment_at
            raise TreeFault("yaml-hash", at, rest_of_line(text, at)) from None
        raise _fault_of(error, text) from None
    except RecursionError:  # of the parser in Python, should it ever nest
        raise TreeFault("too-deep", 0, str(DEPTH_LIMIT)) from None
