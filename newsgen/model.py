"""The words of newsgen: frozen slotted values, the canonical encoding of a value, and the only hashing.

A `Story` exists only while it is parsed or rendered. Other pages know a story by its `Card`, which holds no
body, so that a typo in a body leaves every list alone; a list shows its `Item`, the part of a card a reader sees.
"""

from __future__ import annotations

import hashlib

from newsgen.value import value

__all__ = [
    "Caption", "Card", "Contributor", "Correction", "Credit", "Dateline", "Details", "Item", "Kill", "Link", "Moment",
    "Photo", "Picture", "Rights", "Source", "SourceNote", "Story", "digest", "short_digest",
]  # fmt: skip


def digest(data: bytes) -> str:
    """The identity of some bytes: SHA-256 cut to 16 bytes (NIST SP 800-107, 5.1), as 32 hexadecimal digits.

    Processors do it in 8 µs for a page of 12 KB, BLAKE2b takes 20.
    """
    return hashlib.sha256(data).hexdigest()[:32]


def short_digest(text: str) -> str:
    """Eight hexadecimal digits that tell names apart within one kind of address."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


@value
class Source:
    """One input file as last seen."""

    path: str  # relative to the site, with /
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int = 0
    digest: str = ""  # "" until read


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
    """A name with its address in the site; an empty address is a name without a page."""

    name: str
    url: str = ""


# --- what the grammar of agency copy reads (wire/) ------------------------------------------------------------------


@value
class Dateline:
    """`MOSCOW, June 3 (Reuters)`: where and when copy was filed, and by which agency."""

    text: str  # as written, without the dash
    places: tuple[str, ...] = ()  # each with its region: ("HANOVER, New Hampshire",)
    date: str = ""  # as written: "June 3"; the year is never in a dateline
    agency: str = ""


@value
class Credit:
    """One name of a credit line in one role. Role names are those of the wire grammar: `reporting`, `editing`…"""

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
    source: str = ""  # the giver of a hand-out: "Aldmoor Fire Brigade"
    credit: str = ""  # the credit as written: "Mila Hart/Pool via NORTHERN WIRE/File Photo"
    restrictions: str = ""  # "NO RESALES. NO ARCHIVES."
    no_archives: bool = False


# --- a story --------------------------------------------------------------------------------------------------------


@value
class Photo:
    """One entry of `photos`."""

    file: str = ""  # relative to the story's folder, or to content/ when it begins with /; "" for a caption alone
    caption: str = ""
    alt: str = ""
    credit: str = ""
    expires: int | None = None  # instant after which the picture may not be shown


@value
class Picture:
    """A picture as it lies in the output."""

    url: str
    width: int  # pixels
    height: int
    alt: str = ""
    type: str = ""  # media type: "image/png"


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
    """One entry of `contributors`: a role that no credit line says."""

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


@value
class SourceNote:
    """Where imported copy came from, and every piece of it that is not in the body."""

    format: str = ""
    file: str = ""
    sha256: str = ""
    dropped: tuple[str, ...] = ()
    unparsed: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()  # never printed


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
    has_id: bool = True  # False: the id is the file's path
    updated: Moment | None = None
    slugline: str = ""
    byline: tuple[str, ...] = ()  # persons, without "By"
    dateline: Dateline | None = None
    credit: str = ""  # raw
    credits: tuple[Credit, ...] = ()  # read out of `credit`
    editors: tuple[str, ...] = ()  # as written, else those of the credit line
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
    embargo: int | None = None  # instant
    is_on_hold: bool = False  # embargo: hold
    expires: int | None = None  # instant
    updates: str = ""
    corrections: tuple[Correction, ...] = ()
    kill: Kill | None = None
    related: tuple[str, ...] = ()  # ids; "-id" keeps one out
    noindex: bool = False
    rights: Rights | None = None
    notes: tuple[str, ...] = ()
    source: SourceNote | None = None


@value
class Details:
    """What only a story's own page shows of its front matter. Kept, so that a page is rendered without reading YAML."""

    byline: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    credit: str = ""  # raw
    credits: tuple[Credit, ...] = ()  # of the credit line; where there is none, of `editors`
    headline_raw: str = ""  # where it is not the headline
    slugline: str = ""
    notes: tuple[str, ...] = ()
    updated: Moment | None = None
    rights: Rights | None = None
    language: str = ""
    direction: str = ""
    captions: tuple[Caption, ...] = ()  # of the photos, in order
    contributors: tuple[Contributor, ...] = ()
    organisations: tuple[str, ...] = ()
    urgency: int | None = None


# --- what other pages may know of a story ---------------------------------------------------------------------------


@value
class Item:
    """What a list shows of a story. Flat, so that hashing a list is cheap."""

    id: str
    url: str
    headline: str
    labels: tuple[str, ...]
    day: str  # "2025-06-03"
    time: str  # "15:01", or "" where only the day is known
    iso: str
    section: str  # as shown
    section_url: str
    place: str  # of the dateline, as shown: "Moscow"; "" for none
    byline: str  # "Ines Varga and Tom Arkell"; "" for none
    type: str
    picture: Picture | None = None


@value
class Card:
    """What the index keeps of a story: its item, its place in every shelf, and when its state changes."""

    path: str  # the story file
    digest: str  # of the story file's bytes; not in any list's data
    item: Item
    instant: int  # for order
    hour: str  # "15" in the site's zone; "00" where only the day is known
    zone: str  # of the date, as shown
    section: Link
    tags: tuple[Link, ...] = ()
    people: tuple[tuple[str, Link], ...] = ()  # (role, person): reporting, writing, editing, photos, subject
    places: tuple[tuple[str, Link], ...] = ()  # (role, place): dateline, about
    related: tuple[str, ...] = ()
    photos: tuple[Photo | None, ...] = ()  # None where the right to show it has expired
    photographers: tuple[Link | None, ...] = ()  # of `photos`; in `people` while the photo may be shown
    pictures: tuple[Picture | None, ...] = ()  # of `photos`, where the file is at hand
    modified: str = ""  # ISO 8601: updated, or corrected, else date
    is_indexable: bool = True  # not noindex
    dateline: str = ""  # as written
    language: str = ""
    status: str = "live"
    embargo: int | None = None
    is_on_hold: bool = False
    expires: int | None = None
    updates: str = ""  # id of the story that this one replaces
    corrections: tuple[Correction, ...] = ()
    kill: Kill | None = None
    terms: str = ""  # what it is about, as `terms.choose` wrote it down: for related stories, and no page
    maybe: str = ""  # words that may be among its terms some day, see `terms.choose`
    newest: str = ""  # of a superseded version: the id of the newest. Who is whose version `lineage` finds
    versions: tuple[str, ...] = ()  # of the newest: the ids of the older ones that may be seen, newest first
    details: str = ""  # `Details` as JSON: no other page shows any of it, so it stays folded until its own is rendered
