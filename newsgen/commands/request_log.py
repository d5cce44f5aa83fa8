"""The private log of requests to unpublish, as the commands that answer them write it."""

from __future__ import annotations

from dataclasses import replace

from newsgen.commands.archive import Archive
from newsgen.disk import Disk
from newsgen.engine.request import BuildRequest
from newsgen.model.errors import Problem, UsageError
from newsgen.source import requests
from newsgen.source.requests import Request

__all__ = ["log_request", "read_or_none", "require_logs", "require_text"]


def require_logs(archive: Archive) -> None:
    """UsageError where the ledger or the log has errors: nothing is written over what cannot be read."""
    changes = archive.changes
    if problems := (*changes.ledger.problems, *changes.requests.problems):
        raise UsageError(*problems)


def require_text(option: str, text: str) -> None:
    """UsageError where an option or argument says nothing."""
    if not text.strip():
        raise UsageError(Problem("empty-argument", option))


def log_request(request: BuildRequest, entry: Request) -> tuple[Problem, ...]:
    """Add a line to the log of requests, unless an earlier, interrupted command has logged the same.

    The first line of a log is the time to say that Git does not ignore it.
    """
    site = request.site
    old = read_or_none(site, requests.PATH)
    rows = requests.read(old or b"").rows
    if replace(entry, date="") not in (replace(row, date="") for row in rows):
        site.edit(requests.PATH, requests.to_bytes((*rows, entry)), is_private=True)
    ignored = read_or_none(site, ".gitignore")
    is_safe = old is not None or not (ignored or site.has(".git"))
    if is_safe or any(map(requests.is_ignored, (ignored or b"", read_or_none(site, "content/.gitignore") or b""))):
        return ()
    return (Problem("log-not-ignored", ".gitignore", values=(requests.PATH,), severity="warning"),)


def read_or_none(site: Disk, path: str) -> bytes | None:
    """The bytes of a file; None where it cannot be read: the build says so."""
    try:
        return site.read(path)
    except OSError:
        return None
