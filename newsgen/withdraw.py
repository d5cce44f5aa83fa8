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
from newsgen.parse.edit import edited
from newsgen.record import Record
from newsgen.state import Changes, changes
from newsgen.survey import Survey, survey

__all__ = ["kill", "record_addresses", "remove_address"]


def _read(job: Job) -> tuple[Changes, Survey]:
    """Every story as it is now. UsageError where the ledger has errors: nothing is written over what cannot be read."""
    with Record(":memory:") as empty:
        found = changes(job, empty, listing(look(job.site)))
        if found.ledger_problems:
            raise UsageError(*found.ledger_problems)
        return found, survey(job, empty, found)


def _shown(seen: Survey) -> dict[str, str]:
    """The address of every story that is shown, old versions too, with its id."""
    return {fate.seen.item.url: fate.seen.item.id for fate in seen.fates if fate.seen}


def record_addresses(job: Job, day: str) -> tuple[int, int]:
    """Put the addresses of all stories that are shown into the ledger; how many are new, and how many there are."""
    found, seen = _read(job)
    lines = ledger.recorded(found.ledger, _shown(seen), day)
    _write(job, found, lines)
    return len(lines) - len(found.ledger), len(lines)


def _write(job: Job, found: Changes, lines: tuple[Address, ...]) -> None:
    if lines != found.ledger:
        job.site.write(ledger.PATH, ledger.written(lines))


def remove_address(job: Job, url: str, since: str) -> None:
    """Give an address up: nothing says any more that it should lead somewhere. UsageError for one not in the ledger."""
    found, _seen = _read(job)
    wanted = url.removeprefix(job.settings.base_url)
    if all(line.url != wanted for line in found.ledger):
        raise UsageError(Problem("address-unknown", ledger.PATH, values=(wanted,)))
    _write(
        job,
        found,
        tuple(replace(line, state="removed", since=since) if line.url == wanted else line for line in found.ledger),
    )


def kill(job: Job, wanted: str, reason: str, notice: str, now: Moment) -> tuple[str, tuple[str, ...]]:
    """Withdraw a story: its file says so, and the ledger keeps its id; the file, and the addresses that it had.

    `wanted` is an id or a story file. UsageError where there is no such story, or it was killed before. A story that is
    shown now, and is in no ledger, counts as published. The story file keeps its text: a build looks for it in what it
    writes.
    """
    if not reason.strip():
        raise UsageError(Problem("empty-argument", "--reason"))
    found, seen = _read(job)
    card = _card(found, wanted)
    if card.status == "killed":
        raise UsageError(Problem("killed-already", card.path, values=(card.item.id,)))
    told: Mapping[str, str] = {"date": now.iso, "reason": reason} | ({"notice": notice} if notice.strip() else {})
    data = job.site.read(card.path)
    sections = found.context.section_files()
    made = edited(card.path, data, {"status": "killed", "kill": told}, job.settings, sections)
    own = {url: story_id for url, story_id in _shown(seen).items() if story_id == card.item.id}
    lines = ledger.recorded(found.ledger, own, now.day)
    was = [line for line in lines if line.id == card.item.id] or [Address(card.item.id, "", "")]
    marked = [replace(line, state="killed", since=now.iso, reason=reason) for line in was]
    others = [line for line in lines if line.id != card.item.id]
    _write(job, found, ledger.told([*others, *marked]))
    job.site.write(card.path, made)
    return card.path, tuple(line.url for line in marked if line.url)


def _card(found: Changes, wanted: str) -> Card:
    cards = [parsed.card for parsed in found.parsed.values() if parsed.card]
    names = (wanted, wanted.removeprefix("./"), f"content/{wanted}")
    for card in cards:
        if card.item.id == wanted or card.path in names:
            return card
    raise UsageError(Problem("story-unknown", wanted))
