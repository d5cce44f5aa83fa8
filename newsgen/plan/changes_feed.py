"""The feed of what is new in the archive: stories that were added to it or changed, in the order of that change.

The other feeds are in the order of the stories' own dates: a story of 1987 that is found today never comes to their
top. When a story was added, the ledger says, where there is one (`newsgen urls --record`): when its address was first
recorded as published. When it was changed, it says itself: `updated`, `corrections`. So the feed depends on the sources
alone. Of many that were recorded on one day, as after an import, some are shown, by their addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from newsgen.model.card import Card
from newsgen.model.pages import Page
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.feed_entries import feed_entry, feed_pages, json_address, make_feed, rfc3339
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import FEEDS, Scope

__all__ = ["CHANGES", "KIND"]

CHANGES = f"{FEEDS}changes/feed.xml"
_RECORDED = 3  # lines of the ledger looked at for each entry: some are of stories that are not shown any more


def _changes(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The feed: the latest changes first."""
    most = scope.settings.feeds.entries
    dated = {card.item.id: (rfc3339(card.modified), card.instant, card) for card in _candidates(most, scope)}
    for story_id, day in scope.lazy_redirects.recorded(_RECORDED * most):
        card = scope.index.card(story_id)
        if card and _is_listed(card):
            when = max(rfc3339(day), rfc3339(card.modified), key=datetime.fromisoformat)
            dated[story_id] = (when, card.instant, card)
    order = sorted(dated.values(), key=_place, reverse=True)[:most]
    entries = [feed_entry(card, scope.site.base_url, when) for when, _instant, card in order]
    title = scope.language.say("changes_feed", site=scope.site.title)
    feed = make_feed(title, "changes", (FEEDS, CHANGES), entries, scope)
    return tuple(feed_pages(feed, unit, [card for _when, _instant, card in order], has_json=True))


def _place(row: tuple[str, int, Card]) -> tuple[datetime, int, str]:
    when, instant, card = row
    return datetime.fromisoformat(when), instant, card.item.id


def _is_listed(card: Card) -> bool:
    return card.is_indexable and not card.newest


def _candidates(most: int, scope: Scope) -> Iterator[Card]:
    """The newest stories, and those that were changed last: more than the feed has."""
    yield from filter(_is_listed, scope.index.newest(("date", ""), 2 * most))
    found = 0
    for month in reversed(scope.index.facet_names("modified")):
        changed = list(filter(_is_listed, scope.index.modified_in(month)))
        yield from changed
        found += len(changed)
        if found >= most:
            return


def _addresses(_rest: str, scope: Scope) -> tuple[str, ...]:
    """Where it goes. The ledger is asked in any case: a worker has none, and gets what was asked of it."""
    scope.lazy_redirects.recorded(_RECORDED * scope.settings.feeds.entries)
    return CHANGES, json_address(CHANGES)


def _affected(change: ShelfChange) -> Iterator[str]:
    if change.cards:
        yield units.CHANGES


KIND = PageKind(
    units.CHANGES,
    _addresses,
    _changes,
    units=lambda _scope: (units.CHANGES,),
    affected=_affected,
)
