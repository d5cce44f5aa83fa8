"""The names of the units of planning: one unit is planned from one shelf, story or file, and yields its pages."""

from __future__ import annotations

__all__ = [
    "CHANGES", "CORRECTIONS", "DATES", "DIRECTORY_KINDS", "FEED_KINDS", "FEED_LIST", "HOME", "MAP", "OWN_KINDS",
    "PAGES_SITEMAP", "REDIRECTS", "REDIRECT_KINDS", "SITEMAP_INDEX", "STATICS", "WITHDRAWN", "briefs", "briefs_of",
    "corrections", "directory", "feed", "gone", "list_sitemap", "moved", "on_this_day", "own_page", "picture",
    "shelf", "short", "split", "static_file", "story", "story_sitemap",
]  # fmt: skip

FEED_KINDS = ("date", "section", "tag", "storyline")  # of which there are feeds
DIRECTORY_KINDS = ("tag", "person", "place", "storyline")  # of which there is an alphabet

HOME = "home"
SITEMAP_INDEX = "sitemap-index"
PAGES_SITEMAP = "pages-sitemap"
REDIRECTS = "redirects"  # _redirects
WITHDRAWN = "withdrawn"  # the list of what was withdrawn, and its feed
CHANGES = "changes-feed"  # what was added or changed last
FEED_LIST = "feed-list"  # /feeds/
CORRECTIONS = "corrections"  # the list of what was corrected
DATES = "dates"  # the grid of years and months
MAP = "map"  # the places on a map
OWN_KINDS = ("file", "page")  # of what a site has of its own
REDIRECT_KINDS = ("gone", "moved")  # planned from an address that is not in place any more
STATICS = "statics"  # the theme's files, 404, robots.txt, headers


def story(story_id: str) -> str:
    """A story's own page."""
    return f"story/{story_id}"


def shelf(collection: tuple[str, str], period: str) -> str:
    """The page of a collection over one period."""
    return f"shelf/{collection[0]}/{collection[1]}/{period}"


def briefs(section: str, period: str) -> str:
    """The briefs of a section's day, or of a part of it."""
    return f"briefs/{section}/{period}"


def briefs_of(url: str) -> str:
    """The briefs on the page of a day, by the address of that page."""
    section, year, month, day, _file = url.strip("/").split("/")
    return briefs(section, f"{year}-{month}-{day}")


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


def on_this_day(day: str) -> str:
    """What was published on a day of the year, `02-26`; of "", which days there are."""
    return f"on-this-day/{day}"


def corrections(month: str) -> str:
    """What was corrected in a month."""
    return f"corrections/{month}"


def short(story_id: str) -> str:
    """The short permanent address of a story."""
    return f"short/{story_id}"


def gone(url: str) -> str:
    """The tombstone at an address."""
    return f"gone{url}"


def moved(url: str) -> str:
    """The page that leads on from an address, where the host has no rules for it."""
    return f"moved{url}"


def picture(digest: str) -> str:
    """The files of a picture, by the digest in their addresses: pictures with the same bytes are one."""
    return f"picture/{digest}"


def own_page(path: str) -> str:
    """A page of content/_pages/."""
    return f"page/{path}"


def static_file(path: str) -> str:
    """A file of static/."""
    return f"file/{path}"


def split(unit: str) -> tuple[str, str]:
    """The unit's kind and the rest of its name."""
    kind, _, rest = unit.partition("/")
    return kind, rest
