"""Which of some lines above copy is its headline: not a subject in capitals, not the name of a paper or a site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newsgen.formats import embargo
from newsgen.formats.head_parts import Head
from newsgen.wire import byline, names
from newsgen.wire.headline import parse as wire_tags
from newsgen.wire.tables import table

__all__ = ["Chosen", "choose", "take_above"]

_TIME = re.compile(r"\b(?:\d{1,2}[:.]\d\d|\d{4} (?:GMT|UTC|hours|hrs)|\d{1,2} ?[ap]\.?m)\b", re.I)
_SUFFIX = re.compile(r"\s+(\||[-–—])\s+([^|]{2,40})$")

Line = tuple[int, str]  # its index, its text


class Chosen(NamedTuple):
    """A headline, and the lines around it."""

    text: str
    is_guess: bool  # none of the lines reads as a headline
    above: tuple[str, ...]  # with the name of a site behind the headline
    below: tuple[Line, ...]


def take_above(head: Head, lines: list[Line]) -> None:
    """Take off lines what may hold the copy back, and a name alone above a headline: a byline without `By`."""
    for line in lines[:3]:  # a headline must be left
        if len(lines) > 1 and embargo.may_hold(line[1]):
            lines.remove(line)
            head.dropped.append(line[1])
            head.unread.append(line[1])
    (_at, text), *others = lines
    if others and not head.bylines and len(others[0][1].split()) > 3 and byline.is_bare_byline(text):
        head.bylines.append(text)
        head.guessed_byline = text
        del lines[0]


def choose(lines: Sequence[Line]) -> Chosen:
    """The headline among lines of which there is at least one: the first that is no kicker and no name of a site."""
    chosen = next((number for number, (_at, text) in enumerate(lines) if not _is_kicker(text)), None)
    is_guess = len(lines) > 1 and (chosen is None or _is_code(lines[chosen][1]))
    if chosen is None:
        chosen = max(range(len(lines)), key=lambda number: len(lines[number][1].split()))
    elif len(lines[chosen][1].split()) < 4 and lines[chosen][1].isascii():
        chosen = 0  # what follows is no better
    at, text = lines[chosen]
    is_guess |= len(lines) > 1 and _says_when(text)
    is_guess |= len(text.split()) < 4 and any(len(other.split()) > 3 for _at, other in lines)
    below = list(lines[chosen + 1 :])
    while below and below[0][0] == at + 1 and below[0][1][:1].islower():
        at, text = below[0][0], f"{text} {below[0][1]}"
        below = below[1:]
    headline, sites = _without_marks(text), []
    for _site in range(3):  # Mill turns | World | Harwick Post
        headline, site = _without_site(headline)
        sites += [site] if site else []
    above = [other for _at, other in lines[:chosen]] + sites
    return Chosen(headline, is_guess, tuple(above), tuple(below))


@cache
def _papers() -> frozenset[str]:
    return frozenset(table("layout")["above"]["papers"])


def _is_kicker(text: str) -> bool:
    """Whether a line above copy is less than a headline: a subject in capitals, or the name of a paper or site."""
    words = text.split()
    if wire_tags(text)[0]:
        return False
    if len(words) == 1 or (len(words) <= 3 and (text.isupper() or text.endswith(":"))):
        return True
    low = [word.casefold().strip(".,") for word in words]
    return (
        len(words) <= 4
        and all(word[:1].isupper() or word in ("of", "and", "&") for word in words)
        and (not _papers().isdisjoint(low) or low[-1].endswith((".com", ".org", ".net")))
    )


def _is_code(text: str) -> bool:
    """Whether a line is more figures and short letters than words."""
    words = text.split()
    return 2 * sum(any(map(str.isdigit, word)) or len(word) < 3 for word in words) > len(words)


def _says_when(text: str) -> bool:
    """Whether a line names a time of day: then it may be for editors."""
    return _TIME.search(text) is not None


def _without_marks(text: str) -> str:
    """A headline without the marks around it of a wire or an editor: `^Mill turns<`, `** Mill turns **`."""
    bare = text.removeprefix("^").rstrip("<=").strip()
    bare = re.sub(r"^#{1,6}\s+", "", bare)
    if bare[:1] == bare[-1:] and bare[:1] in ("*", "_", "=", "~"):
        bare = bare.strip("*_=~ ")
    return bare or text


def _without_site(text: str) -> tuple[str, str]:
    """(headline, the name of the site behind it with its mark)."""
    match = _SUFFIX.search(text)
    if not match or len(text[: match.start()].split()) < 3:
        return text, ""
    mark, site = match.groups()
    words = site.split()
    is_name = len(words) <= 5 and all(word[:1].isupper() or word in ("of", "and", "&", "the") for word in words)
    is_paper = names.is_agency(site) or not _papers().isdisjoint(word.casefold() for word in words)
    if is_name and (mark == "|" or is_paper):
        return text[: match.start()].rstrip(), match.group().strip()
    return text, ""
