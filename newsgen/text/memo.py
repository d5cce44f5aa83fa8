"""What pure functions of a text have said, remembered: in an archive the same names come again in every other story.

Bounded, whatever the archive: 4,096 answers a function, those longest unasked dropped first, and none for a text
longer than a name. That is 3 MB a function where every name has 200 letters, and in practice one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

__all__ = ["remembered"]

ANSWERS = 4096
LIMIT = 200  # characters

Answer = TypeVar("Answer")


def remembered(function: Callable[[str], Answer]) -> Callable[[str], Answer]:
    """The same function, which asks itself once for each of the short texts that it is asked often."""
    known = lru_cache(ANSWERS)(function)

    @wraps(function)
    def ask(text: str) -> Answer:
        return known(text) if len(text) <= LIMIT else function(text)

    return ask
