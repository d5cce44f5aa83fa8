"""How odd bytes look as text of an encoding: signs inside words, capitals behind small letters, mixed scripts.

It tells DOS, Windows and Macintosh apart where a text has three letters with accents, which are too few for
statistics. It counts, and does not decide: `encoding` does.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache

__all__ = ["DOUBLE_BYTE", "SINGLE_BYTE", "least_odd"]

SINGLE_BYTE = (  # in order of preference where two say the same. What is Latin-1 is Windows-1252 too.
    "cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "iso8859-9", "cp1257", "cp850", "cp437", "cp852", "cp857",
    "mac-roman", "cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic", "cp1253", "iso8859-7", "cp737",
    "cp1255", "iso8859-8", "cp862", "cp1256", "iso8859-6", "cp720", "cp874",
)  # fmt: skip
DOUBLE_BYTE = ("cp932", "euc_jis_2004", "gb18030", "big5hkscs", "cp949")  # each holds the older ones of its kind

# Classes of characters: Latin `a A` in ASCII, `y Z` beyond it; a pair for each other script; signs; `x` for the rest.
_SCRIPTS = {"CYRILLIC": "cC", "GREEK": "gG", "HEBREW": "hh", "ARABIC": "rr", "THAI": "tt"}
_SIGNS = {
    **dict.fromkeys("“”‘«»‹›", "0"),
    **dict.fromkeys("†‡•™©®€£¥¢§°±²³¹ºª¼½¾‰×÷№¿¡", "1"),
    **dict.fromkeys("‚„", ","),
    **dict.fromkeys("’–—…·\xad\u200c\u200d\u200e\u200f\xa0", "-"),  # may stand anywhere
}
_ODD = re.compile(
    rb"(?=[^aA!. \n]|[aA!][^aA!. \n])(?:"  # where there is no ASCII only: for speed
    rb"a(?=[ZCG])|[ycg](?=[AZCG])"  # a capital behind a small letter
    rb"|[aAyZ](?=[cCgGhrt])|[cC](?=[aAyZgGhrt])|[gG](?=[aAyZcChrt])|[hrt](?=[aAyZcCgG])"  # two scripts in a word
    rb"|[a-zA-Z](?=[01][a-zA-Z])|[a-zA-Z](?=,)"  # a sign inside a word; a low quote at its end
    rb"|1(?=[1,-])|!(?=[yZ]))"  # two signs; a letter behind a comma
)
_MOST = 160  # bytes of words in which odd places are counted: more of them do not tell more
_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff61-\uff9f"
_ODD_EAST = re.compile(
    rf"[\ufffd\ue000-\uf8ff\x80-\u036f]|[A-Za-z][{_EAST}](?![{_EAST}])|(?<![{_EAST}])[{_EAST}](?=[A-Za-z])"
)


def least_odd(words: bytes) -> tuple[dict[str, str], bool]:
    """(the encodings in which `words`, a line each, look least odd, with the words as each reads them; is it no guess).

    It is none where Windows-1252 reads three words or more without anything odd, and every other reading is odd.
    """
    seen = words[: words.rfind(b"\n", 0, _MOST) + 1] or words[:_MOST]
    several = seen.count(b"\n")
    chance = several // 16  # odd places that mean nothing
    strange = {name: len(seen) - len(seen.translate(None, _nothing(name))) for name in SINGLE_BYTE}
    odd = dict(strange)
    bound = min(strange.values()) + chance
    known: dict[bytes, int] = {}
    for name in (name for name in SINGLE_BYTE if strange[name] <= bound):
        classes = seen.translate(_classes(name))
        if classes not in known:
            known[classes] = len(_ODD.findall(classes))
        odd[name] += known[classes]
    for name in DOUBLE_BYTE:
        odd[name] = len(_ODD_EAST.findall(_read(seen, name)))
    least = min(odd.values())
    readings = {name: _read(words, name) for name, count in odd.items() if count <= least + chance}
    others = min((count for name, count in odd.items() if name not in readings), default=0)
    is_clear = "cp1252" in readings and least == 0 < others and several > 2 and len(set(readings.values())) == 1
    return readings, is_clear and not _ODD.search(words.translate(_classes("cp1252")))


def _read(words: bytes, encoding: str) -> str:
    """The words in an encoding; a character that they end in the middle of is left out."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(words)


@lru_cache(maxsize=len(SINGLE_BYTE))
def _nothing(encoding: str) -> bytes:
    """The bytes that are no sign of copy in an encoding."""
    return bytes(byte for byte, kind in enumerate(_classes(encoding)) if kind == ord("x"))


@lru_cache(maxsize=len(SINGLE_BYTE))
def _classes(encoding: str) -> bytes:
    """The class of each byte as text of an encoding."""
    return "".join(_class(bytes([byte]).decode(encoding, "replace")) for byte in range(256)).encode()


def _class(character: str) -> str:
    if character.isascii():
        if character.isalpha():
            return "A" if character.isupper() else "a"
        return "!" if character in ",.;:!?" else character if character in "\n " else "."
    if character in _SIGNS:
        return _SIGNS[character]
    script = unicodedata.name(character, "").partition(" ")[0]
    if character == "ÿ" or not unicodedata.category(character).startswith(("L", "M")):  # it is ’ in ISO-8859-13
        return "x"
    return (_SCRIPTS | {"LATIN": "yZ"}).get(script, "xx")[character.isupper()]
