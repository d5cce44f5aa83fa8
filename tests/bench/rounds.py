"""Builds every site in every mode, in turns, so that what else happens on the computer hits all of them alike."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.errors import BenchError
from tests.bench.measure import Files, Used, count_files, run
from tests.bench.sites import Site

__all__ = ["MODES", "Run", "environment", "rounds", "settle"]

MODES = ("cold", "unchanged", "body", "headline")
_SETTLE_S = 2.5  # newsgen reads a file again that was written less than 2 s before it was read; an archive's are older


@dataclass(frozen=True, slots=True)
class Run:
    """One build, measured."""

    where: str
    stories: int
    site: str
    mode: str
    turn: int
    used: Used
    files: Files


def environment() -> dict[str, str]:
    """The environment of every generator: none of Python's and make's settings, one language, one time zone."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MAKE", "MFLAGS"))}
    return inherited | {"LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}


def settle() -> None:
    """Wait until the stories that were just written are old enough to be trusted."""
    time.sleep(_SETTLE_S)


def rounds(
    sites: Sequence[Site], modes: Sequence[str], turns: int, *, where: str, stories: int, folder: Path, is_disk: bool
) -> Iterator[Run]:
    """Measure each site in each mode `turns` times; every other turn takes the sites in reverse."""
    surroundings = environment()
    try:
        for turn in range(turns):
            if turn:
                for site in sites:
                    site.restore()
                settle()
            for mode in modes:
                for site in sites if turn % 2 == 0 else reversed(sites):
                    site.prepare(mode, word := f"Edited{turn}{mode}")
                    if is_disk:
                        os.sync()  # what the build before has not written yet is not this one's cost
                    used, files = _build(site, surroundings, folder)
                    _require(site, word if mode in ("body", "headline") else "")
                    progress = f"{where} {stories} {site.kind.name} {mode} {turn + 1}/{turns}:"
                    print(f"{progress} wall {used.wall_s:.2f} s, CPU {used.cpu_s:.2f} s", file=sys.stderr, flush=True)
                    yield Run(where, stories, site.kind.name, mode, turn, used, files)
    finally:
        for site in sites:
            site.restore()


def _build(site: Site, surroundings: dict[str, str], folder: Path) -> tuple[Used, Files]:
    marker = folder / "marker"  # its time is the file system's, which is coarser than this process's
    marker.write_bytes(b"")
    used = run(site.kind.command, site.root, surroundings, folder / "log")
    return used, count_files(site.output, marker.stat().st_ctime_ns)


def _require(site: Site, word: str) -> None:
    """BenchError if the page of the edited story is not there, or lacks the word: the build did not do its work."""
    page = site.page()
    if not page.is_file() or word not in page.read_text(encoding="utf-8"):
        raise BenchError(f"{site.kind.name} ended with exit code 0, but there is no {page} with {word!r} in it.")
