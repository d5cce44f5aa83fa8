"""The known word that a person probably meant."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["nearest"]

_LONGEST = 100  # characters that are compared


def nearest(word: str, known: Collection[str], likeness: float = 0.6) -> str:
    """The known word most like a misspelt one, from `likeness` on (0 to 1); "" for none."""
    import difflib  # only after a mistake: it takes 5 ms

    by_form = {name.casefold(): name for name in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word.strip().casefold()[:_LONGEST], by_form, 1, likeness)
    return by_form[found[0]] if found else ""
