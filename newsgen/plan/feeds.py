"""Feeds of the newest stories of the site, a section or a tag: Atom (RFC 4287), and JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.shelves import collections_of
from newsgen.model.card import Card, Collection
from newsgen.model.pages import Page
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.feed_entries import feed_entry, feed_pages, json_address, make_feed
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = ["KIND", "feed_address"]

_WITH_JSON = ("date", "section")  # feeds that are JSON Feeds too; topics are too many


def feed_address(collection: Collection, scope: Scope) -> str:
    """Where the feed of a collection goes; "" where there is none. Only the site's own feed exists without stories."""
    if collection[0] == "tag" and not scope.settings.feeds.tags:
        return ""
    url = "/" if collection[0] == "date" else scope.url(collection)
    return f"{url}feed.xml" if url else ""


def _feed(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The feed of a collection."""
    kind, slug = collection = _collection(rest)
    feed_url = feed_address(collection, scope)
    if not feed_url:
        return ()
    cards = _newest(collection, scope)
    title = scope.site.title
    if kind != "date":
        title = scope.language.say("list_feed", name=scope.index.display_name(collection), site=title)
    entries = [feed_entry(card, scope.site.base_url) for card in cards]
    feed = make_feed(title, f"{kind} {slug}", (feed_url.removesuffix("feed.xml"), feed_url), entries, scope)
    return tuple(feed_pages(feed, unit, cards, has_json=kind in _WITH_JSON))


def _newest(collection: Collection, scope: Scope) -> list[Card]:
    """The newest stories that may be in a feed, newest first."""
    most = scope.settings.feeds.entries
    fetched, total = most, scope.index.count(collection)
    while True:
        cards = [card for card in scope.index.newest(collection, fetched) if card.is_indexable]
        if len(cards) >= most or fetched >= total:
            return cards[:most]
        fetched *= 2


def _collection(rest: str) -> Collection:
    kind, slug = rest.split("/")
    return kind, slug


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    collection = _collection(rest)
    url = feed_address(collection, scope)
    if not url:
        return ()
    return (url, json_address(url)) if collection[0] in _WITH_JSON else (url,)


def _units(scope: Scope) -> Iterator[str]:
    yield units.feed(("date", ""))
    for kind in units.FEED_KINDS:
        yield from (units.feed((kind, slug)) for slug in scope.index.slugs(kind) if slug)


def _affected(change: ShelfChange) -> Iterator[str]:
    """Those that may carry the text of a story that changed."""
    for card in (*change.diff.edited, *(new for _old, new in change.diff.reworded)):
        yield from (units.feed(each) for each in collections_of(card) if each[0] in units.FEED_KINDS)
    yield from (units.feed(each) for each in change.collections if each[0] in units.FEED_KINDS)


KIND = PageKind("feed", _addresses, _feed, _units, _affected)
