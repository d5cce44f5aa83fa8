"""Which words changed from one version of a story to the next."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape

from newsgen.model.page_parts import Change
from newsgen.text import markdown
from newsgen.text.typography import AS_SENT, Typography

__all__ = ["word_changes"]

CONTEXT = 4  # words shown on each side of a change
PAIR_LIMIT = 4_000_000  # pairs of words to compare: two texts of 2,000 words
_TAG = re.compile(r"<[^<>]*>")


def word_changes(old_body: str, new_body: str, typography: Typography = AS_SENT) -> tuple[Change, ...] | None:
    """The changes between two Markdown bodies, with CONTEXT words on each side; none where the text is the same.

    Both are compared as they are printed: other quotation marks alone are no change.

    None where the texts are too long to compare.
    """
    old, new = _words(old_body, typography), _words(new_body, typography)
    if old == new:
        return ()
    if len(old) * len(new) > PAIR_LIMIT:
        return None
    runs: list[Change] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, start, end, new_start, new_end) in enumerate(steps):
        if kind != "equal":
            runs.append(Change("removed", " ".join(old[start:end])))
            runs.append(Change("added", " ".join(new[new_start:new_end])))
            continue
        words = old[start:end]
        head = words[:CONTEXT] if number else []
        tail = words[-CONTEXT:] if number < len(steps) - 1 else []
        if len(words) <= len(head) + len(tail):
            runs.append(Change("same", " ".join(words)))
        else:
            runs += [Change("same", " ".join(head)), Change("omitted", "…"), Change("same", " ".join(tail))]
    return tuple(run for run in runs if run.text)


def _words(body: str, typography: Typography) -> list[str]:
    """The words of a body that a reader sees."""
    html = markdown.to_html(body, typography=typography)
    return unescape(_TAG.sub(" ", html)).split()
