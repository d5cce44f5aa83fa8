"""Shelves to pages: `plan` answers which pages one unit has now, and all that each may show.

A planner sees only what `Scope` holds, so a page can depend on nothing else.
"""

from __future__ import annotations

from newsgen.model.pages import Page
from newsgen.plan import (
    articles,
    corrections,
    directories,
    feeds,
    home,
    listings,
    redirects,
    sitemaps,
    static,
    tombstones,
    units,
)
from newsgen.plan.scope import Scope

__all__ = ["addresses", "plan"]


def addresses(unit: str, scope: Scope) -> tuple[str, ...]:
    """Where the pages of a unit go: the addresses that `plan` gives, without their data."""
    kind, rest = units.split(unit)
    if kind == "story":
        return _some(articles.address(rest, scope))
    if kind == "shelf":
        name, slug, period = rest.split("/")
        return listings.addresses((name, slug), period, scope)
    if kind == "feed":
        name, slug = rest.split("/")
        return _some(feeds.address((name, slug), scope))
    if kind == "directory":
        name, prefix = rest.split("/")
        return _some(directories.address(name, prefix, scope))
    if kind == "story-sitemap":
        return sitemaps.story_addresses(rest, scope)
    if kind == "list-sitemap":
        name, letter = rest.split("/")
        return _some(sitemaps.list_address(name, letter, scope))
    if kind == "picture":
        return _some(static.picture_address(rest, scope))
    if kind == "corrections":
        return _some(corrections.corrections_address(rest, scope))
    if kind == "gone":
        return tombstones.gone_addresses(rest, scope)
    if kind == "moved":
        return _some(redirects.moved_address(rest, scope))
    if kind == "short":
        return _some(redirects.short_address(rest, scope))
    if unit == units.REDIRECTS:
        return _some(redirects.redirects_address(scope))
    if unit == units.WITHDRAWN:
        return tombstones.withdrawn_addresses(scope)
    if unit == units.STATICS:
        return static.static_addresses(scope)
    return ({units.HOME: "/", units.SITEMAP_INDEX: sitemaps.INDEX, units.PAGES_SITEMAP: sitemaps.PAGES}[unit],)


def _some(url: str) -> tuple[str, ...]:
    return (url,) if url else ()


def plan(unit: str, scope: Scope) -> tuple[Page, ...]:
    """The pages of a unit; none where its shelf is empty or its story is not live."""
    kind, rest = units.split(unit)
    if kind == "story":
        return articles.article(unit, rest, scope)
    if kind == "shelf":
        name, slug, period = rest.split("/")
        return listings.listing(unit, (name, slug), period, scope)
    if kind == "feed":
        name, slug = rest.split("/")
        return feeds.feed(unit, (name, slug), scope)
    if kind == "directory":
        name, prefix = rest.split("/")
        return directories.directory(unit, name, prefix, scope)
    if kind == "story-sitemap":
        return sitemaps.stories(unit, rest, scope)
    if kind == "list-sitemap":
        name, letter = rest.split("/")
        return sitemaps.lists(unit, name, letter, scope)
    if kind == "picture":
        return static.picture(unit, rest, scope)
    if kind == "corrections":
        return corrections.corrections(unit, rest, scope)
    if kind == "gone":
        return tombstones.gone(unit, rest, scope)
    if kind == "moved":
        return redirects.moved(unit, rest, scope)
    if kind == "short":
        return redirects.short(unit, rest, scope)
    return {
        units.HOME: home.home,
        units.STATICS: static.statics,
        units.REDIRECTS: redirects.redirects,
        units.WITHDRAWN: tombstones.withdrawn,
        units.SITEMAP_INDEX: sitemaps.index,
        units.PAGES_SITEMAP: sitemaps.pages,
    }[unit](unit, scope)
