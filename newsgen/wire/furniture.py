"""Page furniture: lines of a web page that are no part of its story, such as `Share`, `3 min read`, `Sign up here`.

Each line is judged by itself, so only short lines of known words count. Prose that mentions such words is copy.
"""

from __future__ import annotations

import re

__all__ = ["bullet", "kind", "next_in"]

_LIMIT = 240  # characters: furniture is short
_BULLET = re.compile(r"^\s*[•·▪◦‣●]\s*(\S.*)$")
_NEXT = re.compile(r"^\s*(?:Next|NEXT)\s+(?:[Ii]n|IN)\s+([A-Z][\w&' -]{0,40})$")
_STARTS = (
    ("promo", ("follow us on ", "join our ", "download our ", "download the app", "get the latest news")),
    ("newsletter", ("sign up here", "sign up to ", "subscribe to our ", "subscribe now", "subscribe here")),
    ("advertisement", ("advertisement · scroll", "advertisement - scroll", "story continues below advert")),
    ("trust", ("our standards:", "the thomson reuters trust principles")),
    ("rights", ("acquire licensing", "purchase licensing", "© ", "copyright ©", "all rights reserved")),
)  # beginnings of short lines
_HEADINGS = (
    "others also read, also read, also read:, read more, read more:, related stories, related articles, "
    "related news, related topics, related topics:, suggested topics, suggested topics:, most read, most popular, "
    "most viewed, trending, trending now, you may also like, recommended, recommended for you, latest news, "
    "latest stories, more for you, top stories"
)
_ADVERTS = "advertisement, ad, report this ad, scroll to continue, sponsored, sponsored content"
_WHOLE = {
    **dict.fromkeys(_HEADINGS.split(", "), "heading"),
    **dict.fromkeys(_ADVERTS.split(", "), "advertisement"),
    "opens new tab": "rights",
}  # the whole line
_SHARE = frozenset(
    "share tweet print email e-mail facebook twitter x whatsapp linkedin telegram comment comments save listen "
    "bookmark reddit copy link".split()
)  # words of a line that has no others
_AGO = re.compile(r"(?:\d{1,2} min(?:ute)?s? read|(?:published|updated) \d{1,3} (?:minutes?|hours?|days?) ago)$", re.I)


def bullet(line: str) -> str:
    """The text of a bullet of a breadcrumb (`• World`); "" for another line."""
    match = _BULLET.match(line) if len(line) <= _LIMIT else None
    return match.group(1).strip() if match else ""


def next_in(line: str) -> str:
    """The section that a `Next In World` heading names; "" for another line."""
    match = _NEXT.match(line) if len(line) <= 80 else None
    return match.group(1).strip() if match else ""


def kind(line: str) -> str:
    """Which kind of page furniture a line is (`promo`, `heading`, `advertisement`, `trust`…); "" for copy."""
    text = line.strip()
    if not text or len(text) > _LIMIT:
        return ""
    if next_in(text):
        return "next"
    if bullet(text):
        return "breadcrumb"
    low = " ".join(text.lower().split())
    if low in _WHOLE:
        return _WHOLE[low]
    for name, starts in _STARTS:
        if low.startswith(starts):
            return name
    if _AGO.match(low):
        return "age"
    words = [word for word in re.split(r"[\s|·/,]", low) if word]
    return "share" if words and len(words) < 12 and all(word in _SHARE for word in words) else ""
