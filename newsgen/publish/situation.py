"""What of the archive decides a publication: what may not be read any more, and what appears next."""

from __future__ import annotations

from dataclasses import dataclass

from newsgen.commands.archive import read_archive
from newsgen.commands.schedule import events
from newsgen.engine.request import BuildRequest
from newsgen.publish.withdrawn import Withdrawn, withdrawn_of

__all__ = ["Situation", "read_situation"]


@dataclass(frozen=True, slots=True)
class Situation:
    """The archive as a publication sees it."""

    withdrawn: tuple[Withdrawn, ...]
    next_release: int | None  # the next instant at which the clock alone changes the site, in seconds


def read_situation(request: BuildRequest) -> Situation:
    """Read the archive at the request's clock."""
    with read_archive(request) as archive:
        changes = archive.changes
        withdrawn = withdrawn_of(changes.ledger.lines, archive.shown_addresses(), changes.requests.rows)
        instants = (event.at for card in archive.cards() for event in events(card, request.clock))
        return Situation(withdrawn, min(instants, default=None))
