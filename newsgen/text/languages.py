"""Which language a text is in. Owns py3langid, which is read where the text does not look English: once a process."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["detect"]

_LONGEST = 4000  # characters of a text that are looked at
_SHORTEST = 60  # letters: below, no answer is sure
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset("the of and to in a is that for on was with by at from said has he it as be are had his".split())
_ENGLISH_SHARE = 0.14  # of the words of English news; in the other languages of the wires it is under 0.06
_ASCII_ENGLISH = frozenset(word.encode() for word in _ENGLISH)
_ASCII_WORDS = bytes(
    ord(chr(code).lower()) if chr(code).isascii() and chr(code).isalpha() else 32 for code in range(256)
)
_TYPOGRAPHIC = "’“”–—‘…\xa0"  # marks of English copy that are not ASCII
_MARGIN = 5.0  # by which the best language must lead the second (a logarithm)
_LANGUAGES = tuple(
    "ar az be bg bn bs ca cs da de el en es et eu fa fi fr gl gu he hi hr hu hy id is it ja ka kk km ko lo lt lv mk ml "
    "mn mr ms ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur vi zh".split()
)


def detect(text: str) -> str:
    """The language of a text (ISO 639-1); "" where it is too short or could be two."""
    start = text[:_LONGEST]
    if _is_english(start):
        return "en"
    words = _WORD.findall(start)
    letters = sum(map(len, words))
    if letters < _SHORTEST and (start.isascii() or letters < _SHORTEST // 4):
        return ""
    if start.isascii() or sum(map(str.isascii, words)) > len(words) * 0.9:
        common = sum(map(_ENGLISH.__contains__, map(str.lower, words)))
        if common >= _ENGLISH_SHARE * len(words):
            return "en"
    best, second = _identifier().rank(start)[:2]
    return str(best[0]) if best[1] - second[1] > _MARGIN else ""


def _is_english(start: str) -> bool:
    """Whether a text is in ASCII but for quotation marks and dashes, and English: in a quarter of the time."""
    if not start.isascii():
        for mark in _TYPOGRAPHIC:
            start = start.replace(mark, " ")
    try:
        letters = start.encode("ascii").translate(_ASCII_WORDS)
    except UnicodeEncodeError:
        return False
    if len(letters) - letters.count(b" ") < _SHORTEST:
        return False
    words = letters.split()
    least, half = _ENGLISH_SHARE * len(words), len(words) // 2
    common = sum(map(_ASCII_ENGLISH.__contains__, words[:half]))  # of English copy, nearly always enough
    return common >= least or common + sum(map(_ASCII_ENGLISH.__contains__, words[half:])) >= least


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(_LANGUAGES)
    return identifier
