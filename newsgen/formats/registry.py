"""Which formats there are, and the items of a file in whichever it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType

from newsgen.formats import foreign, plain, reuters_sgml
from newsgen.formats.item import Failure, Result, Skipped

__all__ = ["FORMATS", "is_story", "read_items"]

Reader = Callable[[str, bytes, str], Iterator[Result]]  # (name of the file, its bytes, fallback day) -> its items

FORMATS: MappingProxyType[str, Reader] = MappingProxyType({"plain": plain.read, "reuters-sgml": reuters_sgml.read})
_NO_DAY = "1970-01-01"
_STORY = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:headline|id)[ \t]*:", re.M)


def is_story(data: bytes) -> bool:
    """Whether a file is a story already: Markdown with front matter."""
    return data.startswith((b"---", b"\xef\xbb\xbf---")) and _STORY.match(data[:20000]) is not None


def read_items(name: str, data: bytes, format: str = "", fallback_day: str = "") -> Iterator[Result]:  # noqa: A002 - the word users know
    """The items of a file in order, with a Failure for each that cannot be read.

    `format` is a key of FORMATS, detected where it is ""; `fallback_day` ("1987-02-26") dates copy that has no date.
    """
    if foreign.is_left_behind(name):
        yield Skipped(name, "is-leftover")
    elif is_story(data):
        yield Skipped(name, "already-a-story")
    elif not data.strip():
        yield Failure(name, "empty-file")
    elif format:
        yield from FORMATS[format](name, data, fallback_day or _NO_DAY)
    elif reuters_sgml.is_reuters(data):
        yield from reuters_sgml.read(name, data, fallback_day or _NO_DAY)
    elif kind := foreign.foreign_kind(name, data):
        yield Failure(name, kind)
    else:
        yield from plain.read(name, data, fallback_day or _NO_DAY)
