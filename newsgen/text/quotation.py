"""The quotation marks and the dash of each language, as data: CLDR's delimiters, and what newspapers set between words.

A language that is not here has English marks. A tag is looked for whole (`de-CH`), then its language alone (`de`).
"""

from __future__ import annotations

from newsgen.model.value import value

__all__ = ["Marks", "marks_of"]

_NO_BREAK = "\u00a0"
_EN, _EM = "\u2013", "\u2014"


@value
class Marks:
    """What is printed for the marks that a typewriter has."""

    opening: str  # for " before a word; with the no-break space that French puts inside
    closing: str
    inner_opening: str  # for '
    inner_closing: str
    dash: str  # between words, with blanks around it
    apostrophe: str = "\u2019"


def _marks(pairs: str, dash: str = _EN) -> Marks:
    outer, inner = pairs.split()
    return Marks(outer[0], outer[1], inner[0], inner[1], dash)


_ENGLISH = _marks("“” ‘’")
_GERMAN = _marks("„“ ‚‘")
_POINTED = _marks("«» “”")
_POLISH = _marks("„” «»")
_RUSSIAN = _marks("«» „“", _EM)
_CORNERS = _marks("「」 『』", _EM)
_FRENCH = Marks(f"«{_NO_BREAK}", f"{_NO_BREAK}»", "“", "”", _EN)

_BY_LANGUAGE = {
    "ar": _marks("«» ‹›"),
    "be": _RUSSIAN,
    "bg": _marks("„“ ‘’", _EN),
    "bs": _marks("„” ‘’"),
    "ca": _POINTED,
    "cs": _GERMAN,
    "de": _GERMAN,
    "de-CH": _marks("«» ‹›"),
    "de-LI": _marks("«» ‹›"),
    "el": _POINTED,
    "en-US": _marks("“” ‘’", _EM),
    "es": _POINTED,
    "et": _GERMAN,
    "fa": _marks("«» ‹›"),
    "fi": _marks("”” ’’"),
    "fr": _FRENCH,
    "fr-CH": _marks("«» ‹›"),
    # Within words, geresh and gershayim are written with the straight marks: they stay as they were sent.
    "he": Marks("”", "”", "’", "’", _EN, "'"),
    "hr": _marks("„” ‘’"),
    "hu": _marks("„” »«"),
    "hy": _POINTED,
    "is": _GERMAN,
    "it": _POINTED,
    "ja": _CORNERS,
    "ka": _GERMAN,
    "lt": _GERMAN,
    "lv": _marks("„” ‘’"),
    "mk": _GERMAN,
    "nb": _marks("«» ‘’"),
    "nn": _marks("«» ‘’"),
    "no": _marks("«» ‘’"),
    "pl": _POLISH,
    "pt-PT": _POINTED,
    "ro": _POLISH,
    "ru": _RUSSIAN,
    "sk": _GERMAN,
    "sl": _GERMAN,
    "sr": _marks("„” ‘’"),
    "sv": _marks("”” ’’"),
    "uk": _RUSSIAN,
    "zh": _marks("“” ‘’", _EM),
    "zh-Hant": _CORNERS,
    "zh-HK": _CORNERS,
    "zh-TW": _CORNERS,
}


def marks_of(language: str) -> Marks:
    """The marks of a language (BCP 47)."""
    tag = language
    while tag:
        if tag in _BY_LANGUAGE:
            return _BY_LANGUAGE[tag]
        tag = tag.rpartition("-")[0]
    return _ENGLISH
