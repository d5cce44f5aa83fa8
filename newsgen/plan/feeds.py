"""Atom feeds (RFC 4287) of the newest stories of the site, a section or a tag."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from newsgen.index.shelves import collections_of
from newsgen.model.card import Card, Collection
from newsgen.model.pages import Feed, FeedEntry, Need, Page
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = ["KIND", "entry_id", "feed_address", "rfc3339"]


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
    base_url = scope.site.base_url
    cards = _newest(collection, scope)
    title = scope.site.title
    if kind != "date":
        title = scope.language.say("list_feed", name=scope.index.display_name(collection), site=title)
    data = Feed(
        title=title,
        uid=entry_id(base_url, f"feed {kind} {slug}"),
        url=feed_url.removesuffix("feed.xml"),
        feed_url=feed_url,
        updated=max((rfc3339(card.modified) for card in cards), default="1970-01-01T00:00:00Z"),
        content=scope.settings.feeds.content,
        entries=tuple(_entry(card, base_url) for card in cards),
    )
    return (Page(data.feed_url, "feed.xml.j2", data, unit, tuple(Need(card.path, card.digest) for card in cards)),)


def _newest(collection: Collection, scope: Scope) -> list[Card]:
    """The newest stories that may be in a feed, newest first."""
    most = scope.settings.feeds.entries
    fetched, total = most, scope.index.count(collection)
    while True:
        cards = [card for card in scope.index.newest(collection, fetched) if card.is_indexable]
        if len(cards) >= most or fetched >= total:
            return cards[:most]
        fetched *= 2


def rfc3339(iso: str) -> str:
    """An RFC 3339 time; a plain date is its midnight in UTC, for want of an hour."""
    return iso if "T" in iso else f"{iso}T00:00:00Z"


def _entry(card: Card, base_url: str) -> FeedEntry:
    return FeedEntry(
        item=card.item,
        uid=entry_id(base_url, card.item.id),
        published=rfc3339(card.item.iso),
        updated=rfc3339(card.modified),
        authors=tuple(person.name for role, person in card.people if role in ("reporting", "writing")),
        tags=tuple(tag.name for tag in card.tags),
        dateline=card.dateline,
        language=card.item.language,
    )


def entry_id(base_url: str, story_id: str) -> str:
    """An Atom entry's permanent id (RFC 4287, 4.2.6): a version 5 UUID (RFC 9562) of site and story id."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{base_url}#{story_id}')}"


def _collection(rest: str) -> Collection:
    kind, slug = rest.split("/")
    return kind, slug


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    url = feed_address(_collection(rest), scope)
    return (url,) if url else ()


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
