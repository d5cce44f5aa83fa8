"""YAML text into a tree of places and texts, by the events of a parser. The only file that sees PyYAML.

Built from the parser's events: no constructor runs, so no tag makes an object; no composer runs, so depth cannot
overflow the C stack (200,000 brackets kill `yaml.CSafeLoader` with SIGSEGV). Reading stops at the first limit that is
passed, which also bounds libyaml's own quadratic handling of deep flow collections (100 s for 200,000 brackets read to
the end; 0.1 ms when left at depth 50).

Everything is text. A tree says nothing about what a text means: `NO`, `0123` and `12:30:45` are those texts.

A header of 16 keys takes 62 µs, 37 of them libyaml's events; `yaml.CBaseLoader` takes 96 on the same machine.
"""

from __future__ import annotations

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

from newsgen.storyfile.nodes import NOT_TEXT, Mapping, Node, Scalar, Sequence, TreeFault

__all__ = ["DEPTH_LIMIT", "NODE_LIMIT", "parse"]

DEPTH_LIMIT = 50
NODE_LIMIT = 10_000
_STR = "tag:yaml.org,2002:str"


class _PureParser(Reader, Scanner, Parser):
    """PyYAML's parser in Python, for an installation without libyaml; it keeps its own stack."""

    def __init__(self, stream: str) -> None:
        Reader.__init__(self, stream)
        Scanner.__init__(self)
        Parser.__init__(self)


def _parser_class() -> Callable[[str], Any]:
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _PureParser
    return CParser


_PARSER = _parser_class()


_new = tuple.__new__  # half the time of NamedTuple's own constructor


class _Builder:
    """One pass over the events of one header; used once."""

    __slots__ = ("_count", "_next")

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self._next = next_event
        self._count = 0

    def node(self, event: Any, depth: int) -> Node:
        kind = type(event)
        at: int = event.start_mark.index
        self._count += 1
        if self._count > NODE_LIMIT:
            raise TreeFault("too-many-values", at, f"{NODE_LIMIT:,}")
        if kind is ScalarEvent and event.tag is None and event.anchor is None:  # nearly all
            return _new(Scalar, (at, event.value, event.implicit[0]))
        if kind is AliasEvent:
            raise TreeFault("yaml-alias", at, f"*{event.anchor}")
        if event.anchor is not None:
            raise TreeFault("yaml-anchor", at, f"&{event.anchor}")
        tag = event.tag
        if tag is not None and (tag != _STR or kind is not ScalarEvent):
            raise TreeFault("yaml-tag", at, tag)
        if kind is ScalarEvent:
            return Scalar(at, event.value, False)
        if depth == DEPTH_LIMIT:
            raise TreeFault("too-deep", at, str(DEPTH_LIMIT))
        return self._sequence(at, depth) if kind is SequenceStartEvent else self._mapping(at, depth)

    def _sequence(self, at: int, depth: int) -> Sequence:
        items: list[Node] = []
        while type(event := self._next()) is not SequenceEndEvent:
            items.append(self.node(event, depth + 1))
        return Sequence(at, tuple(items))

    def _mapping(self, at: int, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: set[str] = set()
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
            if text in seen:
                raise TreeFault("duplicate-key", key.at, key.text)
            seen.add(text)
            entries.append((key, self.node(self._next(), depth + 1)))
        return Mapping(at, tuple(entries))


_IN_QUOTES = "while scanning a quoted scalar"
_SIGNS = frozenset("+-.0123456789")  # of numbers, which are no texts either


def _fault_of(error: yaml.YAMLError, text: str) -> TreeFault:
    if isinstance(error, ReaderError):
        at = next((at for at, mark in enumerate(text) if not _is_readable(mark)), 0)
        return TreeFault("control-character", at, f"U+{ord(text[at]):04X}")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark and text[mark.index : mark.index + 1] == "\t":
        return TreeFault("yaml-tab", mark.index)
    if "maximum nesting depth" in (getattr(error, "problem", None) or ""):  # libyaml's own limit, since 0.2.6: 1,000
        return TreeFault("too-deep", mark.index if mark else 0, str(DEPTH_LIMIT))
    if getattr(error, "context", None) == _IN_QUOTES:
        return TreeFault("yaml-quote", error.context_mark.index)  # type: ignore[attr-defined]  # of a MarkedYAMLError
    said = " ".join(part for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    return TreeFault("yaml-syntax", mark.index if mark else 0, said or "it cannot be read")


def _is_readable(mark: str) -> bool:
    if mark in "\t\n\r\x85" or " " <= mark <= "~" or mark > "\uffff":
        return True
    return "\xa0" <= mark <= "\ufffd" and mark != "\ufeff"


def parse(text: str) -> Node | None:
    """The tree of one YAML document; None where there is nothing in it. Raises TreeFault."""
    try:
        parser = _PARSER(text)
        next_event = parser.get_event
        next_event()  # the stream's start
        event = next_event()
        if type(event) is StreamEndEvent:
            return None
        if event.version or event.tags:
            raise TreeFault("yaml-directive", 0)
        node = _Builder(next_event).node(next_event(), 0)
        end = next_event()
        after = next_event()
        if type(end) is not DocumentEndEvent or type(after) is not StreamEndEvent:
            raise TreeFault("yaml-documents", after.start_mark.index)
        return node
    except yaml.YAMLError as error:
        raise _fault_of(error, text) from None
    except RecursionError:  # the parser in Python, if it ever nests
        raise TreeFault("too-deep", 0, str(DEPTH_LIMIT)) from None
