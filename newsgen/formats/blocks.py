"""Text -> blocks: paragraphs and agate (tables set in columns). No word is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from newsgen.model.value import value
from newsgen.text.windows_1252 import read_c1

__all__ = ["Block", "clean_text", "line_groups", "split_at_double_blanks", "split_blocks"]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
_ASCII_CLEAN = "".join(_CONTROLS.sub(" ", chr(code)) for code in range(128))
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029")
_COLUMN_GAP = re.compile(r"\S {3,}\S")
_END_MARK = r"[.?!:;\"”’')\]]"
_DOUBLE = re.compile(rf"(?<={_END_MARK})[ \t\xa0]{{2,}}(?=\S)")
_DOUBLE_SPACE = re.compile(rf"  (?<={_END_MARK}  ) *(?=\S)")  # the same in a tenth of the time, where no other blank is
_DIGIT = re.compile(r"\d")


@value
class Block:
    """A paragraph, or agate: lines whose columns must stay."""

    lines: tuple[str, ...]
    is_agate: bool = False

    @property
    def text(self) -> str:
        """The lines joined to one."""
        return _in_one_line(self.lines[0] if len(self.lines) == 1 else " ".join(self.lines))


def _in_one_line(text: str) -> str:
    """A text with one blank between two words."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:  # the only blank that is printable
        return text
    return " ".join(text.split())


def clean_text(text: str) -> str:
    """The text with all line ends as \\n, C1 as the marks of Windows-1252, and any other control as a blank."""
    text = read_c1(text)
    if "\r" in text or "\u2028" in text or "\u2029" in text:
        text = _NEWLINES.sub("\n", text)
    return text.translate(_ASCII_CLEAN) if text.isascii() else _CONTROLS.sub(" ", text)


def line_groups(text: str) -> list[tuple[str, ...]]:
    """The groups of lines between blank lines."""
    groups: list[tuple[str, ...]] = []
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            groups.append(tuple(lines))
            lines = []
    return groups


def _looks_wrapped(lines: tuple[str, ...], lead: int) -> bool:
    """Whether lines were broken at a width rather than at the ends of paragraphs; `lead` as in `split_blocks`."""
    if len(lines) < 2:
        return False
    if any(line[:1].isspace() for line in lines[1:]):
        lead = 0  # they are rows, not the rest of a paragraph
    whole = (f"{'x' * lead}{lines[0].strip()}", *lines[1:])
    longest = max(len(line.strip()) for line in whole)
    if longest > 100:
        return False
    early_breaks = sum(1 for line, after in pairwise(whole) if _has_room(line, after, longest))
    return longest >= 40 and early_breaks * 4 <= len(lines)


def _has_room(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would still have fitted: then the width is not why the line ends."""
    first = after.split()[0]
    return len(line.strip()) + 1 + len(first) + 8 <= width


def _is_row(line: str) -> bool:
    """Whether a line by itself looks like a row of figures."""
    text = line.strip()
    if len(text) > 78:
        return False
    if _COLUMN_GAP.search(text):
        return True
    return bool(_DIGIT.search(text)) and not text.endswith((".", "?", "!", '"'))


def _is_row_label(line: str) -> bool:
    """Whether a line can stand between rows of figures: `Nine mths`, `Year`, a line of dashes."""
    text = line.strip()
    return len(text) <= 40 and not text.endswith((".", "?", "!", '"', ","))


def _indented_paragraphs(lines: tuple[str, ...], indent: int) -> list[Block]:
    """The paragraphs of a group of lines: one begins at each line that is indented by `indent` or more."""
    groups: list[list[str]] = []
    for line in lines:
        if groups and len(line) - len(line.lstrip()) < indent:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Block(tuple(group)) for group in groups]


def _joined_agate(blocks: list[Block]) -> list[Block]:
    """The blocks, with each succession of three or more rows of figures joined to one block of agate."""
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        stop = at  # no block is looked at twice: a body may have a million short lines
        rows: list[int] = []
        while stop < len(blocks) and len(blocks[stop].lines) == 1 and not blocks[stop].is_agate:
            line = blocks[stop].lines[0]
            if _is_row(line):
                rows.append(stop)
            elif not _is_row_label(line):
                break
            stop += 1
        if len(rows) >= 3 and len(rows) * 2 > rows[-1] - rows[0]:
            start = max(at, rows[0] - 1)  # the heading above the figures
            joined += blocks[at:start]
            end = rows[-1] + 1
            joined.append(Block(_dedented([block.lines[0] for block in blocks[start:end]]), is_agate=True))
            joined += blocks[end:stop]
        else:
            joined += blocks[at:stop]
        if stop < len(blocks):
            joined.append(blocks[stop])
        at = stop + 1
    return joined


def _dedented(lines: list[str]) -> tuple[str, ...]:
    """The lines without their common indent. The first line does not count: it may have lost its own."""
    common = min((len(line) - len(line.lstrip()) for line in lines[1:]), default=0)
    return tuple(line[min(common, len(line) - len(line.lstrip())) :].rstrip() for line in lines)


def split_blocks(text: str, indent: int = 3, lead: int = 0) -> list[Block]:
    """Copy as paragraphs and agate. A paragraph begins after a blank line, or at a line with `indent` blanks.

    `lead` is how many characters stood before the text on its first line, such as a dateline in an element of its own:
    without them that line looks as if it had been broken before its end.
    """
    blocks: list[Block] = []
    for lines in line_groups(text.expandtabs(8)):
        for part, is_agate in _split_columns(lines):
            blocks.extend([Block(_dedented(list(part)), is_agate=True)] if is_agate else _prose(part, indent, lead))
            lead = 0
    return _joined_agate(blocks)


def _split_columns(lines: tuple[str, ...]) -> list[tuple[tuple[str, ...], bool]]:
    """A group of lines split into (prose before, columns, prose after), each with whether it is agate."""
    rows = [at for at, line in enumerate(lines) if "   " in line and _COLUMN_GAP.search(line.strip())]
    if len(rows) < 2:
        return [(lines, False)]
    start, end = rows[0], rows[-1] + 1
    if len(rows) * 2 <= end - start:
        return [(lines, False)]
    if start and _is_row_label(lines[start - 1]) and not lines[start - 1].lstrip()[:1].islower():
        start -= 1  # the table's own heading, and no end of a sentence
    parts = ((lines[:start], False), (lines[start:end], True), (lines[end:], False))
    return [(part, is_agate) for part, is_agate in parts if part]


def _prose(lines: tuple[str, ...], indent: int, lead: int) -> Iterable[Block]:
    """The paragraphs of a group of lines that has no columns."""
    indented = any(len(line) - len(line.lstrip()) >= indent for line in lines[1:])
    if indented or _looks_wrapped(lines, lead):
        return _indented_paragraphs(lines, indent)
    return (Block((line,)) for line in lines)


def split_at_double_blanks(text: str) -> list[str]:
    """The paragraphs of a body that came as one line: two blanks after the end of a sentence begin a new one."""
    has_others = "\t" in text or "\xa0" in text
    parts = (_DOUBLE if has_others else _DOUBLE_SPACE).split(text)
    return [line for part in parts if (line := _in_one_line(part))]
