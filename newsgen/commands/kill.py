"""Withdrawing a story: what `newsgen kill` writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsgen.commands.archive import Archive, read_archive
from newsgen.commands.urls import require_ledger, write_ledger
from newsgen.engine.request import BuildRequest
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import Moment
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine
from newsgen.storyfile import YamlValue, edit_keys

__all__ = ["kill"]


def kill(
    request: BuildRequest, wanted: str, reason: str, notice: str, now: Moment
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Withdraw a story and the versions that it replaced: their files say so, and the ledger keeps their ids.

    The files, the story's own first, and the addresses that they had.
    `wanted` is an id or a story file. UsageError where there is no such story, or it was killed before. A story that is
    shown now, and is in no ledger, counts as published. The story file keeps its text: a build looks for it in what it
    writes.
    """
    if not reason.strip():
        raise UsageError(Problem("empty-argument", "--reason"))
    with read_archive(request) as archive:
        require_ledger(archive)
        card = archive.named(wanted)
        if card.status == "killed":
            raise UsageError(Problem("killed-already", card.path, values=(card.item.id,)))
        cards = [card, *_replaced(archive, card)]
        files = [(each.path, _killed_file(archive, each, reason, notice, now)) for each in cards]
        killed = _killed_lines(archive, {each.item.id for each in cards}, reason, now)
        for path, data in files:
            request.site.write(path, data)
    return tuple(path for path, _data in files), tuple(line.url for line in killed if line.url)


def _killed_file(archive: Archive, card: Card, reason: str, notice: str, now: Moment) -> bytes:
    """A story file that says that its story was killed."""
    request = archive.snapshot.request
    entry: Mapping[str, str] = {"date": now.iso, "reason": reason} | ({"notice": notice} if notice.strip() else {})
    change: dict[str, YamlValue | None] = {"status": "killed", "kill": entry}
    sections = archive.changes.site_notes.section_files()
    return edit_keys(card.path, request.site.read(card.path), change, request.settings, sections)


def _killed_lines(archive: Archive, ids: set[str], reason: str, now: Moment) -> list[LedgerLine]:
    """The ledger says of some stories that they were killed; their lines."""
    shown = {url: story_id for url, story_id in archive.shown().items() if story_id in ids}
    lines = ledger.with_shown(archive.changes.ledger.lines, shown, now.day)
    before = [line for line in lines if line.id in ids]
    before += [LedgerLine(story_id, "", "") for story_id in sorted(ids.difference(line.id for line in before))]
    killed = [replace(line, state="killed", since=now.iso, reason=reason) for line in before]
    write_ledger(archive, ledger.in_order([*(line for line in lines if line.id not in ids), *killed]))
    return killed


def _replaced(archive: Archive, card: Card) -> list[Card]:
    """The versions that a story replaced, that were not killed before."""
    by_id = {each.item.id: each for each in archive.cards()}
    older: dict[str, Card] = {}
    version = by_id.get(card.updates)
    while version is not None and version.path not in older and version.path != card.path:
        older[version.path] = version
        version = by_id.get(version.updates)
    return [each for each in older.values() if each.status != "killed"]
