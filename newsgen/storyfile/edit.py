"""Sets and deletes keys of a story file and leaves every other byte as it was.

The file stays its author's: comments, order, quotes, line ends and a byte order mark stay, and a key that has the value
already is not touched. What goes with a key is its value and the comments inside the value.

Where a key begins is known from the tree that newsgen reads; where its value ends is found in the text. Whatever that
search does not foresee is caught by a proof: the new file is read, and must be the old one but for what was meant.

Rejected: writing the whole front matter anew, which would destroy a person's comments and order; and a YAML library
that keeps comments, because it reads other YAML than newsgen does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import TypeAlias

from newsgen.model.errors import ContentError, Problem
from newsgen.model.settings import SectionDefaults, Settings
from newsgen.model.story import Story
from newsgen.storyfile import front_matter, tree
from newsgen.storyfile.schema import read_story
from newsgen.storyfile.yaml_write import YamlValue, entry_lines

__all__ = ["edit_keys"]

_Plain: TypeAlias = "str | list[_Plain] | list[tuple[str, _Plain]] | None"  # a tree without places

# The fields of a story that follow from a key, where that is more than the field of its name.
_FIELDS_OF_KEY = {
    "id": ("id", "has_id"),
    "headline": ("headline", "headline_raw", "labels", "slug"),
    "section": ("section", "embargo", "is_on_hold", "rights"),
    "credit": ("credit", "credits", "editors"),
    "dateline": ("dateline", "agency"),
    "embargo": ("embargo", "is_on_hold"),
    "note": ("notes",),
}
_FIELDS = frozenset(field.name for field in fields(Story))
_BLANK_OR_COMMENT = re.compile(r"[ \t]*(?:#.*)?")
_TAG = re.compile(r"!\S*\s*")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'""", re.S)
_BLOCK = re.compile(r"[|>]([+-]?)([1-9]?)([+-]?)")
_COMMENT = re.compile(r"[ \t]+#.*")
_END_OF_DOCUMENT = re.compile(r"\.\.\.(?:\s|$)")


class _UnsureError(Exception):
    """This front matter cannot be edited here with certainty."""


def edit_keys(
    path: str,
    data: bytes,
    changes: Mapping[str, YamlValue | None],
    settings: Settings,
    sections: SectionDefaults | None,
) -> bytes:
    """The story file with each key set to its value, or deleted where that is None.

    ContentError with the file's own problems where it is no story, and with `edit-by-hand` where a change cannot be
    proven.
    """
    story, problems = read_story(path, data, settings, sections)
    if story is None:
        raise ContentError(*problems)
    for key, wanted in changes.items():  # one by one, so that a refusal names the key
        try:
            edited = _with_key(data, key, wanted)
            if edited != data:
                _prove_text(data, edited, key, wanted)
                before, after = (read_story(path, version, settings, sections)[0] for version in (data, edited))
                _prove_story(before, after, key)
        except (_UnsureError, front_matter.Fault, tree.TreeFault):
            raise ContentError(Problem("edit-by-hand", path, _line_of(data, key), 0, (key,))) from None
        data = edited
    return data


# --- finding ---------------------------------------------------------------------------------------------------------


def _root(text: str) -> tree.Mapping:
    """The map of a header whose keys each begin a line. _UnsureError for any other header."""
    root = tree.parse(text)
    if type(root) is not tree.Mapping or text[root.at] == "{":
        raise _UnsureError
    indent = root.at - text.rfind("\n", 0, root.at) - 1
    for key, _value in root.entries:
        start = text.rfind("\n", 0, key.at) + 1
        if key.at - start != indent or text[start : key.at].strip(" "):  # `? key`, or another kind of line end
            raise _UnsureError
    return root


def _line_of(data: bytes, key: str) -> int:
    """The line of the file on which a key stands; that of the closing fence for a new key."""
    parts = front_matter.cut(data)
    root = tree.parse(parts.header)
    entries = root.entries if type(root) is tree.Mapping else ()
    at = next((name.at for name, _value in entries if name.text == key), len(parts.header))
    return parts.header_line + parts.header.count("\n", 0, at)


def _last_inside(node: tree.Node) -> tree.Node:
    """The node inside another that ends last."""
    while not isinstance(node, tree.Scalar):
        children = node.items if isinstance(node, tree.Sequence) else tuple(value for _key, value in node.entries)
        if not children:
            return node
        node = children[-1]
    return node


def _end_of_text(text: str, at: int) -> int:
    """The index after a text in quotes; of any other text, the index of its start."""
    tag = _TAG.match(text, at)
    quoted = _QUOTED.match(text, tag.end() if tag else at)
    return quoted.end() if quoted else at


