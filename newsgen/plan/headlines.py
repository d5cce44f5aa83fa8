"""Which stories the page of a list shows, and under which headings: the newest first, but in a storyline.

A list that fits on one page is shown whole: a day by section, a month by day, a year by month, a person or place by
what each story has to do with it. Of a longer one the page is a front, and smaller periods hold the rest:

- a date has its sections, the largest first, each with some headlines from all of that day, month or year;
- a period of a section, topic, person or place has its smaller periods, each with its newest stories;
- a list over all time has its newest stories.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from newsgen.index.cards import ROLES
from newsgen.index.index import Index
from newsgen.index.shelves import slug_of_url
from newsgen.language.language import Language
from newsgen.model.card import Card, Collection
from newsgen.model.page_parts import Group, Teaser
from newsgen.model.value import value
from newsgen.plan.leads import AMONG, choose, teaser, without
from newsgen.plan.scope import Scope
from newsgen.text.periods import period_level

__all__ = ["Headlines", "front", "whole"]

_LEADS = 4  # of a long list
_FEW = 12  # stories that need no more than one lead
_PLAIN_DAY = 24  # stories of a day that need no headings by section
_HEADLINES = 48  # of a front below its leads, at most
_OF_SECTION = (2, 8)  # headlines of a section: the fewest and the most
_OF_PART = (1, 24)  # the same of a smaller period
_ROLE_KEYS = {"subject": "about-person", "about": "about-place", "dateline": "by-place"}  # others: by-person


@value
class Headlines:
    """What a page shows of a list."""

    leads: tuple[Teaser, ...]
    lead_key: str  # the value of data-list of the leads
    groups: tuple[Group, ...]


def whole(collection: Collection, period: str, pin: Card | None, scope: Scope) -> Headlines:
    """Every story of a list. The folds of a day (hours, parts of it) are led by none."""
    kind = collection[0]
    cards = scope.index.all(collection, period)[::-1]
    if kind == "storyline":  # which is read from its beginning, and led by none
        return Headlines((), kind, _by_period(cards[::-1], period, kind, scope.language))
    most = 0 if len(period) > 10 else 1 if len(cards) <= _FEW else _LEADS
    leads = choose(cards[:AMONG], most, pin)
    if kind in ("person", "place"):
        return _by_role(collection, cards, leads[:1], scope.language)
    rest = without(cards, leads)
    if kind == "date" and len(period) == 10 and len(cards) > _PLAIN_DAY:
        groups = _day_by_section(rest, period, scope)
    else:
        groups = _by_period(rest, period, "" if kind == "date" else kind, scope.language)
    key = kind if kind != "date" else groups[0].key if groups else period_level(period)
    teasers = tuple(map(teaser, leads))
    return Headlines(_anchored(teasers, groups) if len(period) == 7 else teasers, key, groups)


def _anchored(teasers: tuple[Teaser, ...], groups: tuple[Group, ...]) -> tuple[Teaser, ...]:
    """The leads of a month, where a day all of whose stories lead has its place."""
    placed = {group.anchor for group in groups}
    anchored = []
    for each in teasers:
        anchor = _day_anchor(each.item.day)
        anchored.append(each if anchor in placed else replace(each, anchor=anchor))
        placed.add(anchor)
    return tuple(anchored)


def front(collection: Collection, period: str, pin: Card | None, scope: Scope) -> Headlines:
    """Some stories of a list that is too long to show whole."""
    newest = scope.index.newest(collection, AMONG, period)
    leads = choose(newest, 0 if len(period) > 10 else _LEADS, pin)
    if collection[0] == "date" and period and len(period) <= 10:
        groups = _by_section(period, leads, scope)
    elif period and len(period) <= 10:
        groups = _by_part(collection, period, leads, scope)
    else:
        items = tuple(card.item for card in without(newest, leads))
        groups = (Group("latest", scope.language.say("latest"), items),) if items else ()
    return Headlines(tuple(map(teaser, leads)), "lead", groups)


def _day_anchor(day: str) -> str:
    """The id of a day's stories on the page of their month."""
    return f"d{day}"


