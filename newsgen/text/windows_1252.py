"""The marks of Windows code page 1252 where a converter took them for Latin-1.

That is the commonest damage of old archives: U+0092 and `&#146;` stand where `’` was. As characters of their own they
are control characters that no copy means, so they are read as browsers read such references (HTML Standard, "numeric
character reference end state"). The five codes that the page leaves free become a blank, which keeps words apart.
"""

from __future__ import annotations

import re

__all__ = ["read_c1"]

_MARKS = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ") for code in range(0x80, 0xA0)}
_CONTROL = re.compile(r"[\x80-\x9f]")
_REFERENCE = re.compile(r"&#(?:0{0,5}(1[2-5][0-9])(?![0-9])|[xX]0{0,5}([89][0-9A-Fa-f])(?![0-9A-Fa-f]));?")


def read_c1(text: str) -> str:
    """The text with U+0080 to U+009F, and references to them, as the characters of Windows code page 1252.

    A character stays one character; a reference (`&#146;`, `&#x92;`, also without the semicolon) becomes one.
    """
    if not text.isascii() and _CONTROL.search(text):
        text = text.translate(_MARKS)
    return _REFERENCE.sub(_mark, text) if "&#" in text else text


def _mark(reference: re.Match[str]) -> str:
    """What a reference to C1 stands for; another reference as it is."""
    return _MARKS.get(int(reference[1] or int(reference[2], 16)), reference[0])
