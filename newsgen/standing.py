"""What stands: whether the inputs and the output are as the last build left them, to judge by sizes and times."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from typing import Any

from newsgen.address import file_of
from newsgen.discover import SETTLE_NS, Look
from newsgen.job import Job, settings_digest, theme_digest
from newsgen.model import digest
from newsgen.record import Record

__all__ = ["Files", "broken", "is_current", "mark_of", "marker", "standing"]


def marker(job: Job) -> bytes:
    """What the marker in the output says: whose folder this is."""
    told = "newsgen wrote this folder, and may write again what it put here. Other files in it are left alone."
    return f"{told}\n{job.settings.base_url}\n".encode()


Files = dict[str, tuple[int, int]]  # file of the output -> size, mtime_ns


def standing(job: Job) -> Files:
    """Every file of the output as it is now."""
    return {path: (size, mtime_ns) for path, size, mtime_ns, _ctime_ns in job.output.scan()}


def mark_of(files: Files) -> str:
    """The digest of some files of the output."""
    return digest(marshal.dumps(sorted(files.items()), 0))


def broken(record: Record, here: Files) -> tuple[dict[str, str], Files]:
    """The pages whose file is not the one that was written, with their units; and the files that are."""
    found: dict[str, str] = {}
    ours: Files = {}
    for url, unit, size, mtime_ns, made in record.standing() if record.meta() else ():
        path = file_of(url)
        if not made or here.get(path) != (size, mtime_ns):
            found[url] = unit
        else:
            ours[path] = (size, mtime_ns)
    return found, ours


def is_current(job: Job, record: Record, found: Look, here: Files) -> bool:
    """Whether nothing can differ: no input, no template, no file of the output, and no story's state at this clock."""
    meta: Mapping[str, Any] = record.meta()
    if not meta or "unfinished" in meta or job.is_clean or meta["retry"] or meta["has_unread"]:
        return False
    if found.newest_ns >= meta["read_at_ns"] - SETTLE_NS:  # a file may have changed within its own time stamp
        return False
    told = (meta["stamp"], meta["settings"], meta["theme"], meta["listing"])
    if told != (job.stamp, settings_digest(job), theme_digest(job), found.digest):
        return False
    start, end = meta["stable"]
    if (start is not None and job.clock < start) or (end is not None and job.clock >= end):
        return False
    return bool(meta["standing"] == mark_of(_without(here, meta["others"])))


def _without(here: Files, others: Iterable[str]) -> Files:
    """The files less those that are a user's own."""
    left = dict(here)
    for path in others:
        left.pop(path, None)
    return left
