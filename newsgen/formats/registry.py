"""Which formats there are, which of them some bytes are in, and the items of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from newsgen.formats import plain, reuters_sgml
from newsgen.formats.encoding import is_text
from newsgen.formats.item import Failure, Result, Skipped

__all__ = ["FORMATS", "detect_format", "is_story", "read_items"]

Reader = Callable[[str, bytes, str], Iterator[Result]]  # (name of the file, its bytes, fallback day) -> its items

FORMATS: MappingProxyType[str, Reader] = MappingProxyType({"plain": plain.read, "reuters-sgml": reuters_sgml.read})
_STORY = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:headline|id)[ \t]*:", re.M)
_OTHER_STARTS = (b"<?xml", b"<!doctype html", b"<html", b"{", b"[{")  # of XML, HTML and JSON
_OTHER_SUFFIXES = (".xml", ".json", ".html")


def is_story(data: bytes) -> bool:
    """Whether a file is a story already: Markdown with front matter."""
    return data.startswith((b"---", b"\xef\xbb\xbf---")) and _STORY.match(data[:20000]) is not None


def detect_format(name: str, data: bytes) -> str:
    """The format that bytes are in, a key of FORMATS; "" for one that newsgen cannot read."""
    if reuters_sgml.is_reuters(data):
        return "reuters-sgml"
    start = data[:512].lstrip().lower()
    if start.startswith(_OTHER_STARTS) or name.lower().endswith(_OTHER_SUFFIXES):
        return ""
    return "plain" if is_text(data) else ""


def read_items(name: str, data: bytes, format: str = "", fallback_day: str = "") -> Iterator[Result]:  # noqa: A002 - the word users know
    """The items of a file in order, with a Failure for each that cannot be read.

    `format` is a key of FORMATS, detected where it is ""; `fallback_day` ("1987-02-26") dates copy that has no date.
    """
    if is_story(data):
        yield Skipped(name, "already-a-story")
        return
    if not data.strip():
        yield Failure(name, "empty-file")
        return
    chosen = format or detect_format(name, data)
    if chosen not in FORMATS:
        yield Failure(name, "unknown-format", tuple(FORMATS)) if is_text(data) else Failure(name, "not-text")
        return
    yield from FORMATS[chosen](name, data, fallback_day or "1970-01-01")
