"""What stands: whether the inputs and the output are as the last build left them, to judge by sizes and times."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property

from newsgen.disk import FileStat
from newsgen.engine.job import Job, settings_digest, theme_digest
from newsgen.model.files import digest
from newsgen.source.listing import SETTLE_NS, RawListing
from newsgen.store import Store
from newsgen.text.address import output_path
from newsgen.workers.pool import in_background

__all__ = ["Files", "Standing", "broken", "is_current", "mark_of", "marker", "standing", "stands"]


_PARTS = 64  # of the output, to look at: so many that two processes end together


def marker(job: Job) -> bytes:
    """What the marker in the output says: whose folder this is."""
    told = "newsgen wrote this folder, and may write again what it put here. Other files in it are left alone."
    return f"{told}\n{job.settings.base_url}\n".encode()


Files = dict[str, tuple[int, int]]  # file of the output -> size, mtime_ns


class Standing:
    """The output as it was when the build began; another process looks at it, too, until it is asked for."""

    def __init__(self, upper: list[FileStat], told: Callable[[], list[bytes]]) -> None:
        self._upper = upper
        self._told = told

    @cached_property
    def files(self) -> Files:
        """Every file."""
        parts = (self._upper, *map(marshal.loads, self._told()))
        return {path: (size, mtime_ns) for part in parts for path, size, mtime_ns, _ctime_ns in part}

    @cached_property
    def mark(self) -> str:
        """The digest of every file's path, size and time."""
        return mark_of(self.files)


@contextmanager
def standing(job: Job) -> Iterator[Standing]:
    """Begin to look at the output, and go on with the block."""
    upper, folders = job.output.split_scan(_PARTS)
    parts = [folders[at::_PARTS] for at in range(min(_PARTS, len(folders)))]
    with in_background(lambda part: marshal.dumps(_seen(job, part)), parts, job.jobs) as told:
        yield Standing(upper, told)


def _seen(job: Job, folders: Iterable[str]) -> list[FileStat]:
    return [seen for folder in folders for seen in job.output.scan(folder)]


def mark_of(files: Files) -> str:
    """The digest of some files of the output."""
    return digest(marshal.dumps(sorted(files.items()), 0))


def broken(store: Store, here: Standing) -> tuple[dict[str, str], Files, Files]:
    """The pages whose file is not the one that was written, with their units; the files that are; and all others."""
    seal = store.seal.last
    ours = dict(here.files)
    if seal.is_finished and here.mark == seal.output_digest:
        others = {path: ours.pop(path) for path in seal.other_files}
        return store.pages.without_file(), ours, others
    found: dict[str, str] = {}
    paths = set()
    for url, unit, size, mtime_ns, made in store.pages.files() if seal.exists else ():
        path = output_path(url)
        paths.add(path)
        if not made or ours.get(path) != (size, mtime_ns):
            found[url] = unit
            ours.pop(path, None)
    others = {path: ours.pop(path) for path in sorted(ours.keys() - paths)}
    return found, ours, others


def is_current(job: Job, store: Store, found: RawListing, here: Standing) -> bool:
    """Whether nothing can differ: no input, no template, no file of the output, and no story's state at this clock."""
    seal = store.seal.last
    if not seal.exists or seal.listing_digest != found.digest:
        return False
    if found.newest_ns >= seal.read_at_ns - SETTLE_NS:  # a file may have changed within its time stamp
        return False
    return stands(job, store, here)


def stands(job: Job, store: Store, here: Standing) -> bool:
    """Whether all but the files of content/ is as the last build left it, at a clock that shows the same."""
    seal = store.seal.last
    if not seal.is_finished or job.is_clean or seal.retry or seal.has_unreadable:
        return False
    if (seal.stamp, seal.settings_digest, seal.theme_digest) != (job.stamp, settings_digest(job), theme_digest(job)):
        return False
    return seal.stable.covers(job.clock) and seal.output_digest == here.mark
