"""Withdrawing a story, and keeping the ledger of addresses: what `newsgen kill` and `newsgen urls` write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from newsgen import ledger
from newsgen.discover import listing, look
from newsgen.errors import Problem, UsageError
from newsgen.job import Job
from newsgen.ledger import Address
from newsgen.model import Card, Moment
from newsgen.parse.edit import Value, edited
from newsgen.record import Record
from newsgen.state import Changes, changes
from newsgen.survey import Survey, survey

__all__ = ["kill", "record_addresses", "remove_address"]


def _read(job: Job) -> tuple[Changes, Survey]:
    """Every story as it is now. UsageError where the ledger has errors: nothing is written over what cannot be read."""
    with Record(":memory:") as empty:
        found = changes(job, empty, listing(look(job.site)))
        if found.ledger.problems:
            raise UsageError(*found.ledger.problems)
        return found, survey(job, empty, found)


def _shown(seen: Survey) -> dict[str, str]:
    """The address of every story that is shown, old versions too, with its id."""
    return {fate.seen.item.url: fate.seen.item.id for fate in seen.fates if fate.seen}


def record_addresses(job: Job, day: str) -> tuple[int, int]:
    """Put the addresses of all stories that are shown into the ledger; how many are new, and how many there are."""
    found, seen = _read(job)
    lines = ledger.recorded(found.ledger.lines, _shown(seen), day)
    _write(job, found, lines)
    return len(lines) - len(found.ledger.lines), len(lines)


def _write(job: Job, found: Changes, lines: tuple[Address, ...]) -> None:
    if lines != found.ledger.lines:
        job.site.write(ledger.PATH, ledger.written(lines))


def remove_address(job: Job, url: str, since: str) -> None:
    """Give an address up: nothing says any more that it should lead somewhere. UsageError for one not in the ledger."""
    found, _seen = _read(job)
    wanted = url.removeprefix(job.settings.base_url)
    if all(line.url != wanted for line in found.ledger.lines):
        raise UsageError(Problem("address-unknown", ledger.PATH, values=(wanted,)))
    _write(
        job,
        found,
        tuple(
            replace(line, state="removed", since=since) if line.url == wanted else line for line in found.ledger.lines
        ),
    )


def kill(job: Job, wanted: str, reason: str, notice: str, now: Moment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Withdraw a story and the versions that it replaced: their files say so, and the ledger keeps their ids.

    The files, the story's own first, and the addresses that they had.
    `wanted` is an id or a story file. UsageError where there is no such story, or it was killed before. A story that is
    shown now, and is in no ledger, counts as published. The story file keeps its text: a build looks for it in what it
    writes.
    """
    if not reason.strip():
        raise UsageError(Problem("empty-argument", "--reason"))
    found, seen = _read(job)
    card = found.named(wanted)
    if card.status == "killed":
        raise UsageError(Problem("killed-already", card.path, values=(card.item.id,)))
    told: Mapping[str, str] = {"date": now.iso, "reason": reason} | ({"notice": notice} if notice.strip() else {})
    sections = found.context.section_files()
    change: dict[str, Value | None] = {"status": "killed", "kill": told}
    cards = [card, *_replaced(found, card)]
    made = [(one.path, edited(one.path, job.site.read(one.path), change, job.settings, sections)) for one in cards]
    ids = {one.item.id for one in cards}
    own = {url: story_id for url, story_id in _shown(seen).items() if story_id in ids}
    lines = ledger.recorded(found.ledger.lines, own, now.day)
    was = [line for line in lines if line.id in ids]
    was += [Address(story_id, "", "") for story_id in sorted(ids.difference(line.id for line in was))]
    marked = [replace(line, state="killed", since=now.iso, reason=reason) for line in was]
    _write(job, found, ledger.told([*(line for line in lines if line.id not in ids), *marked]))
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
