"""The styles that readers are asked for: APA (7th edition), MLA (9th) and Chicago (17th, bibliography).

Each for a newspaper article read online. Sources: the Publication Manual of the APA, 10.1 and 10.16; the MLA Handbook,
5.1 to 5.99; the Chicago Manual of Style, 14.191 to 14.200.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsgen.citation.days import mla_day, us_day
from newsgen.citation.medium import Medium
from newsgen.citation.names import Name, initials
from newsgen.citation.titles import ended, in_quotes, title_case
from newsgen.citation.work import Work

__all__ = ["apa", "chicago", "mla"]

_APA_MOST = 20  # authors that are all named; of more the first 19 and the last
_CHICAGO_MOST = 10  # of more the first seven


def apa(work: Work, medium: Medium) -> str:
    """`Hart, M. (2025, June 3). Fog closes the port. *Northern Wire*. https://…`"""
    title = medium.text(work.title)
    if work.version:
        title += medium.text(f" [Version of {us_day(work.version)}]")
    title = ended(title)
    date = f"({work.day[:4]}, {us_day(work.day).partition(',')[0]})."
    authors = _ended_authors(_apa_authors(work.authors), medium)
    start = f"{authors}{date} {title}" if authors else f"{title} {date}"
    return f"{start} {medium.italic(work.site)}. {medium.accessed('Retrieved {us}, from ')}{medium.text(work.url)}"


def mla(work: Work, medium: Medium) -> str:
    """`Hart, Mila. “Fog Closes the Port.” *Northern Wire*, 3 June 2025, example.org/…`"""
    where = [medium.italic(work.site)]
    if work.version:
        where.append(f"version of {mla_day(work.version)}")
    where += [mla_day(work.day), medium.text(work.url.partition("://")[2])]
    authors = _ended_authors(_mla_authors(work.authors), medium)
    title = medium.text(_quoted(work))
    return f"{authors}{title} {', '.join(where)}.{medium.accessed(' Accessed {mla}.')}"


def chicago(work: Work, medium: Medium) -> str:
    """`Hart, Mila. “Fog Closes the Port.” *Northern Wire*, June 3, 2025. https://…`

    Where nobody is named, the newspaper stands in the author's place.
    """
    version = f", updated {us_day(work.version)}" if work.version else ""
    authors = _ended_authors(_chicago_authors(work.authors), medium)
    title, site = medium.text(_quoted(work)), medium.italic(work.site)
    start = f"{authors}{title} {site}," if authors else f"{site}. {title}"
    return f"{start} {us_day(work.day)}{version}. {medium.accessed('Accessed {us}. ')}{medium.text(work.url)}."


def _quoted(work: Work) -> str:
    is_english = work.language.partition("-")[0] in ("en", "")
    return in_quotes(ended(title_case(work.title) if is_english else work.title))


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


def _ended_authors(authors: str, medium: Medium) -> str:
    return f"{medium.text(ended(authors))} " if authors else ""
