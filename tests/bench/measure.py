"""One process, measured from outside: wall and CPU time, the memory of its whole tree, what it wrote.

CPU is user and system time of the process and of every descendant that was waited for (wait4). Memory is the largest
sum, over the processes of the tree, of the proportional set size (PSS): a page that forked workers share counts once.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.errors import BenchError

__all__ = ["Files", "Used", "count_files", "run"]

INTERVAL_S = 0.02  # between two measurements of the memory
GROWTH = 1.05  # of resident memory: when it has grown so much, the PSS is read again
SHARE = 25  # reading the PSS of 1 GiB takes 10 ms: without growth it may take 1/SHARE of the time, to disturb little


@dataclass(frozen=True, slots=True)
class Used:
    """What a process used."""

    wall_s: float
    cpu_s: float
    peak_mib: float | None  # None on a system without /proc


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in an output folder."""

    count: int
    size: int  # bytes
    written: int  # of the count, how many were written since an instant


def _tree(pid: int) -> Iterator[int]:
    """A process and those of its descendants that still run."""
    yield pid
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        try:
            children = Path(f"/proc/{pid}/task/{thread}/children").read_text()
        except OSError:
            continue
        for child in children.split():
            yield from _tree(int(child))


def _pss_kib(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has ended
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _rss_pages(pids: Sequence[int]) -> int:
    """The resident pages of some processes, shared ones counted for each; cheap to read."""
    total = 0
    for pid in pids:
        with suppress(OSError):  # it has ended
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return total


def _watch(pid: int, done: threading.Event, peak: list[int]) -> None:
    """Read the PSS when resident memory has grown, and now and then: copying a shared page adds to the PSS alone."""
    rss_before, next_time = 0, 0.0
    while not done.wait(INTERVAL_S):
        pids = list(_tree(pid))
        rss, now = _rss_pages(pids), time.perf_counter()
        if rss > GROWTH * rss_before or now > next_time:
            peak[0] = max(peak[0], sum(map(_pss_kib, pids)))
            took = time.perf_counter() - now
            rss_before, next_time = max(rss, rss_before), now + max(INTERVAL_S, SHARE * took)


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> Used:
    """Run a command to its end in `folder`. BenchError, with its last lines, unless it exits with 0."""
    with log.open("wb") as output:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        done, peak = threading.Event(), [0]
        watcher = threading.Thread(target=_watch, args=(child.pid, done, peak), daemon=True)
        watcher.start()
        try:
            _pid, status, usage = os.wait4(child.pid, 0)
        except BaseException:  # Ctrl-C: the child has a session of its own and does not hear it
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            raise
        finally:
            done.set()
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
    watcher.join()
    if child.returncode:
        lines = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
        raise BenchError(f"{' '.join(command)}\nended with exit code {child.returncode} in {folder}:\n{lines}")
    return Used(wall, usage.ru_utime + usage.ru_stime, peak[0] / 1024 if peak[0] else None)


def count_files(folder: Path, since_ns: int = 0) -> Files:
    """The files below a folder, and how many of them changed after an instant of the file system's clock."""
    count = size = written = 0
    for base, _folders, names in os.walk(folder):
        for name in names:
            stat = os.lstat(os.path.join(base, name))
            count += 1
            size += stat.st_size
            written += stat.st_ctime_ns > since_ns
    return Files(count, size, written)
