"""The rows of a record, as the engine knows them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsgen.model import codec
from newsgen.model.card import Collection, Picture
from newsgen.model.errors import Problem
from newsgen.model.files import Source
from newsgen.model.value import value

__all__ = ["CardRow", "KinRow", "Kinship", "PageRow", "PictureRow", "Saved", "problems_of"]


@value
class CardRow:
    """A story that could be read: its card as JSON, and what became of it."""

    path: str
    id: str
    place: str  # what its address collides with: address.collision_key
    state: str  # "" for a story that is shown, else why not
    until: int | None  # the instant at which an embargo ends
    problems: str  # JSON; what it has against other stories and with its pictures; "" for none
    moments: tuple[int, ...]  # the instants at which its state or its photos change
    holds: tuple[tuple[str, str], ...]  # ("pin", id), ("picture", file)
    data: str


@value
class PictureRow:
    """A picture file as last read; no picture where it is not one."""

    source: Source
    picture: Picture | None


@value
class PageRow:
    """A page as last written: one line of the manifest."""

    url: str
    unit: str
    fingerprint: str  # what it was rendered from; four digests, see decide.py
    digest: str  # of its bytes; "" where it must be made again
    size: int
    mtime_ns: int
    reason: str  # why it was last rendered


@value
class KinRow:
    """A story as related lists know it."""

    number: int
    spot: int  # where it stands in time: blocks.spot
    id: str
    terms: str  # as terms.choose wrote them down
    least: int  # the score from which on another story could change what follows
    ids: tuple[str, ...]  # its list
    best: tuple[str, ...]  # the ids that it was chosen from

    @property
    def row(self) -> tuple[int, str, str]:
        """Its spot, id and terms."""
        return self.spot, self.id, self.terms


@dataclass(slots=True)
class Kinship:
    """What is new, or other than before, of related lists."""

    is_all: bool = False  # these and no others
    rows: Sequence[KinRow] = ()
    gone: Sequence[int] = ()  # numbers
    parts: Sequence[tuple[int, int, int]] | None = None  # the blocks of time; None for as they were
    buckets: Mapping[int, str] = field(default_factory=dict)  # who has which term, as JSON


@dataclass(slots=True)
class Saved:
    """What a build read: the rows that are new or other than before, and the keys of those that are gone."""

    is_all: bool  # the stories and shelves are these, and no others
    files: Iterable[tuple[Source, str]] = ()  # with the file's own problems as JSON
    gone_files: Iterable[str] = ()
    retimed: Iterable[Source] = ()  # same bytes, other times
    cards: Iterable[CardRow] = ()
    gone_cards: Iterable[str] = ()
    shelves: Iterable[tuple[Collection, list[str]]] = ()  # with their keys; none where it is gone
    pictures: Iterable[PictureRow] = ()
    gone_pictures: Iterable[str] = ()
    codes: Mapping[str, bytes] = field(default_factory=dict)  # compiled templates that were not stored
    kinship: Kinship = field(default_factory=Kinship)
    sample: Mapping[str, str] | None = None  # the words of its files, as JSON; None for as it was


def problems_of(text: str) -> tuple[Problem, ...]:
    """Problems from JSON; none from "". ValueError or TypeError where it is damaged."""
    return tuple(codec.decode(Problem, row) for row in json.loads(text)) if text else ()
