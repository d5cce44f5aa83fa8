"""Withdraws a story for good, with the versions that it replaced."""

from __future__ import annotations

from dataclasses import replace

from newsgen.commands.archive import Archive, read_archive
from newsgen.commands.urls import require_ledger, write_ledger
from newsgen.engine.request import BuildRequest
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import Moment
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine
from newsgen.storyfile import YamlValue

__all__ = ["kill", "older_versions"]


def kill(
    request: BuildRequest, name: str, reason: str, notice: str, now: Moment
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Withdraw a story, by its id or file, and the versions that it replaced.

    Gives the files that were changed, the story's own first, and the addresses that the stories had. The files say
    `status: killed` and why, and keep their text, because each build looks for it in what it writes; the ledger keeps
    the ids. `notice` is the agency's text, "" for none. A story that is shown now but not in the ledger counts as
    published. Every edit is worked out before the first file is written, and the ledger is written first: after an
    interruption, the same again does the rest.

    UsageError where there is no such story, its id is another file's, or it and its versions were killed before;
    ContentError where a file cannot be edited safely.
    """
    if not reason.strip():
        raise UsageError(Problem("empty-argument", "--reason"))
    with read_archive(request) as archive:
        require_ledger(archive)
        card = archive.find(name)
        cards = [version for version in (card, *older_versions(archive, card)) if version.status != "killed"]
        if not cards:
            raise UsageError(Problem("killed-already", card.path, values=(card.item.id,)))
        entry = {"date": now.iso, "reason": reason} | ({"notice": notice} if notice.strip() else {})
        keys: dict[str, YamlValue | None] = {"status": "killed", "kill": entry}
        files = [(version.path, archive.with_keys(version, keys)) for version in cards]
        lines = _mark_killed(archive, {version.item.id for version in cards}, reason, now)
        for path, data in files:
            request.site.edit(path, data)
    return tuple(path for path, _data in files), tuple(line.url for line in lines if line.url)


def _mark_killed(archive: Archive, ids: set[str], reason: str, now: Moment) -> list[LedgerLine]:
    """Write into the ledger that stories were killed; their lines. A story without an address gets a line too."""
    shown = {url: story_id for url, story_id in archive.shown_addresses().items() if story_id in ids}
    lines = ledger.with_shown(archive.changes.ledger.lines, shown, now.day)
    live = [line for line in lines if line.id in ids]
    live += [LedgerLine(story_id, "", "") for story_id in sorted(ids.difference(line.id for line in live))]
    killed = [
        line if line.state == "killed" else replace(line, state="killed", since=now.iso, reason=reason) for line in live
    ]
    write_ledger(archive, ledger.in_order([*(line for line in lines if line.id not in ids), *killed]))
    return killed


def older_versions(archive: Archive, card: Card) -> list[Card]:
    """The versions that a story replaced, newest first, killed ones too."""
    owners = archive.owners()
    older: dict[str, Card] = {}
    version = owners.get(card.updates)
    while version is not None and version.path not in older and version.path != card.path:
        older[version.path] = version
        version = owners.get(version.updates)
    return list(older.values())
