"""The alphabetical order of names in a language, and the letters under which they stand.

This is the order of CLDR as far as alphabets.py has it: the script of the language first, then the others; in a script
by letters, then by marks, then small before capital. Chinese characters stand under their radicals, in the order of
Unicode, which is that of radicals and strokes; kana under their rows, Korean syllables under their first consonant.

Why our own: no library that has CLDR's orders can be installed on all systems without a compiler (PyICU has no wheels,
icu4py no collation), and pyuca (no release since 2017) knows no language, and takes 0.2 s to load.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, combining, decimal, name, normalize

from newsgen.text.alphabets import LANGUAGES, NAMED, ROOT, SAME
from newsgen.text.scripts import script

__all__ = ["Collation", "collation"]

_SPACE, _MARK, _DIGIT, _OWN = "\1", "\2", "\3", "\4"  # what a place in the order begins with; then other scripts
_SCRIPTS = {script_of: chr(number) for number, script_of in enumerate(("Latn", "Grek", "Cyrl", "Arab"), ord(_OWN) + 1)}
_OTHER = "\x1f"
_PLAIN = re.compile(r"[a-z0-9 ]*", re.A)
_VOWEL_BEFORE = re.compile("([\u0e40-\u0e44\u0ec0-\u0ec4])([\u0e01-\u0e2e\u0e81-\u0eae])")  # Thai, Lao: is read after
_PRIMARY = (0, 9, 84, 91, 103, 118, 129, 130, 132)  # classes of letters and of vowels that are written as marks
_ROWS = ("あいうえお", "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも", "や ゆ よ",
         "らりるれろ", "わゐ ゑを", "ん    ")  # fmt: skip
_ROW_OF = {kana: row[0] for row in _ROWS for kana in row}
_VOWEL_OF = {kana: _ROWS[0][at] for row in _ROWS[:-1] for at, kana in enumerate(row)}
_LARGE_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_CONSONANTS = (
    "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"  # of Korean syllables, from U+1100 on; doubled ones under the single
)
_TURKIC = ("tr", "az")


class Collation:
    """The order of names in one language. `collation` keeps those that are made."""

    def __init__(self, language: str) -> None:
        base = language.split("-")[0].lower()
        own = script(language)
        self._own_names = NAMED.get(own, NAMED["Latn"])
        self._is_turkic = base in _TURKIC
        self._places: dict[str, str] = {}  # letter -> place in the order
        self._headings: dict[str, str] = {}  # letter -> what stands over it
        for each, alphabet in ROOT.items():
            start = _OWN if each == own else _SCRIPTS[each]
            tailoring = LANGUAGES.get(base, "")
            is_of_it = bool(tailoring) and _is_of(tailoring.removeprefix("= ")[0], each)
            for number, letters in enumerate(_tailored(alphabet, tailoring) if is_of_it else alphabet.split()):
                for letter in letters.split("/"):
                    self._places[letter] = start + chr(0x100 + number)
                    self._headings[letter] = letters.split("/")[0]
        longer = sorted((letter for letter in self._places if len(letter) > 1), reverse=True)
        self._longer = re.compile("|".join(longer) or "(?!)")
        self._plain = (
            {} if longer else {ord(mark): self._place(mark) for mark in "abcdefghijklmnopqrstuvwxyz0123456789 "}
        )

    def key(self, text: str) -> tuple[str, str, str]:
        """What names are sorted by."""
        folded = self._folded(text)
        if self._plain and _PLAIN.fullmatch(folded):
            return folded.translate(self._plain), folded, text.swapcase()
        places = [self._place(letter) for letter in self._letters(folded)]
        return "".join(places), normalize("NFD", folded), text.swapcase()

    def headings(self, text: str, most: int) -> tuple[str, ...]:
        """The first letters of a name, each as it stands over a list: `Østby` in Danish is Ø, S, T.

        Of a Chinese character and a kana first its group, then itself; #, where a name has neither
        letters nor digits.
        """
        headings: list[str] = []
        for letter in self._letters(self._folded(text)):
            headings += self._headings_of(letter)
            if len(headings) >= most:
                break
        return tuple(headings[:most]) or ("#",)

    def _folded(self, text: str) -> str:
        """A name without the difference of capitals, composed."""
        if text.isascii() and not self._is_turkic:
            return text.lower()
        if self._is_turkic:
            text = text.replace("I", "ı").replace("İ", "i")
        return normalize("NFC", normalize("NFC", text).casefold())

    def _letters(self, folded: str) -> Iterator[str]:
        """The letters, digits and other marks of a folded name: those that the alphabet has, else their parts."""
        text = _VOWEL_BEFORE.sub(r"\2\1", folded)
        before, at = "", 0
        while at < len(text):
            longer = self._longer.match(text, at)
            letter = longer[0] if longer else text[at]
            at += len(letter)
            if letter in self._places or letter.isascii():
                yield letter
                continue
            for part in normalize("NFKD", SAME.get(letter, letter)).translate(_KATAKANA).translate(_LARGE_KANA):
                part = _VOWEL_OF.get(before, part) if part == "ー" else part
                if combining(part) in _PRIMARY:
                    yield SAME.get(part, part)
                    before = part

    def _place(self, letter: str) -> str:
        place = self._places.get(letter)
        if place is not None:
            return place
        kind = category(letter) if letter else ""
        if kind == "Nd":
            return _DIGIT + chr(0x100 + decimal(letter))
        if kind[:1] not in ("L", "M", "N"):
            return _SPACE if kind == "Zs" else _MARK if letter else ""
        is_own = name(letter, "").startswith(self._own_names)
        return (_OWN if is_own else _OTHER) + chr(0x1000 + ord(letter))

    def _headings_of(self, letter: str) -> tuple[str, ...]:
        """What stands over a letter; nothing for blanks and marks."""
        if letter in self._headings:
            heading = self._headings[letter]
            if self._is_turkic and heading in "iı":
                return ("İ" if heading == "i" else "I",)
            return (heading.title(),)
        if not letter.isalnum():
            return ()
        code = ord(letter)
        if 0x1100 <= code < 0x1100 + len(_CONSONANTS):
            return (_CONSONANTS[code - 0x1100],)
        if letter in _ROW_OF:
            return (_ROW_OF[letter], letter)
        if 0x4E00 <= code <= 0x9FFF:
            return (chr(_radicals()[bisect_right(_radicals(), code) - 1]), letter)
        return (str(decimal(letter)) if letter.isdecimal() else letter.upper(),)


def _is_of(letter: str, script_of: str) -> bool:
    return name(letter).startswith(NAMED[script_of])


def _tailored(alphabet: str, tailoring: str) -> list[str]:
    """An alphabet with the changes of a language."""
    if tailoring.startswith("= "):
        own = tailoring[2:].split()
        taken = {letter for letters in own for letter in letters.split("/")}
        return [*own, *("/".join(left) for letters in alphabet.split() if (left := _left(letters, taken)))]
    order = alphabet.split()
    for change in tailoring.split(", "):
        after, *letters = change.split()
        taken = {each for joined in letters for each in joined.split("/")}
        order = ["/".join(left) for each in order if (left := _left(each, taken))]
        at = order.index(after) + 1
        order[at:at] = letters
    return order


def _left(letters: str, taken: set[str]) -> list[str]:
    return [letter for letter in letters.split("/") if letter not in taken]


@lru_cache(1)
def _radicals() -> list[int]:
    """The first character of each radical: in Unicode's first block of them, characters are in order of radicals."""
    return sorted(ord(normalize("NFKC", chr(code))) for code in range(0x2F00, 0x2FD6))


@lru_cache(16)
def collation(language: str) -> Collation:
    """The order of names in a language (BCP 47)."""
    return Collation(language)
