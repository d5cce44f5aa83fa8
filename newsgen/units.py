"""The names of the units of planning: one unit is planned from one shelf, story or file, and yields its pages.

The record keeps, for every page, the unit that planned it; that is how a page that is no longer planned is found.
"""

from __future__ import annotations

__all__ = [
    "DIRECTORY_KINDS",
    "FEED_KINDS",
    "HOME",
    "PAGES_SITEMAP",
    "SITEMAP_INDEX",
    "STATICS",
    "directory",
    "feed",
    "list_sitemap",
    "picture",
    "shelf",
    "split",
    "story",
    "story_sitemap",
]

FEED_KINDS = ("date", "section", "tag")  # of which there are feeds
DIRECTORY_KINDS = ("tag", "person", "place")  # of which there is an alphabet

HOME = "home"
SITEMAP_INDEX = "sitemap-index"
PAGES_SITEMAP = "pages-sitemap"
STATICS = "statics"  # the theme's files, 404, robots.txt, headers


def story(story_id: str) -> str:
    """A story's own page."""
    return f"story/{story_id}"


def shelf(collection: tuple[str, str], period: str) -> str:
    """The page of a collection over one period."""
    return f"shelf/{collection[0]}/{collection[1]}/{period}"


def feed(collection: tuple[str, str]) -> str:
    """The feed of a collection."""
    return f"feed/{collection[0]}/{collection[1]}"


def directory(kind: str, prefix: str) -> str:
    """The names of a kind that begin with a prefix."""
    return f"directory/{kind}/{prefix}"


def story_sitemap(month: str) -> str:
    """The sitemap of a month's stories and days."""
    return f"story-sitemap/{month}"


def list_sitemap(kind: str, letter: str) -> str:
    """The sitemap of the lists of a kind whose slug begins with a letter."""
    return f"list-sitemap/{kind}/{letter}"


def picture(path: str) -> str:
    """A picture file."""
    return f"picture/{path}"


def split(unit: str) -> tuple[str, str]:
    """The unit's kind and the rest of its name."""
    kind, _, rest = unit.partition("/")
    return kind, rest
