"""What each file of the default theme is for, as `newsgen theme list` says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsgen.commands.theme import ThemeFile

__all__ = ["PURPOSES", "ejected_line", "theme_lines"]

PURPOSES: dict[str, str] = {
    "404.html.j2": "the page where there is none",
    "_headers.j2": "the headers that a host sends",
    "_redirects.j2": "the rules by which a host leads on from old addresses",
    "article-about.html.j2": "what is known of a story beside its text; part of article.html.j2",
    "article.html.j2": "a story's own page",
    "assets/card.png": "the picture that others show with a link to the site",
    "assets/cite.js": "the day of access, and buttons that copy, in a story's citations",
    "assets/feed.css": "how browsers show feeds",
    "assets/icon.svg": "the icon in a browser's tab",
    "assets/site.css": "the style sheet of every page",
    "assets/today.js": "the script that puts a link to today on the page of the days of the year",
    "assets/touch-icon.png": "the icon on a telephone's first screen",
    "base.html.j2": "the frame of every page: head, masthead, menu, footer",
    "briefs.html.j2": "the briefs of a day, with the setting group_briefs",
    "cite.html.j2": "how to cite a story, and its files; part of article.html.j2",
    "corrections.html.j2": "the list of corrections",
    "dates.html.j2": "the years and months that have stories",
    "days-of-year.html.j2": "the days of the year that have stories",
    "directory.html.j2": "all topics, people or places",
    "feed.xml.j2": "an Atom feed",
    "feeds.html.j2": "the list of feeds",
    "home.html.j2": "the home page",
    "land.html.j2": "the outline of the land; part of map.html.j2",
    "listing.html.j2": "the stories of a section, topic, person, place or date",
    "macros.html.j2": "parts that several pages share: links, lists, pictures, times",
    "map.html.j2": "the places on a map",
    "manifest.webmanifest.j2": "how a telephone shows the site among its apps",
    "moved.html.j2": "a page that leads on, where the host has no rules for that",
    "on-this-day.html.j2": "what was published on a day of the year",
    "page.html.j2": "a page of content/_pages/",
    "robots.txt.j2": "what search engines may read",
    "sitemap-index.xml.j2": "the list of sitemaps",
    "sitemap.xml.j2": "a sitemap",
    "story.html.j2": "the text of a story; part of article.html.j2 and briefs.html.j2",
    "tombstone.html.j2": "the page of a story that was killed or has expired",
    "versions.html.j2": "the versions of a story; part of article.html.j2",
    "withdrawn.html.j2": "the list of withdrawn stories",
    "withdrawn.xml.j2": "their feed",
}


def theme_lines(files: Iterable[ThemeFile]) -> Iterator[str]:
    """Each file with what it is for; a star where the site has its own."""
    for file in files:
        yield f"{'*' if file.is_replaced else ' '} {file.name:24} {PURPOSES.get(file.name, '')}".rstrip()
    yield "* the site has its own. To change a file: newsgen theme eject NAME. To change a block: docs/look.md."


def ejected_line(path: str) -> str:
    """Where the copy is."""
    return f"{path} is yours now: newsgen uses it in place of the default theme's."
