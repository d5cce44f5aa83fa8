"""Which version of a story copy claims to be: by the tags of its headline, its slugline and its story number.

    UPDATE 2-Mill turns                      number 2, update
    REFILE-WRAPUP 3-Mills turn               number 3, refile, of a wrap-up
    BC-EU--Harwick-Mill 3rdLd-Writethru      number 3, writethru, base "eu--harwick-mill"
    HARWICK-MILL/ (UPDATE 2, PICTURE)        number 2, update, base "harwick-mill"

An `Add` or a `Take 2` continues a story and replaces nothing: such words stay in the base. Subjects stay too: `9/11`
and `3RD-QTR` are no version numbers, and `REPEAT-OFFENDERS` is no repeat. CORRECTED is the story again; CORRECTION
and CLARIFICATION are mostly two lines about it ("In Harwick item please read…"; all 20 in 11,000 stories of 1987),
which must not replace it: they are a genre.
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
    """Which version copy claims to be. Of several words (`CORRECTED-UPDATE 1`), the kind is what was done last."""

    number: int | None = None  # as written; None where there is none: the first version, or a correction of it
    kind: Kind = "first"
    base: str = ""  # the slugline without cycle (`BC-`) and version words, to compare by; "" for none
    is_wrapup: bool = False  # whether it is of a series of wrap-ups, which is not that of the story
    genre: tuple[str, ...] = ()  # the headline's other tags, sorted: ("Factbox",)


_KINDS: dict[str, Kind] = {
    "update": "update", "wrapup": "wrapup", "corrected": "corrected", "clarified": "corrected", "refile": "refile",
    "refiled": "refile", "repeat": "repeat", "rpt": "repeat",
}  # fmt: skip
_NOTICE_TAGS = frozenset(["Advisory", "Clarification", "Correction", "Kill", "Withdrawal", "Withdrawn"])
_PRECEDENCE: tuple[Kind, ...] = (
    "repeat",
    "refile",
    "corrected",
    "wrapup",
    "writethru",
    "update",
)  # of several kinds, the first of these counts
_TAIL = 80  # characters at the end of a slugline in which a version word is looked for
_MOST_WORDS = 6  # the most version words at each end of a slugline

# ASCII only: in Unicode, ſ and s are small letters of the same capital.
_CYCLE = re.compile(r"(?:BC|AM|PM)-{1,2}(?=[^\s-])", re.I | re.A)
_PREFIX = re.compile(r"(?:(UPDATE|WRAPUP)\s?(\d{1,2})|(CORRECTED|REFILE|RPT))\s?(?:[-:]{1,3}\s?|\s)(?=[^\s:-])", re.A)
_NTH_LEAD = re.compile(
    r"[\s,;-]{1,3}(\d{1,2})(?:st|nd|rd|th)[\s-]?(?:ld|lead)([\s-]{0,3}\(?write[\s-]?thr(?:u|ough)\)?)?(?:,\s?\d{2,4})?$",
    re.I | re.A,
)
_WRITETHRU = re.compile(r"[\s,;-]{1,3}\(?write-?thr(?:u|ough)\)?(?:,\s?\d{2,4})?$", re.I | re.A)
_PRIORITY = re.compile(r"(?:[\s,]{1,3}bjt(?:,\s?\d{2,4})?|[\s,*-]{1,8}urgent)$", re.I | re.A)  # budget, priority
_POSSIBLE_ENDINGS = tuple("0123456789)dDuUhHtT")  # of everything below
_BRACKET = re.compile(r"(/?)\s?\(([^()]{1,60})\)$")
_SLASH_NUMBER = re.compile(r"/\s(\d{1,2})$", re.A)
_VERSION_WORD = re.compile(r"(update|wrapup|corrected|clarified|refiled?|repeat|rpt)(?:\s(\d{1,2}))?", re.I | re.A)
_STORY_NUMBER = re.compile(r"id([A-Z][A-Z0-9]{4,18})(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.A)

_Claims = list[tuple[Kind, int | None]]


def _version_word(text: str) -> tuple[Kind, int | None] | None:
    match = _VERSION_WORD.fullmatch(text)
    return (_KINDS[match[1].lower()], int(match[2]) if match[2] else None) if match else None


def _strip_last_word(slug: str, claims: _Claims) -> str | None:
    """`slug` without the version word at its end, which is added to `claims`; None where there is none."""
    tail = slug[-_TAIL:]
    start = len(slug) - len(tail)
    if not tail.endswith(_POSSIBLE_ENDINGS):  # most do not: that spares five searches
        return None
    if match := _NTH_LEAD.search(tail):
        claims.append(("writethru" if match[2] else "update", int(match[1])))
    elif match := _WRITETHRU.search(tail):
        claims.append(("writethru", None))
    elif match := _SLASH_NUMBER.search(tail):
        claims.append(("update", int(match[1])))
    elif match := _BRACKET.search(tail):
        words = [word for part in match[2].split(",") if (word := _version_word(part.strip()))]
        if not words and not match[1]:  # a bracket after a slash may name what comes with the story: PICTURE, TV
            return None
        claims += words
    else:
        match = _PRIORITY.search(tail)
    return slug[: start + match.start()] if match else None


def _slugline(slugline: str) -> tuple[str, _Claims]:
    """(base, versions that the slugline names, those before the subject first) of a slugline."""
    slug = " ".join(slugline.split())
    claims: _Claims = []
    if cycle := _CYCLE.match(slug):
        slug = slug[cycle.end() :]
    for _ in range(_MOST_WORDS):
        prefix = _PREFIX.match(slug)
        if not prefix:
            break
        claims.append((_KINDS[(prefix[1] or prefix[3]).lower()], int(prefix[2]) if prefix[2] else None))
        slug = slug[prefix.end() :]
    for _ in range(_MOST_WORDS):
        rest = _strip_last_word(slug, claims)
        if rest is None:
            break
        slug = rest
    return name_key(slug.strip(" ,;/*-")), claims


def read(labels: Iterable[str], slugline: str = "") -> Version:
    """The version that a headline's tags, as `headline.parse` gives them, and a slugline claim together.

    Where both give a number, that of the headline counts.
    """
    base, of_slugline = _slugline(slugline) if slugline else ("", [])
    claims: _Claims = []
    genre: list[str] = []
    for label in labels:
        if word := _version_word(label):
            claims.append(word)
        else:
            genre.append(label)
    claims += of_slugline
    kinds = {kind for kind, _number in claims}
    return Version(
        next((number for _kind, number in claims if number is not None), None),
        next((kind for kind in _PRECEDENCE if kind in kinds), "first"),
        base,
        "wrapup" in kinds,
        tuple(sorted(genre)),
    )


def is_notice(version: Version) -> bool:
    """Whether copy is about another story, so that it neither replaces one nor is replaced."""
    return not _NOTICE_TAGS.isdisjoint(version.genre)


def rank(version: Version) -> tuple[int, int]:
    """What to sort versions by: their number, then whether they correct, refile or repeat the one with that number."""
    is_again = version.kind in ("corrected", "refile", "repeat")
    return version.number or 0, int(is_again or (version.number is None and version.kind != "first"))


def follows(own: Version, before: Version) -> bool:
    """Whether, by its tags, version `own` comes after version `before`."""
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
    match = _STORY_NUMBER.fullmatch(stem, at) if at >= 0 else None
    return match[1] if match else ""
