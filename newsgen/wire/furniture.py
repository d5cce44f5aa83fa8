"""Page furniture: lines of a web page that are no part of its story, such as `Share`, `3 min read`, `Sign up here`.

Each line is judged by itself, so only short lines of known words count. Prose that mentions such words is copy.
"""

from __future__ import annotations

import re
from functools import cache

from newsgen.text.memo import cache_short_text
from newsgen.wire.tables import phrases

__all__ = ["bullet", "is_breadcrumb", "kind", "next_in"]

_LIMIT = 240  # characters: furniture is short
_BULLET = re.compile(r"^\s*[•·▪◦‣●]\s*(\S.*)$")
_NEXT = re.compile(r"^\s*(?:Next|NEXT)\s+(?:[Ii]n|IN)\s+([A-Z][\w&' -]{0,40})$")
_CRUMBS = re.compile(r"(?:[^\s/>|›»][^/>|›»]{0,30}\s?[/>|›»]\s?){1,5}[^\s/>|›»][^/>|›»]{0,40}$")
_COMMENTS = re.compile(r"\d{1,6} comments?$")
_FOLLOW = re.compile(r"(?:Follow|Contact|E-?mail) [A-Z].{2,60}(?:@\w|\bon (?:Twitter|X|Facebook|Instagram|Bluesky)\b)")
_STRAIGHT = str.maketrans("‘’“”–—·", "''\"\"---")
_START_LIMIT = 140  # characters of a line that is known by its beginning
_AGO = re.compile(
    r"(?:\d{1,2} min(?:ute)?s? read"
    r"|(?:last )?(?:published|updated|modified|posted)?:? ?\d{1,3} (?:minutes?|mins?|hours?|days?) ago)$",
    re.I,
)
_COUNT = re.compile(
    r"[\[(]?(?:(?:item|image|photo|slide|page|document)\s)?\d{1,5}\s?(?:/|of)\s?\d{1,5}(?:\sdocuments)?[\])]?$", re.I
)
_BAR = re.compile(r"([^|]{2,30}?)\s?\|\s?\S")
_PARTS = re.compile(r"[^\s,;:|·•()\[\]/—–?!.…-]+")
_WORDS = 7  # of a line that is furniture by its words


def bullet(line: str) -> str:
    """The text of a bullet of a breadcrumb (`• World`); "" for another line."""
    match = _BULLET.match(line) if len(line) <= _LIMIT else None
    return match.group(1).strip() if match else ""


def next_in(line: str) -> str:
    """The section that a `Next In World` heading names; "" for another line."""
    match = _NEXT.match(line) if len(line) <= 80 else None
    return match.group(1).strip() if match else ""


@cache_short_text
def kind(line: str) -> str:
    """Which kind of page furniture a line is: next, breadcrumb, share or any other line; "" for copy."""
    text = line.strip()
    if not text or len(text) > _LIMIT:
        return ""
    if next_in(text):
        return "next"
    if bullet(text):
        return "breadcrumb"
    low = text.lower() if text.isascii() else text.casefold().translate(_STRAIGHT)
    low = " ".join(low.split())
    if low.rstrip(" :»>") in phrases("furniture", "lines"):
        return "line"
    if len(low) <= _START_LIMIT and low.startswith(_starts()):
        return "line"
    if _AGO.match(low) or _COMMENTS.match(low) or _FOLLOW.match(text):
        return "line"
    if _COUNT.match(low) or any(phrase in low for phrase in phrases("furniture", "phrases")):
        return "line"
    words = low.replace("|", " ").replace("/", " ").replace(",", " ").split()
    if words and len(words) < 12 and phrases("furniture", "share").issuperset(words):
        return "share"
    if len(low) <= 60 and (_is_known(low) or ((bar := _BAR.match(low)) and _is_known(bar[1]))):
        return "line"
    return ""


def _is_known(low: str) -> bool:
    """Whether a text has no word but those of furniture, and a sure one among them: `Read the full article here`."""
    words = [word for word in _PARTS.findall(low) if not word.isdigit()]
    if not 0 < len(words) <= _WORDS:
        return False
    sure = phrases("furniture", "words") | phrases("furniture", "share")
    return any(word in sure and len(word) > 1 for word in words) and all(
        word in sure or word in phrases("furniture", "joints") for word in words
    )


@cache
def _starts() -> tuple[str, ...]:
    return tuple(phrases("furniture", "starts"))


def is_breadcrumb(line: str) -> bool:
    """Whether a line says where a page stands in its site: `Home / World`, `News > Europe`."""
    if len(line) > _LIMIT or not _CRUMBS.match(line):
        return False
    parts = [part.split() for part in re.split(r"[/>|›»]", line)]
    return all(
        0 < len(words) <= 4 and all(word[:1].isupper() or word in ("&", "and", "of") for word in words)
        for words in parts
    )
