"""What other pages may know of a story: its `Card`, and the `Item` that a list shows of it.

Of the body a card has how it begins (`summary`), an item nothing: so a typo in a body leaves every list alone, but for
the pages that the story leads.
"""

from __future__ import annotations

from newsgen.model.story import Caption, Contributor, Correction, Credit, Kill, Link, Moment, Photo, Rights
from newsgen.model.value import value

__all__ = ["CARD", "MEDIA", "THUMB", "Card", "Collection", "Details", "Item", "Picture", "PictureText"]

MEDIA = "/media/"  # where pictures are in the output
THUMB = (240, 160)  # pixels of the crop for lists, which show it at half of that
CARD = (1200, 630)  # of the crop for other sites


@value
class PictureText:
    """What a picture file says of itself (IPTC, XMP, Exif)."""

    caption: str = ""
    creator: str = ""  # who took it
    credit: str = ""  # whom to name: an agency, as a rule
    copyright: str = ""
    kind: str = ""  # who wrote it: IPTC, XMP or Exif; where several did, the first of these

    @property
    def credit_line(self) -> str:
        """Whom to name under the picture: the agency and who took it."""
        return "/".join(dict.fromkeys(filter(None, (self.credit, self.creator)))) or self.copyright


@value
class Picture:
    """A picture of the output: its largest file, and how the others are called that are made of it."""

    url: str  # of the largest file, which every browser shows
    width: int  # pixels, upright
    height: int
    alt: str = ""
    type: str = ""  # media type: "image/png"
    digest: str = ""  # of the bytes that are published; names its files. "" for a file of static/
    widths: tuple[int, ...] = ()  # of the files that are made of it, ascending; () where it is published as it is
    formats: tuple[str, ...] = ()  # the endings of these, best first: ("avif", "webp", "jpg")
    said: PictureText | None = None  # what the file itself says; lists do not have it

    def file(self, width: int, ending: str) -> str:
        """The address of one of the files that are made of it."""
        return f"{MEDIA}{self.digest}-{width}.{ending}"

    @property
    def thumb(self) -> str:
        """The address of a crop of THUMB for lists; of the picture itself where it is published as it is."""
        return f"{MEDIA}{self.digest}-thumb.webp" if self.widths else self.url

    @property
    def has_card(self) -> bool:
        """Whether it is large enough for a crop of CARD, which other sites show beside a link."""
        return bool(self.widths) and self.width >= CARD[0] // 2 and self.height >= CARD[1] // 2

    @property
    def card_size(self) -> tuple[int, int]:
        """The size of that crop in pixels: CARD, or the largest of its shape that is in the picture."""
        if not self.has_card:
            return self.width, self.height
        width = min(CARD[0], self.width, self.height * CARD[0] // CARD[1])
        return width, width * CARD[1] // CARD[0]

    @property
    def card(self) -> str:
        """The address of that crop; of the picture itself where there is none."""
        return f"{MEDIA}{self.digest}-card.jpg" if self.has_card else self.url


@value
class Details:
    """Front matter that only a story's own page shows. Recorded, so that the page is rendered without reading YAML."""

    byline: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    credit: str = ""  # the credit line as written
    credits: tuple[Credit, ...] = ()  # read out of the credit line, else made of `editors`
    headline_raw: str = ""  # as sent; "" where that is the headline
    slugline: str = ""
    notes: tuple[str, ...] = ()  # as printed, as captions are
    updated: Moment | None = None
    rights: Rights | None = None
    language: str = ""
    direction: str = ""
    body_pictures: tuple[
        str, ...
    ] = ()  # of each photo its file, where the body shows it, else ""; none for no such photo
    captions: tuple[Caption, ...] = ()  # of the photos, in order
    contributors: tuple[Contributor, ...] = ()
    organisations: tuple[str, ...] = ()
    urgency: int | None = None


@value
class Item:
    """What a list shows of a story. Flat, so that a fingerprint of a list is cheap."""

    id: str
    url: str
    headline: str  # as printed: with the quotation marks and dashes of its language
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
    language: str = ""  # of the story; "" where the site's
    direction: str = ""  # which way it is written: ltr, rtl; "" where the site's


@value
class Card:
    """What the index knows of a story: its item, the shelves it is on, and what its state depends on."""

    path: str  # the story file
    digest: str  # of the story file's bytes; no list sees it
    item: Item
    instant: int  # seconds since 1970-01-01T00:00Z; lists are in this order
    hour: str  # "15" in the site's zone; "" where only the day is known
    zone: str  # of the date, as shown: "BST"; "" where only the day is known
    section: Link
    tags: tuple[Link, ...] = ()
    people: tuple[tuple[str, Link], ...] = ()  # (role, person): reporting, writing, editing, photos, subject
    places: tuple[tuple[str, Link], ...] = ()  # (role, place): dateline, about
    storylines: tuple[Link, ...] = ()  # of _storylines.yaml, of which it is part
    related: tuple[str, ...] = ()  # ids that an editor pinned; "-id" keeps one out
    photos: tuple[Photo | None, ...] = ()  # in order; None where the right to show it has expired
    photographers: tuple[Link | None, ...] = ()  # of `photos`; also in `people` while the photo may be shown
    pictures: tuple[Picture | None, ...] = ()  # of `photos`; None where there is no file
    modified: str = ""  # ISO 8601: when it was last updated or corrected, else its date
    summary: str = ""  # how the text begins: plain text of at most 160 characters; pages that the story leads show it
    is_indexable: bool = True  # not noindex
    is_brief: bool = False  # it stands on the page of its day's briefs, at its place there
    dateline: str = ""  # as written
    status: str = "live"
    embargo: int | None = None  # held until this instant
    is_on_hold: bool = False  # held until somebody says otherwise
    expires: int | None = None  # gone from this instant on
    updates: str = ""  # id of the story that this one replaces
    aliases: tuple[str, ...] = ()  # addresses that lead to it
    corrections: tuple[Correction, ...] = ()
    kill: Kill | None = None
    terms: str = ""  # what it is about, as related/terms.py writes it: for related stories; no page shows it
    borderline_words: str = ""  # words only just too common to be its terms: see related/terms.py
    newest: str = ""  # of a superseded version: the id of the newest, found by lifecycle/versions.py
    versions: tuple[str, ...] = ()  # of the newest version: ids of the older ones that may be seen, newest first
    details: str = ""  # `Details` as JSON, decoded only where the story's own page is rendered


Collection = tuple[str, str]  # (kind, slug); ("date", "") holds every story that is in lists
