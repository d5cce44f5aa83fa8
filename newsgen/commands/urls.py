"""Keeping the ledger of addresses: what `newsgen urls` writes."""

from __future__ import annotations

from dataclasses import replace

from newsgen.engine.changes import Changes, changes
from newsgen.engine.job import Job
from newsgen.engine.reindex import Survey, survey
from newsgen.model.errors import Problem, UsageError
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine
from newsgen.source.listing import classify, scan_content
from newsgen.store import Store

__all__ = ["record_addresses", "remove_address"]


def read_archive(job: Job) -> tuple[Changes, Survey]:
    """Every story as it is now. UsageError where the ledger has errors: nothing is written over what cannot be read."""
    with Store(":memory:") as empty:
        found = changes(job, empty, classify(scan_content(job.site)))
        if found.ledger.problems:
            raise UsageError(*found.ledger.problems)
        return found, survey(job, empty, found)


def shown(seen: Survey) -> dict[str, str]:
    """The address of every story that is shown, old versions too, with its id."""
    return {fate.seen.item.url: fate.seen.item.id for fate in seen.fates if fate.seen}


def record_addresses(job: Job, day: str) -> tuple[int, int]:
    """Put the addresses of all stories that are shown into the ledger; how many are new, and how many there are."""
    found, seen = read_archive(job)
    lines = ledger.with_shown(found.ledger.lines, shown(seen), day)
    write_ledger(job, found, lines)
    return len(lines) - len(found.ledger.lines), len(lines)


def write_ledger(job: Job, found: Changes, lines: tuple[LedgerLine, ...]) -> None:
    if lines != found.ledger.lines:
        job.site.write(ledger.PATH, ledger.to_bytes(lines))


def remove_address(job: Job, url: str, since: str) -> None:
    """Give an address up: nothing says any more that it should lead somewhere. UsageError for one not in the ledger."""
    found, _seen = read_archive(job)
    wanted = url.removeprefix(job.settings.base_url)
    if all(line.url != wanted for line in found.ledger.lines):
        raise UsageError(Problem("address-unknown", ledger.PATH, values=(wanted,)))
    write_ledger(
        job,
        found,
        tuple(
            replace(line, state="removed", since=since) if line.url == wanted else line for line in found.ledger.lines
        ),
    )
