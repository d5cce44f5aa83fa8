"""What other pages may know of a story: its card, and the item that a list shows. No body, so that a typo in one leaves
every list alone.
"""

from __future__ import annotations

from newsgen.model.story import Caption, Contributor, Correction, Credit, Kill, Link, Moment, Photo, Rights
from newsgen.model.value import value

__all__ = ["Card", "Collection", "Details", "Item", "Picture"]


@value
class Picture:
    """A picture as it lies in the output."""

    url: str
    width: int  # pixels
    height: int
    alt: str = ""
    type: str = ""  # media type: "image/png"


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


Collection = tuple[str, str]  # (kind, slug); ("date", "") holds every story that is in lists
