"""Words of places in datelines: which are in capitals, and how pages show them."""

from __future__ import annotations

from newsgen.text.memo import cache_short_text

__all__ = ["LOWER_CASE_WORDS", "is_in_capitals", "place_name"]

_LIMIT = 700  # characters: a longer text is no place
LOWER_CASE_WORDS = frozenset(
    "de di da do del della du des der den la le les los el al of on sur am an and upon under sub the y en in".split()
)
_SHOWN_IN_LOWER_CASE = frozenset("de di da do del della du des la les of on sur am upon sub the y en au aux".split())


def is_in_capitals(word: str) -> bool:
    """Whether a word counts as written in capitals: HARWICK, McLEAN, St., AIX-en-PROVENCE."""
    letters = [mark for mark in word if mark.isalpha()]
    return bool(letters) and (
        all(mark.isupper() for mark in letters)
        or (word[:2] == "Mc" and word[2:].isupper())
        or word in ("St.", "Ste.", "Mt.", "Ft.")
        or (
            "-" in word
            and all(part.isupper() or part.lower() in LOWER_CASE_WORDS for part in word.split("-"))
            and word[0].isupper()
        )
    )


def _show_word(word: str, is_first: bool) -> str:
    """One word of a place, shown as in prose: `AIX-EN-PROVENCE` as Aix-en-Provence."""
    if not is_in_capitals(word) or (word.endswith(".") and word.count(".") > 1):
        return word  # mixed case stays, and so does D.C.
    if word[:2] == "Mc":
        return f"Mc{word[2:].capitalize()}"
    parts = word.split("-")
    return "-".join(_show_part(part, is_first and index == 0) for index, part in enumerate(parts))


def _show_part(part: str, is_first: bool) -> str:
    low = part.lower()
    if not is_first and low in _SHOWN_IN_LOWER_CASE:
        return low
    for mark in "'’":
        head, apostrophe, tail = low.partition(mark)
        if apostrophe and len(tail) > 1:  # COEUR D'ALENE, L'AQUILA; but ST. JOHN'S
            return f"{head if not is_first and head == 'd' else head.capitalize()}{mark}{tail.capitalize()}"
    return low[:1].upper() + low[1:]


@cache_short_text
def place_name(place: str) -> str:
    """A place as pages show it: `NEW YORK` as New York, `AIX-EN-PROVENCE, France` as Aix-en-Provence, France."""
    if len(place) > _LIMIT:
        return place
    return " ".join(_show_word(word, index == 0) for index, word in enumerate(place.split()))
