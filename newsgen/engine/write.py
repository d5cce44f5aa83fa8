"""Bytes to the output: untouched where identical, whole or not at all, and never over a file that is not newsgen's."""

from __future__ import annotations

from typing import Literal

from newsgen.disk import Disk
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.value import value
from newsgen.text.address import output_path

__all__ = ["Written", "put", "put_first"]


@value
class Written:
    """What became of one page."""

    url: str
    state: Literal["written", "unchanged", "failed"]
    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    problems: tuple[Problem, ...] = ()


def put(output: Disk, url: str, data: bytes, known: str, *, is_ours: bool) -> Written:
    """Put a page's bytes in place.

    `known` is the digest of what stands there, where that is certain, else ""; `is_ours`, whether newsgen wrote it.
    """
    path = output_path(url)
    if output.has(path):
        new = digest(data)
        stat = output.stat(path)
        if stat is not None and (known == new or (stat.size == len(data) and output.read(path) == data)):
            return Written(url, "unchanged", new, stat.size, stat.mtime_ns)
        if not is_ours:
            problem = Problem("foreign-file", f"{output.name}/{path}" if output.name else path)
            return Written(url, "failed", problems=(problem,))
    return put_first(output, url, data)


def put_first(output: Disk, url: str, data: bytes) -> Written:
    """Put a page's bytes where nothing stands that has to be kept."""
    source = output.write(output_path(url), data)
    return Written(url, "written", digest(data), source.size, source.mtime_ns)
