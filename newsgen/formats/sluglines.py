"""Lines of a wire above copy: sluglines (`BC-HARWICK-MILL`, `Mill, 1st Ld-Writethru`), and codes of its messages."""

from __future__ import annotations

import re

from newsgen.wire.tables import table

__all__ = ["is_code", "is_metadata", "message_urgency", "read_slugline"]

_CAPITALS = re.compile(r"(?:BC-)?[A-Z0-9][A-Z0-9&'.]{1,24}(?:[-/][A-Z0-9&'.]{1,24}){1,6}$")
_WIRE = re.compile(
    r"\^?(?:BC-{1,2}[A-Z][^.?!]{1,80}"
    r"|[A-Z][\w&'. -]{1,60}[-/,]{1,2}\s?\d?(?:st|nd|rd|th)?[ -]?(?:Ld|Lead|Add|Take|Sub|Writethru)\b.{0,40}"
    r"|[A-Z][\w&'./ -]{1,40}\s\((?:\d\w\w\s)?(?:lead|ld|take|add|roundup)\b[^()]{0,20}\)"
    r"|[A-Z]{2}-{1,2}[A-Z][^.?!]{1,60},\s?\d{2,5})<?$"
)  # BC-EU--Harwick-Mill, 1st Ld-Writethru,0345
_HEADER = re.compile(r"[a-z]{1,2}\s[a-z]{1,2}\s+(?=\^?[A-Z]{2}-|\S+\s+\d\d-\d\d\s+\d{3,4}$)")  # r i BC-Mill 06-03 0123
_CODES = re.compile(
    r"(?:ZCZC\b.{0,40}|[a-z]\d{3,4}(?:\s[a-z]{1,3}){0,3}|[A-Za-z0-9]{1,2}(?:\s[A-Za-z0-9]{1,2}){1,4}|[A-Z]{2,4}\d{2,6}[A-Z]?)$"
)
_META = re.compile(
    r"[\d,.]{1,7} (?:words|Wörter|mots|palabras)$|\d{1,2}[:.]\d\d(?:\s?[apAP]\.?[mM]\.?)?(?:\s[A-Z]{3,4})?$"
)
_MESSAGE = re.compile(
    r"[A-Za-z]{3}\s?\d{2,6}\s+(\d)\s+[A-Za-z]{1,3}\s+\d+(?:\s+\S.{0,60})?$"
)  # bdt0123 4 pl 210 dpa 0345


def read_slugline(line: str) -> str:
    """The slugline that a line is, without the codes before it; "" for any other line."""
    text = line[:200]
    if header := _HEADER.match(text):
        return text[header.end() :]
    return text if _CAPITALS.match(text) or _WIRE.match(text) else ""


def is_metadata(line: str) -> bool:
    """Whether a line has nothing but a count of words, a time of day or a language, as data bases write them."""
    return len(line) <= 30 and (_META.match(line) is not None or line in table("layout")["above"]["languages"])


def is_code(line: str, before: str = "") -> bool:
    """Whether a line has nothing but codes of a message: `ZCZC NWA123 4 I`, `R A`; `before` is the line above it."""
    if before.startswith("ZCZC") and len(line) <= 12:
        return True
    return len(line) <= 100 and (
        _MESSAGE.match(line) is not None or (len(line) <= 48 and _CODES.match(line) is not None)
    )


def message_urgency(line: str) -> int:
    """The urgency, 1 to 9, in the line above a wire message: `bdt0123 4 pl 210 dpa 0345`; 0 for any other line."""
    found = _MESSAGE.match(line.strip()) if len(line) <= 120 else None
    return int(found[1]) if found else 0
