"""The ledger of published addresses, as commands change it: record what is shown, give an address up."""

from __future__ import annotations

from dataclasses import replace

from newsgen.commands.archive import Archive, Outline, read_archive, read_outline
from newsgen.engine.request import BuildRequest
from newsgen.model.errors import Problem, UsageError
from newsgen.source import ledger
from newsgen.source.ledger import LedgerLine

__all__ = ["record_addresses", "remove_address", "require_ledger", "write_ledger"]


def require_ledger(archive: Archive | Outline) -> None:
    """UsageError where the ledger has errors: nothing is written over what cannot be read."""
    if problems := archive.changes.ledger.problems:
        raise UsageError(*problems)


def record_addresses(request: BuildRequest, day: str) -> tuple[int, int]:
    """Record the address of every story that is shown, as published on `day` ("2026-11-26").

    How many addresses are new, and how many the ledger has.
    """
    with read_outline(request) as archive:
        require_ledger(archive)
        before = archive.changes.ledger.lines
        lines = ledger.with_shown(before, archive.shown, day)
        write_ledger(archive, lines)
        return len(lines) - len(before), len(lines)


def write_ledger(archive: Archive | Outline, lines: tuple[LedgerLine, ...]) -> None:
    """Write the ledger where its lines differ from those that were read."""
    if lines != archive.changes.ledger.lines:
        archive.snapshot.request.site.edit(ledger.PATH, ledger.to_bytes(lines))


def remove_address(request: BuildRequest, url: str, since: str) -> None:
    """Give an address up from `since` (ISO 8601) on: no build complains any more that it leads nowhere.

    UsageError for an address that is not in the ledger.
    """
    with read_archive(request) as archive:
        require_ledger(archive)
        lines = archive.changes.ledger.lines
        address = url.removeprefix(request.settings.base_url)
        if all(line.url != address for line in lines):
            raise UsageError(Problem("address-unknown", ledger.PATH, values=(address,)))
        new_lines = (replace(line, state="removed", since=since) if line.url == address else line for line in lines)
        write_ledger(archive, tuple(new_lines))
