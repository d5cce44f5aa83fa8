"""What each template receives: one frozen dataclass a template, so that a designer can read it here.

A template sees four names: `site` (settings.Site), `head` (page_parts.Head, in HTML pages), `page` (a class below) and
`stories`: in article.html.j2 one page_parts.StoryText, in briefs.html.j2 (briefs.Briefs) one for each brief, in
feed.xml.j2 a page_parts.FeedText for each entry, else none.
Each address begins with / and is relative to the site: templates write `{{ site.prefix }}{{ item.url }}`.

Names of fields are public: sites have templates of their own, which use them.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from newsgen.model.card import Item, Picture, PictureText
from newsgen.model.feed_pages import Feed, FeedEntry, FeedList, JsonFeed, ListedFeed
from newsgen.model.index_pages import Dates, DaysOfYear, Directory, MapPoint, OnThisDay, PlaceMap, SameDay
from newsgen.model.notice_pages import Corrected, Corrections, Moved, Tombstone, Withdrawal, Withdrawn
from newsgen.model.page_parts import Calendar, Described, Group, Sublist, Teaser, Timeline
from newsgen.model.story import Correction, Link, Moment
from newsgen.model.value import value

__all__ = [
    "TEMPLATES", "Article", "Asset", "Copied", "Corrected", "Corrections", "Data", "Dates", "DaysOfYear",
    "Derived", "Directory", "Feed", "FeedEntry", "FeedList", "Headers", "Home", "JsonFeed", "ListedFeed",
    "Listing", "Manifest", "MapPoint", "Moved", "Need", "NotFound", "OldVersion", "OnThisDay", "Page", "PlaceMap",
    "Redirects", "Robots", "SameDay", "Shown", "Sitemap", "SitemapIndex", "StoryFile", "Tombstone", "Withdrawal",
    "Withdrawn", "WrittenPage", "alone", "related_ids",
]  # fmt: skip


@value
class Home:
    """home.html.j2: /"""

    leads: tuple[Teaser, ...]  # the lead and up to three more; none of them is in a list below
    latest: tuple[Item, ...]  # newest first
    sections: tuple[Group, ...]  # each with its newest stories that are not above; the last ones with none
    periods: tuple[Sublist, ...]  # years, newest first; of one year its months; () for one month on one page
    count: int
    first_day: str  # "1987-02-26"; "" for an empty site
    last_day: str


@value
class OldVersion:
    """An older version of a story, which a newer one replaces."""

    item: Item
    date: Moment
    path: str  # of its story file; templates see what changed since in page_parts.StoryText


@value
class Article:
    """article.html.j2: a story's own page."""

    item: Item
    date: Moment
    modified: str  # ISO 8601: when it was last updated or corrected, else `date`
    day_url: str  # the day's page; "" where dates are not made
    storylines: tuple[Link, ...]  # of which it is part
    happened_next: tuple[Item, ...]  # later ones of the same matter, oldest first: pinned by one of the two, or alike
    happened_before: tuple[Item, ...]  # the same of earlier ones, newest first
    related: tuple[Item, ...]  # others with similar words. No story stands in two of these lists
    next_in_section: tuple[Item, ...]  # up to five that follow in its section
    earlier_in_section: tuple[Item, ...]  # the one before them, nearest first; more where fewer than four follow
    versions: tuple[OldVersion, ...]  # those that this one replaces, newest first
    newest: Item | None  # the version that replaces this one
    corrections: tuple[Correction, ...]
    tags: tuple[Link, ...]
    people: tuple[Link, ...]  # whom the story names
    places: tuple[Link, ...]  # of the dateline, and those the story names
    persons: tuple[tuple[str, Link], ...]  # (role, person) of bylines and credits
    pictures: tuple[Picture | None, ...]  # of `photos` in order; None where there is no file
    photos: tuple[int, ...]  # which entries of `photos` may be shown at the build's clock
    crumbs: tuple[Link, ...]
    state: str  # live, superseded; draft where drafts are built; in a preview also why a story is held: embargoed …
    is_hidden: bool  # noindex
    dateline: str  # as written; "" for none
    details: str  # card.Details as JSON; templates see what it holds in page_parts.StoryText


_OF_OTHERS = frozenset(
    ("happened_next", "happened_before", "related", "next_in_section", "earlier_in_section", "versions")
)
_NAMES = tuple(field.name for field in fields(Article))


def alone(story: Article) -> Article:
    """A story without what its page shows of others. In a third of the time of `dataclasses.replace`."""
    shown: list[Any] = [() if name in _OF_OTHERS else getattr(story, name) for name in _NAMES]
    return Article(*shown)


def related_ids(story: Article) -> tuple[str, ...]:
    """The ids of the stories beside it for what they have in common: what happened next, earlier, and related."""
    return tuple(item.id for item in (*story.happened_next, *story.happened_before, *story.related))


@value
class StoryFile:
    """A file beside a page that shows stories whole, with the same stories; no template makes it."""

    form: str  # txt, json
    url: str  # of the page
    title: str  # of a page of briefs; "" for one story
    stories: tuple[Article, ...]


