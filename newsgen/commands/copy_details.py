"""What a story file has of its copy beside headline and text: two files with one text and the same of these are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256

from newsgen.formats import dates, mend

__all__ = ["copy_details"]

_KEYS = frozenset("byline dateline credit photos note corrections embargo slugline source extra".split())
_NOT_OF_COPY = frozenset("format file sha256 doubts date kind".split())  # keys inside these
_KEY = re.compile(r"(\s*)(?:- )?([a-z_0-9]+):(?:\s|$)")
_WORD = re.compile(r"[^\W_]+")


def copy_details(front: str) -> bytes:
    """A digest of the words of bylines, credits, captions, notes and of what was left out; days do not count."""
    words: set[str] = set()
    for line in _lines(front):
        folded = unicodedata.normalize("NFKC", line).casefold()
        words.update(_WORD.findall(folded))
    return sha256(" ".join(sorted(words)).encode("utf-8", "replace")).digest()


def _lines(front: str) -> Iterator[str]:
    """The lines of the keys that come from copy, without those that are dates."""
    is_wanted, skipped_depth = False, 99
    for line in front.split("\n"):
        depth = len(line) - len(line.lstrip())
        key = _KEY.match(line)
        if depth == 0 and key:
            is_wanted = key[2] in _KEYS
        if depth <= skipped_depth:
            skipped_depth = 99
        if not is_wanted or skipped_depth < 99:
            continue
        if depth and key and key[2] in _NOT_OF_COPY:
            skipped_depth = depth
        elif not dates.parse(line.strip().removeprefix("- ").strip("\"'")) and not _is_word_as_sent(line):
            yield line


def _is_word_as_sent(line: str) -> bool:
    """Whether a line keeps what was mended in the text: the mended word is there."""
    if "&" not in line and line.isascii():
        return False
    mended = mend.without_mojibake(line)
    return bool(mended.words or mended.is_garbled or mend.without_entities(line).words)
