"""Wire copy into items: which formats there are, and which of them some bytes are. Bytes in, values out.

One bad item never stops the others: it comes back as a `Failure`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from newsgen.formats import plain, reuters_sgml
from newsgen.formats.item import Failure, Fields, Item, Result, Skipped, Value

__all__ = ["FORMATS", "Failure", "Fields", "Item", "Result", "Skipped", "Value", "detect", "is_story", "read"]

Reader = Callable[[str, bytes, str], Iterator[Result]]

FORMATS: MappingProxyType[str, Reader] = MappingProxyType({"plain": plain.read, "reuters-sgml": reuters_sgml.read})
_STORY = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:headline|id)[ \t]*:", re.M)
_FOREIGN = ((b"<?xml", "xml"), (b"<!doctype html", "html"), (b"<html", "html"), (b"{", "json"), (b"[{", "json"))


def is_story(data: bytes) -> bool:
    """Whether a file is a story already: Markdown with front matter."""
    return data.startswith((b"---", b"\xef\xbb\xbf---")) and _STORY.match(data[:20000]) is not None


def detect(name: str, data: bytes) -> str:
    """The format that bytes are in; "" for one that newsgen cannot read."""
    if reuters_sgml.is_reuters(data):
        return "reuters-sgml"
    start = data[:512].lstrip().lower()
    if any(start.startswith(mark) for mark, _kind in _FOREIGN) or name.lower().endswith((".xml", ".json", ".html")):
        return ""
    return "plain" if plain.is_text(data) else ""


def read(name: str, data: bytes, format: str = "", fallback_day: str = "") -> Iterator[Result]:  # noqa: A002 - the word users know
    """The items of a file, in order, with a failure for each that cannot be read."""
    if is_story(data):
        yield Skipped(name, "already-a-story")
        return
    if not data.strip():
        yield Failure(name, "empty-file")
        return
    known = format or detect(name, data)
    if known not in FORMATS:
        yield Failure(name, "unknown-format", tuple(FORMATS)) if plain.is_text(data) else Failure(name, "not-text")
        return
    yield from FORMATS[known](name, data, fallback_day or "1970-01-01")
