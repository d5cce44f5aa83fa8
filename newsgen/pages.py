"""What each template receives: one frozen dataclass a template, so that a designer can read it here.

A template sees four names: `site` (model.Site), `head` (Head, in HTML pages), `page` (one of the classes below) and
`stories`: in article.html.j2 one StoryText, in feed.xml.j2 a BodyText for each entry, else nothing. Every address
begins with / and is relative to the site: templates write `{{ site.prefix }}{{ item.url }}`.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsgen.model import Caption, Correction, Credit, Item, Link, Moment, Picture, Rights

__all__ = [
    "Article",
    "Asset",
    "BodyText",
    "Brief",
    "Calendar",
    "Copied",
    "Data",
    "Directory",
    "Feed",
    "FeedEntry",
    "Group",
    "Head",
    "Headers",
    "Home",
    "Listing",
    "Manifest",
    "Need",
    "NotFound",
    "Page",
    "Robots",
    "SectionBlock",
    "Shown",
    "ShownPhoto",
    "Sitemap",
    "SitemapIndex",
    "StoryText",
]


@dataclass(frozen=True, slots=True)
class Head:
    """The metadata of an HTML page, made by metadata.py; base.html.j2 prints it."""

    title: str
    description: str
    canonical: str  # absolute; "" for a page that must not be indexed
    og_type: str  # website, article, profile
    og_title: str
    robots: str
    image: str  # absolute
    image_alt: str
    image_width: int
    image_height: int
    feeds: tuple[Link, ...]  # for autodiscovery
    properties: tuple[tuple[str, str], ...] = ()  # further Open Graph properties: article:published_time …
    jsonld: str = ""  # escaped for a script element; "" for none


# --- parts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brief:
    """What a list knows of a smaller list: its name, address and count."""

    name: str
    url: str  # "" where there is nothing to open
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """A list of stories with its own heading."""

    key: str  # the value of data-list: "day", "month", "by-person", "reporting"…
    name: str  # heading; "" for none
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month as a table: weeks of seven days from Monday; a day outside the month has an empty name."""

    caption: str  # "February 1987"
    weeks: tuple[tuple[Brief, ...], ...]  # each day: name "26", url or "", count


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section on the home page."""

    section: Link
    count: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo of an article: the picture where the file is at hand, its caption and credit in any case."""

    picture: Picture | None
    caption: Caption
    photographer: Link | None  # with the address of the person's page


@dataclass(frozen=True, slots=True)
class BodyText:
    """The body of a story as a feed carries it. Made by the renderer."""

    html: str  # safe to print
    summary: str  # the first paragraph as plain text, at most 280 characters


@dataclass(frozen=True, slots=True)
class StoryText:
    """The parts of a story that only its own page shows. Made by the renderer."""

    id: str
    html: str  # the body, safe to print
    summary: str  # the first paragraph as plain text, at most 280 characters
    words: int  # of the body
    dateline: str  # as written; shown before the first paragraph; "" for none
    agency: tuple[str, ...]
    byline: tuple[Link, ...]
    credits: tuple[tuple[Credit, Link], ...]  # in order; the link is the person's page
    credit: str  # the credit line as sent
    headline_raw: str  # as sent, where it differs from the headline; else ""
    slugline: str
    notes: tuple[str, ...]
    corrections: tuple[Correction, ...]
    updated: Moment | None
    rights: Rights | None
    language: str  # "" where the site's
    direction: str  # "" where the site's
    photos: tuple[ShownPhoto, ...]
    contributors: tuple[tuple[str, Link], ...]  # role as shown, person
    organisations: tuple[str, ...]
    urgency: int | None


# --- pages ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Home:
    """home.html.j2: /"""

    lead: Item | None
    latest: tuple[Item, ...]
    sections: tuple[SectionBlock, ...]
    years: tuple[Brief, ...]  # newest first
    count: int
    first_day: str  # "1987-02-26"; "" for an empty site
    last_day: str


@dataclass(frozen=True, slots=True)
class Article:
    """article.html.j2: a story's own page."""

    item: Item
    date: Moment
    day_url: str  # the day's page; "" where dates are not made
    next_in_section: tuple[Item, ...]  # ten
    earlier: Item | None
    later: Item | None
    related: tuple[Item, ...]  # pinned
    tags: tuple[Link, ...]
    people: tuple[Link, ...]  # named in the story
    places: tuple[Link, ...]  # of the dateline and named in the story
    persons: tuple[tuple[str, Link], ...]  # (role, person) of bylines and credits
    pictures: tuple[Picture | None, ...]  # of `photos` in order; None where there is no file
    photos: tuple[int, ...]  # which entries of `photos` may be shown at the build's clock
    crumbs: tuple[Link, ...]
    state: str  # live; draft where drafts are built
    is_hidden: bool  # noindex


@dataclass(frozen=True, slots=True)
class Listing:
    """listing.html.j2: a section, tag, person, place or the whole wire, over all time or one period of it."""

    kind: str  # section, tag, person, place, date
    name: str  # "World"; of a date page the period
    title: str  # the h1: "World, February 1987"
    description: str  # a line under the title; "" for none
    url: str
    level: str  # all, year, month, day, hour
    period: str  # "February 1987"; "" for all time
    count: int
    first_day: str
    last_day: str
    crumbs: tuple[Link, ...]
    groups: tuple[Group, ...]  # the stories shown, in order
    is_complete: bool  # whether groups hold every story of the list
    children: tuple[Brief, ...]  # the smaller periods, in order, where they have pages
    months: tuple[tuple[Brief, tuple[Brief, ...]], ...]  # of a section: years, each with its months
    calendar: Calendar | None
    earlier: Link | None  # the period before that has stories
    later: Link | None
    feed_url: str  # "" for none
    about: tuple[tuple[str, str], ...] = ()  # facts of a person or place: (label, text)
    website: str = ""  # a page about it elsewhere
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """directory.html.j2: /tags/, /people/, /places/, and their letters where there are over 100."""

    kind: str
    title: str
    url: str
    letter: str  # "" for the whole
    count: int
    entries: tuple[Brief, ...]
    letters: tuple[Brief, ...]
    crumbs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """404.html.j2"""

    sections: tuple[Link, ...]
    indexes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Feed:
    """feed.xml.j2: Atom (RFC 4287)."""

    title: str
    uid: str
    url: str  # the list's page
    feed_url: str
    updated: str
    content: str  # full or summary
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class Sitemap:
    """sitemap.xml.j2: at most 50,000 addresses (sitemaps.org)."""

    urls: tuple[tuple[str, str], ...]  # address, lastmod or ""


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """sitemap-index.xml.j2"""

    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Robots:
    """robots.txt.j2"""

    sitemap: str


@dataclass(frozen=True, slots=True)
class Headers:
    """_headers.j2: for Netlify and Cloudflare Pages."""

    csp: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """manifest.webmanifest.j2"""

    icons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme, copied."""

    name: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A picture, copied from content/."""

    path: str


Shown = Home | Article | Listing | Directory | NotFound  # HTML pages
Data = Shown | Feed | Sitemap | SitemapIndex | Robots | Headers | Manifest | Asset | Copied


@dataclass(frozen=True, slots=True)
class Need:
    """A file whose bytes a page is rendered from."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page is a value: where it goes, which template prints it, and all that it may show."""

    url: str
    template: str  # "" for a copied file
    data: Data
    unit: str  # what planned it: "story/<id>", "shelf/<kind>/<key>/<period>", …
    needs: tuple[Need, ...] = ()
