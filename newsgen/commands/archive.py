"""The one reading of a whole archive, for commands that ask what its stories are and do not build.

It stands on the store of the last build where there is one, and then parses only what changed since; without one it
parses every story. It writes nothing, into the store neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from newsgen.engine.changes import SourceChanges, read_changes
from newsgen.engine.reindex import reindex
from newsgen.engine.request import IN_MEMORY, BuildRequest
from newsgen.engine.snapshot import Snapshot
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.source.listing import classify, scan_content
from newsgen.store import DamagedError, Store

__all__ = ["Archive", "read_archive"]


@dataclass(frozen=True, slots=True)
class Archive:
    """Every story as it is at the clock of a request."""

    snapshot: Snapshot
    store: Store
    stories: Mapping[str, tuple[Card, str]]  # by file: card and state; "" for one that is shown, else why it is not

    @property
    def changes(self) -> SourceChanges:
        """The files that were read."""
        return self.snapshot.changes

    def cards(self) -> list[Card]:
        """The cards of all stories that can be read, in order of path."""
        return [card for card, _state in self.stories.values()]

    def named(self, wanted: str) -> Card:
        """A story by its id or file. UsageError where there is none."""
        names = (wanted, wanted.removeprefix("./"), f"content/{wanted}")
        for card, _state in self.stories.values():
            if card.item.id == wanted or card.path in names:
                return card
        raise UsageError(Problem("story-unknown", wanted))

    def shown(self) -> dict[str, str]:
        """The address of every story that is shown, old versions too, with its id."""
        return {card.item.url: card.item.id for card, state in self.stories.values() if not state}


@contextmanager
def read_archive(request: BuildRequest) -> Iterator[Archive]:
    """Read the archive of a request; it stands on the store while the block runs."""
    with Store(request.store_path) as store:
        try:
            archive = _read(request, store)
        except DamagedError:  # as if there had been no build
            with Store(IN_MEMORY) as empty:
                yield _read(request, empty)
        else:
            yield archive


def _read(request: BuildRequest, store: Store) -> Archive:
    changes = read_changes(request, store, classify(scan_content(request.site)))
    snapshot = reindex(request, store, changes)
    stories: dict[str, tuple[Card, str]] = {}
    if not changes.is_all:
        stories.update((card.path, (card, state)) for card, state in store.stories.all_cards())
        for path in (*changes.gone, *changes.parsed):
            stories.pop(path, None)
    stories.update((story.card.path, (story.card, story.state)) for story in snapshot.resolved)
    return Archive(snapshot, store, dict(sorted(stories.items())))
