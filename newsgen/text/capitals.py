"""Whether a headline is set all in capitals, as older wires sent theirs."""

from __future__ import annotations

__all__ = ["is_capitals"]

_SEEN = 40  # characters among which the capitals are counted
_FEWEST = 8  # capitals: NATO, or USDA DATA, is no headline that shouts


def is_capitals(text: str) -> bool:
    """Whether a text has capitals, more than a name or two has, and no small letter."""
    return text.isupper() and sum(map(str.isupper, text[:_SEEN])) >= _FEWEST
