"""The page of a shelf: a section, tag, person, place or date, over all time or one period.

A list of up to LIMIT stories is one page that shows them all; a longer one is a front that leads to smaller periods.
So no page number ever shifts when a story arrives, and no page holds an unbounded list. What a page shows of its
stories is chosen in `headlines`.
"""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import replace

from newsgen.index.shelves import KINDS, LIMIT, collections_of
from newsgen.language.language import Language
from newsgen.model.card import Collection
from newsgen.model.page_parts import Calendar, Sublist
from newsgen.model.pages import Listing, Page
from newsgen.model.settings import RegisterEntry
from newsgen.model.story import Link
from newsgen.plan import feeds, units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.dates import dates_address
from newsgen.plan.headlines import Headlines, front, whole
from newsgen.plan.kind import PageKind
from newsgen.plan.leads import pinned
from newsgen.plan.overview import KINDS as OVERVIEWS
from newsgen.plan.overview import broader, narrower, near_topics, timeline, together
from newsgen.plan.periods import every_period, is_split, path_to, periods_with, smaller_periods
from newsgen.plan.scope import LABELS, ROOTS, Scope
from newsgen.text.periods import period_level

__all__ = ["KIND"]


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the page of a shelf goes; nowhere where it has none."""
    collection, period = _shelf(rest)
    url = scope.url(collection, period)
    if not url or url == "/":
        return ()
    return (url,)


def _entry(collection: Collection, scope: Scope) -> RegisterEntry | None:
    """What people wrote about a person, place or topic."""
    register = {"person": scope.people, "place": scope.places, "tag": scope.topics}.get(collection[0])
    return register.entry(collection[1]) if register else None


def _listing(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The page of a shelf that has one."""
    collection, period = _shelf(rest)
    url = scope.url(collection, period)
    kind, slug = collection
    if not url or url == "/":
        return ()
    index = scope.index
    count = index.count(collection, period)
    is_complete = count <= LIMIT or period_level(period) == "hour"
    language = scope.language
    during = language.period_name(period)
    name = during if kind == "date" else index.display_name(collection)
    title = name if kind == "date" or not period else language.say("in_period", name=name, period=during)
    first, last = index.first_and_last_day(collection, period)
    before, after = _beside(collection, period, scope)
    entry = _entry(collection, scope)
    is_overview = kind in OVERVIEWS and not period
    section = scope.sections.get(slug) if kind == "section" else None
    portrait = scope.pictures.portrait(entry) if kind == "person" and not period else None
    pin = pinned(section.lead, collection, scope) if section and not period else None
    shown = (whole if is_complete else front)(collection, period, pin, scope)
    data = Listing(
        kind=kind,
        name=name,
        title=title,
        description=section.description if section else _description(collection, entry, scope),
        url=url,
        level=period_level(period),
        period=during,
        count=count,
        first_day=first,
        last_day=last,
        crumbs=_crumbs(collection, period, name, scope),
        leads=shown.leads,
        lead_key=shown.lead_key,
        groups=shown.groups,
        is_complete=is_complete,
        children=_children(collection, period, scope),
        months=_months(collection, scope) if kind == "section" and not period else (),
        calendar=_calendar(collection, period, shown, scope),
        days=_days(period, scope) if kind == "date" and len(period) == 4 and not is_complete else (),
        earlier=before,
        later=after,
        feed_url=feeds.feed_address(collection, scope) if kind in units.FEED_KINDS and not period else "",
        about=_facts(entry, language),
        website=entry.url if entry else "",
        narrower=narrower(slug, scope) if kind == "tag" and not period else (),
        timeline=timeline(collection, scope) if is_overview else None,
        together=together(collection, scope) if is_overview else (),
        picture=replace(portrait, alt=entry.name, said=None) if portrait and entry else None,
    )
    return (Page(url, "listing.html.j2", data, unit),)


def _description(collection: Collection, entry: RegisterEntry | None, scope: Scope) -> str:
    """What people wrote about a storyline, a person or a place."""
    kind, slug = collection
    storyline = scope.storylines.entry(slug) if kind == "storyline" else None
    return storyline.text if storyline else entry.description if entry else ""


def _crumbs(collection: Collection, period: str, name: str, scope: Scope) -> tuple[Link, ...]:
    """The pages on the way from the home page to this one, without these two."""
    kind = collection[0]
    crumbs = [Link(scope.language.say(LABELS[kind]), f"/{ROOTS[kind]}/")] if kind in ROOTS else []
    if kind == "date":
        crumbs.append(Link(scope.language.say("dates"), dates_address(scope)))
    if kind == "tag":
        crumbs += broader(collection[1], scope)
    if kind != "date" and period:
        crumbs.append(Link(name, scope.url(collection)))
    larger = [period[:size] for size in (4, 7, 10) if size < len(period)]
    larger += path_to(scope.index, collection, period)[:-1]
    crumbs.extend(Link(scope.language.short_period_name(each), scope.url(collection, each)) for each in larger)
    return tuple(crumbs)


def _beside(collection: Collection, period: str, scope: Scope) -> tuple[Link | None, Link | None]:
    """The periods before and after: only in the same larger period, unless every period of this length has a page.

    Whether a period in another larger one has a page depends on a shelf that a change of this one does not touch.
    """
    if len(period) > 13:
        return _beside_part(collection, period, scope)
    always = {"date": 10, "section": 7}.get(collection[0], 0)
    parent = period[: {0: 0, 4: 0, 7: 4, 10: 7, 13: 10}[len(period)]]
    links: list[Link | None] = []
    for near in scope.index.neighbours(collection, period):
        is_linked = near and (len(period) <= always or near.startswith(parent))
        links.append(Link(scope.language.period_name(near), scope.url(collection, near)) if is_linked else None)
    return links[0], links[1]


