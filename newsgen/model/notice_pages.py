"""What the templates of notices receive: tombstones, moved stories, withdrawals, corrections. See `pages`."""

from __future__ import annotations

from newsgen.model.card import Item
from newsgen.model.page_parts import Sublist
from newsgen.model.story import Correction, Link
from newsgen.model.value import value

__all__ = ["Corrected", "Corrections", "Moved", "Tombstone", "Withdrawal", "Withdrawn"]


@value
class Tombstone:
    """tombstone.html.j2: at the address of a story that was killed or has expired."""

    url: str
    state: str  # killed, expired
    since: str  # of a kill: ISO 8601; "" where it is not known
    reason: str  # of a kill, as given
    headline: str  # of an expired story
    iso: str  # of an expired story: when it was published
    credit: str  # of an expired story: the credit line as sent, else its byline and agency
    ways: tuple[Link, ...] = ()  # its section and its day, as its address has them, where these have other stories


@value
class Moved:
    """moved.html.j2: at an address whose story has moved, where the host takes no rule for it; and at /id/<id>."""

    url: str
    to: str


@value
class Withdrawal:
    """A story that was killed."""

    uid: str  # urn:uuid:… of this notice, for its feed
    ref: str  # urn:uuid:… by which feeds knew the story
    urls: tuple[str, ...]  # where it was
    since: str  # ISO 8601
    updated: str  # RFC 3339
    reason: str


@value
class Withdrawn:
    """withdrawn.html.j2 and withdrawn.xml.j2: the stories that were killed, newest first."""

    url: str
    uid: str
    updated: str  # RFC 3339
    entries: tuple[Withdrawal, ...]


@value
class Corrected:
    """One correction of one story."""

    item: Item  # the story, or the version that replaces it
    note: Correction


@value
class Corrections:
    """corrections.html.j2: corrections, newest first: the latest ones, or those of a month."""

    url: str
    title: str
    month: str  # "2025-06"; "" for the latest
    entries: tuple[Corrected, ...]
    months: tuple[Sublist, ...]  # newest first; none on the page of a month
    crumbs: tuple[Link, ...]
