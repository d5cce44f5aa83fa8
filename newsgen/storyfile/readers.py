"""Readers: one node of the tree to one value, or a problem. What each key means is in `story.py` and `names.py`.

A reader takes the notes, the key as a person would name it (`photos[2].file`) and the node; it returns None when it has
noted a problem or when there is nothing. Nothing here knows a key by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from newsgen.storyfile.complaints import Notes, nearest
from newsgen.storyfile.tree import Mapping, Node, Scalar, Sequence
from newsgen.text.address import is_language, is_web_address

__all__ = [
    "Reader", "block", "boolean", "choice", "extra", "fields", "identities", "identity", "integer", "is_identity",
    "language", "line", "list_of", "map_of", "number", "picture_file",
    "required_line", "sha256", "texts", "web_address",
]  # fmt: skip

Reader: TypeAlias = Callable[[Notes, str, Node], Any]

_BLANKS = re.compile("[ \t\n\u2028\u2029]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ID_LIMIT = 200  # characters
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I | re.A)
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)", re.I | re.A)
_INTEGER = re.compile(r"-?\d{1,6}", re.A)
_NUMBER = re.compile(r"[+-]?\d{1,4}(?:\.\d{1,15})?", re.A)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.I | re.A)


def _kind(node: Node) -> str:
    return {Scalar: "a text", Sequence: "a list", Mapping: "a map"}[type(node)]


def _text(notes: Notes, key: str, node: Node) -> str | None:
    if type(node) is not Scalar:
        notes.add("wants-text", node.at, key, _kind(node))
        return None
    text = node.text
    if text.isprintable():
        return text
    return notes.clean(key, node.at, text.replace("\r\n", "\n").replace("\r", "\n"))  # an escape may say \r


def _one_line(notes: Notes, key: str, node: Node) -> str | None:
    if type(node) is Scalar and node.text.isprintable() and "  " not in node.text:  # nearly all
        return node.text.strip()
    text = _text(notes, key, node)
    return text if text is None else _BLANKS.sub(" ", text).strip()


def _given(notes: Notes, key: str, node: Node, text: str | None) -> str | None:
    if text == "":
        notes.add("empty-text", node.at, key, severity="advice")
    return text or None


def line(notes: Notes, key: str, node: Node) -> str | None:
    """A text of one line: line breaks and runs of blanks are one blank."""
    text = _one_line(notes, key, node)
    return text if text else _given(notes, key, node, text)


def block(notes: Notes, key: str, node: Node) -> str | None:
    """A text that may have several lines."""
    text = _text(notes, key, node)
    return _given(notes, key, node, text if text is None else text.strip())


def required_line(notes: Notes, key: str, node: Node) -> str | None:
    """As `line`, but empty is an error."""
    text = _one_line(notes, key, node)
    if text == "":
        notes.add("required-empty", node.at, key)
    return text or None


def texts(notes: Notes, key: str, node: Node) -> tuple[str, ...] | None:
    """A list of texts; a single text is a list of one. Each once."""
    if type(node) is Scalar:
        one = line(notes, key, node)
        return None if one is None else (one,)
    if type(node) is not Sequence:
        notes.add("wants-texts", node.at, key, _kind(node))
        return None
    found: list[str] = []
    for index, item in enumerate(node.items):
        text = line(notes, f"{key}[{index + 1}]", item)
        if text is not None:
            found.append(text)
    return tuple(dict.fromkeys(found))


def extra(notes: Notes, key: str, node: Node) -> None:
    """A map of whatever it is: newsgen leaves it alone."""
    if type(node) is not Mapping:
        notes.add("wants-map", node.at, key, _kind(node), "any")


def choice(*words: str) -> Reader:
    """One of some words."""

    def read(notes: Notes, key: str, node: Node) -> str | None:
        text = line(notes, key, node)
        if text is None or text in words:
            return text
        near = nearest(text, words)
        if near:
            notes.add("choice-near", node.at, key, text[:60], near, ", ".join(words))
        else:
            notes.add("choice", node.at, key, text[:60], ", ".join(words))
        return None

    return read


def boolean(notes: Notes, key: str, node: Node) -> bool | None:
    """`true` or `false`."""
    text = node.text.casefold() if type(node) is Scalar else ""
    if text in ("true", "yes"):
        return True
    if text in ("false", "no"):
        return False
    notes.add("wants-boolean", node.at, key)
    return None


def integer(low: int, high: int) -> Reader:
    """A whole number within bounds."""

    def read(notes: Notes, key: str, node: Node) -> int | None:
        text = node.text if type(node) is Scalar else ""
        if _INTEGER.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        notes.add("wants-integer", node.at, key, str(low), str(high))
        return None

    return read


def number(low: float, high: float) -> Reader:
    """A number within bounds."""

    def read(notes: Notes, key: str, node: Node) -> float | None:
        text = node.text if type(node) is Scalar else ""
        if _NUMBER.fullmatch(text) and low <= float(text) <= high:
            return float(text)
        notes.add("wants-number", node.at, key, f"{low:g}", f"{high:g}")
        return None

    return read


def is_identity(text: str) -> bool:
    """Whether a text can be a story's id."""
    return 0 < len(text) <= _ID_LIMIT and text == text.strip() and not _CONTROL.search(text)


