"""Labelled lines of copy: `HEADLINE: …`, `Byline: …`, the headers of mail and of data bases."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from newsgen.wire.tables import table

__all__ = ["Label", "are_codes", "read", "read_code"]

_CODE = re.compile(r"([A-Z]{2,3})(?:\s+(\S.*))?$")
_CODES = 4  # lines of a head that begin with codes, at least
_LABEL = re.compile(r"([^\W\d_][\w'’ ./-]{1,24}?)\s?[:：]\s*(.*)$")


class Label(NamedTuple):
    """A label and what it says."""

    field: str  # of the tables: headline, byline, date …; "kept" for what is no field of a story
    text: str  # "" where the value stands on the next line


@cache
def _fields() -> Mapping[str, str]:
    return {name: field for field, names in table("layout")["labels"].items() for name in names}


def read(line: str) -> Label | None:
    """The label of a line; None for a line without one.

    A label is written in capitals, or its first letter is one. With nothing behind it, it may be a heading of the copy:
    then only labels in capitals count.
    """
    match = _LABEL.match(line.strip()[:1000])
    if not match:
        return None
    name, text = match.groups()
    field = _fields().get(name.casefold())
    if field is None or not (name.isupper() or name[:1].isupper() or not name.isascii()):
        return None
    if not text and not (name.isupper() or field == "body"):
        return None
    return Label(field, text.strip())


def are_codes(lines: Sequence[str]) -> bool:
    """Whether lines begin with the codes of a data base instead of labels: `HD Mill turns`, `WC 40 words`."""
    found = [label.field for line in lines if line[:2].isupper() and (label := read_code(line))]
    return len(found) >= _CODES and "headline" in found


def read_code(line: str) -> Label | None:
    """What a line says that begins with a code; None for a line without one."""
    match = _CODE.match(line.strip()[:1000])
    field = table("layout")["codes"].get(match[1]) if match else None
    return Label(field, (match[2] or "").strip()) if match and field else None