def _beside_part(collection: Collection, period: str, scope: Scope) -> tuple[Link | None, Link | None]:
    """The parts before and after one of the stories of a day without hours, in the same larger part."""
    parent = path_to(scope.index, collection, period)[-2]
    parts = [part for part, _count in scope.index.children(collection, parent)]
    links = [None, *(Link(scope.language.period_name(part), scope.url(collection, part)) for part in parts), None]
    at = parts.index(period)
    return links[at], links[at + 2]


def _children(collection: Collection, period: str, scope: Scope) -> tuple[Sublist, ...]:
    if (collection[0] == "section" and not period) or not is_split(scope.index, collection, period):
        return ()
    counts = smaller_periods(scope.index, collection, period)
    briefs = [
        Sublist(scope.language.short_period_name(child), scope.url(collection, child), count) for child, count in counts
    ]
    return tuple(brief for brief in briefs if brief.url)


def _months(collection: Collection, scope: Scope) -> tuple[tuple[Sublist, tuple[Sublist, ...]], ...]:
    years = []
    for year, count in reversed(scope.index.children(collection)):
        months = tuple(
            Sublist(scope.language.short_period_name(month), scope.url(collection, month), n)
            for month, n in scope.index.children(collection, year)
        )
        years.append((Sublist(scope.language.period_name(year), scope.url(collection, year), count), months))
    return tuple(years)


def _calendar(collection: Collection, period: str, shown: Headlines, scope: Scope) -> Calendar | None:
    """The days of a month, each with a link to its page or its group. On the page of a day they have no counts: a story
    more on one of them would change the pages of all.
    """
    if len(period) != 7 and (collection[0] != "date" or len(period) != 10):
        return None
    month = period[:7]
    counts = dict(scope.index.children(collection, month))
    here = scope.url(collection, month)
    anchors = {group.items[0].day: f"{here}#{group.anchor}" for group in shown.groups if group.anchor}
    anchors |= {lead.item.day: f"{here}#{lead.anchor}" for lead in shown.leads if lead.anchor}
    weeks = []
    for week in Weeks(firstweekday=scope.language.first_weekday).monthdayscalendar(int(month[:4]), int(month[5:])):
        days = []
        for number in week:
            day = f"{month}-{number:02}"
            count = counts.get(day, 0)
            url = (scope.url(collection, day) or anchors.get(day, "")) if count else ""
            name = scope.language.number(number) if number else ""
            days.append(Sublist(name, url, count if month == period else 0))
        weeks.append(tuple(days))
    is_way = any(day.url for week in weeks for day in week)
    return Calendar(scope.language.period_name(month), tuple(weeks)) if is_way else None


def _days(year: str, scope: Scope) -> tuple[tuple[Link, tuple[Link, ...]], ...]:
    """The days of a year, by month: a story of a busy day is four steps from the home page, by year, day and hour."""
    index, language, wire = scope.index, scope.language, ("date", "")
    months = []
    for month, _count in index.children(wire, year):
        days = [Link(language.number(int(day[8:])), scope.url(wire, day)) for day, _n in index.children(wire, month)]
        months.append((Link(language.short_period_name(month), scope.url(wire, month)), tuple(days)))
    return tuple(months)


def _facts(entry: RegisterEntry | None, language: Language) -> tuple[tuple[str, str], ...]:
    if entry is None:
        return ()
    comma = language.say("comma")
    facts = [("also_written", comma.join(entry.aliases)), ("region", entry.region), ("country", entry.country)]
    if entry.latitude is not None and entry.longitude is not None:
        north = language.say("north" if entry.latitude >= 0 else "south", degrees=language.degrees(entry.latitude))
        east = language.say("east" if entry.longitude >= 0 else "west", degrees=language.degrees(entry.longitude))
        facts.append(("position", f"{north}{comma}{east}"))
    return tuple((language.say(key), text) for key, text in facts if text)


def _shelf(rest: str) -> tuple[Collection, str]:
    """The collection and the period of a unit's name."""
    kind, slug, period = rest.split("/", 2)  # an id, of which a part's name has the beginning, may have more
    return (kind, slug), period


def _units(scope: Scope) -> Iterator[str]:
    for kind in KINDS:
        for slug in scope.index.slugs(kind):
            collection = (kind, slug)
            yield units.shelf(collection, "")
            yield from (units.shelf(collection, period) for period in every_period(scope.index, collection))


def _affected(change: ShelfChange) -> Iterator[str]:
    """The lists that show what changed, and those whose pages came, went or split."""
    for _old, card in change.diff.reworded:
        if not card.newest:
            for each in (each for each in collections_of(card) if each[0] in KINDS):
                yield from (units.shelf(each, period) for period in periods_with(change.index, each, card))
    for collection, period in change.reshaped():
        if collection[0] in KINDS:
            yield units.shelf(collection, period)
        if collection[0] == "section":  # a date leads to its sections' lists
            yield units.shelf(("date", ""), period)
    for collection in (each for each in change.renamed if each[0] in KINDS):
        yield from (units.shelf(collection, period) for period in every_period(change.index, collection))
    yield from (units.shelf(*each) for each in near_topics(change))
    for month in change.months_with_other_days():
        yield from (units.shelf(("date", ""), day) for day, _count in change.index.children(("date", ""), month))


KIND = PageKind("shelf", _addresses, _listing, _units, _affected, is_small=True)
