"""Names of months and weekdays in the languages of wire copy: English by itself, the others from CLDR (Babel).

Babel is read where a word is not English and might be of another language: that takes 0.1 s, once a process.
"""

from __future__ import annotations

import difflib
from functools import cache
from unicodedata import category

__all__ = ["is_slip_of_month", "is_weekday", "month_number"]

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "sept",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_WEEKDAYS = frozenset("mon tue tues wed weds thu thur thurs fri sat sun".split())
_LANGUAGES = (
    "ar", "az", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "sw", "th", "tr", "uk", "vi",
)  # fmt: skip
_SHORT = {
    "set": 9,
    "ene": 1,
    "ago": 8,
    "abr": 4,
    "dic": 12,
    "aout": 8,
    "fev": 2,
    "gen": 1,
    "giu": 6,
    "lug": 7,
    "ott": 10,
    "сен": 9,
    "ноя": 11,
    "sett": 9,
    "agt": 8,
}


def month_number(word: str) -> int:
    """1 to 12 for the name or abbreviation of a month in a language of the wires, whatever its case; 0 for no month."""
    low = word.strip(".").casefold()
    if low in _ENGLISH or low in _FULL:
        return _ENGLISH.index(low[:3]) + 1
    low = low.removeprefix("\u05d1")  # Hebrew writes "in June" as one word
    return _foreign().get(low, 0) if (2 if low.isascii() else 1) < len(low) < 16 and _is_word(low) else 0


def _is_word(text: str) -> bool:
    """Whether a text is letters alone, with the vowel signs that some scripts write as marks: जून."""
    return text.isalpha() or all(category(letter)[0] in "LM" for letter in text)


def is_slip_of_month(word: str) -> bool:
    """Whether a word is an English month with a slip of the keyboard: Narch, Marchg, Ocotber."""
    return word[:1].isupper() and 3 < len(word) < 11 and bool(difflib.get_close_matches(word.lower(), _FULL, 1, 0.75))


def is_weekday(word: str) -> bool:
    """Whether a word is the name or abbreviation of a weekday in a language of the wires, whatever its case."""
    low = word.strip(".,").casefold()
    if low in _WEEKDAYS or low in _SHORT_WEEKDAYS:
        return True
    return 1 < len(low) < 16 and not low.isdigit() and low in _foreign_weekdays()


@cache
def _foreign_weekdays() -> frozenset[str]:
    from babel.dates import get_day_names

    return frozenset(
        str(name).strip(".").casefold()
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, "format", language).values()
    )


@cache
def _foreign() -> dict[str, int]:
    """Every name of a month in the other languages; one that is two months in different languages is left out."""
    from babel.dates import get_month_names

    numbers: dict[str, int] = dict(_SHORT)
    doubtful: set[str] = set()
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    low = str(name).strip(".").casefold()
                    if numbers.setdefault(low, int(number)) != number and low not in _SHORT:
                        doubtful.add(low)
    return {name: number for name, number in numbers.items() if name not in doubtful and len(name) > 2}
