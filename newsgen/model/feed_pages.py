"""What the templates of feeds receive. See `pages`."""

from __future__ import annotations

from newsgen.model.card import Item
from newsgen.model.value import value

__all__ = ["Feed", "FeedEntry"]


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
