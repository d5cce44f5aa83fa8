"""Which formats there are, and the items of a file in whichever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgen.formats import foreign, plain, reuters_sgml
from newsgen.formats.batch import ALONE, Batch
from newsgen.formats.item import Failure, Result, Skipped

__all__ = ["FORMATS", "is_story", "read_items"]

FORMATS = ("plain", "reuters-sgml")
_NO_DAY = "1970-01-01"
_STORY = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:headline|id)[ \t]*:", re.M)


def is_story(data: bytes) -> bool:
    """Whether a file is a story already: Markdown with front matter."""
    return data.startswith((b"---", b"\xef\xbb\xbf---")) and _STORY.match(data[:20000]) is not None


def read_items(
    name: str, data: bytes, form: str = "", fallback_day: str = "", batch: Batch = ALONE
) -> Iterator[Result]:
    """The items of a file in order, with a Failure for each that cannot be read.

    `form` is one of FORMATS, recognised where it is ""; `fallback_day` ("1987-02-26") dates copy that has no date;
    `batch` is what the other files of an import say of this one.
    """
    if foreign.is_left_behind(name):
        yield Skipped(name, "is-leftover")
    elif is_story(data):
        yield Skipped(name, "already-a-story")
    elif not data.strip():
        yield Failure(name, "empty-file")
    elif form == "reuters-sgml" or (not form and reuters_sgml.is_reuters(data)):
        yield from reuters_sgml.read(name, data, fallback_day or _NO_DAY)
    elif not form and (kind := foreign.foreign_kind(name, data)):
        yield Failure(name, kind)
    else:
        yield from plain.read(name, data, fallback_day or _NO_DAY, batch)
