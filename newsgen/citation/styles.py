"""The styles that readers are asked for: APA (7th edition), MLA (9th) and Chicago (17th, bibliography).

Each for a newspaper article read online. Sources: the Publication Manual of the APA, 10.1 and 10.16; the MLA Handbook,
5.1 to 5.99; the Chicago Manual of Style, 14.191 to 14.200.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsgen.citation.days import mla_day, us_day
from newsgen.citation.medium import ACCESSED, ITALIC, PLAIN, Pieces
from newsgen.citation.names import Name, initials
from newsgen.citation.titles import ended, in_quotes, title_case
from newsgen.citation.work import Work

__all__ = ["apa", "chicago", "mla"]

_APA_MOST = 20  # authors that are all named; of more the first 19 and the last
_CHICAGO_MOST = 10  # of more the first seven


def apa(work: Work) -> Pieces:
    """`Hart, M. (2025, June 3). Fog closes the port. *Northern Wire*. https://…`"""
    title = ended(f"{work.title} [Version of {us_day(work.version)}]" if work.version else work.title)
    date = f"({work.day[:4]}, {us_day(work.day).partition(',')[0]})."
    authors = _ended_authors(_apa_authors(work.authors))
    start = f"{authors}{date} {title} " if authors else f"{title} {date} "
    return (PLAIN, start), (ITALIC, work.site), (PLAIN, ". "), (ACCESSED, "Retrieved {us}, from "), (PLAIN, work.url)


def mla(work: Work) -> Pieces:
    """`Hart, Mila. “Fog Closes the Port.” *Northern Wire*, 3 June 2025, example.org/…`"""
    version = f", version of {mla_day(work.version)}" if work.version else ""
    start = f"{_ended_authors(_mla_authors(work.authors))}{_quoted(work.title, work.language)} "
    end = f"{version}, {mla_day(work.day)}, {work.url.partition('://')[2]}."
    return (PLAIN, start), (ITALIC, work.site), (PLAIN, end), (ACCESSED, " Accessed {mla}.")


def chicago(work: Work) -> Pieces:
    """`Hart, Mila. “Fog Closes the Port.” *Northern Wire*, June 3, 2025. https://…`

    Where nobody is named, the newspaper stands in the author's place.
    """
    version = f", updated {us_day(work.version)}" if work.version else ""
    authors = _ended_authors(_chicago_authors(work.authors))
    title, date = _quoted(work.title, work.language), f" {us_day(work.day)}{version}. "
    end: Pieces = ((ACCESSED, "Accessed {us}. "), (PLAIN, f"{work.url}."))
    if authors:
        return (PLAIN, f"{authors}{title} "), (ITALIC, work.site), (PLAIN, f",{date}"), *end
    return (ITALIC, work.site), (PLAIN, f". {title}{date}"), *end


@lru_cache(1)  # two styles ask in turn
def _quoted(title: str, language: str) -> str:
    is_english = language.partition("-")[0] in ("en", "")
    return in_quotes(ended(title_case(title) if is_english else title))


def _inverted(name: Name) -> str:
    """`von der Leyen, Ursula`; `King, Martin, Jr.`"""
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _direct(name: Name) -> str:
    """`Ursula von der Leyen`; `Martin King Jr.`"""
    return " ".join(filter(None, (name.given, name.family, name.suffix)))


def _apa_authors(names: Sequence[Name]) -> str:
    shown = [", ".join(filter(None, (name.family, initials(name.given), name.suffix))) for name in names]
    if len(shown) > _APA_MOST:
        return f"{', '.join(shown[: _APA_MOST - 1])}, . . . {shown[-1]}"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])}, & {shown[-1]}"


def _mla_authors(names: Sequence[Name]) -> str:
    if len(names) > 2:
        return f"{_inverted(names[0])}, et al."
    return ", and ".join([*map(_inverted, names[:1]), *map(_direct, names[1:])])


def _chicago_authors(names: Sequence[Name]) -> str:
    shown = [*map(_inverted, names[:1]), *map(_direct, names[1:])]
    if len(shown) > _CHICAGO_MOST:
        return f"{', '.join(shown[:7])}, et al."
    return f"{', '.join(shown[:-1])}, and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _ended_authors(authors: str) -> str:
    return f"{ended(authors)} " if authors else ""
