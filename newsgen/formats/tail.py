"""The end of a piece of copy: what stands behind the text is taken off, block by block, as what it says.

Credit lines, notes and contacts are `compose`'s; here go the page's furniture, lists of other stories, marks such as
`-30-` and `(END)`, initials of a desk, an agency's name behind the last sentence, lines of copyright.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from newsgen.formats import dates, labels
from newsgen.formats.blocks import Block
from newsgen.formats.marks import is_mark, words_behind
from newsgen.wire import credits as credit_lines
from newsgen.wire import furniture, names, notes
from newsgen.wire.contacts import is_contact_line

__all__ = ["Tail", "date_in", "is_heading", "take_tail"]

_HEADING_REACH = 30  # blocks from the end in which a heading of a list of other stories is looked for
_HEADING = 80  # characters of a heading, and of a mark
_CONTACTS = 14  # blocks from the end in which the heading of contacts is looked for
_CONTACT_HEADING = re.compile(
    r"(?:(?:media|press|investors?|editorial|for more information|further information)\s)?"
    r"(?:contacts?|contact us|contact information|enquiries|inquiries)\s?:?$|--\s?$"
    r"|for (?:more|further|additional) information(?:,? (?:please )?(?:contact|call|visit))?\s?:?$",
    re.I,
)
_PAGE_BEHIND_CREDIT = re.compile(r"([\s,.;]*)(?:Our Standards:|©|\(c\)\s)")
_LISTED = 170  # characters of a line in such a list
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”’»)\]]{0,2}$")
_ABOUT_COPY = re.compile(
    r"[(\[]?(?:this|the)\s(?:story|article|copy|report|item|content|text)\s(?:has|have|was|is)\s(?:not\s|been\s|only\s){0,3}"
    r"(?:edited|published|generated|provided|produced|sourced|supplied|auto|syndicated|licen[sc]ed|republished|reproduced)",
    re.I,
)
_ADDRESS = re.compile(r"https?://|www\.")
_VISIT = re.compile(r"(?:to|for|please|visit|see|read|follow|more|learn|click|find|download|view|go)\b", re.I)
_NAME_AND_AGENCY = re.compile(r"([^,.;:()]{5,60}), ([^,.;:()]{2,40})$")
_SIGN_OFF = re.compile(r"(?<=[.!?”\"’'»)])\s{1,3}(?:--?\s?|—\s?)?[(\[]?([^\W\d_][\w .]{1,24}?)[)\]]?\.?$")
_CODED_SIGN_OFF = re.compile(r"(?<=[.!?”\"’'»)])\s{1,3}(([a-z]{2,4})(?:\s[a-z0-9]{2,4}){1,6})$")
_MARK_AT_END = re.compile(
    r"\s{0,3}((?:[（(](?:完|终|終|了|끝|END|Ends?|FIN|Fin)[)）])"
    r"|(?<=[.!?”\"’»]) (?:Fin|ENDS|END|Slut|Enditem|Item ends))$"
)


@dataclass(slots=True)
class Tail:
    """What stood behind the text."""

    dropped: list[str] = field(default_factory=list)  # the first first
    bylines: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    agency: str = ""


def take_tail(blocks: Sequence[Block]) -> tuple[list[Block], Tail]:
    """(the blocks without what stands behind the text, what that was). At least one block stays."""
    kept, tail = _parted(blocks), Tail()
    cut = _start_of_contacts(kept)
    tail.contacts = [block.text for block in kept[cut:]]
    kept = kept[:cut]
    cut = _start_of_list(kept)
    dropped = [block.text for block in kept[cut:]]
    kept = kept[:cut]
    ends: list[Block] = []  # credits and notes, which stay: compose reads them; the last first
    marks: list[str] = []  # the last first
    while len(kept) > 1:
        block = kept[-1]
        text = block.text
        if block.is_agate and len(block.lines) > 1:
            break
        is_title = bool(marks) and (label := labels.read(text)) is not None and label.field == "headline"
        if is_mark(text) or furniture.kind(text) or _is_of_the_page(text) or is_title:
            marks.append(text)
        elif match := _names_a_writer(text):
            tail.bylines.insert(0, match[1])
            tail.agency = tail.agency or match[2]
            marks.append(text)
        elif credit_lines.is_credit(text) or is_contact_line(text) or notes.after(text):
            ends.append(block)
        elif len(text.split()) < 26 and _ADDRESS.search(text) and (marks or _VISIT.match(text)):
            marks.append(text)
        else:
            break
        kept.pop()
    if kept and not kept[-1].is_agate:
        kept[-1] = _without_sign_off(kept[-1], tail, marks)
    tail.dropped = [*reversed(marks), *dropped]
    return [*kept, *reversed(ends)], tail


def _parted(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a page's line that stands behind a credit, on the same line, as a block of its own."""
    parted = list(blocks)
    for at in range(max(1, len(blocks) - _CONTACTS), len(blocks)):
        first = blocks[at].lines[0]
        if "Our Standards:" not in first and "©" not in first:
            continue
        text = blocks[at].text
        found = _PAGE_BEHIND_CREDIT.search(text)
        if found and credit_lines.is_credit(text[: found.start()]):
            return [*parted[:at], Block((text[: found.start()],)), Block((text[found.end(1) :],)), *parted[at + 1 :]]
    return parted


