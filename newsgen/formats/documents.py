"""Several stories in one file of plain text: downloads of data bases, takes of a wire, pieces parted by rules."""

from __future__ import annotations

import re

__all__ = ["split"]

_NUMBERED = re.compile(r"^[ \t\f]*(?:\d{1,5} of \d{1,5} DOCUMENTS|Document \d{1,5} of \d{1,5})[ \t]*$", re.M | re.I)
_END_OF_MESSAGE = re.compile(r"^[ \t]*NNNN[ \t\x04]*$", re.M)
_RULE = re.compile(r"^[ \t]*(={10,}|_{20,}|-{20,}|\*{20,}|(?:\* ?){10,}|(?:= ?){10,}|(?:- ?){20,})[ \t]*$", re.M)
# One is in every rule: looked for first.
_RULE_SIGNS = {"=": ("===", "= ="), "*": ("***", "* *"), "_": ("___",), "-": ("---", "- -")}
_STORY = 60  # letters that a piece between rules has at least
_DOCUMENTS = 100_000  # of one file


def split(text: str) -> tuple[str, list[str]]:
    """(what stands above numbered documents, the stories of a text, in order); the text alone where it is one.

    A data base writes above its first document what was searched for, by whom and when: that is no story.

    Numbered documents and ends of messages part stories wherever they stand. A rule does so only where every piece that
    it makes reads as a story of its own: a rule may also stand within one.
    """
    if "document" in text.lower() and (first := _NUMBERED.search(text)):
        before = text[: first.start()].strip()
        return before, _pieces(_NUMBERED, text[first.start() :])
    if "NNNN" in text and len(_END_OF_MESSAGE.findall(text)) > 1:
        return "", _pieces(_END_OF_MESSAGE, text)
    if _may_have_rule(text) and _RULE.search(text):
        pieces = _pieces(_RULE, text)
        if len(pieces) > 1 and all(map(_is_story, pieces)):
            return "", pieces
    return "", [text]


def _may_have_rule(text: str) -> bool:
    return any(mark in text and any(sign in text for sign in signs) for mark, signs in _RULE_SIGNS.items())


def _pieces(mark: re.Pattern[str], text: str) -> list[str]:
    pieces = [piece for piece in _split(mark, text) if any(map(str.isalnum, piece))]
    return pieces or [text]


def _split(mark: re.Pattern[str], text: str) -> list[str]:
    """The text between marks; a number stays above its document, the end of a message below it."""
    pieces, start = [], 0
    for found in mark.finditer(text):
        pieces.append(text[start : found.end() if mark is _END_OF_MESSAGE else found.start()])
        start = found.start() if mark is _NUMBERED else found.end()
        if len(pieces) >= _DOCUMENTS:
            break
    return [*pieces, text[start:]]


def _is_story(piece: str) -> bool:
    """Whether a piece has a headline's line, and text below it."""
    lines = [line.strip() for line in piece.split("\n") if line.strip()]
    if len(lines) < 2 or sum(map(str.isalpha, piece)) < _STORY:
        return False
    return len(lines[0]) < 200 and any(line.endswith((".", "!", "?", '"', "”", "。", ")")) for line in lines[1:])
