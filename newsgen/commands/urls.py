"""Keeping the ledger of addresses: what `newsgen urls` writes."""

from __future__ import annotations

from dataclasses import replace

from newsgen.commands.archive import Archive, read_archive
from newsgen.engine.request import BuildRequest
from newsgen.model.errors import Problem, UsageError
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine

__all__ = ["record_addresses", "remove_address", "require_ledger", "write_ledger"]


def require_ledger(archive: Archive) -> None:
    """UsageError where the ledger has errors: nothing is written over what cannot be read."""
    if problems := archive.changes.ledger.problems:
        raise UsageError(*problems)


def record_addresses(request: BuildRequest, day: str) -> tuple[int, int]:
    """Put the addresses of all stories that are shown into the ledger; how many are new, and how many there are."""
    with read_archive(request) as archive:
        require_ledger(archive)
        before = archive.changes.ledger.lines
        lines = ledger.with_shown(before, archive.shown(), day)
        write_ledger(archive, lines)
        return len(lines) - len(before), len(lines)


def write_ledger(archive: Archive, lines: tuple[LedgerLine, ...]) -> None:
    """Write the lines of the ledger, where they are others than before."""
    if lines != archive.changes.ledger.lines:
        archive.snapshot.request.site.write(ledger.PATH, ledger.to_bytes(lines))


def remove_address(request: BuildRequest, url: str, since: str) -> None:
    """Give an address up: nothing says any more that it should lead somewhere. UsageError for one not in the ledger."""
    with read_archive(request) as archive:
        require_ledger(archive)
        lines = archive.changes.ledger.lines
        wanted = url.removeprefix(request.settings.base_url)
        if all(line.url != wanted for line in lines):
            raise UsageError(Problem("address-unknown", ledger.PATH, values=(wanted,)))
        given_up = (replace(line, state="removed", since=since) if line.url == wanted else line for line in lines)
        write_ledger(archive, tuple(given_up))
