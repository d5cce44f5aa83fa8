"""Marks that end copy: `-30-`, `(END)`, initials of a desk, signatures and stamps of agencies, labels of data bases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from newsgen.formats import dates, labels
from newsgen.wire import credits as credit_lines
from newsgen.wire import names
from newsgen.wire.contacts import is_contact_line
from newsgen.wire.tables import table

__all__ = ["is_mark", "take_marks", "words_behind"]

_MARK = 80  # characters of a mark
_RULE = frozenset("_-*=#~. ·—–")
_INITIALS = re.compile(
    r"(?:[a-z]{2,4}(?:[/-][a-z]{2,4}){1,4}|(?:\([a-zéíó]{3,8}\)){1,4}|[A-Z]{2,3}\s?//?\s?[A-Z]{2,3})$"
)
_SIGNED = re.compile(r"[-=–—/(©]{0,3}\s?([^\W\d_][\w .]{1,24}?)\s?(?:/(\w{2,8}))?[-=/)]{0,2}$")
_STAMP = re.compile(r"[A-Z]{2,6}[-\s].{0,24}\d{4}\s?[A-Z]{3}\b.{0,12}$")  # AP-NY-03-03-88 1015EST<
# dpa al yyzz n1 bd; (dpa/al)
_CODED = re.compile(
    r"\(?([A-Za-z]{2,9})(?:(?:\s[a-z0-9]{2,4}(?:/[a-z]{2,4}){0,2}){1,6}|[/,]\s?[a-z]{2,4}(?:[/,]\s?[a-z]{2,4})?)\)?$"
)
_DOCUMENT = re.compile(
    r"[A-Z]{2,6}\s?\[n\w{4,12}\]$|(?:Document|Dokument)\s(?=\S*\d{6})[A-Za-z0-9]{8,40}$"
)  # of a data base
_OF_AGENCIES = re.compile(r"(?:[a-z]{2,4}(?:/[a-z]{2,4}){0,3}\s)?\(([^()]{2,60})\)$")


@cache
def words_behind(key: str) -> tuple[str, ...]:
    """A list of the table of what stands behind copy."""
    return tuple(table("layout")["behind"][key])


def is_mark(text: str) -> bool:
    """Whether a paragraph is a mark that ends copy: `-30-`, `(END)`, the initials of a desk, an agency's signature."""
    if len(text) > _MARK:
        return set(text) <= _RULE
    low = text.casefold().strip()
    bare = low.strip("-–—*#=~()[]<>^./ ")
    if (
        low in words_behind("marks")
        or (len(low) < 20 and bare in words_behind("bare_marks"))
        or _INITIALS.match(text)
        or set(low) <= _RULE
    ):
        return True
    if len(text) <= 48 and (
        _STAMP.match(text) or _DOCUMENT.match(text) or ((code := _CODED.match(text)) and names.is_agency(code[1]))
    ):
        return True
    if _is_of_agencies(text):
        return True
    signed = _SIGNED.match(text)
    is_end = signed is not None and (not signed[2] or signed[2].casefold() in words_behind("bare_marks"))
    return signed is not None and is_end and len(text) <= 30 and names.is_agency(signed[1])


def _is_of_agencies(text: str) -> bool:
    """Whether a line has nothing but agencies in brackets, with initials before them: `al/bd (AFP, dpa)`."""
    found = _OF_AGENCIES.match(text)
    parts = re.split(r",\s?|/|\s(?:with|and|mit|und|avec|et|con|y)\s", found[1]) if found else []
    return any(map(names.is_agency, parts)) and all(names.is_agency(part) or part.isupper() for part in parts)


def take_marks(lines: list[str]) -> tuple[list[str], list[str]]:
    """(lines without the marks that end them, those): on old wires no blank line stood before them."""
    stop = len(lines)
    marks: list[str] = []  # the last first
    while stop > 1 and (not lines[stop - 1].strip() or _is_line_behind(lines[stop - 1].strip(), marks)):
        stop -= 1
        marks += [lines[stop].strip()] if lines[stop].strip() else []
    return lines[:stop], marks[::-1]


def _is_line_behind(text: str, marks: Sequence[str]) -> bool:
    """Whether a line above `marks` is one too, a date, or a label of a data base: these would look like a table."""
    if len(text) < 60 and (is_mark(text) or dates.read_line(text)):
        return True
    label = labels.read(text) if ":" in text[:30] and not credit_lines.is_credit(text) else None
    fields = ("kept", "date", "section", "slugline", "headline") if marks else ("kept", "date", "section")
    return label is not None and label.field in fields and not is_contact_line(text)
