"""The one way in which commands read the whole archive, or a part of it that is known to matter: all but `check`, which
must believe nothing stored.

The archive is read through the store of the last build where there is one: only the files that changed since are
parsed. Without a store every story is parsed, and the answer is the same. Nothing is written, to the store neither.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from newsgen.disk import composed
from newsgen.engine.changes import SourceChanges, read_changes
from newsgen.engine.reindex import reindex
from newsgen.engine.request import IN_MEMORY, BuildRequest
from newsgen.engine.snapshot import Snapshot
from newsgen.lifecycle.state import moments, public_card
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.source.listing import Listing, classify, scan_content
from newsgen.store import DamagedError, Store
from newsgen.storyfile import YamlValue, edit_keys

__all__ = ["Archive", "Outline", "is_name_of", "read_archive", "read_outline", "read_some"]

_END_OF_TIME = 2**62  # seconds
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Archive:
    """Every story as it is at the clock of a request."""

    snapshot: Snapshot
    store: Store
    stories: Mapping[str, tuple[Card, str]]  # by file: card and state; "" for one that is shown, else why it is not

    @property
    def changes(self) -> SourceChanges:
        """The files of the site, and what differs from the store."""
        return self.snapshot.changes

    def cards(self) -> list[Card]:
        """The cards of all stories that can be read, in order of path."""
        return [card for card, _state in self.stories.values()]

    def owners(self) -> dict[str, Card]:
        """The story that has each id: of two files with one id, the other has lost it (`lifecycle.resolve`)."""
        owners: dict[str, Card] = {}
        for card in sorted(self.cards(), key=self._claim, reverse=True):
            owners[card.item.id] = card
        return owners

    def _claim(self, card: Card) -> tuple[bool, bool, bool, str]:
        """Of two stories with one id, the lesser has it. A kill that was interrupted has refused them all already."""
        is_refused = self.stories[card.path][1] == "refused" and card.item.id not in self.changes.killed
        is_live = public_card(card, self.snapshot.request.clock) is not None
        return is_refused, card.status != "killed", not is_live, card.path

    def find(self, name: str) -> Card:
        """A story by its id or file. UsageError where there is none, or the file's id is another story's."""
        owners = self.owners()
        card = owners.get(composed(name)) or next((card for card in self.cards() if is_name_of(name, card.path)), None)
        if card is None:
            raise UsageError(Problem("story-unknown", name))
        owner = owners[card.item.id]
        if owner.path != card.path:
            raise UsageError(Problem("id-of-another", card.path, values=(card.item.id, owner.path)))
        return card

    def shown_addresses(self) -> dict[str, str]:
        """The address of every story that is shown, old versions too, with its id."""
        return {card.item.url: card.item.id for card, state in self.stories.values() if not state}

    def with_keys(self, card: Card, keys: Mapping[str, YamlValue | None]) -> bytes:
        """A story's file with other values of some keys, None to delete one. ContentError where that is not safe."""
        request, sections = self.snapshot.request, self.changes.site_notes.section_defaults()
        return edit_keys(card.path, request.site.read(card.path), keys, request.settings, sections)


@dataclass(frozen=True, slots=True)
class Outline:
    """Addresses and times of an archive, without its cards: of 20,000 stories a tenth of the memory and of the time."""

    snapshot: Snapshot
    shown: Mapping[str, str]  # as of `Archive.shown_addresses`
    changing: tuple[Card, ...]  # the stories of which something changes after the clock, in order of path
    delisted: frozenset[str]  # the ids of those that are shown, and that search engines are to leave out

    @property
    def changes(self) -> SourceChanges:
        """The files of the site, and what differs from the store."""
        return self.snapshot.changes


def is_name_of(name: str, path: str) -> bool:
    """Whether a user means this story file: by its path in the site, or in content/; also with Windows' backslashes."""
    name = composed(name)
    slashed = name.replace("\\", "/")
    return path in (name, slashed, slashed.removeprefix("./"), f"content/{slashed}")


@contextmanager
def read_archive(request: BuildRequest) -> Iterator[Archive]:
    """Read the archive of a request. Shelves are read from the store when they are asked for, within the block.

    A store that cannot be read counts as none. SystemFault where a shelf turns out to be damaged later.
    """
    with _through_store(request, _archive) as archive:
        yield archive


@contextmanager
def read_outline(request: BuildRequest) -> Iterator[Outline]:
    """`read_archive` for who asks only where stories stand, and when that changes."""
    with _through_store(request, _outline) as outline:
        yield outline


@contextmanager
def _through_store(request: BuildRequest, read: Callable[[BuildRequest, Store, Listing], _Result]) -> Iterator[_Result]:
    with Store(request.store_path) as store:
        try:
            result = read(request, store, classify(scan_content(request.site)))
        except DamagedError:
            with Store(IN_MEMORY) as empty:
                yield read(request, empty, classify(scan_content(request.site)))
        else:
            yield result


@contextmanager
def read_some(request: BuildRequest, listing: Listing, paths: Collection[str]) -> Iterator[Archive]:
    """Read some stories of a listing as if there were no others, without pictures and without a store.

    Each story is what it is among all, if all that have an id or an address in common with it, or are versions of one
    story with it, are among them.
    """
    stories = tuple(stat for stat in listing.stories if stat[0] in paths)
    with Store(IN_MEMORY) as empty:
        yield _archive(request, empty, replace(listing, stories=stories, pictures=()))


def _archive(request: BuildRequest, store: Store, listing: Listing) -> Archive:
    changes = read_changes(request, store, listing)
    snapshot = reindex(request, store, changes)
    stories: dict[str, tuple[Card, str]] = {}
    if not changes.is_all:
        stories.update((card.path, (card, state)) for card, state in store.stories.all_cards())
        for path in (*changes.gone, *changes.parsed):
            stories.pop(path, None)
    stories.update((story.card.path, (story.card, story.state)) for story in snapshot.resolved)
    return Archive(snapshot, store, dict(sorted(stories.items())))


def _outline(request: BuildRequest, store: Store, listing: Listing) -> Outline:
    changes = read_changes(request, store, listing)
    snapshot = reindex(request, store, changes)
    again = {story.card.path for story in snapshot.resolved}.union(changes.gone, changes.parsed)
    known = [] if changes.is_all else store.stories.addresses()
    rows = [(story_id, url, path) for story_id, url, state, path in known if not state and path not in again]
    unlisted = store.stories.with_facet("noindex") if rows else set()
    delisted = {story_id for story_id, _url, path in rows if path in unlisted}
    shown = {url: story_id for story_id, url, _path in rows}
    for card in (story.card for story in snapshot.resolved if not story.state):
        shown[card.item.url] = card.item.id
        delisted |= set() if card.is_indexable or card.status == "draft" else {card.item.id}
    due = set() if changes.is_all else store.stories.changing_between(request.clock, _END_OF_TIME) - again
    cards = [card for card, _state in store.stories.cards(due)]
    cards += [story.card for story in snapshot.resolved if any(at > request.clock for at in moments(story.card))]
    return Outline(snapshot, shown, tuple(sorted(cards, key=lambda card: card.path)), frozenset(delisted))
