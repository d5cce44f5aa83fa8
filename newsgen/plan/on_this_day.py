"""/on-this-day/: the days of the year that have stories; and a page for each, with the stories of all years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newsgen.model.index_pages import DaysOfYear, OnThisDay, SameDay
from newsgen.model.pages import Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.dates import dates_address
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = ["KIND", "on_this_day_urls"]

_ROOT = "/on-this-day/"
_ALL: tuple[str, str] = ("date", "")
_MOST = 90  # stories on a page
_OF_YEAR = 6  # stories of a year, at most; its day has them all
_A_LEAP_YEAR = "2000"  # whose days are those of every year


def _days(scope: Scope) -> list[str]:
    """The days of the year that have stories: `02-26`."""
    index = scope.index
    months = (month for year, _count in index.children(_ALL) for month, _n in index.children(_ALL, year))
    return sorted({day[5:] for month in months for day, _count in index.children(_ALL, month)})


def _years(day: str, scope: Scope) -> list[tuple[str, int]]:
    """The days of all years with this date that have stories, newest first, each with its count."""
    index = scope.index
    every = (f"{year}-{day}" for year, _count in reversed(index.children(_ALL)))
    return [(each, count) for each in every if (count := index.count(_ALL, each))]


def _url(day: str) -> str:
    return f"{_ROOT}{day}/" if day else _ROOT


def on_this_day_urls(scope: Scope) -> list[str]:
    """The addresses of all these pages; none where there are no pages of dates."""
    return [_ROOT, *map(_url, _days(scope))] if dates_address(scope) else []


def _addresses(day: str, scope: Scope) -> tuple[str, ...]:
    if not dates_address(scope) or (day and not _years(day, scope)):
        return ()
    return (_url(day),)


def _pages(unit: str, day: str, scope: Scope) -> tuple[Page, ...]:
    if not _addresses(day, scope):
        return ()
    return (_page(unit, day, scope) if day else _first(unit, scope),)


def _first(unit: str, scope: Scope) -> Page:
    """The days of the year, by month."""
    say = scope.language.say
    by_month: dict[int, list[Link]] = defaultdict(list)
    for day in _days(scope):
        by_month[int(day[:2])].append(Link(str(int(day[3:])), _url(day)))
    names = scope.language.months()
    months = tuple((Link(names[month - 1][0]), tuple(days)) for month, days in sorted(by_month.items()))
    description = say("about_days_of_year", site=scope.site.title)
    data = DaysOfYear(say("on_this_day"), description, _ROOT, months, (Link(say("dates"), dates_address(scope)),))
    return Page(_ROOT, "days-of-year.html.j2", data, unit)


def _page(unit: str, day: str, scope: Scope) -> Page:
    """The stories of one day of the year."""
    say, index = scope.language.say, scope.index
    years = _years(day, scope)
    most = max(1, min(_OF_YEAR, _MOST // len(years)))
    shown = tuple(
        SameDay(
            Link(scope.language.period_name(each[:4]), scope.url(_ALL, each)),
            count,
            tuple(card.item for card in index.newest(_ALL, most, each)),
        )
        for each, count in years[:_MOST]
    )
    name = scope.language.month_day(f"{_A_LEAP_YEAR}-{day}")
    title = say("on_this_day_of", day=name)
    description = say("about_on_this_day", n=len(years), day=name, site=scope.site.title)
    crumbs = (Link(say("dates"), dates_address(scope)), Link(say("on_this_day"), _ROOT))
    return Page(_url(day), "on-this-day.html.j2", OnThisDay(title, description, _url(day), shown, crumbs), unit)


def _units(scope: Scope) -> Iterator[str]:
    yield units.on_this_day("")
    yield from map(units.on_this_day, _days(scope))


def _affected(change: ShelfChange) -> Iterator[str]:
    """The days of the stories that are shown otherwise; the first page where a day has its first, or lost its last."""
    yield from (units.on_this_day(card.item.day[5:]) for card in change.shown)
    for collection, period, before, now in change.sizes():
        if collection == _ALL and len(period) == 10 and (now == 0) != (before == 0):
            yield units.on_this_day("")


KIND = PageKind("on-this-day", _addresses, _pages, _units, _affected, is_small=True)
