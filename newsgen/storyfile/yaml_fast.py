"""The front matter of most files, read line by line without a YAML parser; None for any other.

Reads block maps, block lists, lists in brackets on one line, and texts on one line, plain or in double quotes: only
what every YAML parser takes for just that text. It reports no errors: whatever it does not read, right or wrong, is
left to `yaml_full`. `tests/storyfile/test_yaml_fast.py` proves that both give the same tree.

A header of 9 keys takes 13 µs here, 42 in `yaml_full`.
"""

from __future__ import annotations

import re

from newsgen.storyfile.nodes import NOT_TEXT, Mapping, Node, Scalar, Sequence

__all__ = ["LIMIT", "parse"]

# In characters. A value has at least one, so no header within this limit has more values than `yaml_full` allows.
LIMIT = 10_000
_DEEPEST = 8  # maps and lists within each other; story files have four levels

# In no text here: control characters, what YAML takes for a line break, and what it refuses. No tabs either: the rules
# for where a tab may stand are long.
_ODD = "\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_QUOTED = rf'"([^"\\{_ODD}]*+(?:\\["\\][^"\\{_ODD}]*+)*+)"'
_FIRST = "[A-Za-z0-9($\xa1-\u1fff\u2018-\u201f\u3001-\ud7ff]"  # none of these means anything to YAML
_PLAIN = rf"({_FIRST}[^:#{_ODD}]*+(?::(?![ \n])[^:#{_ODD}]*+)*+(?<! ))"  # `: ` and ` #` end a plain text
_VALUE = rf"(?:{_QUOTED}\n|{_PLAIN}\n|(\[))"
_ENTRY = re.compile(rf"([A-Za-z][A-Za-z0-9_-]{{0,60}}):(?: {_VALUE}|\n)")
_ITEM = re.compile(rf"- (?:{_VALUE})?")
_IN_BRACKETS = re.compile(rf'(?:{_QUOTED}|({_FIRST}[^:#?,\[\]{{}}"{_ODD}]*+(?<! )))(?:, ?|(\]\n))')
_BLANKS = re.compile(" *")
_ESCAPED = re.compile(r"\\(.)")


class _UnsureError(Exception):
    """Not a line that is read here."""


def parse(text: str) -> Mapping | None:
    """The tree of a plain header; None for any other, right or wrong."""
    if len(text) > LIMIT:
        return None
    try:
        root, end = _mapping(text, 0, 0, 0)
    except _UnsureError:
        return None
    return root if end == len(text) else None


def _mapping(text: str, at: int, indent: int, depth: int) -> tuple[Mapping, int]:
    """The map whose first key is at `at`, and the index after its last line."""
    if depth == _DEEPEST:
        raise _UnsureError
    start = at
    entries: list[tuple[Scalar, Node]] = []
    names: set[str] = set()
    match = _ENTRY.match
    while line := match(text, at):
        name, quoted, plain, bracket = line.groups()
        end = line.end()
        value: Node
        if quoted is not None:
            value = Scalar(line.start(2) - 1, _unescaped(quoted), False)
        elif plain:
            value = Scalar(line.start(3), plain, True)
        elif bracket:
            value, end = _in_brackets(text, end - 1)
        else:
            value, end = _below(text, end, indent, depth)
        names.add(name)
        entries.append((Scalar(at, name, True), value))
        at = end
        if indent:
            inner = _indent(text, at)
            if inner < indent:
                break
            at += indent
        elif at == len(text):
            break
    else:
        raise _UnsureError
    if len(names) != len(entries) or not names.isdisjoint(NOT_TEXT):
        raise _UnsureError
    return Mapping(start, tuple(entries)), end


def _below(text: str, at: int, indent: int, depth: int) -> tuple[Node, int]:
    """The list or map in the lines from `at`, which belongs to a key at `indent`."""
    inner = _indent(text, at)
    is_list = text.startswith("- ", at + inner)
    if inner < indent or (inner == indent and not is_list):  # the key has no value
        raise _UnsureError
    read = _sequence if is_list else _mapping
    return read(text, at + inner, inner, depth + 1)


def _sequence(text: str, at: int, indent: int, depth: int) -> tuple[Sequence, int]:
    """The list whose first dash is at `at`, and the index after its last line."""
    if depth == _DEEPEST:
        raise _UnsureError
    start = at
    items: list[Node] = []
    while line := _ITEM.match(text, at):
        quoted, plain, bracket = line.groups()
        end = line.end()
        item: Node
        if quoted is not None:
            item = Scalar(line.start(1) - 1, _unescaped(quoted), False)
        elif plain:
            item = Scalar(line.start(2), plain, True)
        elif bracket:
            item, end = _in_brackets(text, end - 1)
        else:
            item, end = _mapping(text, end, indent + 2, depth + 1)
        items.append(item)
        at = end + indent
        if not text.startswith("- ", at) or _indent(text, end) != indent:
            return Sequence(start, tuple(items)), end
    raise _UnsureError


def _in_brackets(text: str, at: int) -> tuple[Sequence, int]:
    """The list whose bracket is at `at`, and the index after its line."""
    if text.startswith("]\n", at + 1):
        return Sequence(at, ()), at + 3
    items: list[Scalar] = []
    end = at + 1
    while entry := _IN_BRACKETS.match(text, end):
        quoted, plain, closing = entry.groups()
        if plain:
            items.append(Scalar(end, plain, True))
        else:
            items.append(Scalar(end, _unescaped(quoted), False))
        end = entry.end()
        if closing:
            return Sequence(at, tuple(items)), end
    raise _UnsureError


def _indent(text: str, at: int) -> int:
    """The number of blanks from `at` on."""
    blanks = _BLANKS.match(text, at)
    return blanks.end() - at if blanks else 0


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
