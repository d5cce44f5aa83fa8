"""A person's name taken out of texts, paths and addresses, where that is certain. Pure.

Certain is the name with invisible characters in it, in any case, decomposed, over a line end, with a possessive 's, and
with marks of emphasis that open and close within it. What else may be the name (in a link, with an entity, with the s
of a genitive without an apostrophe) is left: `name_finder` finds it, and a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from newsgen.leaks.reading import INVISIBLE
from newsgen.text.address import slug_of_name, slugs_with_name

__all__ = ["ALLOWED", "NameRemover"]

# What may stand in a name's place: nothing that means anything in YAML, Markdown or an address.
ALLOWED = re.compile(r"[^\W_]+(?:[ '’.-]{1,2}[^\W_]+)*\.?")

_START = re.compile(r"(?:\A|\n\n|[.!?][\"”’]?\s+[\"“‘]?|^headline: [\"']?)\Z", re.M)  # of a sentence


_INSIDE = rf"(?:[{INVISIBLE}*~`]|&(?:shy|zwnj|zwj|#173|#xad|#820[3-7]);){{0,9}}"  # what a reader does not see in a word
_AROUND = rf"(?:[{INVISIBLE}*_~`]|&(?:shy|zwnj|zwj|#173|#xad|#820[3-7]);){{0,9}}"  # nor beside it
_BLANK = r"(?:[^\S\n]|&(?:nbsp|#160|#xa0);)"
_LINE_END = r"\\?\r?\n(?:[^\S\n]*>)*[^\S\n]*"  # perhaps a hard one, and perhaps the next line of a quotation
# Between two words of a name: blanks, and at most one line end, for the next paragraph is about somebody else.
_GAP = rf"{_AROUND}(?:{_BLANK}+(?:{_LINE_END})?|{_LINE_END}){_AROUND}"
_APOSTROPHES = "'’‘ʼ"
_APOSTROPHE = r"(?:\\?['’‘ʼ]|&(?:#0?39|#x27|apos|[lr]squo|#821[67]);)"
_NO_LETTER_BEFORE, _NOT_A_LETTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_MARKS = re.compile(r"[*_~`]+")


def _words(name: str) -> str:
    """An expression for the words of a name."""
    return _GAP.join(_word(unicodedata.normalize("NFC", word)) for word in name.split())


def _word(word: str) -> str:
    return _INSIDE.join(map(_letter, word))


def _letter(letter: str) -> str:
    """An expression for a letter, composed or not; for an apostrophe, any apostrophe."""
    if letter in _APOSTROPHES:
        return _APOSTROPHE
    forms = dict.fromkeys(
        form
        for case in (letter, letter.upper(), letter.lower())
        for form in (case, unicodedata.normalize("NFD", case), unicodedata.normalize("NFKD", case))
    )
    expression = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    return rf"(?:{expression})" if letter.isalnum() else rf"\\?(?:{expression})"


def _address(name: str) -> str:
    """An expression for a name in an address, in whatever language."""
    forms = ("[-_]".join(re.escape(part) for part in slug.split("-")) for slug in slugs_with_name(name))
    return rf"(?<![a-z])(?:{'|'.join(forms)})(?![a-z])"


class NameRemover:
    """Puts other words in the place of a person's names. It finds none of them within a word."""

    def __init__(self, names: Collection[str], instead: str) -> None:
        self._instead = " ".join(instead.split())
        self._slug = slug_of_name(self._instead)
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        words = "|".join(map(_words, longest_first))
        self._words = re.compile(rf"{_NO_LETTER_BEFORE}(?:{words}){_NOT_A_LETTER}", re.I)
        self._address = re.compile("|".join(map(_address, longest_first)), re.I)

    def replace(self, text: str) -> str:
        """The text without the name."""
        parts: list[str] = []
        at = 0
        for match in self._words.finditer(text):
            start, end = _with_marks(text, match.start(), match.end())
            if end > start >= at:
                parts += (text[at:start], self._like(text, start, match.group()))
                at = end
        return self._address.sub(self._slug, "".join((*parts, text[at:])))

    def replace_in_path(self, text: str) -> str:
        """The same for a path, an id or an address: the result is what `replace` writes where a text names one."""
        plain = self._words.sub(lambda match: self._upper(match.group()) or self._instead, text)
        return self._address.sub(self._slug, plain)

    def _upper(self, found: str) -> str:
        """The other words in capitals where the name is in capitals; else ""."""
        return self._instead.upper() if found.isupper() else ""

    def _like(self, text: str, start: int, found: str) -> str:
        """The other words, with capitals as the name has them where it stands."""
        is_first = _START.search(text, max(0, start - 20), start)
        capitalised = self._instead[0].upper() + self._instead[1:]
        return self._upper(found) or (capitalised if is_first else self._instead)


def _with_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a name stands with the marks of emphasis that belong to it: `*Otto* Grunwaldt`, `Otto **Grunwaldt**`.

    (0, 0) where some would open or close alone: then a person decides.
    """
    alone: list[str] = []
    for mark in _MARKS.findall(text, start, end):
        if mark in alone:
            alone.remove(mark)
        else:
            alone.append(mark)
    if not alone:
        return start, end
    mark = alone[0]
    if len(alone) == 1 and text.endswith(mark, 0, start):
        return start - len(mark), end
    if len(alone) == 1 and text.startswith(mark, end):
        return start, end + len(mark)
    return 0, 0