def _share(places: int, bounds: tuple[int, int]) -> int:
    """How many headlines each of some places has."""
    fewest, most = bounds
    return max(fewest, min(most, _HEADLINES // max(1, places)))


def _by_section(period: str, leads: list[Card], scope: Scope) -> tuple[Group, ...]:
    """The sections of a day, month or year, the largest first: where there are very many, only these."""
    index = scope.index
    counts = [(-index.count(("section", slug), period), slug) for slug in index.slugs("section")]
    largest = sorted(pair for pair in counts if pair[0])[: _HEADLINES // _OF_SECTION[0]]
    most = _share(len(largest), _OF_SECTION)
    groups = []
    for less, slug in largest:
        section = ("section", slug)
        own = sum(section[1] == slug_of_url(card.section.url) for card in leads)
        cards = without(_spread(index, section, period, most + own), leads)[:most]
        if cards:
            items = tuple(card.item for card in cards)
            groups.append(Group("section", items[0].section, items, _section_url(slug, period, scope), -less))
    return tuple(groups)


def _spread(index: Index, collection: Collection, period: str, most: int) -> list[Card]:
    """Some stories of a list, newest first, from all of its period: the newest of as many smaller ones as there are."""
    parts = [part for part, _count in index.children(collection, period)]
    if len(parts) < most and len(period) < 7:  # a year of few months: its days
        parts = [day for month in parts for day, _count in index.children(collection, month)]
    parts.reverse()
    if len(parts) < 2:
        return index.newest(collection, most, period)
    chosen = parts if len(parts) <= most else [parts[at * len(parts) // most] for at in range(most)]
    each = -(-most // len(chosen))
    return [card for part in chosen for card in index.newest(collection, each, part)][:most]


def _section_url(slug: str, period: str, scope: Scope) -> str:
    """Where a section's stories of a period stand: on a page of their own, or under a day of its month."""
    url = scope.url(("section", slug), period)
    if url or len(period) < 10:
        return url
    return f"{scope.url(('section', slug), period[:7])}#{_day_anchor(period)}"


def _by_part(collection: Collection, period: str, leads: list[Card], scope: Scope) -> tuple[Group, ...]:
    """The smaller periods of one, the newest first."""
    parts = scope.index.children(collection, period)[::-1]
    most = _share(len(parts), _OF_PART)
    groups = []
    for part, count in parts:
        cards = without(scope.index.newest(collection, most + len(leads), part), leads)[:most]
        if cards:
            items = tuple(card.item for card in cards)
            url = scope.url(collection, part)
            groups.append(Group(period_level(part), scope.language.short_period_name(part), items, url, count))
    return tuple(groups)


def _day_by_section(cards: list[Card], day: str, scope: Scope) -> tuple[Group, ...]:
    """Cards under their sections, the largest first."""
    by_section: dict[str, list[Card]] = {}
    for card in cards:
        by_section.setdefault(slug_of_url(card.section.url), []).append(card)
    groups = []
    for slug, its in sorted(by_section.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        items = tuple(card.item for card in its)
        groups.append(Group("day", items[0].section, items, _section_url(slug, day, scope)))
    return tuple(groups)


def _by_period(cards: Iterable[Card], period: str, key: str, language: Language) -> tuple[Group, ...]:
    """Cards under the smaller period that each is in."""
    size = {0: 4, 4: 7}.get(len(period), 10)
    groups = []
    for part, its in groupby(cards, key=lambda card: card.item.day[:size]):
        name = language.short_period_name(part) if len(period) < 10 else ""
        anchor = _day_anchor(part) if len(period) == 7 else ""
        groups.append(Group(key or period_level(part), name, tuple(card.item for card in its), anchor=anchor))
    return tuple(groups)


def _by_role(collection: Collection, cards: list[Card], leads: list[Card], language: Language) -> Headlines:
    """Cards under each role in which they name a person or place; a lead says its first one itself."""
    by_role: dict[str, list[Card]] = {}
    roles_of: dict[str, list[str]] = {}
    for card in cards:
        roles = roles_of[card.item.id] = _roles(collection, card)
        for role in roles:
            by_role.setdefault(role, []).append(card)
    for card in leads:
        by_role[roles_of[card.item.id][0]].remove(card)
    order = [*ROLES, "dateline", "about"]
    groups = tuple(
        Group(_role_key(role), language.say(f"did_{role}"), tuple(card.item for card in by_role[role]))
        for role in order
        if by_role.get(role)
    )
    teasers = tuple(teaser(card, language.say(f"did_{roles_of[card.item.id][0]}")) for card in leads)
    return Headlines(teasers, _role_key(roles_of[leads[0].item.id][0]) if leads else "", groups)


def _role_key(role: str) -> str:
    return _ROLE_KEYS.get(role, "by-person")


def _roles(collection: Collection, card: Card) -> list[str]:
    """In which roles a story names a person or place."""
    kind, slug = collection
    named = card.people if kind == "person" else card.places
    return [role for role, link in named if slug_of_url(link.url) == slug]