def date_in(lines: Sequence[str], month_first: bool | None = None) -> str:
    """When the story was published, by the lines behind it: a label `Publication date:` before any other date.

    A line that says when something was changed, or loaded into a data base, counts only where no other has a date.
    """
    found: list[tuple[int, int, str]] = []  # (rank, place, date)
    for at, text in enumerate(lines):
        read = dates.read_line(text, month_first)
        label = labels.read(text)
        stamp = dates.parse_trailer(text)
        iso = stamp or ((read.iso if not read.is_ambiguous else "") if read else dates.find_in(text, month_first))
        is_named = label is not None and label.field == "date" and not text.casefold().startswith("load")
        is_late = (read is not None and read.is_update) or text.casefold().startswith(
            ("load", "last", "copyright", "©")
        )
        if iso and not _ADDRESS.search(text):
            found.append((0 if is_named else 2 if is_late else 1, at, iso))
    return min(found, default=(0, 0, ""))[2]


def _start_of_contacts(blocks: Sequence[Block]) -> int:
    """Where contacts begin that go on to the end: below `Contacts`, or the `--` of a mail."""
    names_of = len(blocks)  # where lines begin that are names, right above contacts
    for at in range(len(blocks) - 1, max(0, len(blocks) - _CONTACTS), -1):
        text = blocks[at].text
        if len(text) > _HEADING or blocks[at].is_agate:
            break
        has_contacts = any(is_contact_line(block.text) for block in blocks[at + 1 :])
        if has_contacts and _CONTACT_HEADING.match(text):
            return at
        is_contact = is_contact_line(text) and not credit_lines.is_credit(text)
        if is_contact or (names_of == at + 1 and _is_name_alone(text)):
            names_of = at
    return names_of if _are_only_contacts(blocks[names_of:]) else len(blocks)


def _are_only_contacts(blocks: Sequence[Block]) -> bool:
    """Whether some blocks begin with a name, and have nothing but names, contacts and lines of a page."""
    texts = [block.text for block in blocks]
    return (
        len(texts) > 1
        and _is_name_alone(texts[0])
        and all(_is_name_alone(text) or is_contact_line(text) or furniture.kind(text) for text in texts)
    )


def _is_name_alone(text: str) -> bool:
    """Whether a line is a name and nothing else, of a person or a company: two to five words with capitals."""
    return (
        2 <= len(text.split()) <= 5
        and text[0].isupper()
        and names.is_name(text)
        and not (_SENTENCE_END.search(text) or ":" in text or names.is_agency(text) or is_mark(text))
    )


def _start_of_list(blocks: Sequence[Block]) -> int:
    """Where a list of other stories begins that goes on to the end; the number of blocks where there is none."""
    start = len(blocks)
    for at in range(len(blocks) - 1, max(0, len(blocks) - _HEADING_REACH), -1):
        text = blocks[at].text
        if len(text) > _LISTED or blocks[at].is_agate:
            break
        if is_heading(text):
            start = at
        elif _SENTENCE_END.search(text) and len(text.split()) > 9 and not _is_of_the_page(text):
            break
    return start


def is_heading(text: str) -> bool:
    """Whether a line stands above a list of other stories: `Related topics`, `More from Harwick`."""
    if len(text) > _HEADING:
        return False
    low = text.casefold().rstrip(" :»>")
    return low in words_behind("headings") or (low.startswith(_heading_starts()) and len(low.split()) < 7)


@cache
def _heading_starts() -> tuple[str, ...]:
    return tuple(f"{heading} " for heading in words_behind("headings"))


@cache
def _line_starts() -> tuple[str, ...]:
    return tuple(start.lstrip("( ") for start in words_behind("starts"))


def _is_of_the_page(text: str) -> bool:
    """Whether a paragraph is a line about the story: copyright, sources, when it was first published."""
    low = text.casefold().lstrip("( ")
    if len(text) > 400:
        return False
    if _ABOUT_COPY.match(text) and (text[:1] in "([" or len(text.split()) > 9):
        return True
    if low.startswith(_line_starts()) and len(text.split()) <= 45:
        return True
    if dates.read_line(text):
        return True
    label = labels.read(text) if not credit_lines.is_credit(text) else None
    return label is not None and label.field not in ("body", "credit", "note", "headline")


def _names_a_writer(text: str) -> re.Match[str] | None:
    """`Amara Stevens, The Canadian Press`, alone behind the text."""
    match = _NAME_AND_AGENCY.match(text)
    if match and names.is_name(match[1]) and len(match[1].split()) <= 4 and names.is_agency(match[2]):
        return match
    return None


def _without_sign_off(block: Block, tail: Tail, marks: list[str]) -> Block:
    """The last paragraph without an agency's name, or a mark, behind its last sentence: these go to `marks`."""
    text = block.text
    if mark := _MARK_AT_END.search(text):
        marks.append(mark[1].strip())
        text = text[: mark.start()]
    coded = _CODED_SIGN_OFF.search(text[-60:])
    if coded and names.is_agency(coded[2]):
        marks.append(coded[1])
        text = text[: -len(coded[0])]
    sign = _SIGN_OFF.search(text[-60:])
    if sign and names.is_agency(sign[1]) and not sign[1].islower():
        start = len(text) - len(text[-60:]) + sign.start()
        if text[:start].strip():
            marks.append(text[start:].strip())
            tail.agency = tail.agency or sign[1].strip()
            text = text[:start]
    return Block((text,)) if text != block.text else block
