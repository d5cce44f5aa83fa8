"""Joins versions of one story: writes `updates` into story files."""

from __future__ import annotations

from typing import Literal

from newsgen.commands.archive import Archive, read_archive
from newsgen.engine.request import BuildRequest
from newsgen.lint.proposals import Succession
from newsgen.lint.versions import propose_links
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.value import value

__all__ = ["LinkResult", "link", "link_two"]


@value
class LinkResult:
    """What became of each proposal; oldest first."""

    joined: tuple[Succession, ...]
    uncertain: tuple[Succession, ...]  # not joined: a person should look first
    problems: tuple[Problem, ...]  # of files that cannot be edited safely


def link(
    request: BuildRequest, at_least: Literal["certain", "likely"] = "certain", *, dry_run: bool = False
) -> LinkResult:
    """Write `updates` into each story that looks like the next version of another, where that is certain enough.

    Stories that are killed, or that an error keeps out, are left alone. A dry run writes nothing.
    """
    joined: list[Succession] = []
    uncertain: list[Succession] = []
    problems: list[Problem] = []
    with read_archive(request) as archive:
        # Held stories too: the next version may be on hold.
        states = {card.path: state for card, state in archive.stories.values()}
        owners = archive.owners().values()
        cards = {card.item.id: card for card in owners if states[card.path] not in ("killed", "refused")}
        for proposal in propose_links(cards.values()).links:
            if not proposal.is_certain and at_least == "certain":
                uncertain.append(proposal)
                continue
            try:
                if not dry_run:
                    _write_updates(archive, cards[proposal.id], proposal.replaces)
                joined.append(proposal)
            except ContentError as error:
                problems += error.problems
    return LinkResult(tuple(joined), tuple(uncertain), tuple(problems))


def link_two(request: BuildRequest, newer: str, older: str) -> tuple[str, str]:
    """Let one story replace another, both by id or file; the files of the newer and of the older.

    UsageError where one of them does not exist, ContentError where the newer one's file cannot be edited safely.
    """
    with read_archive(request) as archive:
        newer_card, older_card = archive.find(newer), archive.find(older)
        if newer_card.path == older_card.path:
            raise UsageError(Problem("link-itself", newer_card.path))
        _write_updates(archive, newer_card, older_card.item.id)
    return newer_card.path, older_card.path


def _write_updates(archive: Archive, card: Card, replaced_id: str) -> None:
    archive.snapshot.request.site.edit(card.path, archive.with_keys(card, {"updates": replaced_id}))
