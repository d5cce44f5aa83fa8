"""The parts that several pages share, the metadata of a page, and the text of a story as templates see it.

Names of fields are public, as those of pages.py.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from newsgen.model.card import Item, Picture
from newsgen.model.story import Caption, Correction, Credit, Link, Moment, Rights
from newsgen.model.value import value

__all__ = [
    "BodyText",
    "Calendar",
    "Change",
    "Citations",
    "Described",
    "FeedText",
    "Group",
    "Head",
    "Records",
    "Revision",
    "ShownPhoto",
    "StoryText",
    "Sublist",
    "Teaser",
    "Timeline",
]


class Head:
    """The metadata of an HTML page, made by render/head.py; base.html.j2 prints it.

    What is costly to make is made when a template first asks for it: a theme that does not print it does not pay for
    it.
    """

    title: str
    description: str
    canonical: str  # absolute; "" for a page that has none: not found, a tombstone
    og_type: str  # website, article, profile
    og_title: str
    robots: str
    image: str  # absolute
    image_alt: str
    image_width: int
    image_height: int
    feeds: tuple[Link, ...]  # for autodiscovery
    properties: tuple[tuple[str, str], ...] = ()  # further Open Graph properties: article:published_time …
    names: tuple[tuple[str, str], ...] = ()  # further meta elements by name: citation_title …
    jsonld: str  # escaped for a script element; "" for none

    def __repr__(self) -> str:  # a template may print it: no memory address, which differs from build to build
        return "<head>"


@runtime_checkable
class Described(Protocol):
    """An HTML page that says itself what it is: all that a new kind of page needs for its metadata."""

    @property
    def title(self) -> str:
        """The h1, and the page's title in search results."""

    @property
    def description(self) -> str:
        """A sentence for search engines."""

    @property
    def url(self) -> str:
        """Its address."""


@value
class Sublist:
    """What a list knows of a smaller list: its name, address and count."""

    name: str
    url: str  # "" where there is nothing to open
    count: int


@value
class Timeline:
    """The stories of a list by month, or by year: a drawing of bars, and what they say as a table."""

    bars: tuple[tuple[int, int], ...]  # from the left: where each begins, and how high it is; each is 4 wide
    width: int  # of the drawing
    height: int
    rows: tuple[Sublist, ...]  # the months or years that have stories, in order


@value
class Group:
    """A list of stories with its own heading: all of a list, or a few of a longer one."""

    key: str  # the value of data-list: "day", "month", "by-person", "section"…
    name: str  # heading; "" for none
    items: tuple[Item, ...]
    url: str = ""  # where the heading leads: to the longer list; "" for nowhere
    count: int = 0  # stories of the longer list; 0 where the items are all there are
    anchor: str = ""  # the id of its element, to which a calendar leads; "" for none


@value
class Teaser:
    """A story that leads a page, with its first words."""

    item: Item
    summary: str  # how its text begins: plain text of at most 160 characters
    role: str = ""  # on the page of a person or place: what it has to do with them: "Reporting"
    anchor: str = ""  # the id of its element, where the calendar of a month leads to it


@value
class Calendar:
    """A month as a table: weeks of seven days from Monday; a day outside the month has an empty name."""

    caption: str  # "February 1987"
    weeks: tuple[tuple[Sublist, ...], ...]  # each day: name "26", url or "", count


@value
class ShownPhoto:
    """A photo of an article: the picture where the file is at hand, its caption and credit in any case."""

    picture: Picture | None
    caption: Caption
    photographer: Link | None  # with the address of the person's page


@value
class Change:
    """A run of words in the difference between two versions."""

    kind: str  # same, removed, added; omitted: unchanged words that are not shown
    text: str


@value
class Revision:
    """An older version of a story, and what the version after it changed."""

    item: Item
    date: Moment
    paragraphs: tuple[tuple[Change, ...], ...]  # those with changes; none where the text is the same
    is_compared: bool  # False where the texts are too long to compare


@value
class Citations:
    """How a story is cited: HTML that is safe to print. A `span` with `data-read` is the place of the day of access."""

    apa: str
    mla: str
    chicago: str


@value
class Records:
    """How a story is cited, for reference managers: text."""

    bibtex: str  # in several lines, as ris
    ris: str
    csl: str  # CSL-JSON: a list of one item


class BodyText:
    """The body of a story as a feed carries it, made by render/story_text.py when a template asks for it."""

    html: str  # safe to print
    summary: str  # the first paragraph as plain text, at most 280 characters

    def __repr__(self) -> str:  # no memory address, as in Head
        return "<story>"


class FeedText(BodyText):
    """A story as a feed carries it, made by render/feed_text.py. Its summary begins with its corrections, too."""

    title: str  # "Corrected: …" where it was
    content: str  # HTML that is safe to print: corrections, picture, dateline and text


class StoryText(BodyText):
    """The parts of a story that only its own page shows, made by render/story_text.py when a template asks for them."""

    id: str
    words: int  # of the body; 0 in a script that puts no spaces between words
    letters: int  # of the body in such a script, digits too; else 0
    dateline: str  # as written; shown before the first paragraph; "" for none
    agency: tuple[str, ...]
    byline: tuple[Link, ...]
    credits: tuple[tuple[Credit, Link], ...]  # in order; the link is the person's page
    credit: str  # the credit line as sent
    headline_raw: str  # as sent, where it differs from the headline; else ""
    slugline: str
    notes: tuple[str, ...]
    corrections: tuple[Correction, ...]
    versions: tuple[Revision, ...]  # older ones, newest first
    updated: Moment | None
    rights: Rights | None
    language: str  # "" where the site's
    direction: str  # which way the story is written: ltr, rtl; "" where it is in the site's language
    photos: tuple[ShownPhoto, ...]
    photo_credits: tuple[str, ...]  # of photos that are no longer shown, for the right to show them has expired
    contributors: tuple[tuple[str, Link], ...]  # role as shown, person
    organisations: tuple[str, ...]
    urgency: int | None
    html_elsewhere: str  # `html` with whole addresses, for what is read elsewhere
    text: str  # the body without mark-up, its blocks parted by blank lines
    cite: Citations
    cite_text: Citations  # as text
    records: Records
    highwire: tuple[tuple[str, str], ...]  # what `head.names` says of it to reference managers
