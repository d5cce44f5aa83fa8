"""Copy that came through a wrong conversion: `Itâ€™s`, `cafÃ©`, `caf&eacute;`, `=E2=80=99`.

Each is taken back only where that is exact: the characters give back bytes, and these are valid UTF-8; or the copy
names the character. What was lost on the way (`â€` and nothing behind it) stays as sent: `Mended.is_garbled`.
ftfy knows more kinds of damage, but guesses: it makes `AMANHÃ”` (the end of a quotation in capitals) `AMANHÔ`.
"""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from html.entities import html5

from newsgen.model.value import value

__all__ = ["Mended", "from_quoted_printable", "without_entities", "without_mojibake"]

_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_WORD = re.compile(r"[^ \t\r\n]+")
_RUN = re.compile(r"[^\x00-\x7f]{2,}")
_CODECS = ("cp1252", "latin-1", "cp1251", "mac-roman")  # as which UTF-8 was read
_ROUNDS = 3  # how often
_REMAINS = re.compile("â€|Ã[\x80-\xbf]|Â[\xa0-\xbf]|вЂ|‚Ä[¢-ÿ]")
_LEADS = ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))  # of UTF-8 in two, three and four bytes
_QUOTES = "“”‘’‹›«»–—…\xa0"  # stand behind a letter in sound copy too
_ESCAPE = re.compile(rb"=[89A-F][0-9A-F]")
_NO_ESCAPE = re.compile(rb"=(?![0-9A-F]{2}|[ \t]*\r?\n|[ \t]*\Z)")


@value
class Mended:
    """A text that was mended, and the words of it that were changed: as sent -> as read."""

    text: str
    words: dict[str, str]
    is_garbled: bool = False  # has what only a wrong conversion leaves behind


def from_quoted_printable(data: bytes) -> bytes | None:
    """What quoted-printable stands for; None for bytes that are not.

    Each `=` must be an escape or a broken line, and the escapes must be characters in UTF-8, or several with a broken
    line among them: old wire messages end lines in `=`, and addresses have it too.
    """
    if b"=" not in data or not _ESCAPE.search(data) or _NO_ESCAPE.search(data):
        return None
    decoded = quopri.decodestring(data)
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        is_broken = b"=\n" in data.replace(b"\r\n", b"\n")
        return decoded if is_broken and len(_ESCAPE.findall(data)) > 2 else None
    return decoded


def without_entities(text: str) -> Mended:
    """The text with `&eacute;`, `&#8217;` and `&amp;eacute;` as the characters that they name."""
    if "&" not in text or ";" not in text:
        return Mended(text, {})
    return _by_word(text, _ENTITY.search, lambda word: _ENTITY.sub(_character, _ENTITY.sub(_character, word)))


def _character(entity: re.Match[str]) -> str:
    name = entity[0]
    return html.unescape(name) if name[1] == "#" or name[1:] in html5 else name


def without_mojibake(text: str) -> Mended:
    """The text with UTF-8 that was read as another encoding, once or more often, as what it was."""
    words: dict[str, str] = {}
    runs = _runs(text)
    for _round in range(_ROUNDS if runs else 0):
        characters = frozenset(runs)
        found = next((one for one in map(_patterns, _CODECS) if one.are_in(runs, characters)), None)
        if not found:
            break
        mended = _by_word(text, found.possible.search, partial(found.possible.sub, found.read))
        sent = {after: before for before, after in words.items()}
        words |= {sent.get(before, before): after for before, after in mended.words.items()}
        text, runs = mended.text, _runs(mended.text)
    return Mended(text, words, _REMAINS.search(runs) is not None)


def _runs(text: str) -> str:
    """The successions of characters beyond ASCII: all damage is in such."""
    return "" if text.isascii() else " ".join(_RUN.findall(text))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What UTF-8 looks like that was read as one encoding."""

    byte_of: dict[str, int]
    leads: frozenset[str]  # what the first byte of a character becomes
    tails: frozenset[str]  # what its other bytes become
    certain: re.Pattern[str]  # no sound copy has it
    possible: re.Pattern[str]  # the same, and what is meant so where something is certain

    def are_in(self, runs: str, characters: frozenset[str]) -> bool:
        """Whether one of them is surely there."""
        if self.leads.isdisjoint(characters) or self.tails.isdisjoint(characters):
            return False
        return self.certain.search(runs) is not None

    def read(self, match: re.Match[str]) -> str:
        """What a match stands for; the match itself where it is no UTF-8."""
        try:
            return bytes(map(self.byte_of.__getitem__, match[0])).decode("utf-8")
        except UnicodeDecodeError:
            return match[0]


@lru_cache(maxsize=len(_CODECS))
def _patterns(codec: str) -> _Patterns:
    read = {byte: bytes([byte]).decode(codec, "replace") for byte in range(0x80, 0x100)}
    read = {byte: chr(byte) if character == "\ufffd" else character for byte, character in read.items()}

    def among(start: int, end: int, without: str = "") -> str:
        kept = {read[byte] for byte in range(start, end + 1)} - set(without)
        return f"[{re.escape(''.join(sorted(kept)))}]"

    tail = among(0x80, 0xBF)
    two, three, four = (f"{among(*lead)}{tail * n}" for n, lead in enumerate(_LEADS, 1))
    run = f"(?:{two}|{three}|{four}){{2,}}"
    start = f"{read[0xE2]}[{read[0x80]}{read[0x82]}{read[0x84]}]{tail}"  # ‘ “ — € ™
    if codec == "cp1251":  # the letters of sound copy are among its tails
        single = f"[{read[0xD0]}{read[0xD1]}]{tail}"
        certain, possible = f"(?:{single}){{2,}}|{start}", f"(?:{single})+|{start}"
    else:
        kept = among(0xC2, 0xC5)
        certain = (
            f"{run}|{start}|{kept}{among(0x80, 0xBF, _QUOTES)}|{read[0xC2]}\xa0|{read[0xEF]}{read[0xBB]}{read[0xBF]}"
        )
        possible = f"{certain}|{kept}{tail}"
    return _Patterns(
        {character: byte for byte, character in read.items()},
        frozenset(read[byte] for byte in range(0xC2, 0xF5)),
        frozenset(read[byte] for byte in range(0x80, 0xC0)),
        re.compile(certain),
        re.compile(possible),
    )


def _by_word(text: str, may_change: Callable[[str], object], change: Callable[[str], str]) -> Mended:
    """The text with each of its words changed, and which were."""
    words: dict[str, str] = {}

    def changed(word: re.Match[str]) -> str:
        before = word[0]
        if not may_change(before):
            return before
        after = change(before)
        if after != before:
            words[before] = after
        return after

    return Mended(_WORD.sub(changed, text), words) if may_change(text) else Mended(text, words)
