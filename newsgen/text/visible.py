"""Whether a reader sees anything of a text."""

from __future__ import annotations

import unicodedata

__all__ = ["is_visible"]

_INVISIBLE = frozenset(["Cc", "Cf", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"])  # general categories; marks need a letter
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and a pattern without ink


def is_visible(text: str) -> bool:
    """Whether a text has a character with ink: no blanks, zero-width characters and fillers alone."""
    return any(unicodedata.category(mark) not in _INVISIBLE and mark not in _FILLERS for mark in text)
