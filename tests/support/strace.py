"""Faults at the nth system call, by Debian's strace: exact, and the same at every run."""

from __future__ import annotations

import compileall
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest

import newsgen
from tests.support.archive import Archive

__all__ = ["Call", "calls", "injected", "require_strace", "spread"]

T = TypeVar("T")
Call = tuple[str, int]  # a system call's name, and its number among those of that name in its thread
CHANGING = ("write", "rename", "mkdir", "unlink", "rmdir", "pwrite64", "fsync", "fdatasync", "ftruncate")


@cache
def _compile() -> None:
    """Compile newsgen to byte code: the process that stores it makes system calls that the next does not."""
    compileall.compile_dir(Path(newsgen.__file__).parent, quiet=2)


def require_strace() -> None:
    """Skip where there is no strace; fail where one is required."""
    if shutil.which("strace"):
        _compile()
        return
    if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
        pytest.fail("strace is required: NEWSGEN_REQUIRE_BROWSER is set")
    pytest.skip("no strace (Debian's package of that name)")


def injected(fault: str, calls: Iterable[str], command: Sequence[str], log: str = "/dev/null") -> list[str]:
    """A command with a fault at some of its system calls, such as `signal=SIGKILL:when=3` or `error=EIO:when=5+`."""
    names = ",".join(calls)
    return [
        "strace", "-f", "-qq", "-o", log, "-e", f"trace={names}", "-e", f"inject={names}:{fault}",
        *command,
    ]  # fmt: skip


def calls(
    archive: Archive, command: Sequence[str], names: Iterable[str] = CHANGING, begins: str = ".newsgen/lock"
) -> list[Call]:
    """The system calls of some names, in order, from the first that names `begins` on; none that prints.

    By default those that a command makes once it holds the site's lock.
    """
    log = archive.root.parent / "trace"
    wanted = ",".join({*names, "openat", "execve"})
    archive.run(["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={wanted}", *command])
    return list(_numbered(log, frozenset(names), begins))


def _numbered(log: Path, names: frozenset[str], begins: str) -> Iterator[Call]:
    counts: Counter[tuple[str, str]] = Counter()
    is_begun = False
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+) +(\w+)\((.*)", line)
        if not match:
            continue
        thread, name, rest = match.groups()
        counts[thread, name] += 1
        is_begun = is_begun or begins in rest
        if is_begun and name in names and not rest.startswith(("1, ", "2, ")):
            yield name, counts[thread, name]


def spread(values: Sequence[T], count: int) -> list[T]:
    """`count` of some values, evenly spread, the first and the last among them."""
    if count >= len(values):
        return list(values)
    return [values[round(number * (len(values) - 1) / (count - 1))] for number in range(count)]
