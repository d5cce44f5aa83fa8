"""Faults at the nth system call, by Debian's strace: exact, and the same at every run."""

from __future__ import annotations

import compileall
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

import newsgen
from tests.support.archive import Archive

__all__ = ["Call", "calls", "injected", "require_strace", "spread"]

T = TypeVar("T")
Call = tuple[str, int]  # a system call's name, and the how manieth of that name in its process
CHANGING = ("write", "rename", "mkdir", "unlink", "rmdir", "pwrite64", "fsync", "fdatasync", "ftruncate")


def require_strace() -> None:
    """Skip where there is no strace; fail where one is required.

    newsgen is compiled first: a process that stores what it compiled makes system calls that the next one does not.
    """
    if shutil.which("strace"):
        compileall.compile_dir(Path(newsgen.__file__).parent, quiet=2)
        return
    if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
        pytest.fail("strace is required: NEWSGEN_REQUIRE_BROWSER is set")
    pytest.skip("no strace (Debian's package of that name)")


def injected(fault: str, calls: Iterable[str], command: Sequence[str], log: str = "/dev/null") -> list[str]:
    """A command that meets a fault, `signal=SIGKILL:when=3` or `error=EIO:when=5+`, at the nth of some calls."""
    names = ",".join(calls)
    return [
        "strace", "-f", "-qq", "-o", log, "-e", f"trace={names}", "-e", f"inject={names}:{fault}",
        *command,
    ]  # fmt: skip


def calls(archive: Archive, command: Sequence[str], names: Iterable[str] = CHANGING) -> list[Call]:
    """Every call of some names that a build makes from when it holds its lock, in order."""
    log = archive.root.parent / "trace"
    wanted = ",".join({*names, "openat", "execve"})
    archive.run(["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={wanted}", *command])
    return list(_numbered(log, frozenset(names)))


def _numbered(log: Path, names: frozenset[str]) -> Iterator[Call]:
    seen: Counter[str] = Counter()
    is_begun = False
    for line in log.read_text(errors="replace").splitlines():
        found = re.match(r"\d+ +(\w+)\((.*)", line)
        if not found:
            continue
        name, rest = found.groups()
        seen[name] += 1
        is_begun = is_begun or ".newsgen/lock" in rest
        if is_begun and name in names:
            yield name, seen[name]


def spread(values: Sequence[T], count: int) -> list[T]:
    """So many of some values, evenly, with the first and the last."""
    if count >= len(values):
        return list(values)
    return [values[round(number * (len(values) - 1) / (count - 1))] for number in range(count)]
