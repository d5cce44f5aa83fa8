"""Editors' notes before copy (`(Corrects …)`, `(Adds …)`) and end matter after it (`($1 = …)`, `Keywords: …`).

Corrections, clarifications, refiles and removals are for readers; additions and updates are the desk's change log.
"""

from __future__ import annotations

import re
from functools import cache

from newsgen.model.value import value
from newsgen.wire.contacts import is_contact_line
from newsgen.wire.credits import is_credit
from newsgen.wire.tables import phrases

__all__ = ["Note", "Notes", "after", "note", "split"]


@value
class Note:
    """One note or piece of end matter, as sent."""

    text: str
    kind: str  # correction, clarification, refile; update, repeat, advisory; rates, keywords, contacts, code
    is_public: bool = False  # whether readers see it, as a correction


@value
class Notes:
    """The paragraphs of a story as sent, sorted by what they are; each is in one place, in order."""

    before: tuple[Note, ...]
    body: tuple[str, ...]
    credit: tuple[str, ...]  # credit lines at the end
    after: tuple[Note, ...]


_KINDS = ("correction", "clarification", "refile", "repeat", "advisory", "update")
_PUBLIC = frozenset(["correction", "clarification", "refile"])
_BARE = frozenset("corrects clarifies refiles adds recasts updates rewrites repeats removes eds".split())
# `In May 3 item, please corrects …`, `This June 3 story has been corrected to …`
_ITEM = (
    r"(?:(?:The\s(?:headline|caption|byline|summary)\s(?:of|in|on)\s)?(?:In|[Tt]his|[Tt]he)\s+(?:\w+\.?\s\d{1,2}(?:,\s\d{4},?)?\s+)?(?:story|item|version|article|report|copy|piece|take|dispatch)"
    r"(?:\s(?:issued|published|filed|sent|of|from|on|dated)\s[^,()]{1,40}?)?,?\s+)"
)
_EARLIER = re.compile(
    r"\(?\s{0,2}(?:An earlier|A previous|An initial|Earlier|Previous|A prior)\s(?:version|edition|headline)s?\b"
    r".{0,60}\b(?:story|article|report|version|item|headline|dispatch|copy)\b",
    re.I,
)
_MADE = re.compile(
    r"[(\s]{0,2}(?:An?|This is an?|The following is an?)\s(correction|clarification)\b"
    r"(?=\s(?:was|has been|is|of|to|on|appended)\b|\s?:)",
    re.I,
)
_IN_THIS = re.compile(
    r"[A-Z(\[][^.!?]{3,120}\b(?:has been|have been|was|were)\s(corrected|amended|fixed|clarified)\b"
    r"[^.!?]{0,30}\bin this\s(?:version|story|article|report|item|copy|headline|caption)\b"
)
_PREFIX = re.compile(
    r"[(\s]{0,2}(?:note|update|updated|editor['’]?s['’]? note|important)\s?:\s+(?=(?:this|an? earlier|the headline)\b)",
    re.I,
)
_APPENDED = re.compile(
    r"\(?(?:(?:With|A|Has a)\s)?(?:Correction|Clarification)s?\s(?:has been\s|is\s)?"
    r"(?:appended|below|attached)\b.{0,40}$",
    re.I,
)
_RATE = re.compile(r"\(\s{0,2}[A-Z]{0,3}[$€£¥]?\s?[\d.,]{1,12}[^()=]{0,30}=[^()]{1,160}\)\s*$")  # ($1 = 0.7 euros)
_CODE = re.compile(r"\[?(?:nL|nN|idUS|ID:n)\w{5,20}\]?\s*$")
_MORE = re.compile(r"\(?(?:For further details|Source text|For more (?:stories|news)|Further company coverage)\b")
_AFTER = (
    ("rates", _RATE),
    ("code", _CODE),
    ("code", _MORE),
    ("keywords", re.compile(r"Keywords?:\s")),
)
_EDGES = " \t*–—-"
# A note of the desk behind copy; any other word with a colon may be a heading of the copy.
_DESK = re.compile(
    r"[\s*–—-]{0,4}(?:(?:EDS?|Eds|ATTN|Attn)\b|(?i:(?:an )?editors?['’]?s? note|note to editors)|[A-Z]{4,12}:"
    r"|(?:This|The)\s(?:story|article|report)\s(?:has\sbeen|was)\b)"
)
_LIMIT = 1200  # characters: a longer paragraph is copy


