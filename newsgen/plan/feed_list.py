"""/feeds/: every feed of the site, for readers. Of topics, each page names its own."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.model.feed_pages import FeedList, ListedFeed
from newsgen.model.pages import Page
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.changes_feed import CHANGES
from newsgen.plan.feed_entries import json_address
from newsgen.plan.feeds import feed_address
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import FEEDS, Scope

__all__ = ["KIND"]

_MOST = 200  # sections; the pages of others name their feeds


def _feed_list(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The page."""
    say, site = scope.language.say, scope.site
    feeds = [
        ListedFeed(say("newest_stories"), "/", "/feed.xml", "/feed.json"),
        ListedFeed(say("newly_changed"), "", CHANGES, json_address(CHANGES)),
    ]
    for slug, link, _count in scope.sections_in_order()[:_MOST]:
        atom = feed_address(("section", slug), scope)
        feeds.append(ListedFeed(link.name, link.url, atom, json_address(atom)))
    has_tags = scope.makes("tag") and scope.settings.feeds.tags and scope.index.slugs("tag")
    data = FeedList(
        url=FEEDS,
        title=say("feeds"),
        description=say("about_feeds", site=site.title),
        feeds=tuple(feeds),
        tags_url="/tags/" if has_tags else "",
        withdrawn_url="/withdrawn/feed.xml" if scope.makes("withdrawn") else "",
    )
    return (Page(FEEDS, "feeds.html.j2", data, unit),)


def _affected(change: ShelfChange) -> Iterator[str]:
    if change.births["section"] or change.births["tag"] or any(kind == "section" for kind, _slug in change.renamed):
        yield units.FEED_LIST


KIND = PageKind(
    units.FEED_LIST,
    lambda _rest, _scope: (FEEDS,),
    _feed_list,
    units=lambda _scope: (units.FEED_LIST,),
    affected=_affected,
)
