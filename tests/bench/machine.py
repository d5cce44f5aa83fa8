"""Where a benchmark was measured, and where it may write."""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from newsgen import __version__
from newsgen.workers.system import processors
from tests.bench import tools
from tests.bench.errors import BenchError
from tests.bench.sites import Kind

__all__ = ["PLACES", "facts", "workplace"]

PLACES = ("tmpfs", "disk")


@contextmanager
def workplace(name: str, cache: Path) -> Iterator[tuple[str, Path]]:
    """A new folder in memory (`tmpfs`) or in the cache (`disk`), and where that is; removed at the end."""
    if name not in PLACES:
        raise BenchError(f"There is no place {name}. Known: {', '.join(PLACES)}.")
    memory = Path("/dev/shm")
    parent = cache if name == "disk" else memory if memory.is_dir() else Path(tempfile.gettempdir())
    place = f"disk ({_file_system(parent)})" if name == "disk" else f"{parent} ({_file_system(parent)})"
    with tempfile.TemporaryDirectory(prefix="newsgen-bench-", dir=parent) as folder:
        yield place, Path(folder)


def _file_system(folder: Path) -> str:
    """The type of the file system that a folder is on."""
    real = os.path.realpath(folder)
    deepest = ("", "unknown file system")
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return deepest[1]
    for line in mounts.splitlines():
        _device, point, kind = line.split()[:3]
        if os.path.commonpath((real, point)) == point and len(point) >= len(deepest[0]):
            deepest = (point, kind)
    return deepest[1]


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (ValueError, OSError):
        return "unknown"


def _version(kind: Kind) -> str:
    if kind.name == "hugo":
        version = subprocess.run([kind.command[0], "version"], capture_output=True, text=True, check=True).stdout
        return version.split()[1]
    return ", ".join(tools.PINS[kind.name])


def facts(kinds: Iterable[Kind], stories: str, repeat: str) -> dict[str, str]:
    """The circumstances of a measurement, by name."""
    values = {
        "stories": stories,
        "newsgen": f"{__version__} on Python {platform.python_version()}",
        **{kind.name: _version(kind) for kind in kinds if not kind.is_newsgen},
        "computer": f"{processors()} cores, {_memory()}, {platform.system()} {platform.machine()}",
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "to repeat": f"`{repeat}`",
    }
    if hasattr(os, "getloadavg"):
        values["load at the start"] = f"{os.getloadavg()[0]:.1f}"
    return values
