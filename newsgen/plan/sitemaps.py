"""Sitemaps (sitemaps.org): the stories of each month, the lists of each kind by letter, and an index of them.

Split by time and letter, so that a file changes only when something in it does, and none reaches 50,000 addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from newsgen.index.shelves import BRIEFS, KINDS, slug_of_url
from newsgen.model.card import Card
from newsgen.model.pages import Page, Sitemap, SitemapIndex
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.corrections import corrections_address
from newsgen.plan.dates import dates_address
from newsgen.plan.directories import directory_urls
from newsgen.plan.kind import PageKind
from newsgen.plan.on_this_day import on_this_day_urls
from newsgen.plan.own import own_addresses
from newsgen.plan.periods import every_period, periods_with
from newsgen.plan.place_map import map_address
from newsgen.plan.scope import FEEDS, ROOTS, Scope

__all__ = ["INDEX_KIND", "LISTS_KIND", "PAGES_KIND", "STORIES_KIND"]

MOST = 40_000  # stories; their days and hours take the rest of the 50,000
_NAMES = {"section": "sections", **ROOTS}


def _story_files(month: str, scope: Scope) -> list[str]:
    """The periods that have a sitemap each: the month, or its days where the month has too many stories for a file."""
    count = scope.index.count(("date", ""), month)
    if count <= MOST:
        return [month] if count else []
    return [day for day, _count in scope.index.children(("date", ""), month)]


def _url(name: str) -> str:
    return f"/sitemaps/sitemap-{name}.xml"


INDEX = "/sitemap.xml"
PAGES = _url("pages")


def _page(name: str, urls: list[tuple[str, str]], unit: str) -> Page:
    return Page(_url(name), "sitemap.xml.j2", Sitemap(tuple(urls)), unit)


def _story_addresses(month: str, scope: Scope) -> tuple[str, ...]:
    """Where the sitemaps of a month's stories go."""
    return tuple(_url(f"stories-{period}") for period in _story_files(month, scope))


def _list_addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the sitemap of a kind's lists with a letter goes; none where there are none."""
    kind, letter = rest.split("/")
    return (_url(f"{_NAMES[kind]}-{letter}"),) if scope.makes(kind) and scope.index.slugs(kind, letter) else ()


def _stories(unit: str, month: str, scope: Scope) -> tuple[Page, ...]:
    """A month's stories, and its date pages."""
    collection = ("date", "")
    pages = []
    for period in _story_files(month, scope):
        below = [period, *every_period(scope.index, collection, period)]
        if period != month and period == _story_files(month, scope)[0]:
            below.insert(0, month)
        urls = [(scope.url(collection, each), "") for each in below]
        cards = [card for card in scope.index.all(collection, period) if card.is_indexable]
        modified: dict[str, str] = {}  # when the last of the stories on a page was
        for card in cards:
            for url in _pages_of(card, scope):
                modified[url] = max(modified.get(url, ""), card.modified)
        urls.extend(modified.items())
        pages.append(_page(f"stories-{period}", [pair for pair in urls if pair[0]], unit))
    return tuple(pages)


def _pages_of(card: Card, scope: Scope) -> list[str]:
    """Where a story is read: its own page; of a brief the page of its day, and of its hour where the day has many."""
    if not card.is_brief:
        return [card.item.url]
    collection = (BRIEFS, slug_of_url(card.section.url))
    return list(filter(None, (scope.url(collection, each) for each in periods_with(scope.index, collection, card))))


def _letter_urls(kind: str, letter: str, scope: Scope) -> list[tuple[str, str]]:
    if not scope.makes(kind):
        return []
    urls: list[tuple[str, str]] = []
    for slug in scope.index.slugs(kind, letter):
        periods = ["", *every_period(scope.index, (kind, slug))]
        urls.extend((scope.url((kind, slug), period), "") for period in periods)
    return urls


def _lists(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """Every page of the sections, tags, people or places whose address begins with a letter."""
    kind, letter = rest.split("/")
    urls = _letter_urls(kind, letter, scope)
    return (_page(f"{_NAMES[kind]}-{letter}", urls, unit),) if urls else ()


def _pages(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The home page, the years, the alphabets, and the pages of the site's own."""
    urls = ["/", FEEDS]
    urls += [corrections_address(month, scope) for month in ("", *scope.index.facet_names("corrected"))]
    urls.extend(scope.url(("date", ""), year) for year, _count in scope.index.children(("date", "")))
    for kind in units.DIRECTORY_KINDS:
        if scope.makes(kind):
            urls.extend(directory_urls(kind, scope))
    urls += [dates_address(scope), map_address(scope), *on_this_day_urls(scope)]
    urls.extend(url for page in scope.own.pages for url in own_addresses(page.path, scope))
    return (_page("pages", [(url, "") for url in urls if url], unit),)


def _index(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """/sitemap.xml, which names every sitemap."""
    names = ["pages"]
    for kind in KINDS:
        if kind != "date" and scope.makes(kind):
            letters = sorted({slug[:1] for slug in scope.index.slugs(kind)})
            names.extend(f"{_NAMES[kind]}-{letter}" for letter in letters)
    for year, _count in scope.index.children(("date", "")):
        for month, _n in scope.index.children(("date", ""), year):
            names.extend(f"stories-{period}" for period in _story_files(month, scope))
    return (Page(INDEX, "sitemap-index.xml.j2", SitemapIndex(tuple(_url(name) for name in names)), unit),)


def _story_units(scope: Scope) -> Iterator[str]:
    months = (period for period in every_period(scope.index, ("date", "")) if len(period) == 7)
    return map(units.story_sitemap, months)


def _affected_stories(change: ShelfChange) -> Iterator[str]:
    """The months of stories that came or went, or whose line in the file differs: a file lists thousands of stories."""
    for old, new in change.diff.reworded:
        if not new.newest and _line(old) != _line(new):
            yield units.story_sitemap(new.item.day[:7])
    for card, _step in change.diff.moved:
        if card.is_brief or not card.newest:  # an old version that is a brief may split its day
            yield units.story_sitemap(card.item.day[:7])


def _line(card: Card) -> tuple[str, str, bool]:
    return card.item.url, card.modified, card.is_indexable


def _list_units(scope: Scope) -> Iterator[str]:
    letters = {(kind, slug[:1]) for kind in KINDS if kind != "date" for slug in scope.index.slugs(kind)}
    return (units.list_sitemap(*each) for each in sorted(letters))


def _affected_lists(change: ShelfChange) -> Iterator[str]:
    return (units.list_sitemap(kind, slug[:1]) for kind, slug in change.collections if kind in _NAMES)


def _when_stories_moved(unit: str) -> Callable[[ShelfChange], Iterable[str]]:
    """For a kind of one unit that every new or removed story touches."""
    return lambda change: (unit,) if change.diff.moved else ()


STORIES_KIND = PageKind("story-sitemap", _story_addresses, _stories, _story_units, _affected_stories)
LISTS_KIND = PageKind("list-sitemap", _list_addresses, _lists, _list_units, _affected_lists)
PAGES_KIND = PageKind(
    units.PAGES_SITEMAP,
    lambda _rest, _scope: (PAGES,),
    _pages,
    units=lambda _scope: (units.PAGES_SITEMAP,),
    affected=_when_stories_moved(units.PAGES_SITEMAP),
)
INDEX_KIND = PageKind(
    units.SITEMAP_INDEX,
    lambda _rest, _scope: (INDEX,),
    _index,
    units=lambda _scope: (units.SITEMAP_INDEX,),
    affected=_when_stories_moved(units.SITEMAP_INDEX),
)