def identity(notes: Notes, key: str, node: Node) -> str | None:
    """A story's id."""
    if type(node) is not Scalar:
        notes.add("wants-text", node.at, key, _kind(node))
        return None
    if not is_identity(node.text):
        notes.add("bad-id", node.at, key)
        return None
    return node.text


def identities(notes: Notes, key: str, node: Node) -> tuple[str, ...] | None:
    """A list of ids."""
    if type(node) is Mapping:
        notes.add("wants-texts", node.at, key, _kind(node))
        return None
    items = node.items if type(node) is Sequence else (node,)
    found = [identity(notes, f"{key}[{index + 1}]", item) for index, item in enumerate(items)]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def language(notes: Notes, key: str, node: Node) -> str | None:
    """A BCP 47 language tag."""
    text = line(notes, key, node)
    if text is None or is_language(text):
        return text
    notes.add("bad-language", node.at, key, text[:60])
    return None


def picture_file(notes: Notes, key: str, node: Node) -> str | None:
    """A picture's file name: in the story's folder, or in content/ where it begins with one slash."""
    text = line(notes, key, node)
    if text is None:
        return None
    parts = text.removeprefix("/").split("/")
    if "\\" in text or _SCHEME.match(text) or any(part in ("", ".", "..") for part in parts):
        notes.add("picture-place", node.at, key)
        return None
    if not _PICTURE.fullmatch(parts[-1][parts[-1].rfind(".") :]) or parts[-1].startswith("."):
        notes.add("picture-kind", node.at, key)
        return None
    return text


def web_address(notes: Notes, key: str, node: Node) -> str | None:
    """An http or https address."""
    text = line(notes, key, node)
    if text is None or is_web_address(text):
        return text
    notes.add("web-address", node.at, key)
    return None


def sha256(notes: Notes, key: str, node: Node) -> str | None:
    """64 hexadecimal digits."""
    text = line(notes, key, node)
    if text is None or _SHA256.fullmatch(text):
        return text
    notes.add("wants-sha256", node.at, key)
    return None


def fields(notes: Notes, prefix: str, node: Mapping, table: dict[str, Reader]) -> dict[str, Any]:
    """The values of a map by its table; unknown keys are noted, absent values left out."""
    found: dict[str, Any] = {}
    for key, value in node.entries:
        name = key.text
        reader = table.get(name)
        if reader is None:
            notes.unknown(f"{prefix}{name}", key.at, table)
        elif type(value) is not Scalar or not value.is_absent:
            result = reader(notes, f"{prefix}{name}" if prefix else name, value)
            if result is not None:
                found[name] = result
    return found


def _require(notes: Notes, key: str, node: Mapping, required: tuple[str, ...]) -> bool:
    """Whether every required key has a value; notes those that have none."""
    given = {one.text for one, value in node.entries if type(value) is not Scalar or not value.is_absent}
    missing = [name for name in required if name not in given]
    for name in missing:
        notes.add("missing-inside", node.at, f"{key}.{name}")
    return not missing


def map_of(table: dict[str, Reader], make: Callable[[dict[str, Any]], Any], required: tuple[str, ...] = ()) -> Reader:
    """A map of some keys, made into a value."""

    def read(notes: Notes, key: str, node: Node) -> Any:
        if type(node) is not Mapping:
            notes.add("wants-map", node.at, key, _kind(node), ", ".join(table))
            return None
        found = fields(notes, f"{key}.", node, table)
        if not _require(notes, key, node, required) or any(name not in found for name in required):
            return None
        return make(found)

    return read


def list_of(reader: Reader) -> Reader:
    """A list of what another reader reads."""

    def read(notes: Notes, key: str, node: Node) -> tuple[Any, ...] | None:
        if type(node) is not Sequence:
            notes.add("wants-list", node.at, key, _kind(node))
            return None
        found = [reader(notes, f"{key}[{index + 1}]", item) for index, item in enumerate(node.items)]
        return tuple(one for one in found if one is not None)

    return read
