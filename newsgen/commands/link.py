"""Joining the versions of a story: what `newsgen link` writes into story files."""

from __future__ import annotations

from typing import Literal

from newsgen.commands.archive import Archive, read_archive
from newsgen.engine.request import BuildRequest
from newsgen.lint.proposals import Succession
from newsgen.lint.versions import propose_links
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.value import value
from newsgen.storyfile import edit_keys

__all__ = ["Linked", "link", "link_two"]


@value
class Linked:
    """What was joined, and what a person should look at first; each oldest first."""

    written: tuple[Succession, ...]
    left: tuple[Succession, ...]
    failed: tuple[Problem, ...]  # files that cannot be changed without a risk


def link(request: BuildRequest, at_least: Literal["certain", "likely"] = "certain", *, dry_run: bool = False) -> Linked:
    """Write `updates` into each story that looks like the next version of another, where that is certain enough.

    Stories that are killed, or that an error keeps out, are left alone. A dry run writes nothing.
    """
    written: list[Succession] = []
    left: list[Succession] = []
    failed: list[Problem] = []
    with read_archive(request) as archive:
        # Held ones too: the next version may be on hold.
        cards = {card.item.id: card for card, state in archive.stories.values() if state not in ("killed", "refused")}
        for proposal in propose_links(cards.values()).links:
            if not proposal.is_certain and at_least == "certain":
                left.append(proposal)
                continue
            try:
                if not dry_run:
                    _write(archive, cards[proposal.id], proposal.replaces)
                written.append(proposal)
            except ContentError as error:
                failed += error.problems
    return Linked(tuple(written), tuple(left), tuple(failed))


def link_two(request: BuildRequest, newer: str, older: str) -> tuple[str, str]:
    """Let one story replace another; both by id or file. Their files. UsageError where one is not there."""
    with read_archive(request) as archive:
        later, earlier = archive.named(newer), archive.named(older)
        if later.path == earlier.path:
            raise UsageError(Problem("link-itself", later.path))
        _write(archive, later, earlier.item.id)
    return later.path, earlier.path


def _write(archive: Archive, card: Card, replaces: str) -> None:
    request = archive.snapshot.request
    sections = archive.changes.site_notes.section_files()
    data = edit_keys(card.path, request.site.read(card.path), {"updates": replaces}, request.settings, sections)
    request.site.write(card.path, data)
