"""What the templates of feeds receive. See `pages`."""

from __future__ import annotations

from newsgen.model.card import Item, Picture
from newsgen.model.story import Caption, Correction
from newsgen.model.value import value

__all__ = ["Feed", "FeedEntry", "FeedList", "JsonFeed", "ListedFeed"]


@value
class FeedEntry:
    """One story of a feed."""

    item: Item
    uid: str  # urn:uuid:…
    published: str  # RFC 3339
    updated: str  # RFC 3339
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    dateline: str  # as written; "" for none
    language: str  # "" where the site's
    corrections: tuple[Correction, ...] = ()  # latest first; the entry begins with them, its title says so
    picture: Picture | None = None
    caption: Caption | None = None  # of the picture


@value
class Feed:
    """feed.xml.j2: Atom (RFC 4287)."""

    title: str
    uid: str
    url: str  # the list's page
    feed_url: str
    updated: str
    content: str  # full or summary
    entries: tuple[FeedEntry, ...]


@value
class JsonFeed:
    """A feed as JSON Feed 1.1; no template makes it."""

    feed: Feed
    url: str


@value
class ListedFeed:
    """A feed as the list of feeds has it."""

    name: str
    url: str  # of its page
    atom: str
    json: str


@value
class FeedList:
    """feeds.html.j2: /feeds/."""

    url: str
    title: str
    description: str
    feeds: tuple[ListedFeed, ...]  # of the site, of what was added or corrected, of the sections
    tags_url: str  # all topics, each of which has a feed; "" for none
    withdrawn_url: str  # the feed of what was withdrawn; "" for none
