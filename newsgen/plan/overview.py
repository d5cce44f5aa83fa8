"""What the page of a topic, person or place says of all its stories: when they were, who and what occurs in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import chain

from newsgen.index.shelves import LIMIT, slug_of_url
from newsgen.model.card import Collection
from newsgen.model.page_parts import Sublist, Timeline
from newsgen.model.settings import RegisterEntry
from newsgen.model.story import Link
from newsgen.plan.affected import ShelfChange
from newsgen.plan.periods import every_period
from newsgen.plan.scope import Scope
from newsgen.text.address import slug_of_name

__all__ = ["KINDS", "broader", "narrower", "near_topics", "timeline", "together"]

KINDS = ("storyline", "tag", "person", "place")
_LEAST = 12  # stories of a timeline
_FEWEST = 3  # months with stories of a timeline
_MONTHS = 144  # of a timeline by month; a longer one is by year
_NAMES = 8  # of each kind that occur with another
_HEIGHT = 24  # of the highest bar, in units of the drawing; a month is 4 wide
_WIDTH = 4


def timeline(collection: Collection, scope: Scope) -> Timeline | None:
    """The stories of a list by month, or by year where it is longer than twelve years; None where there are few."""
    index = scope.index
    if index.count(collection) < _LEAST:
        return None
    years = index.children(collection)
    months = [month for year, _count in years for month in index.children(collection, year)]
    if len(months) < _FEWEST:
        return None
    span = _months_between(months[0][0], months[-1][0]) + 1
    periods, steps = (months, _months_between) if span <= _MONTHS else (years, _years_between)
    most = max(count for _period, count in periods)
    first = periods[0][0]
    bars = tuple((_WIDTH * steps(first, period), -(-_HEIGHT * count // most)) for period, count in periods)
    name = scope.language.period_name
    rows = tuple(Sublist(name(period), scope.url(collection, period), count) for period, count in periods)
    return Timeline(bars, _WIDTH * (steps(first, periods[-1][0]) + 1), _HEIGHT, rows)


def _months_between(first: str, last: str) -> int:
    return 12 * (int(last[:4]) - int(first[:4])) + int(last[5:7]) - int(first[5:7])


def _years_between(first: str, last: str) -> int:
    return int(last) - int(first)


def together(collection: Collection, scope: Scope) -> tuple[tuple[str, tuple[Sublist, ...]], ...]:
    """Topics, people and places that occur in at least two of the newest stories of a list: the key of their heading,
    and the most frequent.
    """
    cards = scope.index.newest(collection, LIMIT)
    if len(cards) < 2:
        return ()
    lists = (
        ("topics", "tag", [{link.url: link for link in card.tags} for card in cards]),
        ("people", "person", [{link.url: link for _role, link in card.people} for card in cards]),
        ("places", "place", [{link.url: link for _role, link in card.places} for card in cards]),
    )
    found = ((word, _frequent(collection, kind, links, scope)) for word, kind, links in lists)
    return tuple((word, names) for word, names in found if names)


def _frequent(collection: Collection, kind: str, stories: list[dict[str, Link]], scope: Scope) -> tuple[Sublist, ...]:
    """The links of a kind, by address, that most stories have, without the one of the list itself."""
    counts = Counter(chain.from_iterable(stories))
    rows = [(-count, url) for url, count in counts.items() if count > 1 and (kind, slug_of_url(url)) != collection]
    rows = nsmallest(_NAMES, rows)
    shown = scope.linked(kind, [next(links[url] for links in stories if url in links) for _count, url in rows])
    return tuple(Sublist(link.name, link.url, -count) for link, (count, _url) in zip(shown, rows, strict=True))


def broader(slug: str, scope: Scope) -> list[Link]:
    """The topics that one is part of, the largest first: those that have pages."""
    return list(_linked(reversed(scope.topics.above(slug)), scope))


def narrower(slug: str, scope: Scope) -> tuple[Link, ...]:
    """The topics that are part of one: those that have pages."""
    return tuple(_linked(scope.topics.below(slug), scope))


def _linked(entries: Iterable[RegisterEntry], scope: Scope) -> Iterator[Link]:
    for entry in entries:
        if url := scope.url(("tag", slug_of_name(entry.name))):
            yield Link(entry.name, url)


def near_topics(change: ShelfChange) -> Iterator[tuple[Collection, str]]:
    """The shelves whose pages lead to a topic that got its first stories, or lost its last."""
    for slug in change.births.get("tag", ()):
        yield from ((("tag", slug_of_name(entry.name)), "") for entry in change.topics.above(slug)[:1])
        for below in _all_below(slug, change):
            collection = ("tag", slug_of_name(below.name))
            yield collection, ""
            yield from ((collection, period) for period in every_period(change.index, collection))


def _all_below(slug: str, change: ShelfChange) -> Iterator[RegisterEntry]:
    for entry in change.topics.below(slug):
        yield entry
        yield from _all_below(slug_of_name(entry.name), change)