def _lines_of_entry(text: str, lines: list[str], root: tree.Mapping, number: int) -> tuple[int, int]:
    """The lines of an entry: the index of the first, and the index after the last."""
    key, value = root.entries[number]
    start = text.count("\n", 0, key.at)
    if number + 1 < len(root.entries):
        end = text.count("\n", 0, root.entries[number + 1][0].at)
    else:
        end = _after_all(lines)
    last = _last_inside(value)
    floor = start + 1
    if type(last) is tree.Scalar:
        floor = text.count("\n", 0, _end_of_text(text, last.at)) + 1
        tag = _TAG.match(text, last.at)
        block = _BLOCK.match(text, tag.end() if tag else last.at)
        if block and not last.is_plain:
            floor = _end_of_block(lines, floor, end, block)
    while end > max(floor, start + 1) and _BLANK_OR_COMMENT.fullmatch(lines[end - 1]):
        end -= 1
    return start, end


def _end_of_block(lines: list[str], start: int, end: int, block: re.Match[str]) -> int:
    """The index after the lines of a block text that begin at `start`. A less indented comment is not part of it."""
    keep, indicator, more = block.groups()
    if "+" in (keep, more):
        return end  # the empty lines at its end belong to it
    indent = 1 if indicator else next((_indent(line) for line in lines[start:end] if line.strip()), 0)
    while end > start and (not lines[end - 1].strip() or _indent(lines[end - 1]) < indent):
        end -= 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _after_all(lines: list[str]) -> int:
    """The line for a new key: after the last line, or before YAML's mark `...` of the end."""
    return next((at for at, line in enumerate(lines) if _END_OF_DOCUMENT.match(line)), len(lines))


# --- changing --------------------------------------------------------------------------------------------------------


def _with_key(data: bytes, key: str, wanted: YamlValue | None) -> bytes:
    """The file with one key set or deleted, not proven yet."""
    text = front_matter.cut(data).header
    lines = text.split("\n")[:-1]
    raw = data.split(b"\n")  # raw[0] is the opening fence; raw[1:] are `lines` with their own line ends
    root = _root(text)
    indent = " " * (root.at - text.rfind("\n", 0, root.at) - 1)
    number = next((at for at, (name, _value) in enumerate(root.entries) if name.text == key), -1)
    if number < 0:
        start = end = _after_all(lines)
        new = [] if wanted is None else entry_lines(key, wanted, indent)
    else:
        name, value = root.entries[number]
        if wanted is not None and _plain(value) == _as_plain(wanted):
            return data
        start, end = _lines_of_entry(text, lines, root, number)
        spelling = text[name.at : max(_end_of_text(text, name.at), name.at + len(name.text))]
        new = [] if wanted is None else entry_lines(key, wanted, indent, spelling)
        if new and end == start + 1:
            new[0] += _comment(text, value)
    line_end = b"\r\n" if raw[start if start == len(lines) else start + 1].endswith(b"\r") else b"\n"
    new_raw = [line.encode("utf-8", "surrogatepass") + line_end[:-1] for line in new]
    return b"\n".join([*raw[: start + 1], *new_raw, *raw[end + 1 :]])


def _comment(text: str, value: tree.Node) -> str:
    """The comment behind a text of one line, with the blanks before it; "" for none."""
    if type(value) is not tree.Scalar:
        return ""
    at = _end_of_text(text, value.at)
    end = text.find("\n", at)
    comment = _COMMENT.search(text, at, end)
    return comment.group() if comment else ""


# --- proving ---------------------------------------------------------------------------------------------------------


def _plain(node: tree.Node | None) -> _Plain:
    """A tree without places."""
    if node is None:
        return None
    if isinstance(node, tree.Scalar):
        return None if node.is_absent else node.text
    if isinstance(node, tree.Sequence):
        return [_plain(item) for item in node.items]
    return [(key.text, _plain(value)) for key, value in node.entries]


def _as_plain(value: YamlValue) -> _Plain:
    """The tree without places that a value gives when it is written and read."""
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Mapping):
        return [(key, _as_plain(inner)) for key, inner in value.items()]
    return [_as_plain(item) for item in value]


def _prove_text(old: bytes, new: bytes, key: str, wanted: YamlValue | None) -> None:
    """_UnsureError unless the new file has the key as wanted and everything else as it was."""
    cuts = front_matter.cut(old), front_matter.cut(new)
    tails = [data.split(b"\n", cut.body_line - 2)[-1] for data, cut in zip((old, new), cuts, strict=True)]
    before, after = (_entries(cut.header) for cut in cuts)
    others = [[entry for entry in entries if entry[0] != key] for entries in (before, after)]
    values = [value for name, value in after if name == key]
    if tails[0] != tails[1] or others[0] != others[1] or values != ([] if wanted is None else [_as_plain(wanted)]):
        raise _UnsureError


def _prove_story(before: Story | None, after: Story | None, key: str) -> None:
    """_UnsureError unless both are stories that differ only in the fields that follow from the key."""
    may_differ = {"body_line", *_FIELDS_OF_KEY.get(key, (key,))}
    if before is None or after is None:
        raise _UnsureError
    if any(getattr(before, name) != getattr(after, name) for name in _FIELDS - may_differ):
        raise _UnsureError


def _entries(text: str) -> list[tuple[str, _Plain]]:
    return [(key.text, _plain(value)) for key, value in _root(text).entries]
