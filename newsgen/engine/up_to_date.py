"""Whether the inputs and the output are as the last build left them, to judge by sizes and times alone."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from newsgen.disk import Disk, FileStat
from newsgen.engine.request import BuildRequest, settings_digest, theme_digest
from newsgen.model.files import digest
from newsgen.source.listing import SETTLE_NS, RawListing
from newsgen.store import PageRow, Store
from newsgen.text.address import output_path
from newsgen.workers.pool import in_background

__all__ = [
    "Files", "OutputFiles", "OutputSnapshot", "compare_output", "digest_of", "is_up_to_date", "look_at_output",
    "rest_is_up_to_date",
]  # fmt: skip


_RENAMED_NS = 10_000_000  # in which a page that was written is put in place; one that takes longer is read again
_PARTS = 64  # of the output, to look at: so many that two processes end together


Files = dict[str, tuple[int, int]]  # file of the output -> size, mtime_ns


class OutputSnapshot:
    """The output as it was when the build began; another process looks at it, too, until it is asked for."""

    def __init__(self, upper: list[FileStat], rest: Callable[[], list[bytes]]) -> None:
        self._upper = upper
        self._rest = rest

    @cached_property
    def files(self) -> Files:
        """Every file."""
        return {path: (size, mtime_ns) for part in self._parts for path, size, mtime_ns, _ctime_ns in part}

    @cached_property
    def _parts(self) -> list[list[FileStat]]:
        return [self._upper, *map(marshal.loads, self._rest())]

    def changed_after(self, ns: int) -> set[str]:
        """The files that something was done to after an instant, whatever they say of their own times."""
        limit = ns + _RENAMED_NS
        return {stat[0] for part in self._parts for stat in part if stat[3] > limit}

    @cached_property
    def digest(self) -> str:
        """The digest of every file's path, size and time."""
        return digest_of(self.files)


@contextmanager
def look_at_output(request: BuildRequest) -> Iterator[OutputSnapshot]:
    """Begin to look at the output, and go on with the block."""
    upper, folders = request.output.split_scan(_PARTS)
    parts = [folders[at::_PARTS] for at in range(min(_PARTS, len(folders)))]
    with in_background(lambda part: marshal.dumps(_scanned(request, part)), parts, request.workers) as rest:
        yield OutputSnapshot(upper, rest)


def _scanned(request: BuildRequest, folders: Iterable[str]) -> list[FileStat]:
    return [stat for folder in folders for stat in request.output.scan(folder)]


def digest_of(files: Files) -> str:
    """The digest of some files of the output."""
    return digest(marshal.dumps(sorted(files.items()), 0))


@dataclass(frozen=True, slots=True)
class OutputFiles:
    """The files of the output by whose they are."""

    damaged: dict[str, str]  # pages whose file is not the one that was written, with their units
    ours: Files  # as newsgen wrote them
    others: Files  # that newsgen did not write
    retimed: tuple[tuple[str, int], ...] = ()  # pages whose file has the same bytes and another time: that time


def compare_output(disk: Disk, store: Store, output: OutputSnapshot, adopted: Iterable[PageRow]) -> OutputFiles:
    """Compare the output with what the store says was written; `adopted` are newsgen's files where it says nothing.

    A page that something was done to since the last build is read: its size and time may have been put back. So is one
    of the same size and another time, as a cache of continuous integration restores it.
    """
    seal = store.seal.last
    ours = dict(output.files)
    touched = output.changed_after(seal.output_ns) if seal.exists else set()
    if seal.is_finished and output.digest == seal.output_digest and not touched:
        others = {path: ours.pop(path) for path in seal.other_files}
        return OutputFiles(store.pages.without_file(), ours, others)
    damaged: dict[str, str] = {}
    retimed: list[tuple[str, int]] = []
    paths = {output_path(row.url) for row in adopted}
    for url, unit, size, mtime_ns, made in store.pages.files() if seal.exists else ():
        path = output_path(url)
        paths.add(path)
        found = ours.get(path)
        is_suspect = path in touched or found != (size, mtime_ns)
        if not (made and found and found[0] == size) or (is_suspect and not _has_digest(disk, path, made)):
            damaged[url] = unit
            ours.pop(path, None)
        elif found[1] != mtime_ns:
            retimed.append((url, found[1]))
    others = {path: ours.pop(path) for path in sorted(ours.keys() - paths)}
    return OutputFiles(damaged, ours, others, tuple(retimed))


def _has_digest(disk: Disk, path: str, made: str) -> bool:
    try:
        return digest(disk.read(path)) == made
    except OSError:
        return False


def is_up_to_date(request: BuildRequest, store: Store, files: RawListing, output: OutputSnapshot) -> bool:
    """Whether nothing can differ: no input, no template, no file of the output, and no story's state at this clock."""
    seal = store.seal.last
    if not seal.exists or seal.listing_digest != files.digest:
        return False
    if files.newest_ns >= seal.read_at_ns - SETTLE_NS:  # a file may have changed within its time stamp
        return False
    return rest_is_up_to_date(request, store, output)


def rest_is_up_to_date(request: BuildRequest, store: Store, output: OutputSnapshot) -> bool:
    """Whether all but the files of content/ is as the last build left it, at a clock that shows the same."""
    seal = store.seal.last
    if not seal.is_finished or request.is_clean or seal.retry or seal.has_unreadable:
        return False
    given = (request.stamp, settings_digest(request), theme_digest(request))
    if (seal.stamp, seal.settings_digest, seal.theme_digest) != given or not seal.stable.covers(request.clock):
        return False
    return seal.output_digest == output.digest and not output.changed_after(seal.output_ns)
