"""A story as its file says it, and the values it is made of: dates, links, datelines, credits, captions, photos.

A `Story` exists only while it is parsed or rendered. Other pages know it by its card (card.py).
"""

from __future__ import annotations

from newsgen.model.value import value

__all__ = [
    "GUESSES",
    "Caption",
    "Contributor",
    "Correction",
    "Credit",
    "Dateline",
    "Doubt",
    "Kill",
    "Link",
    "Moment",
    "Photo",
    "Rights",
    "SourceNote",
    "Story",
]


@value
class Moment:
    """An instant, or a plain day, as data and as shown in the site's time zone."""

    iso: str  # ISO 8601 with offset in the site's zone ("2025-06-03T15:01:00+01:00"), or a plain date
    instant: int  # seconds since 1970-01-01T00:00Z; of a plain date, the start of that day in the site's zone
    day: str  # "2025-06-03", in the site's zone
    time: str  # "15:01" in the site's zone; "" for a plain date
    zone: str  # "BST", "UTC", "+05:30"; "" for a plain date


@value
class Link:
    """A name and the address of its page in the site; the address is "" where there is no page."""

    name: str
    url: str = ""


@value
class Dateline:
    """`MOSCOW, June 3 (Reuters)`: where and when copy was filed, and by which agency."""

    text: str  # as written, without the dash
    places: tuple[str, ...] = ()  # each with its region: ("HANOVER, New Hampshire",)
    date: str = ""  # as written: "June 3"; a dateline never names the year
    agency: str = ""


@value
class Credit:
    """One name of a credit line in one role, as wire/credits.py reads them: `reporting`, `editing`…"""

    role: str
    name: str
    place: str = ""
    is_group: bool = False  # "Milan newsroom": a desk, not a person


@value
class Caption:
    """A picture's caption, with the agency's credit read out of it."""

    text: str  # the caption without marks and credit
    raw: str  # as sent
    photographer: str = ""
    agency: str = ""
    is_pool: bool = False
    is_handout: bool = False
    is_file: bool = False  # FILE PHOTO: an older picture
    source: str = ""  # who gave a hand-out: "Aldmoor Fire Brigade"
    credit: str = ""  # the credit as written: "Mila Hart/Pool via NORTHERN WIRE/File Photo"
    restrictions: str = ""  # "NO RESALES. NO ARCHIVES."
    no_archives: bool = False


@value
class Photo:
    """One entry of `photos`."""

    file: str = ""  # relative to the story's folder, or to content/ when it begins with /; "" for a caption alone
    caption: str = ""
    alt: str = ""
    credit: str = ""
    expires: int | None = None  # instant after which the picture may not be shown


@value
class Correction:
    """One entry of `corrections`."""

    date: Moment
    kind: str  # correction, clarification, refile
    text: str


@value
class Kill:
    """What `newsgen kill` wrote: when and why a story was withdrawn."""

    date: Moment | None = None
    reason: str = ""
    notice: str = ""


@value
class Contributor:
    """One entry of `contributors`: a person in a role that credit lines do not name."""

    role: str
    name: str
    place: str = ""


@value
class Rights:
    """Who holds the copy and what may be done with it."""

    holder: str = ""
    notice: str = ""
    usage: str = ""
    restrictions: str = ""


# Rules of `newsgen check`: what an importer is not sure of.
GUESSES = (
    "body-guessed", "byline-guessed", "byline-unread", "caption-guessed", "caption-unread", "credit-guessed",
    "credit-unread", "date-guessed", "dateline-guessed", "dateline-unread", "embargo-guessed", "encoding-guessed",
    "headline-guessed", "may-be-notice", "note-unread",
)  # fmt: skip


@value
class Doubt:
    """What an importer guessed of a story: one entry of `source.doubts`."""

    field: str  # the key of the front matter that holds the guess, or "body"
    reason: str  # one of GUESSES
    copy: str = ""  # what was read so, as sent; "" where there was nothing
    value: str = ""  # what the importer wrote, in one line; once it is changed, the doubt has ended


@value
class SourceNote:
    """Where imported copy came from, and every piece of it that did not become body or front matter."""

    format: str = ""  # of the file it came from: "plain", "reuters-sgml"
    file: str = ""
    sha256: str = ""
    dropped: tuple[str, ...] = ()  # lines that are in no other key, as sent
    unparsed: tuple[str, ...] = ()  # what the importer could not read
    contacts: tuple[str, ...] = ()  # never printed
    doubts: tuple[Doubt, ...] = ()  # what was guessed


@value
class Story:
    """One story file, read and checked: every key of the front matter and the body. Absent text is ""."""

    path: str
    id: str
    headline: str  # as shown: without wire tags
    headline_raw: str  # as sent: "UPDATE 2-Grain talks resume"
    labels: tuple[str, ...]  # the wire tags, as shown: ("Update 2",)
    date: Moment
    section: str
    slug: str
    body: str  # Markdown
    body_line: int  # the line of the file at which the body begins
    body_pictures: tuple[str, ...] = ()  # files of those of its photos that the body shows
    has_id: bool = True  # False where the front matter names none: the id is then the file's path
    updated: Moment | None = None
    slugline: str = ""
    byline: tuple[str, ...] = ()  # persons, without "By"
    dateline: Dateline | None = None
    credit: str = ""  # the credit line as written
    credits: tuple[Credit, ...] = ()  # read out of `credit`
    editors: tuple[str, ...] = ()  # as written, else those that the credit line names
    contributors: tuple[Contributor, ...] = ()
    agency: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    photos: tuple[Photo, ...] = ()
    type: str = "story"
    language: str = ""
    direction: str = ""
    urgency: int | None = None
    status: str = "live"
    embargo: int | None = None  # instant before which it may not be shown
    is_on_hold: bool = False  # `embargo: hold`
    expires: int | None = None  # instant after which it may not be shown
    updates: str = ""  # id of the story that this one replaces
    aliases: tuple[str, ...] = ()  # addresses that it had on another site: "/2019/05/fog/"
    corrections: tuple[Correction, ...] = ()
    kill: Kill | None = None
    related: tuple[str, ...] = ()  # ids; "-id" keeps one out
    noindex: bool = False
    rights: Rights | None = None
    notes: tuple[str, ...] = ()
    source: SourceNote | None = None
