"""Keys of a story file set and deleted, every other byte left as it was.

The file stays its author's: comments, order, quotes, line ends and a byte order mark are kept, and a key that has the
value already is not touched. What goes with a key is its value, and the comments inside that.

Rejected: to write the whole front matter anew, which a person's own file does not survive; and a YAML library that
keeps comments, which reads other YAML than newsgen does. Where keys stand is known from the tree that newsgen reads,
so whatever the finder of ends does not foresee is met by the proof at the end: the new file is read, and must be the
old one but for what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TypeAlias

from newsgen.model.errors import ContentError, Problem
from newsgen.model.settings import SectionFile, Settings
from newsgen.model.story import Story
from newsgen.storyfile import front_matter, tree
from newsgen.storyfile.quote import scalar
from newsgen.storyfile.schema import story

__all__ = ["Value", "edited"]

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
_Plain: TypeAlias = "str | list[_Plain] | list[tuple[str, _Plain]] | None"

# Fields of a story that follow from a key, where they are more than the one of its name.
_FOLLOWS = {
    "id": ("id", "has_id"),
    "headline": ("headline", "headline_raw", "labels", "slug"),
    "section": ("section", "embargo", "is_on_hold", "rights"),
    "credit": ("credit", "credits", "editors"),
    "dateline": ("dateline", "agency"),
    "embargo": ("embargo", "is_on_hold"),
    "note": ("notes",),
}
_FIELDS = frozenset(field.name for field in fields(Story))
_DATES = frozenset(["date", "updated", "embargo", "expires"])
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?", re.A)  # no quotes: it is a date
_IDLE = re.compile(r"[ \t]*(?:#.*)?")  # a line that is blank or a comment
_TAG = re.compile(r"!\S*\s*")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'""", re.S)
_BLOCK = re.compile(r"[|>]([+-]?)([1-9]?)([+-]?)")
_COMMENT = re.compile(r"[ \t]+#.*")
_END_OF_DOCUMENT = re.compile(r"\.\.\.(?:\s|$)")


class _UnsureError(Exception):
    """Not front matter that is edited here; names the key."""


def edited(
    path: str,
    data: bytes,
    changes: Mapping[str, Value | None],
    settings: Settings,
    sections: Mapping[str, SectionFile] | None,
) -> bytes:
    """The file with each key set to its value, or without it where that is None; raises ContentError.

    A file that is no story is refused with its own problems, a change that cannot be proven with `edit-by-hand`.
    """
    before, problems = story(path, data, settings, sections)
    if before is None:
        raise ContentError(*problems)
    done = data
    for key, wanted in changes.items():  # one by one, so that a refusal names the key
        try:
            after = _changed(done, key, wanted)
            if after != done:
                _prove_text(done, after, key, wanted)
                _prove_story(path, done, after, key, settings, sections)
        except (_UnsureError, front_matter.Fault, tree.TreeFault):
            raise ContentError(Problem("edit-by-hand", path, _line_of(done, key), 0, (key,))) from None
        done = after
    return done


# --- finding ---------------------------------------------------------------------------------------------------------


def _root(text: str) -> tree.Mapping:
    """The keys of a header, each at the start of its line; anything else is not edited here."""
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
    """The line of the file at which a key stands; that of the closing fence for a new one."""
    parts = front_matter.cut(data)
    root = tree.parse(parts.header)
    entries = root.entries if type(root) is tree.Mapping else ()
    at = next((one.at for one, _value in entries if one.text == key), len(parts.header))
    return parts.header_line + parts.header.count("\n", 0, at)


def _last(node: tree.Node) -> tree.Node:
    """The node within another that ends last."""
    while not isinstance(node, tree.Scalar):
        inside = node.items if isinstance(node, tree.Sequence) else tuple(value for _key, value in node.entries)
        if not inside:
            return node
        node = inside[-1]
    return node


def _end_of_text(text: str, at: int) -> int:
    """Where a text in quotes ends; of any other, where it begins."""
    tag = _TAG.match(text, at)
    found = _QUOTED.match(text, tag.end() if tag else at)
    return found.end() if found else at


def _entry(text: str, lines: list[str], root: tree.Mapping, number: int) -> tuple[int, int]:
    """The lines of an entry: from that of its key up to the one after its value."""
    key, value = root.entries[number]
    start = text.count("\n", 0, key.at)
    if number + 1 < len(root.entries):
        end = text.count("\n", 0, root.entries[number + 1][0].at)
    else:
        end = _after_all(lines)
    last = _last(value)
    floor = start + 1
    if type(last) is tree.Scalar:
        floor = text.count("\n", 0, _end_of_text(text, last.at)) + 1
        tag = _TAG.match(text, last.at)
        block = _BLOCK.match(text, tag.end() if tag else last.at)
        if block and not last.is_plain:
            floor = _end_of_block(lines, floor, end, block)
    while end > max(floor, start + 1) and _IDLE.fullmatch(lines[end - 1]):
        end -= 1
    return start, end


