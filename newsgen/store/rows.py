"""The rows of a store, as the engine knows them: what a build puts down, and what it reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsgen.model.card import Collection, Picture
from newsgen.model.files import Source
from newsgen.model.value import value

__all__ = ["CardRow", "NewRows", "PageRow", "PictureRow", "RelatedRow", "RelatedRows"]


@value
class CardRow:
    """A story that could be read: its card as JSON, and what became of it."""

    path: str
    id: str
    address_key: str  # what its address collides with: the second of cards.claim_keys
    state: str  # "" for a story that is shown, else why not
    until: int | None  # the instant at which an embargo ends
    problems: str  # JSON; what it has against other stories and with its pictures; "" for none
    moments: tuple[int, ...]  # the instants at which its state or its photos change
    facets: tuple[tuple[str, str], ...]  # what it is looked up by: ("pin", id), ("picture", file), see facets_of
    data: str


@value
class PictureRow:
    """A picture file as last read; no picture where it is not one."""

    source: Source
    picture: Picture | None
    published: str = ""  # digest of the bytes that readers get
    found: tuple[str, ...] = ()  # what a person should know of it: rules of lint/picture_rules.py


@value
class PageRow:
    """A page as last written: one line of the manifest."""

    url: str
    unit: str
    fingerprint: str  # what it was rendered from; four digests, see render/fingerprint.py
    digest: str  # of its bytes; "" where it has no file and must be made again
    size: int
    mtime_ns: int
    reason: str  # why it was last rendered


@value
class RelatedRow:
    """A story's related list, and what tells whether another story can change it."""

    number: int
    time_key: int  # where it stands in time: related.blocks.time_key
    id: str
    terms: str  # as related.terms.choose_terms wrote them down
    threshold: int  # the score from which on another story could change what follows
    ids: tuple[str, ...]  # its list
    candidates: tuple[str, ...]  # the ids that it was chosen from

    @property
    def story(self) -> tuple[int, str, str]:
        """Its time key, id and terms: a related.blocks.Row."""
        return self.time_key, self.id, self.terms


@dataclass(slots=True)
class RelatedRows:
    """What is new, or other than before, of related lists."""

    is_all: bool = False  # these and no others
    rows: Sequence[RelatedRow] = ()
    removed: Sequence[int] = ()  # numbers
    blocks: Sequence[tuple[int, int, int]] | None = None  # of time: start, bits, stories; None for as they were
    buckets: Mapping[int, str] = field(default_factory=dict)  # who has which term, as JSON


@dataclass(slots=True)
class NewRows:
    """What a build read: the rows that are new or other than before, and the keys of those that are gone."""

    is_all: bool  # the stories and shelves are these, and no others
    files: Iterable[tuple[Source, str]] = ()  # with the file's own problems as JSON
    removed_files: Iterable[str] = ()
    touched_files: Iterable[Source] = ()  # same bytes, other times
    cards: Iterable[CardRow] = ()
    removed_cards: Iterable[str] = ()
    shelves: Iterable[tuple[Collection, list[str], str]] = ()  # with their keys, none where it is gone, and spellings
    pictures: Iterable[PictureRow] = ()
    removed_pictures: Iterable[str] = ()
    templates: Mapping[str, bytes] = field(default_factory=dict)  # compiled, those that were not stored
    related: RelatedRows = field(default_factory=RelatedRows)
    sample: Mapping[str, str] | None = None  # the words of its files, as JSON; None for as it was
