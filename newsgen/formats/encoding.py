"""Bytes -> text, in whatever encoding they are, and what of that is a guess.

A byte order mark says it; else bytes that are valid UTF-8 are UTF-8, also where a few are not. Of other bytes the
encodings in which the words look least odd are kept (`letters`), and chardet says which of them it is: of 101 texts in
26 encodings all, where charset-normalizer 3.5 knew 73, cChardet 59 and chardetng 66. A short line may be read wrongly,
so each guess is said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from newsgen.formats import letters, mend
from newsgen.formats.blocks import clean_text
from newsgen.model.value import value

__all__ = ["Text", "is_text", "read_text"]

_TEXT = bytes(code for code in range(256) if code >= 0x20 or code in b"\t\n\f\r\x1a\x1b")
_MAGIC = (  # how files begin that are no text, or text in another format
    b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf",
    b"\x1f\x8b", b"BZh", b"II*\0", b"MM\0*", b"ID3", b"SQLite format 3\0",
)  # fmt: skip
_BYTE_ORDER_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_KOREAN = b"\x1b$)C"  # at its start; a control character stands before and after each word
_ESCAPES = ((_KOREAN, "iso2022_kr"), (b"\x1b$", "iso2022_jp_2"))
_SEVEN_BITS = bytes(range(0x80))
_ASCII = bytes(range(0x20, 0x7F))
_FIRST = 4096  # bytes that tell UTF-16
_MOST = 512  # bytes from which chardet tells the language: the lines with such words, then others
_NAMES = {
    "cp932": "Shift-JIS", "euc_jis_2004": "EUC-JP", "big5hkscs": "Big5", "cp949": "EUC-KR", "gb18030": "GB18030",
    "mac-roman": "Mac Roman", "mac-cyrillic": "Mac Cyrillic", "iso2022_jp_2": "ISO-2022-JP",
    "iso2022_kr": "ISO-2022-KR", "cp874": "Windows-874",
}  # fmt: skip
_FEW = 8  # bytes more than characters: a text in a rare script has more of them
_RARE = re.compile(  # two or three letters of Cyrillic in DOS, say, may be one of these
    "[\u0180-\u0217\u021c-\u02af\u0500-\u058f\u0700-\u08ff\ue000-\uf8ff]"
)
_UNCOMMON = re.compile(r"[^\x00-\x7f“”‘’–—…•«»£€]")  # where there is nothing but these, that is the likely reading
_BROKEN = re.compile("[\udc80-\udcff]+")


@value
class Text:
    """The text of a file."""

    text: str
    guess: str = ""  # what of its reading is a guess, as evidence: "Windows-1251"; "" for nothing
    words: tuple[tuple[str, str], ...] = ()  # that were mended: (as sent, as read)


def is_text(data: bytes) -> bool:
    """Whether bytes, or the first of a file, are text at all.

    Old copy has a control character here and there; in files that are no text they are about a tenth of all bytes.
    """
    if data.startswith(_MAGIC):
        return False
    if data.startswith(_KOREAN) or _wide_encoding(data):
        return True
    data = data.rstrip(b"\0")  # a record of a tape is filled up with them
    return data.count(b"\0") <= len(data) // 100 and len(data.translate(None, _TEXT)) * 16 <= len(data)


def read_text(data: bytes) -> Text | None:
    """The text of a file with sound line ends, and what of it is a guess; None where it is no text."""
    if not is_text(data):
        return None
    plain = mend.from_quoted_printable(data)
    found = _decoded(data if plain is None else plain)
    if plain is not None:
        found = replace(found, guess=_joined("quoted-printable", found.guess))
    lost = found.text.count("\ufffd")
    if lost:
        found = replace(found, guess=_joined(found.guess, f"{lost:,} {_plural('character', lost)} lost"))
    return _mended(found)


def _mended(found: Text) -> Text:
    """A text without what a wrong conversion left, and clean."""
    named = mend.without_entities(found.text)
    sound = mend.without_mojibake(named.text)
    words = tuple((clean_text(sent), clean_text(read)) for sent, read in (*named.words.items(), *sound.words.items()))
    guess = found.guess
    if sound.words:
        guess = _joined(guess, next(f"{sent} read as {read}" for sent, read in sound.words.items()))
    if sound.is_garbled:
        guess = _joined(guess, "some characters are garbled")
    return Text(clean_text(sound.text), guess, words)


def _decoded(data: bytes) -> Text:
    """The text as the bytes say it."""
    wide = _wide_encoding(data)
    if wide:
        has_mark = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
        is_clear = has_mark or data.count(b"\0") * 4 > len(data)  # of each ASCII letter one byte in two
        return Text(data.decode(wide, "replace").removeprefix("\ufeff"), "" if is_clear else _name(wide))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _damaged_utf_8(data) or _detected(data)
    if data.isascii():
        return _escaped(data) or Text(text)
    may_be_chance = len(data) - len(text) <= _FEW and _RARE.search(text) is not None
    return Text(text, "UTF-8" if may_be_chance else "")


def _escaped(data: bytes) -> Text | None:
    """The text of an encoding that switches its alphabet by escapes, which no other copy has; None for any other."""
    for start, encoding in _ESCAPES:
        if start in data:
            lossy = data.decode(encoding, "replace")
            return Text(lossy, _name(encoding) if "\ufffd" in lossy else "")
    if b"~{" not in data or b"~}" not in data:
        return None
    try:
        return Text(data.decode("hz"), "HZ")
    except UnicodeDecodeError:
        return None


def _wide_encoding(data: bytes) -> str:
    """The form of UTF-16 or UTF-32 that bytes are in, by their mark or by how they look; "" for neither."""
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), "")
    first = data[:_FIRST]
    if not marked and (first.count(b"\0") < 2 or len(first.translate(None, _ASCII)) * 4 < len(first)):
        return ""
    for encoding in (marked,) if marked else ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = first[: len(first) // 4 * 4].decode(encoding, "replace").removeprefix("\ufeff")
        odd = sum(1 for character in text if not (character.isprintable() or character.isspace()))
        is_sound = (odd + text.count("\ufffd")) * 16 <= len(text)
        if is_sound and (marked or " " in text or "\n" in text):  # in the other byte order these are other characters
            return encoding
    return ""


def _damaged_utf_8(data: bytes) -> Text | None:
    """The text of bytes that are UTF-8 but for a few; None where they are something else."""
    bad = len(data) - len(data.decode("utf-8", "ignore").encode())
    sound = len(data.translate(None, _SEVEN_BITS)) - bad
    if sound < 2 * bad:
        return None
    text = _BROKEN.sub(_stray_bytes, data.decode("utf-8-sig", "surrogateescape"))
    return Text(text, f"UTF-8, but for {bad:,} {_plural('byte', bad)}")


def _stray_bytes(run: re.Match[str]) -> str:
    """Bytes that are no UTF-8: letters and marks of Windows-1252, as where two files were joined; or a cut character.

    One byte is a letter, but not in a word of another script; several are where they follow an ASCII letter, but not at
    the end of the file.
    """
    text = run.string
    before = text[max(0, run.start() - 1) : run.start()]
    is_cut = run.end() == len(text) or not before.isascii()
    if (len(run[0]) > 1 and is_cut) or (before > "\u024f" and before.isalpha()):
        return "\ufffd"
    return run[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _detected(data: bytes) -> Text:
    """The text of bytes that are no UTF-8."""
    import chardet  # only here: it takes a tenth of a second, and most copy is UTF-8

    lines = [line for line in data.split(b"\n") if not line.isascii()]
    words = b"".join(dict.fromkeys(word + b"\n" for line in lines for word in line.split() if not word.isascii()))
    readings, is_clear = letters.least_odd(words)
    signs = {name: text for name, text in readings.items() if not _UNCOMMON.search(text)}
    readings = signs or readings
    encoding = next(iter(readings))
    if len(set(readings.values())) > 1 and "cp1252" not in signs:
        start = b"\n".join([*lines, data])[:_MOST]
        told = chardet.detect(start, include_encodings=readings, compat_names=False, no_match_encoding=encoding)
        meant = readings.get(told["encoding"] or "", readings[encoding])
        encoding = next(name for name in readings if readings[name] == meant)
    text = data.decode(encoding, "replace")
    return Text(text, "" if is_clear else _name(encoding))


def _name(encoding: str) -> str:
    """An encoding as people call it."""
    if encoding.startswith("cp125"):
        return encoding.replace("cp", "Windows-")
    if encoding.startswith("cp") and encoding not in _NAMES:
        return encoding.replace("cp", "DOS code page ")
    return _NAMES.get(encoding, encoding.upper().replace("ISO8859", "ISO-8859"))


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
