"""What stands above the text of a piece of copy, as a value that `head` fills; and lines that are certainly no text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsgen.formats import dates, embargo, sluglines
from newsgen.formats.dates import DateLine
from newsgen.wire import byline, caption, furniture, notes
from newsgen.wire.contacts import is_contact_line

__all__ = [
    "PARAGRAPH", "PROSE", "SENTENCE_END", "SITE_MARK", "Head", "group_at", "is_explained", "is_heading_of",
    "stands_above_byline",
]  # fmt: skip

PROSE = 90  # characters from which a paragraph that ends as a sentence is text
SENTENCE_END = re.compile(r"[.!?…。！？।۔][\"'”’»)\]]{0,2}$")
PARAGRAPH = 700  # characters of a paragraph that are read
SITE_MARK = re.compile(r"\s(?:\||[-–—]{1,2})\s")  # before the name of a site behind a headline


@dataclass(slots=True)
class Head:
    """What stands above the text. Filled line by line; one for each piece of copy."""

    headline: str = ""
    is_headline_guess: bool = False
    deck: list[str] = field(default_factory=list)
    date: DateLine | None = None
    date_line: str = ""  # the line that it was read from
    section: str = ""
    slugline: str = ""
    address: str = ""
    dateline: str = ""  # of a label
    first: str = ""  # the first line of the text, where a label stands before it
    is_coded: bool = False  # lines begin with the codes of a data base
    bylines: list[str] = field(default_factory=list)  # lines, as sent
    guessed_byline: str = ""  # a line that is only a name
    persons: list[str] = field(default_factory=list)  # of bylines that are contacts too
    credits: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)  # bullets of the copy itself
    holds: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # lines of deck and dropped that nothing explains


def is_explained(text: str) -> bool:
    """Whether a line is certainly not text: a date, a byline, a caption, a note, a hold."""
    return bool(
        dates.read_line(text)
        or byline.is_byline(text)
        or embargo.read(text)
        or notes.note(text)
        or furniture.kind(text)
        or (caption.is_caption(text) and not SITE_MARK.search(text))
        or is_contact_line(text)
        or sluglines.is_metadata(text)
    )


def group_at(lines: Sequence[str], at: int) -> list[str]:
    """The lines from one to the next blank line, up to the length of a long paragraph."""
    group: list[str] = []
    size = 0
    for line in lines[at : at + 40]:
        if not line.strip() or size > PARAGRAPH:
            break
        group.append(line.strip())
        size += len(line)
    return group


def stands_above_byline(behind: Sequence[str]) -> bool:
    """Whether the next of some lines that is not blank is a byline or a date: then a sentence above it is a deck."""
    line = next((line.strip() for line in behind[:4] if line.strip()), "")
    return byline.is_byline(line) or dates.read_line(line) is not None


def is_heading_of(group: Sequence[str]) -> bool:
    """Whether the first of some lines without blank ones between them stands above the others' text."""
    first, others = group[0], group[1:]
    if not others or (SENTENCE_END.search(first) and len(first) > PROSE):
        return False
    return len(first) + 25 < max(map(len, others)) or len(first) < 40 or is_explained(others[0])
