"""/dates/: the years and months that have stories, as a grid, of a long archive by decade; and the first story."""

from __future__ import annotations

from itertools import groupby

from newsgen.model.page_parts import Sublist
from newsgen.model.pages import Dates, Page
from newsgen.plan import units
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = ["KIND", "dates_address"]

_URL = "/dates/"
_ALL: tuple[str, str] = ("date", "")
_YEARS = 40  # with all their months: 480 links, some 30 KB. Of more years, each year is a link


def dates_address(scope: Scope) -> str:
    """Where the grid is; "" where there are no pages of dates, or no stories."""
    return _URL if scope.makes("date") and scope.index.count(_ALL) else ""


def _addresses(_rest: str, scope: Scope) -> tuple[str, ...]:
    url = dates_address(scope)
    return (url,) if url else ()


def _dates(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    if not _addresses("", scope):
        return ()
    index, say = scope.index, scope.language.say
    years = [Sublist(year, scope.url(_ALL, year), count) for year, count in reversed(index.children(_ALL))]
    is_long = len(years) > _YEARS
    first, last = index.first_and_last_day(_ALL)
    data = Dates(
        title=say("dates"),
        description=say("about_dates", site=scope.site.title),
        url=_URL,
        count=index.count(_ALL),
        first_day=first,
        last_day=last,
        years=() if is_long else tuple((year, _months(year.name, scope)) for year in years),
        decades=_decades(years) if is_long else (),
        oldest=index.first(_ALL, 1, "")[0].item,
        crumbs=(),
    )
    return (Page(_URL, "dates.html.j2", data, unit),)


def _months(year: str, scope: Scope) -> tuple[Sublist, ...]:
    short = scope.language.short_period_name
    return tuple(
        Sublist(short(month), scope.url(_ALL, month), count) for month, count in scope.index.children(_ALL, year)
    )


def _decades(years: list[Sublist]) -> tuple[tuple[str, tuple[Sublist, ...]], ...]:
    """The years of each decade, in order; those without stories have no address."""
    known = {year.name: year for year in years}
    rows = []
    for decade, _its in groupby(years, key=lambda year: year.name[:3]):
        names = [f"{decade}{digit}" for digit in range(10)]
        rows.append((f"{decade}0", tuple(known.get(name) or Sublist(name, "", 0) for name in names)))
    return tuple(rows)


KIND = PageKind(
    units.DATES,
    _addresses,
    _dates,
    units=lambda _scope: (units.DATES,),
    affected=lambda change: (units.DATES,) if change.shown else (),
)
