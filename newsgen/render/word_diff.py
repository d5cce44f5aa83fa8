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
_END = "\uffff"  # no character; stands among words for the end of a paragraph
_OMITTED = "…"
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|blockquote|tr|pre|table)>")
_TAG = re.compile(r"<[^<>]*>")


def word_changes(
    old_body: str, new_body: str, typography: Typography = AS_SENT
) -> tuple[tuple[Change, ...], ...] | None:
    """The changes between two Markdown bodies by paragraphs, with CONTEXT words on each side; none for the same text.

    Both are compared as they are printed: other quotation marks alone are no change. None where the texts are too long
    to compare.
    """
    old, new = _words(old_body, typography), _words(new_body, typography)
    if [word for word in old if word != _END] == [word for word in new if word != _END]:
        return ()
    if len(old) * len(new) > PAIR_LIMIT:
        return None
    paragraphs: list[list[Change]] = [[]]
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, start, end, new_start, new_end) in enumerate(steps):
        if kind != "equal":
            _add(paragraphs, "removed", old[start:end])
            _add(paragraphs, "added", new[new_start:new_end])
            continue
        words = old[start:end]
        head = words[:CONTEXT] if number else []
        tail = words[-CONTEXT:] if number < len(steps) - 1 else []
        if len(words) <= len(head) + len(tail):
            _add(paragraphs, "same", words)
            continue
        _add(paragraphs, "same", head)
        _add(paragraphs, "omitted", [_OMITTED])
        if head and tail and _END in words[len(head) : -len(tail)]:
            _add(paragraphs, "omitted", [_END, _OMITTED])
        _add(paragraphs, "same", tail)
    has_change = ("removed", "added")
    return tuple([tuple(runs) for runs in paragraphs if any(run.kind in has_change for run in runs)])


def _add(paragraphs: list[list[Change]], kind: str, words: list[str]) -> None:
    """Add a run of words to the last paragraph, and begin a new one at each end of one."""
    start = 0
    while start <= len(words):
        end = words.index(_END, start) if _END in words[start:] else len(words)
        if end > start:
            paragraphs[-1].append(Change(kind, " ".join(words[start:end])))
        if end < len(words) and paragraphs[-1]:
            paragraphs.append([])
        start = end + 1


def _words(body: str, typography: Typography) -> list[str]:
    """The words of a body that a reader sees, and the ends of its paragraphs."""
    html = markdown.to_html(body, typography=typography)
    words = unescape(_TAG.sub(" ", _BLOCK_END.sub(f" {_END} ", html))).split()
    while words and words[-1] == _END:
        words.pop()
    return words
