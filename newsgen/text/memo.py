"""`cache_short_text`: lru_cache for functions of one short string, such as a name.

In an archive the same names come again in every other story. Bounded, whatever the archive: 4,096 results a function,
the least recently used dropped first, and none for a text longer than a name. That is 3 MB a function where every name
has 200 letters, and in practice one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

__all__ = ["cache_short_text"]

_RESULTS = 4096  # kept for each function
_LONGEST = 200  # characters of a text whose result is kept

Result = TypeVar("Result")


def cache_short_text(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """The same function with its results cached for texts of at most 200 characters. It must be pure."""
    cached = lru_cache(_RESULTS)(function)

    @wraps(function)
    def call(text: str) -> Result:
        return cached(text) if len(text) <= _LONGEST else function(text)

    return call
