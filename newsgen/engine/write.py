"""Bytes to the output: untouched where identical, whole or not at all, and never over a file that is not newsgen's."""

from __future__ import annotations

from typing import Literal

from newsgen.disk import Disk
from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.model.value import value
from newsgen.text.address import output_path

__all__ = ["MARKER", "Written", "put"]

MARKER = ".newsgen"  # in an output folder: newsgen made it, and may write over what stands at its own addresses


@value
class Written:
    """What became of one page."""

    url: str
    state: Literal["written", "unchanged", "failed"]
    digest: str = ""
    size: int = 0
    mtime_ns: int = 0
    problems: tuple[Problem, ...] = ()


def put(output: Disk, url: str, data: bytes, *, known: str, is_ours: bool, is_bare: bool = False) -> Written:
    """Put a page's bytes in place.

    `known` is the digest of what stands there, where that is certain; `is_ours`, whether newsgen wrote it; `is_bare`,
    that no file stood anywhere in the output, and none has to be looked for.
    """
    path = output_path(url)
    found = digest(data)
    if not is_bare and output.has(path):
        stood = output.stat(path)
        if stood is not None and (known == found or (stood.size == len(data) and output.read(path) == data)):
            return Written(url, "unchanged", found, stood.size, stood.mtime_ns)
        if not is_ours:
            problem = Problem("foreign-file", f"{output.name}/{path}" if output.name else path)
            return Written(url, "failed", problems=(problem,))
    source = output.write(path, data)
    return Written(url, "written", found, source.size, source.mtime_ns)
