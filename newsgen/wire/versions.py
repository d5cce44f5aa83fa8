"""Which version of a story copy says that it is: by the tags of its headline, by its slugline, by its story number.

    UPDATE 2-Mill turns                      number 2, update
    REFILE-WRAPUP 3-Mills turn               number 3, refile, of a wrap-up
    BC-EU--Harwick-Mill 3rdLd-Writethru      number 3, writethru, base "eu--harwick-mill"
    HARWICK-MILL/ (UPDATE 2, PICTURE)        number 2, update, base "harwick-mill"

An `Add` or a `Take 2` continues a story and replaces nothing: such words stay in the base. Subjects stay too, so
`9/11` and `3RD-QTR` are no numbers, and `REPEAT-OFFENDERS` no repeat. CORRECTED is the story again; CORRECTION and
CLARIFICATION are mostly two lines about it ("In Harwick item please read…"; all 20 in 11,000 stories of 1987), which
must not take its place: they are a genre.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from newsgen.model.value import value
from newsgen.text.address import name_key

__all__ = ["Kind", "Version", "follows", "is_notice", "rank", "read", "story_number"]

Kind = Literal["first", "update", "writethru", "corrected", "refile", "repeat", "wrapup"]


@value
class Version:
    """What copy says of itself. Where several words stand (`CORRECTED-UPDATE 1`), the kind is the last thing done."""

    number: int | None = None  # as said; None where no number is said: the first, or a correction of it
    kind: Kind = "first"
    base: str = ""  # the slugline without cycle and version words, to compare by; "" for none
    is_wrapup: bool = False  # of the series of wrap-ups, which is not that of the story
    genre: tuple[str, ...] = ()  # the labels that say nothing of a version, sorted: ("Factbox",)


_KINDS: dict[str, Kind] = {
    "update": "update", "wrapup": "wrapup", "corrected": "corrected", "clarified": "corrected", "refile": "refile",
    "refiled": "refile", "repeat": "repeat", "rpt": "repeat",
}  # fmt: skip
_NOTICES = frozenset(["Advisory", "Clarification", "Correction", "Kill", "Withdrawal", "Withdrawn"])
_LAST: tuple[Kind, ...] = ("repeat", "refile", "corrected", "wrapup", "writethru", "update")  # of several, the first
_TAIL = 80  # characters at the end of a slugline in which one version word is looked for
_MARKS = 6  # version words of one slugline, at each end

# ASCII alone: in Unicode ſ is a small letter of the same capital as s.
_CYCLE = re.compile(r"(?:BC|AM|PM)-{1,2}(?=[^\s-])", re.I | re.A)
_PREFIX = re.compile(r"(?:(UPDATE|WRAPUP)\s?(\d{1,2})|(CORRECTED|REFILE|RPT))\s?(?:[-:]{1,3}\s?|\s)(?=[^\s:-])", re.A)
_LEAD = re.compile(
    r"[\s,;-]{1,3}(\d{1,2})(?:st|nd|rd|th)[\s-]?(?:ld|lead)([\s-]{0,3}\(?write[\s-]?thr(?:u|ough)\)?)?(?:,\s?\d{2,4})?$",
    re.I | re.A,
)
_WRITETHRU = re.compile(r"[\s,;-]{1,3}\(?write-?thr(?:u|ough)\)?(?:,\s?\d{2,4})?$", re.I | re.A)
_MARK = re.compile(r"(?:[\s,]{1,3}bjt(?:,\s?\d{2,4})?|[\s,*-]{1,8}urgent)$", re.I | re.A)  # budget, priority
_ENDINGS = tuple("0123456789)dDuUhHtT")  # of anything below
_BRACKET = re.compile(r"(/?)\s?\(([^()]{1,60})\)$")
_SLASHED = re.compile(r"/\s(\d{1,2})$", re.A)
_WORD = re.compile(r"(update|wrapup|corrected|clarified|refiled?|repeat|rpt)(?:\s(\d{1,2}))?", re.I | re.A)
_NUMBER = re.compile(r"id([A-Z][A-Z0-9]{4,18})(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.A)

_Said = list[tuple[Kind, int | None]]


def _word(text: str) -> tuple[Kind, int | None] | None:
    found = _WORD.fullmatch(text)
    return (_KINDS[found[1].lower()], int(found[2]) if found[2] else None) if found else None


def _behind(slug: str, said: _Said) -> str | None:
    """`slug` without the last version word, which goes to `said`; None where it ends in none."""
    tail = slug[-_TAIL:]
    start = len(slug) - len(tail)
    if not tail.endswith(_ENDINGS):  # most: five searches less
        return None
    if found := _LEAD.search(tail):
        said.append(("writethru" if found[2] else "update", int(found[1])))
    elif found := _WRITETHRU.search(tail):
        said.append(("writethru", None))
    elif found := _SLASHED.search(tail):
        said.append(("update", int(found[1])))
    elif found := _BRACKET.search(tail):
        words = [word for part in found[2].split(",") if (word := _word(part.strip()))]
        if not words and not found[1]:  # a bracket behind a slash holds what comes with the story: PICTURE, TV
            return None
        said += words
    else:
        found = _MARK.search(tail)
    return slug[: start + found.start()] if found else None


def _slugline(slugline: str) -> tuple[str, _Said]:
    """(base, versions said) of a slugline."""
    slug = " ".join(slugline.split())
    said: _Said = []
    if found := _CYCLE.match(slug):
        slug = slug[found.end() :]
    for _ in range(_MARKS):
        found = _PREFIX.match(slug)
        if not found:
            break
        said.append((_KINDS[(found[1] or found[3]).lower()], int(found[2]) if found[2] else None))
        slug = slug[found.end() :]
    for _ in range(_MARKS):
        rest = _behind(slug, said)
        if rest is None:
            break
        slug = rest
    return name_key(slug.strip(" ,;/*-")), said


def read(labels: Iterable[str], slugline: str = "") -> Version:
    """The version that a headline's labels, as `headline.parse` shows them, and a slugline say together.

    Where both say a number, that of the headline counts.
    """
    base, behind = _slugline(slugline) if slugline else ("", [])
    said: _Said = []
    genre: list[str] = []
    for label in labels:
        if word := _word(label):
            said.append(word)
        else:
            genre.append(label)
    said += behind
    kinds = {kind for kind, _number in said}
    return Version(
        next((number for _kind, number in said if number is not None), None),
        next((kind for kind in _LAST if kind in kinds), "first"),
        base,
        "wrapup" in kinds,
        tuple(sorted(genre)),
    )


def is_notice(version: Version) -> bool:
    """Whether copy tells of another story, and can neither replace one nor be replaced."""
    return not _NOTICES.isdisjoint(version.genre)


def rank(version: Version) -> tuple[int, int]:
    """The order that tags say: by number, and a correction, refile or repeat behind what it has the number of."""
    is_again = version.kind in ("corrected", "refile", "repeat")
    return version.number or 0, int(is_again or (version.number is None and version.kind != "first"))


def follows(own: Version, before: Version) -> bool:
    """Whether the tags of two versions say that one comes behind the other."""
    later, earlier = rank(own), rank(before)
    if later != earlier:
        return later > earlier
    return later[1] == 1 and own.kind != before.kind  # a refile of a correction, or a correction of a refile


def story_number(name: str) -> str:
    """The agency's number of a story, from a file's name or an address that ends in it and the day.

    `us-mill-idNWKE56S0UO20090729.txt` is `NWKE56S0UO`; "" for any other. Numbers are used again after some weeks.
    """
    stem = name.rsplit("/", 1)[-1][-120:].removesuffix(".txt")
    at = stem.rfind("id")
    found = _NUMBER.fullmatch(stem, at) if at >= 0 else None
    return found[1] if found else ""
