"""Scripts: which way a language is written, and which letters stand in text without spaces between words. Owns Babel.

Babel holds the likely script of every language of CLDR (Unicode's locale data). It is imported where a language is
neither English nor says its script itself: that takes 20 ms, once a process.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

from newsgen.text.memo import cache_short_text

__all__ = ["UNSPACED", "direction", "english_names", "has_two_directions", "is_unspaced", "script"]

# A letter of a script that puts no spaces between words: Thai, Lao, Tibetan; Burmese; Khmer; New Tai Lue and Tai Tham;
# kana, bopomofo and Chinese characters; Javanese and Burmese additions; characters beyond the first plane.
UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u3005-\u3007\u3040-\u30ff\u3100-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff\ua980-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff]"
)
# The scripts that run from right to left (ISO 15924; UAX 9), in use and historic.
_RIGHT_TO_LEFT = frozenset(
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo "
    "Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sidt Sogd Sogo Syrc Syre Syrj Syrn Thaa Todr Yezi".split()
)
_RIGHT_TO_LEFT_LETTERS = ("R", "AL")  # as UAX 9 calls them


@cache_short_text
def script(language: str) -> str:
    """The script (ISO 15924, `Latn`) in which a language (BCP 47) is written: as its tag says, else the likely one.

    "" where CLDR does not know the language.
    """
    base, *subtags = language.split("-")
    region = ""
    for subtag in subtags:
        if len(subtag) == 4 and subtag.isalpha():
            return subtag.capitalize()
        if len(subtag) == 1:  # an extension follows
            break
        if len(subtag) == 2:
            region = subtag.upper()
    base = base.lower()
    if base == "en":
        return "Latn"
    from babel.core import get_global  # reads 1 MB

    base, *_region = get_global("language_aliases").get(base, base).split("_")
    likely = get_global("likely_subtags")
    full = likely.get(f"{base}_{region}") or likely.get(base) or ""
    return full.split("_")[1] if full else ""


def english_names() -> dict[str, str]:
    """The tag of each language of CLDR by its English name in lower case."""
    from babel import Locale

    names = Locale("en").languages
    return {name.casefold(): code.replace("_", "-") for code, name in sorted(names.items(), reverse=True)}


def direction(language: str) -> str:
    """Which way a language (BCP 47) is written: `rtl` or `ltr`."""
    return "rtl" if script(language) in _RIGHT_TO_LEFT else "ltr"


def has_two_directions(text: str, main: str) -> bool:
    """Whether a text has a letter that runs against the direction `main` of what is around it."""
    if main == "rtl":
        return any(bidirectional(mark) == "L" for mark in text)
    return not text.isascii() and any(bidirectional(mark) in _RIGHT_TO_LEFT_LETTERS for mark in text)


def is_unspaced(text: str) -> bool:
    """Whether most letters of a text are of scripts that put no spaces between words, such as Chinese or Thai."""
    if text.isascii() or not UNSPACED.search(text):
        return False
    letters = sum(map(str.isalpha, text))
    return 2 * sum(map(str.isalpha, UNSPACED.findall(text))) > letters
