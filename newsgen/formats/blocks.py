"""Bytes to text, and text to blocks: paragraphs and agate. No word is lost here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Block", "blocks", "clean", "decode", "paragraphs_at_double_blanks", "runs"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_TEXT = bytes(code for code in range(256) if code >= 0x20 or code in b"\t\n\f\r\x1a\x1b")
_MAGIC = (  # how files begin that are no text, or whose text is in another language
    b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf",
    b"\x1f\x8b", b"BZh", b"II*\0", b"MM\0*", b"ID3", b"SQLite format 3\0",
)  # fmt: skip
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_CP1252 = re.compile(r"[\x80-\x9f]")
_GAP = re.compile(r"\S {3,}\S")  # columns
_DOUBLE = re.compile(r"(?<=[.?!:;\"”’')\]])[ \t\xa0]{2,}(?=\S)")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or agate: lines whose columns matter."""

    lines: tuple[str, ...]
    is_agate: bool = False

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(" ".join(self.lines).split())


def decode(data: bytes) -> str | None:
    """Text of a file in UTF-8, UTF-16 with a mark, or one of the old eight-bit sets; None where it is no text.

    Old copy has control characters here and there; of a file that is no text they are a tenth.
    """
    if data.startswith(_MAGIC):
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return clean(data.decode("utf-16"))
        except UnicodeDecodeError:
            return None
    if data.count(b"\0") > len(data) // 100 or len(data.translate(None, _TEXT)) * 16 > len(data):
        return None
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return clean(_CP1252.sub(_windows, text))


def _windows(mark: re.Match[str]) -> str:
    """The mark that Windows code page 1252 has there; a control character where it has none."""
    return mark.group().encode("latin-1").decode("cp1252", "replace").replace("\ufffd", " ")


def clean(text: str) -> str:
    """Without control characters (each becomes a blank), lines ending alike."""
    return _CONTROLS.sub(" ", _NEWLINES.sub("\n", text))


def runs(text: str) -> list[tuple[str, ...]]:
    """Lines that stand together, blank lines between."""
    found: list[tuple[str, ...]] = []
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            found.append(tuple(lines))
            lines = []
    return found


def _looks_wrapped(lines: tuple[str, ...]) -> bool:
    """Whether lines were broken at a column rather than at the ends of paragraphs."""
    if len(lines) < 2:
        return False
    longest = max(len(line.strip()) for line in lines)
    if longest > 100:
        return False
    early = sum(1 for line, after in pairwise(lines) if _fits(line, after, longest))
    return longest >= 40 and early * 4 <= len(lines)


def _fits(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word would still have fitted: a line that was not broken for width."""
    first = after.split()[0]
    return len(line.strip()) + 1 + len(first) + 8 <= width


def _tabular(line: str) -> bool:
    """Whether a line by itself reads like a row of figures."""
    text = line.strip()
    if len(text) > 78:
        return False
    if _GAP.search(text):
        return True
    return bool(_DIGIT.search(text)) and not text.endswith((".", "?", "!", '"'))


def _label(line: str) -> bool:
    """Whether a line can stand between rows of figures: `Nine mths`, `Year`, a line of dashes."""
    text = line.strip()
    return len(text) <= 40 and not text.endswith((".", "?", "!", '"', ","))


def _paragraph(lines: tuple[str, ...], indent: int) -> list[Block]:
    """Paragraphs of lines without a blank line among them: one begins at each indented line."""
    groups: list[list[str]] = []
    for line in lines:
        if groups and len(line) - len(line.lstrip()) < indent:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(tuple(group)) for group in groups]


def _agate(found: list[Block]) -> list[Block]:
    """The same, three or more rows of figures in succession made one block of agate."""
    done: list[Block] = []
    at = 0
    while at < len(found):
        stop = at  # each block is looked at once: a body may have a million short lines
        rows: list[int] = []
        while stop < len(found) and len(found[stop].lines) == 1 and not found[stop].is_agate:
            line = found[stop].lines[0]
            if _tabular(line):
                rows.append(stop)
            elif not _label(line):
                break
            stop += 1
        if len(rows) >= 3 and len(rows) * 2 > rows[-1] - rows[0]:
            start = max(at, rows[0] - 1)  # a heading stands above its figures
            done += found[at:start]
            end = rows[-1] + 1
            done.append(Block(_dedented([block.lines[0] for block in found[start:end]]), is_agate=True))
            done += found[end:stop]
        else:
            done += found[at:stop]
        if stop < len(found):
            done.append(found[stop])
        at = stop + 1
    return done


def _dedented(lines: list[str]) -> tuple[str, ...]:
    """Without the blanks that all lines but the first begin with; the first may have lost its own."""
    wide = [len(line) - len(line.lstrip()) for line in lines[1:]] or [0]
    least = min(wide)
    return tuple(line[min(least, len(line) - len(line.lstrip())) :].rstrip() for line in lines)


def blocks(text: str, indent: int = 3) -> list[Block]:
    """Copy as paragraphs and agate. A paragraph begins after a blank line, or at a line with `indent` blanks."""
    found: list[Block] = []
    for lines in runs(text.expandtabs(8)):
        for part, is_agate in _columns(lines):
            found += [Block(_dedented(list(part)), is_agate=True)] if is_agate else _prose(part, indent)
    return _agate(found)


def _columns(lines: tuple[str, ...]) -> list[tuple[tuple[str, ...], bool]]:
    """Lines that stand together, parted into columns and what is before and after them."""
    rows = [at for at, line in enumerate(lines) if _GAP.search(line.strip())]
    if len(rows) < 2:
        return [(lines, False)]
    start, end = rows[0], rows[-1] + 1
    if len(rows) * 2 <= end - start:
        return [(lines, False)]
    if start and len(lines[start - 1].strip()) <= 40 and _label(lines[start - 1]):
        start -= 1  # the table's own heading
    parts = ((lines[:start], False), (lines[start:end], True), (lines[end:], False))
    return [(part, is_agate) for part, is_agate in parts if part]


def _prose(lines: tuple[str, ...], indent: int) -> list[Block]:
    """Paragraphs of lines that stand together."""
    indented = any(len(line) - len(line.lstrip()) >= indent for line in lines[1:])
    if indented or _looks_wrapped(lines):
        return _paragraph(lines, indent)
    return [Block((line,)) for line in lines]


def paragraphs_at_double_blanks(text: str) -> list[str]:
    """A body that came as one line, parted where two blanks follow the end of a sentence."""
    return [" ".join(part.split()) for part in _DOUBLE.split(text) if part.strip()]
