"""Withdrawing a story, and keeping the ledger of addresses: what `newsgen kill` and `newsgen urls` write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsgen.commands.urls import read_archive, shown, write_ledger
from newsgen.engine.changes import Changes
from newsgen.engine.job import Job
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import Moment
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine
from newsgen.storyfile import YamlValue, edit_keys

__all__ = ["kill"]


def kill(job: Job, wanted: str, reason: str, notice: str, now: Moment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Withdraw a story and the versions that it replaced: their files say so, and the ledger keeps their ids.

    The files, the story's own first, and the addresses that they had.
    `wanted` is an id or a story file. UsageError where there is no such story, or it was killed before. A story that is
    shown now, and is in no ledger, counts as published. The story file keeps its text: a build looks for it in what it
    writes.
    """
    if not reason.strip():
        raise UsageError(Problem("empty-argument", "--reason"))
    found, seen = read_archive(job)
    card = found.named(wanted)
    if card.status == "killed":
        raise UsageError(Problem("killed-already", card.path, values=(card.item.id,)))
    told: Mapping[str, str] = {"date": now.iso, "reason": reason} | ({"notice": notice} if notice.strip() else {})
    sections = found.site_notes.section_files()
    change: dict[str, YamlValue | None] = {"status": "killed", "kill": told}
    cards = [card, *_replaced(found, card)]
    made = [(one.path, edit_keys(one.path, job.site.read(one.path), change, job.settings, sections)) for one in cards]
    ids = {one.item.id for one in cards}
    own = {url: story_id for url, story_id in shown(seen).items() if story_id in ids}
    lines = ledger.with_shown(found.ledger.lines, own, now.day)
    was = [line for line in lines if line.id in ids]
    was += [LedgerLine(story_id, "", "") for story_id in sorted(ids.difference(line.id for line in was))]
    marked = [replace(line, state="killed", since=now.iso, reason=reason) for line in was]
    write_ledger(job, found, ledger.in_order([*(line for line in lines if line.id not in ids), *marked]))
    for path, data in made:
        job.site.write(path, data)
    return tuple(path for path, _data in made), tuple(line.url for line in marked if line.url)


def _replaced(found: Changes, card: Card) -> list[Card]:
    """The versions that a story replaced, that were not killed before."""
    by_id = {parsed.card.item.id: parsed.card for parsed in found.parsed.values() if parsed.card}
    older: dict[str, Card] = {}
    at = by_id.get(card.updates)
    while at is not None and at.path not in older and at.path != card.path:
        older[at.path] = at
        at = by_id.get(at.updates)
    return [one for one in older.values() if one.status != "killed"]
