"""What changed from one version of a story to the next, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape

from newsgen.model.page_parts import Change
from newsgen.text import markdown

__all__ = ["changes"]

AROUND = 4  # words shown on each side of a change
MOST = 4_000_000  # pairs of words to compare: two texts of 2,000 words
_TAG = re.compile(r"<[^<>]*>")


def changes(old: str, new: str) -> tuple[Change, ...] | None:
    """The changes between two bodies with some words around each; none where the text is the same.

    None where the texts are too long to compare.
    """
    before, after = _words(old), _words(new)
    if before == after:
        return ()
    if len(before) * len(after) > MOST:
        return None
    found: list[Change] = []
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for number, (kind, start, end, new_start, new_end) in enumerate(steps):
        if kind != "equal":
            found.append(Change("removed", " ".join(before[start:end])))
            found.append(Change("added", " ".join(after[new_start:new_end])))
            continue
        words = before[start:end]
        head = words[:AROUND] if number else []
        tail = words[-AROUND:] if number < len(steps) - 1 else []
        if len(words) <= len(head) + len(tail):
            found.append(Change("same", " ".join(words)))
        else:
            found += [Change("same", " ".join(head)), Change("omitted", "…"), Change("same", " ".join(tail))]
    return tuple(change for change in found if change.text)


def _words(body: str) -> list[str]:
    """The words that a reader sees."""
    return unescape(_TAG.sub(" ", markdown.to_html(body))).split()
