"""How much room a text takes in a line, where the face is not known."""

from __future__ import annotations

import unicodedata

__all__ = ["columns"]


def columns(text: str) -> int:
    """The columns of a terminal that a text takes: wide East Asian characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = unicodedata.east_asian_width
    return sum(2 if wide(character) in "WF" else not unicodedata.combining(character) for character in text)
