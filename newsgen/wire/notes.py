"""Editors' notes before copy (`(Corrects …)`, `(Adds …)`) and end matter after it (`($1 = …)`, `Keywords: …`).

Corrections, clarifications, refiles and removals are for readers; additions and updates are the desk's change log.
"""

from __future__ import annotations

import re

from newsgen.model.value import value
from newsgen.wire.contacts import is_contact_line
from newsgen.wire.credits import is_credit

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


_START = re.compile(
    r"\(?\s{0,2}(?:In [A-Z][a-z]+\.? \d{1,2} (?:item|story),? (?:please )?)?"
    r"(corrects?|corrected|corrections?|clarifies|clarified|clarification|refiles?|refiled|refiling|removes|removed"
    r"|adds|adding|updates|updated|updating|recasts|rewrites|repeats|repeating|repeat|attention|eds"
    r"|editor's note|editors' note|fixes"
    r"|changes|deletes|restores|drops|inserts|releads|new throughout|advisory|please)\b",
    re.I,
)
_KINDS = {
    "correct": "correction", "clarif": "clarification", "refil": "refile", "remove": "correction", "repeat": "repeat",
    "attention": "advisory", "advisory": "advisory", "please": "advisory", "fixes": "correction",
}  # fmt: skip
_PUBLIC = frozenset(["correction", "clarification", "refile"])
_BARE = frozenset("corrects clarifies refiles adds recasts updates rewrites repeats removes eds".split())
_RATE = re.compile(r"\(\s{0,2}[A-Z]{0,3}[$€£¥]?\s?[\d.,]{1,12}[^()=]{0,30}=[^()]{1,160}\)\s*$")  # ($1 = 0.7 euros)
_CODE = re.compile(r"\[?(?:nL|nN|idUS|ID:n)\w{5,20}\]?\s*$")
_MORE = re.compile(r"\(?(?:For further details|Source text|For more (?:stories|news)|Further company coverage)\b")
_AFTER = (
    ("rates", _RATE),
    ("code", _CODE),
    ("code", _MORE),
    ("keywords", re.compile(r"Keywords?:\s")),
)
_LIMIT = 1200  # characters: a longer paragraph is copy


def note(paragraph: str) -> Note | None:
    """The note that a paragraph before the body is; None where it belongs to the body."""
    text = paragraph.strip()
    if not text or len(text) > _LIMIT:
        return None
    start = _START.match(text)
    if not start:
        return None
    word = start.group(1).lower()
    is_bracketed = text.startswith("(") and text.rstrip(". ").endswith(")")
    if not is_bracketed and not (word in _BARE and text[:1].isupper() and len(text) < 300):
        return None
    kind = next((kind for stem, kind in _KINDS.items() if word.startswith(stem)), "update")
    return Note(paragraph, kind, kind in _PUBLIC)


def after(paragraph: str) -> Note | None:
    """The end matter that a paragraph after the body is; None where it belongs to the body."""
    text = paragraph.strip()
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
