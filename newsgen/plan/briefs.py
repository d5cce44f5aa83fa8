"""The briefs of a section's day, whole and in order of time, on a page that they share: the setting `group_briefs`.

A brief's address is its place on the page of its day, for ever. Where a day has more than 40 (`limit_of`), they stand
on the pages of its hours, as lists split, and the page of the day keeps each place: a line that leads to the text. It
also keeps the places of briefs that were published there and are elsewhere now, were withdrawn, or have expired.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.index import Index
from newsgen.index.shelves import BRIEFS, slug_of_url
from newsgen.lifecycle.redirects import Redirect, Removed
from newsgen.model.briefs import BriefLine, Briefs
from newsgen.model.card import Card, Collection
from newsgen.model.page_parts import Sublist
from newsgen.model.pages import Moved, Need, Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.articles import article_data
from newsgen.plan.kind import PageKind
from newsgen.plan.periods import every_period, path_to, periods_with
from newsgen.plan.scope import Scope
from newsgen.plan.story_files import file_pages, file_urls
from newsgen.plan.tombstones import tombstone
from newsgen.text.address import brief_anchor, briefs_url
from newsgen.text.periods import period_level

__all__ = ["KIND", "units_of_brief"]

_NAMED = 5  # headlines in the description of a page
_DAY = 10  # the length of a day, as a period


def units_of_brief(card: Card, scope: Scope) -> Iterator[str]:
    """The units on whose pages a brief stands, whole or as a line."""
    return (units.briefs(_section(card), period) for period in _periods(card, scope.index))


def _section(card: Card) -> str:
    return slug_of_url(card.section.url)


def _places(section: str, period: str, scope: Scope) -> tuple[tuple[Redirect, ...], tuple[Removed, ...]]:
    """What became of the briefs that were published on the page of a day, and stand there no more."""
    if len(period) > _DAY:
        return (), ()

    def address_of(story_id: str) -> str:
        card = scope.index.card(story_id)
        return card.item.url if card else ""

    return scope.lazy_redirects.places(briefs_url(section, period), address_of)


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where some briefs go: nowhere if there are none, and none was published there."""
    section, period = rest.split("/", 1)
    places = _places(section, period, scope)  # asked in any case: what is worked out for it goes to the workers
    url = scope.url((BRIEFS, section), period)
    if not url:
        return (briefs_url(section, period),) if any(places) else ()
    cards = scope.index.all((BRIEFS, section), period) if scope.site.story_files else []
    here = [card for card in cards if _home(card, scope) == url]
    return (url, *file_urls(url, here, scope)) if here else (url,)


