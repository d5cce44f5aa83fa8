"""Letters of other alphabets, and of other Latin ones, as ASCII: for addresses, in the way that a language does it.

Latin letters as papers in the language write their own addresses; Cyrillic as each country's rules for names have it
(Russian: BGN/PCGN without marks; Ukrainian: resolution 55 of 2010; Bulgarian: the law of 2009; Serbian and Macedonian:
their Latin alphabets without marks); Greek by ELOT 743. Hebrew, Arabic, Devanagari, Chinese and Japanese stay as they
are: without vowels, or a dictionary for the readings of characters, nobody would know the word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import combining, normalize

__all__ = ["WAYS", "romanised"]

WAYS = ("be", "bg", "ca", "da", "de", "el", "hr", "mk", "ru", "sr", "uk")  # a language for each way that differs

_NORDIC = {"æ": "ae", "ø": "oe", "å": "aa"}
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue"}
_LATIN: Mapping[str, Mapping[str, str]] = {
    "ca": {"l·l": "ll"},
    "da": _NORDIC, "fo": _NORDIC, "nb": _NORDIC, "nn": _NORDIC, "no": _NORDIC,
    "de": _GERMAN, "gsw": _GERMAN, "lb": _GERMAN, "nds": _GERMAN,
    "hr": {"đ": "dj"}, "bs": {"đ": "dj"}, "sr": {"đ": "dj"},
}  # fmt: skip
_CYRILLIC: Mapping[str, str] = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ђ": "dj", "ћ": "c", "џ": "dz",
    "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
}  # fmt: skip
_OTHER_CYRILLIC: Mapping[str, Mapping[str, str]] = {  # what is other than above
    "be": {"г": "h", "ё": "yo"},
    "bg": {"х": "h", "щ": "sht", "ъ": "a", "ь": "y"},
    "mk": {"х": "h", "ц": "c", "џ": "dzh"},
    "sr": {"ж": "z", "х": "h", "ц": "c", "ч": "c", "ш": "s"},
    "uk": {"г": "h", "зг": "zgh", "и": "y", "й": "i", "є": "ie", "ї": "i", "ю": "iu", "я": "ia"},
}
_AT_START: Mapping[str, Mapping[str, str]] = {"uk": {"й": "y", "є": "ye", "ї": "yi", "ю": "yu", "я": "ya"}}
_GREEK: Mapping[str, str] = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o", "ου": "ou", "γγ": "ng", "γξ": "nx", "γχ": "nch",
}  # fmt: skip
_GREEK_DIPHTHONG = re.compile("([αεη])υ(?=([θκξπσςτφχψ]|$|[^α-ω])?)")
_GREEK_START = re.compile(r"(?<![α-ω])μπ")


def romanised(text: str, language: str) -> str:
    """`text` in small letters, those of its language (BCP 47) as ASCII where there is a usual way; the rest stays."""
    text = normalize("NFC", text.casefold())
    if text.isascii():
        return text
    base = language.split("-")[0].lower()
    letters = {**_LATIN.get(base, {}), **_CYRILLIC, **_OTHER_CYRILLIC.get(base, {})}
    for letter, other in _AT_START.get(base, {}).items():
        text = re.sub(rf"(?<!\w){letter}", other, text)
    text = _replaced(text, letters)
    if re.search("[\u0370-\u03ff\u1f00-\u1fff]", text):
        bare = "".join(mark for mark in normalize("NFD", text) if not combining(mark))
        text = _GREEK_START.sub("b", bare)
        text = _GREEK_DIPHTHONG.sub(lambda found: f"{found[1]}{'v' if found[2] is None else 'f'}", text)
        text = _replaced(text, _GREEK)
    return text


def _replaced(text: str, letters: Mapping[str, str]) -> str:
    """A text with some letters as others, longer ones first."""
    pattern = "|".join(sorted(map(re.escape, letters), key=len, reverse=True))
    return re.sub(pattern, lambda found: letters[found[0]], text)