@cache
def _start() -> re.Pattern[str]:
    """How a note begins; what it is about stands in `item`, the word that says what was done in `word`."""
    words = sorted((word for kind in _KINDS for word in phrases("notes", kind)), key=len, reverse=True)
    return re.compile(
        rf"\(?\s{{0,2}}(?P<item>{_ITEM})?(?:please\s)?(?:(?:has|have)\sbeen\s|was\s|is\s)?"
        rf"(?P<word>{'|'.join(map(re.escape, words))})"
        r"(?:(?P<mark>(?:\s\([^()]{2,40}\)|\son\s[\w ,.]{3,24}|\sappended\.)?(?:\s?[:：]|\s[-–—]{1,2}\s))|(?!\w))",
        re.I,
    )


def note(paragraph: str) -> Note | None:
    """The note that a paragraph at an end of copy is; None where it belongs to the body.

    A note stands in brackets, says of which story it speaks, or begins with its own name and a colon.
    """
    text = paragraph.strip(_EDGES)
    if not text or len(text) > _LIMIT:
        return None
    if text.startswith("[") and text.endswith("]"):
        text = f"({text[1:-1]})"
    is_bracketed = text.startswith("(") and text.rstrip(". ").endswith(")")
    if (_EARLIER.match(text) and len(text) < 600) or _APPENDED.match(text):
        return Note(paragraph, "correction", True)
    if made := _MADE.match(text):
        return Note(paragraph, made[1].lower(), True)
    if said := _IN_THIS.match(text):
        return Note(paragraph, "clarification" if said[1] == "clarified" else "correction", True)
    start = _start().match(text)
    if prefix := _PREFIX.match(text):
        inside = note(text[prefix.end() :])
        return Note(paragraph, inside.kind, inside.is_public) if inside else Note(paragraph, "update")
    if not start:
        return None
    word = start["word"].casefold()
    is_named = bool(start["mark"]) and word != "with" and (text[:1].isupper() or is_bracketed)
    is_bare = word in _BARE and text[:1].isupper() and len(text) < 300
    if not (is_bracketed or is_named or is_bare or (start["item"] and len(text) < 400)):
        return None
    if word == "with" and not is_bracketed:
        return None
    kind = next(kind for kind in _KINDS if word in phrases("notes", kind))
    inner = _start().match(text[start.end() :].lstrip()) if kind == "update" and start["mark"] else None
    if (
        inner
        and (of_inner := next(kind for kind in _KINDS if inner["word"].casefold() in phrases("notes", kind))) in _PUBLIC
    ):
        kind = of_inner  # Eds: Corrects name
    elif kind == "update" and " to correct " in text:
        kind = "correction"
    return Note(paragraph, kind, kind in _PUBLIC)


def after(paragraph: str) -> Note | None:
    """The end matter that a paragraph after the body is; None where it belongs to the body."""
    text = paragraph.strip()
    found = note(paragraph)
    if (
        found
        and (found.is_public or text.startswith(("(", "[")) or _DESK.match(text) or _PREFIX.match(text))
        and not is_credit(text)
    ):
        return found
    if text and len(text) <= _LIMIT:
        for kind, shape in _AFTER:
            if shape.match(text):
                return Note(paragraph, kind)
        if is_contact_line(text):
            return Note(paragraph, "contacts")
    return None


def split(paragraphs: tuple[str, ...]) -> Notes:
    """The paragraphs of a story sorted into notes, body, credit lines and end matter; none is lost, order stays."""
    start, end = 0, len(paragraphs)
    before: list[Note] = []
    while start < end and (editors_note := note(paragraphs[start])):
        before.append(editors_note)
        start += 1
    credit: list[str] = []
    end_matter: list[Note] = []
    while end > start:
        last = paragraphs[end - 1]
        if matter := after(last):
            end_matter.append(matter)
        elif is_credit(last):
            credit.append(last)
        else:
            break
        end -= 1
    return Notes(tuple(before), paragraphs[start:end], tuple(reversed(credit)), tuple(reversed(end_matter)))
