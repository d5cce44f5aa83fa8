"""What of processes is not the same on every system: forks, processors, memory, Ctrl-C for new ones, their end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = [
    "allow_interrupts",
    "can_fork",
    "end_after",
    "end_with",
    "interrupts_held",
    "peak_memory",
    "processors",
]

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)
_PR_SET_PDEATHSIG = 1  # prctl(2)


def can_fork() -> bool:
    """Whether a process can be copied. Not on a Mac: its libraries fail in a copy (bugs.python.org/33725)."""
    return sys.platform not in ("win32", "darwin")


def processors() -> int:
    """How many processors this process may use."""
    count = os.cpu_count()
    if sys.platform == "linux":
        count = len(os.sched_getaffinity(0))
    return count or 1


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C and SIGTERM from processes that begin in this block, and from this thread until its end.

    Else one that has not begun yet would say that it was given half of what it is to do. Not on Windows.
    """
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTS)
    try:
        yield
    finally:
        allow_interrupts()


def allow_interrupts() -> None:
    """Have Ctrl-C and SIGTERM reach this thread again."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)


def end_with(parent: int) -> None:
    """End this process when its coordinator is killed: it would hold the lock, and could write beside the next build.

    For a process that was forked: the sentinel of multiprocessing is of no use to it, because workers that were forked
    later hold its other end too. Linux ends it at once; elsewhere it checks every half second.
    """
    if sys.platform == "linux":
        import ctypes  # prctl(2) has no other way in

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it was killed before prctl was called
        os._exit(1)


def _watch_parent(parent: int) -> None:
    """End this process once its parent is another."""
    while os.getppid() == parent:
        threading.Event().wait(0.5)
    os._exit(1)


def end_after(parent_ends: Callable[[], object]) -> None:
    """End this process, which was not forked, once that returns. On Windows the number of a parent says nothing."""
    parent_ends()
    os._exit(1)


def peak_memory() -> int:
    """The largest resident size of this process and of its largest worker, added up, in bytes.

    On Windows of this process alone; 0 where the system does not say.
    """
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss * unit for kind in kinds)


def _peak_on_windows() -> int:
    """PeakWorkingSetSize of PROCESS_MEMORY_COUNTERS (psapi.h)."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint32), ("page_faults", ctypes.c_uint32), ("peak", ctypes.c_size_t),
            ("others", ctypes.c_size_t * 7),
        )  # fmt: skip

    counters = Counters(size=ctypes.sizeof(Counters))
    try:
        ask = ctypes.CDLL("kernel32").K32GetProcessMemoryInfo  # x86 aside, all calls are alike
    except OSError:
        return 0
    ask.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    this_process = ctypes.c_void_p(-1)
    return int(counters.peak) if ask(this_process, ctypes.byref(counters), counters.size) else 0
