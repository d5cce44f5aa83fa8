"""Every kind of page there is. A new kind is a file in this folder, its line here, and what its template receives.

The engine asks here, and each kind answers: where the pages of a unit go, what they show, which units a site has, and
which of them a change may touch.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.diff import CardDiff
from newsgen.model.pages import Page
from newsgen.plan import (
    articles,
    briefs,
    changes_feed,
    corrections,
    dates,
    directories,
    feed_list,
    feeds,
    home,
    listings,
    on_this_day,
    own,
    pictures,
    place_map,
    redirects,
    sitemaps,
    static,
    tombstones,
    units,
)
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = [
    "KINDS", "addresses", "affected_units", "all_units", "has_related", "is_small", "plan",
    "redirect_units", "units_of_story",
]  # fmt: skip

# In the order in which a first build plans them.
KINDS: dict[str, PageKind] = {
    kind.name: kind
    for kind in (
        home.KIND,
        dates.KIND,
        sitemaps.INDEX_KIND,
        sitemaps.PAGES_KIND,
        static.KIND,
        corrections.KIND,
        articles.KIND,
        briefs.KIND,
        redirects.SHORT_KIND,
        pictures.KIND,
        listings.KIND,
        on_this_day.KIND,
        directories.KIND,
        place_map.KIND,
        feeds.KIND,
        changes_feed.KIND,
        feed_list.KIND,
        sitemaps.LISTS_KIND,
        sitemaps.STORIES_KIND,
        redirects.KIND,
        tombstones.WITHDRAWN_KIND,
        tombstones.KIND,
        redirects.MOVED_KIND,
        own.KIND,
        own.FILE_KIND,
    )
}


def addresses(unit: str, scope: Scope) -> tuple[str, ...]:
    """Where the pages of a unit go: the addresses that `plan` gives, without their data."""
    kind, rest = units.split(unit)
    return KINDS[kind].addresses(rest, scope)


def plan(unit: str, scope: Scope) -> tuple[Page, ...]:
    """The pages of a unit; none where its shelf is empty or its story is not live."""
    kind, rest = units.split(unit)
    return KINDS[kind].pages(unit, rest, scope)


def is_small(unit: str) -> bool:
    """Whether a unit's pages are small, so that many can be planned and rendered together."""
    return KINDS[units.split(unit)[0]].is_small


def has_related(unit: str) -> bool:
    """Whether a unit's pages show related stories."""
    return KINDS[units.split(unit)[0]].has_related


def units_of_story(story_id: str, scope: Scope) -> tuple[str, ...]:
    """The units whose pages show a story whole; a brief may also have a line on one of them."""
    card = scope.index.card(story_id)
    return tuple(briefs.units_of_brief(card, scope)) if card and card.is_brief else (units.story(story_id),)


def all_units(scope: Scope) -> Iterator[str]:
    """Every unit that a site may have pages of, each once; those whose pages show the same stories lie together."""
    for kind in KINDS.values():
        yield from kind.units(scope)


def affected_units(scope: Scope, diff: CardDiff) -> set[str]:
    """The units whose pages may differ after a change of stories, which the shelves of `scope` hold."""
    change = ShelfChange(scope.index, diff, scope.alphabet, scope.pictures, scope.topics)
    found = {unit for kind in KINDS.values() for unit in kind.affected(change)}
    if _has_other_lists(change):  # works out where addresses lead: half a second for 100,000 in the ledger
        found.update(tombstones.KIND.units(scope))
    return found


def _has_other_lists(change: ShelfChange) -> bool:
    """Whether a section or a day has its first story, or has lost its last: tombstones lead to those that there are."""
    return any(
        (before == 0) != (now == 0) and len(period) == {"date": 10, "section": 0}.get(collection[0])
        for collection, period, before, now in change.sizes()
    )


def redirect_units(scope: Scope) -> Iterator[str]:
    """Every unit that is planned from where addresses lead."""
    for kind in KINDS.values():
        if kind.follows_redirects:
            yield from kind.units(scope)
    yield from map(units.briefs_of, scope.lazy_redirects.pages)