def _end_of_block(lines: list[str], start: int, end: int, block: re.Match[str]) -> int:
    """The line after a block text whose own lines begin at `start`: a comment is as far in as the text, or none."""
    keep, indicator, more = block.groups()
    if "+" in (keep, more):
        return end  # empty lines are its own
    indent = 1 if indicator else next((_indent(line) for line in lines[start:end] if line.strip()), 0)
    while end > start and (not lines[end - 1].strip() or _indent(lines[end - 1]) < indent):
        end -= 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _after_all(lines: list[str]) -> int:
    """Where a new key may stand: after the last line, or before YAML's own mark of an end."""
    return next((at for at, line in enumerate(lines) if _END_OF_DOCUMENT.match(line)), len(lines))


# --- changing --------------------------------------------------------------------------------------------------------


def _changed(data: bytes, key: str, wanted: Value | None) -> bytes:
    """The file with one key changed, unproven."""
    text = front_matter.cut(data).header
    lines = text.split("\n")[:-1]
    raw = data.split(b"\n")  # raw[0] is the opening fence, and raw[1:] are `lines` with what ends them
    root = _root(text)
    indent = " " * (root.at - text.rfind("\n", 0, root.at) - 1)
    number = next((at for at, (one, _value) in enumerate(root.entries) if one.text == key), -1)
    if number < 0:
        start = end = _after_all(lines)
        new = [] if wanted is None else _written(scalar(key), key, wanted, indent)
    else:
        one, value = root.entries[number]
        if wanted is not None and _same(value, wanted):
            return data
        start, end = _entry(text, lines, root, number)
        name = text[one.at : max(_end_of_text(text, one.at), one.at + len(one.text))]
        new = [] if wanted is None else _written(name, key, wanted, indent)
        if new and end == start + 1:
            new[0] += _comment(text, value)
    ending = b"\r\n" if raw[start if start == len(lines) else start + 1].endswith(b"\r") else b"\n"
    fresh = [line.encode("utf-8", "surrogatepass") + ending[:-1] for line in new]
    return b"\n".join([*raw[: start + 1], *fresh, *raw[end + 1 :]])


def _comment(text: str, value: tree.Node) -> str:
    """The comment after a text of one line, with the blanks before it."""
    if type(value) is not tree.Scalar:
        return ""
    at = _end_of_text(text, value.at)
    end = text.find("\n", at)
    found = _COMMENT.search(text, at, end)
    return found.group() if found else ""


def _written(name: str, key: str, value: Value, indent: str) -> list[str]:
    """A key with its value, as lines."""
    if isinstance(value, str):
        return [f"{indent}{name}: {value if key in _DATES and _ISO.fullmatch(value) else scalar(value)}"]
    if not value:
        return [f"{indent}{name}: {'{}' if isinstance(value, Mapping) else '[]'}"]
    return [f"{indent}{name}:", *_inside(value, f"{indent}  ")]


def _inside(value: Sequence[Value] | Mapping[str, Value], indent: str) -> list[str]:
    """The lines of a map or list that holds something."""
    if isinstance(value, Mapping):
        return [line for key, one in value.items() for line in _written(scalar(key), key, one, indent)]
    lines: list[str] = []
    for one in value:
        if isinstance(one, str):
            lines.append(f"{indent}- {scalar(one)}")
        elif not one:
            lines.append(f"{indent}- {'{}' if isinstance(one, Mapping) else '[]'}")
        else:
            first, *more = _inside(one, f"{indent}  ")
            lines += [f"{indent}- {first.lstrip(' ')}", *more]
    return lines


# --- proving ---------------------------------------------------------------------------------------------------------


def _plain(node: tree.Node | None) -> _Plain:
    """A tree without its places."""
    if node is None:
        return None
    if isinstance(node, tree.Scalar):
        return None if node.is_absent else node.text
    if isinstance(node, tree.Sequence):
        return [_plain(one) for one in node.items]
    return [(key.text, _plain(one)) for key, one in node.entries]


def _meant(value: Value) -> _Plain:
    """What a value given is as a tree without places."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return [(key, _meant(one)) for key, one in value.items()]
    return [_meant(one) for one in value]


def _same(node: tree.Node, wanted: Value) -> bool:
    return _plain(node) == _meant(wanted)


def _prove_text(old: bytes, new: bytes, key: str, wanted: Value | None) -> None:
    """Nothing, where the new file has the key as wanted and all else as it was; raises _UnsureError."""
    one, two = front_matter.cut(old), front_matter.cut(new)
    tails = [data.split(b"\n", parts.body_line - 2)[-1] for data, parts in ((old, one), (new, two))]
    had, has = _entries(one.header), _entries(two.header)
    others = [entry for entry in had if entry[0] != key], [entry for entry in has if entry[0] != key]
    found = [value for name, value in has if name == key]
    if tails[0] != tails[1] or others[0] != others[1] or found != ([] if wanted is None else [_meant(wanted)]):
        raise _UnsureError


def _prove_story(
    path: str, old: bytes, new: bytes, key: str, settings: Settings, sections: Mapping[str, SectionFile] | None
) -> None:
    """Nothing, where both files are stories that differ in nothing but the key and what follows; else _UnsureError."""
    before, after = (story(path, data, settings, sections)[0] for data in (old, new))
    free = {"body_line", *_FOLLOWS.get(key, (key,))}
    if before is None or after is None:
        raise _UnsureError
    if any(getattr(before, name) != getattr(after, name) for name in _FIELDS - free):
        raise _UnsureError


def _entries(text: str) -> list[tuple[str, _Plain]]:
    return [(key.text, _plain(value)) for key, value in _root(text).entries]
