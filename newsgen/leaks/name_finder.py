"""Finds the names of persons who asked to be anonymous in what a reader would see. Pure.

Reading a page as a reader does takes 40 ns a byte, so one automaton first looks for parts of each name, and for what
can hide one: that takes 3 ns a byte. `thorough` leaves that first look out, where a template of the site is known to
have a name in whatever form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsgen.leaks.automaton import Automaton
from newsgen.leaks.reading import as_read, folded
from newsgen.text.address import slugs_with_name

__all__ = ["NameFinder"]

# Bytes of invisible, decomposed and compatibility characters, and escapes: any of them may stand inside a name.
_HIDING = (
    b"\xc2\xad", *(b"\xe2\x80" + bytes([last]) for last in (*range(0x8B, 0x90), *range(0xAA, 0xAF))), b"\xe2\x81",
    b"\xef\xb8", b"\xef\xbb\xbf", b"\xef\xac", b"\xef\xbc", b"\xef\xbd", b"\xf0\x9d", b"\xcc", b"\xcd", b"&shy", b"&zw",
    b"&#", b"\\u", b"acute;", b"grave;", b"circ;", b"uml;", b"tilde;", b"cedil;", b"caron;",
    b"&aring;", b"&oslash;", b"&aelig;", b"&oelig;", b"&szlig;",
)  # fmt: skip
_USUAL_ESCAPES = (b"&#34;", b"&#39;")
_IN_A_WORD = re.compile(rb"[^\W\d_][*_`~\[\]]+[^\W\d_]|\]\([^()\s]*\)[^\W\d_]")  # marks of Markdown inside a word
_MARKS = re.compile(rb"\]\([^()]*\)|\]\[[^\[\]]*\]|[*_`~\[\]\\|]|^[ \t]*(?:>[ \t]*)+", re.M)
_PARAGRAPH = re.compile(rb"\n[ \t]*\r?\n")
_LONG = 8  # letters of a word of which any half is rare enough to look for
_NOT_A_LETTER = r"(?![^\W\d_])"
_NO_LETTER_BEFORE = r"(?<![^\W\d_])"
_BETWEEN = r"(?:[ \\]+|[-_.+])"  # two words of a name, in text and in addresses


def _pattern(name: str) -> re.Pattern[str]:
    """Finds a name in folded text: also as an address, with the surname first, and with the s of a genitive."""
    words = [re.escape(word).replace(r"\-", "[- ]") for word in folded(name).split()]
    forms = [_BETWEEN.join(words)]
    if len(words) > 1:
        forms.append(rf"{words[-1]}, ?{_BETWEEN.join(words[:-1])}")
    forms += [_BETWEEN.join(re.escape(part) for part in slug.split("-")) for slug in slugs_with_name(name)]
    return re.compile(rf"{_NO_LETTER_BEFORE}(?:{'|'.join(forms)})(?:'?s|')?{_NOT_A_LETTER}")


def _groups(name: str) -> tuple[tuple[bytes, ...], ...]:
    """Of each group one part is on every page that shows a name, but where something hides it; in lower case.

    Of a long word, tags may part one half, and the other half stays whole.
    """
    runs = [max(re.findall(r"[a-z]+", word), key=len, default="") for word in folded(name).split()]
    longest = max(runs, key=len)
    if len(longest) >= _LONG:
        spelt = (longest, *(max(slug.split("-"), key=len) for slug in slugs_with_name(name)[1:]))
        halves = [half for word in spelt for half in (word[: len(word) // 2], word[len(word) // 2 :])]
        return (tuple(half.encode() for half in halves),)
    groups = []
    for word, run in zip(folded(name).split(), runs, strict=True):
        in_addresses = [max(slug.split("-"), key=len) for slug in slugs_with_name(word)]
        parts = {run} if len(run) > 2 else {word, word.upper(), word.capitalize()}
        groups.append(tuple(sorted(part.encode().lower() for part in {*parts, *in_addresses})))
    return tuple(groups)


def _in_one_word(name: str) -> str:
    """A name as a hashtag has it, with its capitals: AnnLee is no other word, annlee may be. "" for one word."""
    words = name.split()
    return "".join(word[0].upper() + word[1:] for word in words) if len(words) > 1 else ""


def _letters(name: str) -> tuple[str, ...]:
    """Letters of which one run is in every folded text that has the name: its longest word, in texts and addresses."""
    return tuple(max(re.findall(r"[^\W_]+", text), key=len) for text in (folded(name), *slugs_with_name(name)))


class NameFinder:
    """Whether bytes show one of some names."""

    def __init__(self, names: Iterable[str], *, thorough: bool = False) -> None:
        self._names = tuple(names)
        self._thorough = thorough
        self._patterns = [(_letters(name), _pattern(name)) for name in self._names]
        joined = [word for name in self._names if (word := _in_one_word(name))]
        self._joined = [(word, re.compile(f"{_NO_LETTER_BEFORE}{re.escape(word)}{_NOT_A_LETTER}")) for word in joined]
        self._groups = [_groups(name) for name in self._names]
        parts = {part for groups in self._groups for group in groups for part in group}
        self._numbers = {part: number for number, part in enumerate((*_HIDING, *sorted(parts)))}
        self._machine = Automaton([*self._numbers])

    def has(self, data: bytes, sources: Iterable[bytes] = ()) -> bool:
        """Whether a reader of some bytes sees a name. `sources` are the story files that they were made of."""
        return bool(self._names) and (self._may_have(data, sources) and self._shows(data))

    def is_in_file(self, data: bytes) -> bool:
        """The same of a story file, whose Markdown may hide a name."""
        paragraphs = _PARAGRAPH.sub("\n¶\n".encode(), data)
        return self.has(paragraphs) or self.has(_MARKS.sub(b" ", paragraphs)) or self.has(_MARKS.sub(b"", paragraphs))

    def _may_have(self, data: bytes, sources: Iterable[bytes]) -> bool:
        if self._thorough or any(map(_IN_A_WORD.search, sources)):
            return True
        low = data.lower()
        found = {number for number, _start, _end in self._machine.find(low)}
        if not found:
            return False
        hiding = {number for number in found if number < len(_HIDING)}
        if hiding == {_HIDING.index(b"&#")}:
            hiding = set() if low.count(b"&#") == sum(map(low.count, _USUAL_ESCAPES)) else hiding
        if hiding and b"\0" not in data:  # a picture has every byte
            return True
        return any(
            all(any(self._numbers[part] in found for part in group) for group in groups) for groups in self._groups
        )

    def _shows(self, data: bytes) -> bool:
        text = data.decode("utf-8", "replace")
        if any(word in text and pattern.search(text) for word, pattern in self._joined):
            return True
        return any(
            any(run in view for run in letters) and pattern.search(view)
            for view in as_read(data)
            for letters, pattern in self._patterns
        )