def _briefs(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The page of some briefs."""
    section, period = rest.split("/", 1)
    collection = (BRIEFS, section)
    moved, removed = _places(section, period, scope)
    url = scope.url(collection, period)
    if not url and not moved and not removed:
        return ()
    index = scope.index
    cards = index.all(collection, period) if url else []
    homes = {card.item.id: _home(card, scope) for card in cards}
    here = [card for card in cards if homes[card.item.id] == url]
    name = index.display_name(collection) if cards else ""
    language = scope.language
    during = language.period_name(period)
    before, after = _beside(collection, period, scope) if cards else (None, None)
    data = Briefs(
        url=url or briefs_url(section, period),
        section=name,
        title=language.say("section_in_brief", section=name, period=during)
        if name
        else language.say("briefs_of", period=during),
        description=_description(cards, name, during, scope),
        period=during,
        level=period_level(period),
        count=len(cards),
        crumbs=_crumbs(cards, period, scope),
        stories=tuple(article_data(card, scope) for card in here),
        lines=tuple(_line(card, homes[card.item.id]) for card in cards if homes[card.item.id] != url),
        children=_children(collection, period, scope) if len(here) < len(cards) else (),
        moved=tuple(Moved(redirect.url, redirect.to) for redirect in moved),
        gone=tuple(tombstone(each, language) for each in removed),
        earlier=before,
        later=after,
        is_hidden=not cards or not all(card.is_indexable for card in cards),
    )
    needs = tuple(Need(card.path, card.digest) for card in here)
    page = Page(data.url, "briefs.html.j2", data, unit, needs)
    return (page, *file_pages(page, data.stories, scope, data.title)) if here else (page,)


def _description(cards: list[Card], section: str, period: str, scope: Scope) -> str:
    """How many there are, and the first headlines."""
    if not cards:
        return scope.language.say("about_gone_briefs", period=period, site=scope.site.title)
    headlines = "; ".join(card.item.headline for card in cards[:_NAMED])
    return scope.language.say("about_briefs", n=len(cards), section=section, period=period, headlines=headlines)


def _home(card: Card, scope: Scope) -> str:
    """The page on which a brief stands whole: of the periods of its day that have a page, the smallest."""
    collection = (BRIEFS, _section(card))
    return next(url for each in reversed(_periods(card, scope.index)) if (url := scope.url(collection, each)))


def _periods(card: Card, index: Index) -> tuple[str, ...]:
    """The day of a brief, and the periods within it that it is in."""
    return tuple(each for each in periods_with(index, (BRIEFS, _section(card)), card) if len(each) >= _DAY)


def _line(card: Card, home: str) -> BriefLine:
    anchor = brief_anchor(card.item.url)
    return BriefLine(card.item, anchor, f"{home}#{anchor}")


def _crumbs(cards: list[Card], period: str, scope: Scope) -> tuple[Link, ...]:
    """The pages on the way to these briefs. Where all are old versions, the lists may have no page."""
    links = []
    section = next((card.section for card in cards if not card.newest), None)
    if section:
        links.append(section)
        months = (period[:4], period[:7])
        shelf = ("section", slug_of_url(section.url))
        links += [Link(scope.language.short_period_name(each), scope.url(shelf, each)) for each in months]
    if len(period) > _DAY:
        collection = (BRIEFS, _section(cards[0]))
        larger = [period[:_DAY], *path_to(scope.index, collection, period)[:-1]]
        links += [Link(scope.language.short_period_name(each), scope.url(collection, each)) for each in larger]
    return tuple(links)


def _beside(collection: Collection, period: str, scope: Scope) -> tuple[Link | None, Link | None]:
    """The days before and after that have briefs of the section; none for a part of a day, which its day leads to."""
    if len(period) > _DAY:
        return None, None
    near = (Link(scope.language.period_name(each), scope.url(collection, each)) if each else None
            for each in scope.index.neighbours(collection, period))  # fmt: skip
    return next(near), next(near)


def _children(collection: Collection, period: str, scope: Scope) -> tuple[Sublist, ...]:
    """The parts of a day that has many."""
    parts = scope.index.children(collection, period)
    shown = (
        Sublist(scope.language.short_period_name(each), scope.url(collection, each), count) for each, count in parts
    )
    return tuple(each for each in shown if each.url)


def _units(scope: Scope) -> Iterator[str]:
    days = set(map(units.briefs_of, scope.lazy_redirects.pages))
    for slug in scope.index.slugs(BRIEFS):
        days.update(units.briefs(slug, period) for period in every_period(scope.index, (BRIEFS, slug)))
    return iter(sorted(days))


def _affected(change: ShelfChange) -> Iterator[str]:
    """The pages of the briefs that changed, or show a change of others, and those that came, went or split."""
    naming = (card for story_id in change.naming if (card := change.index.card(story_id)))
    for card in (*change.cards, *naming):
        if card.is_brief:
            yield from (units.briefs(_section(card), period) for period in _periods(card, change.index))
    for (kind, slug), period in change.reshaped():
        if kind == BRIEFS and len(period) >= _DAY:
            yield units.briefs(slug, period)
    for kind, slug in change.renamed:
        if kind == BRIEFS:
            yield from (units.briefs(slug, period) for period in every_period(change.index, (kind, slug)))


KIND = PageKind("briefs", _addresses, _briefs, _units, _affected, has_related=True)
