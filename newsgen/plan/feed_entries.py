"""What a feed holds of a story, and in which forms a feed is written."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from newsgen.model import codec
from newsgen.model.card import Card, Details
from newsgen.model.feed_pages import Feed, FeedEntry, JsonFeed
from newsgen.model.pages import Need, Page
from newsgen.plan.scope import Scope

__all__ = ["NO_TIME", "entry_id", "feed_entry", "feed_pages", "json_address", "make_feed", "rfc3339"]

NO_TIME = "1970-01-01T00:00:00Z"


def entry_id(base_url: str, story_id: str) -> str:
    """An Atom entry's permanent id (RFC 4287, 4.2.6): a version 5 UUID (RFC 9562) of site and story id."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{base_url}#{story_id}')}"


def rfc3339(iso: str) -> str:
    """An RFC 3339 time; a plain date is its midnight in UTC, for want of an hour."""
    return iso if "T" in iso else f"{iso}T00:00:00Z"


def json_address(feed_url: str) -> str:
    """The address of the same feed as JSON Feed."""
    return f"{feed_url.removesuffix('xml')}json"


def make_feed(title: str, name: str, addresses: tuple[str, str], entries: Sequence[FeedEntry], scope: Scope) -> Feed:
    """A feed of some entries. Its id is made of its permanent `name`; `addresses` are its page's and its own."""
    return Feed(
        title=title,
        uid=entry_id(scope.site.base_url, f"feed {name}"),
        url=addresses[0],
        feed_url=addresses[1],
        updated=max((entry.updated for entry in entries), key=datetime.fromisoformat, default=NO_TIME),
        content=scope.settings.feeds.content,
        entries=tuple(entries),
    )


def feed_pages(feed: Feed, unit: str, cards: Sequence[Card], *, has_json: bool) -> Iterator[Page]:
    """A feed of the stories with these cards as Atom, and as JSON Feed."""
    needs = tuple(Need(card.path, card.digest) for card in cards)
    yield Page(feed.feed_url, "feed.xml.j2", feed, unit, needs)
    if has_json:
        url = json_address(feed.feed_url)
        yield Page(url, "", JsonFeed(feed, url), unit, needs)


def feed_entry(card: Card, base_url: str, updated: str = "") -> FeedEntry:
    """A story in a feed; `updated` (RFC 3339) is when it was, for a feed that does not go by what the story says."""
    shown = next((at for at, picture in enumerate(card.pictures) if picture), None)
    details = None if shown is None else codec.decode(Details, json.loads(card.details))
    newest_first = sorted(card.corrections, key=lambda note: note.date.instant, reverse=True)
    return FeedEntry(
        item=card.item,
        uid=entry_id(base_url, card.item.id),
        published=rfc3339(card.item.iso),
        updated=updated or rfc3339(card.modified),
        authors=tuple(person.name for role, person in card.people if role in ("reporting", "writing")),
        tags=tuple(tag.name for tag in card.tags),
        dateline=card.dateline,
        language=card.item.language,
        corrections=tuple(newest_first),
        picture=None if shown is None else card.pictures[shown],
        caption=details.captions[shown] if details and shown is not None else None,
    )