@value
class Listing:
    """listing.html.j2: a section, tag, person, place or the whole wire, over all time or one period of it."""

    kind: str  # section, tag, person, place, date
    name: str  # "World"; of a date page the period
    title: str  # the h1: "World, February 1987"
    description: str  # a line under the title; "" for none
    url: str
    level: str  # all, year, month, day, hour; untimed: a day's stories without an hour; part: some of these
    period: str  # "February 1987"; "" for all time
    count: int
    first_day: str
    last_day: str
    crumbs: tuple[Link, ...]
    leads: tuple[Teaser, ...]  # the lead, on a long list up to three more; none of them is in `groups` too
    lead_key: str  # the value of data-list of `leads`
    groups: tuple[Group, ...]  # the other stories that it shows, newest first
    is_complete: bool  # whether leads and groups hold every story of the list
    children: tuple[Sublist, ...]  # the smaller periods, in order, where they have pages
    months: tuple[tuple[Sublist, tuple[Sublist, ...]], ...]  # of a section: years, each with its months
    calendar: Calendar | None
    earlier: Link | None  # the period before that has stories
    later: Link | None
    feed_url: str  # "" for none
    about: tuple[tuple[str, str], ...] = ()  # facts of a person or place: (label, text)
    website: str = ""  # a page about it elsewhere
    picture: Picture | None = None
    narrower: tuple[Link, ...] = ()  # of a topic: those that are part of it
    timeline: Timeline | None = None  # of a topic, person or place: when its stories were
    together: tuple[tuple[str, tuple[Sublist, ...]], ...] = ()  # what occurs with it, by the key of the heading's word
    days: tuple[tuple[Link, tuple[Link, ...]], ...] = ()  # of a date's year that splits: its months, each with its days


@value
class Redirects:
    """_redirects.j2: rules for Netlify, Cloudflare Pages and GitLab Pages."""

    moved: tuple[tuple[str, str], ...]  # address, where it leads
    gone: tuple[tuple[str, str], ...]  # address, the page that answers 410
    asked: tuple[tuple[str, str, str], ...] = ()  # address without its query, that with blanks for &, to


@value
class NotFound:
    """404.html.j2"""

    sections: tuple[Link, ...]
    indexes: tuple[Link, ...]


@value
class Sitemap:
    """sitemap.xml.j2: at most 50,000 addresses (sitemaps.org, protocol 0.9)."""

    urls: tuple[tuple[str, str], ...]  # address, lastmod or ""


@value
class SitemapIndex:
    """sitemap-index.xml.j2"""

    files: tuple[str, ...]


@value
class Robots:
    """robots.txt.j2"""

    sitemap: str


@value
class Headers:
    """_headers.j2: for Netlify and Cloudflare Pages."""

    csp: str


@value
class Manifest:
    """manifest.webmanifest.j2"""

    icons: tuple[str, ...] = ()


@value
class Asset:
    """A file of the theme, copied."""

    name: str


@value
class Copied:
    """A picture of content/, or a file of static/, copied."""

    path: str
    is_whole: bool = False  # as it is; else without what is private in it


@value
class Derived:
    """A file that is made of a picture of content/: smaller, or a crop."""

    path: str  # of the picture
    width: int  # pixels
    height: int
    format: str  # avif, webp, jpg, png
    is_crop: bool
    said: PictureText | None  # whom to credit, which is written into the file
    encoder: str  # the program that makes it, whose versions may give other bytes


@value
class WrittenPage:
    """page.html.j2, or the template that it names: a page of content/_pages/. `stories[0]` has its text."""

    url: str
    title: str
    description: str
    language: str  # "" for the site's
    path: str  # of its file
    pictures: tuple[tuple[str, Picture], ...]  # those of static/ that its text shows, by their names in the text


TEMPLATES = (
    "article.html.j2", "briefs.html.j2", "listing.html.j2", "home.html.j2", "directory.html.j2", "feed.xml.j2",
    "feeds.html.j2", "sitemap.xml.j2", "sitemap-index.xml.j2", "404.html.j2", "robots.txt.j2", "_headers.j2",
    "manifest.webmanifest.j2",
    "tombstone.html.j2", "moved.html.j2", "withdrawn.html.j2", "withdrawn.xml.j2", "corrections.html.j2",
    "_redirects.j2", "page.html.j2", "map.html.j2", "dates.html.j2",
    "days-of-year.html.j2", "on-this-day.html.j2",
)  # fmt: skip
# HTML pages
Shown = Home | Article | Listing | Directory | NotFound | Tombstone | Moved | Withdrawn | Corrections | Described
Other = Redirects | Feed | Sitemap | SitemapIndex | Robots | Headers | Manifest | StoryFile | JsonFeed
Data = Shown | Other | Asset | Copied | Derived


@value
class Need:
    """A file whose bytes a page is rendered from."""

    path: str
    digest: str


@value
class Page:
    """A page is a value: its address, the template that prints it, and all that it may show."""

    url: str
    template: str  # "" for a copied file
    data: Data
    unit: str  # what planned it: "story/<id>", "shelf/<kind>/<key>/<period>", …
    needs: tuple[Need, ...] = ()
