"""Workers: the same work in this process or in several, with the same results in the same order.

`make` is called once in each worker and gives the function that turns a batch into results; it is a value that can be
sent to another process. With one job, or little to do, everything happens here.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection
from typing import Any, TypeVar

from newsgen.errors import Problem, SystemFault

__all__ = ["ALONE", "run"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[list[Task]], list[Result]]

BATCH = 64  # tasks sent at once: large enough that sending costs little, small enough to share the work evenly
ALONE = 2 * BATCH  # fewer tasks than this are done here: a worker takes some 20 ms to start


_work: Callable[[list[Any]], list[Any]]


def _start(make: Callable[[], Work[Any, Any]]) -> None:
    """In a worker: the one place where a process keeps what it works with.

    Ctrl-C reaches every process of a terminal; the coordinator alone answers it, and lets its workers go.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _mask(signal.SIG_UNBLOCK)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    global _work
    _work = make()


def _mask(how: int) -> None:
    """Hold Ctrl-C back, or let it through: a worker must not meet it before it has learned to ignore it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(how, {signal.SIGINT})


def _end_with_parent() -> None:
    """A worker whose coordinator was killed ends: it would hold the lock, and could write beside the next build."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(batch: list[Any]) -> list[Any]:
    return _work(batch)


def run(make: Callable[[], Work[Task, Result]], tasks: Iterable[Task], jobs: int) -> Iterator[Result]:
    """The results of all tasks, in their order. Tasks are drawn as they are needed, so they need not fit in memory."""
    waiting = iter(tasks)
    first = list(islice(waiting, ALONE))
    if jobs <= 1 or len(first) < ALONE:
        work = make()
        batch = first
        while batch:
            yield from work(batch)
            batch = list(islice(waiting, BATCH))
        return
    yield from _share(make, _batches(first, waiting), jobs)


def _batches(first: list[Task], waiting: Iterator[Task]) -> Iterator[list[Task]]:
    for start in range(0, len(first), BATCH):
        yield first[start : start + BATCH]
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _share(make: Callable[[], Work[Task, Result]], batches: Iterator[list[Task]], jobs: int) -> Iterator[Result]:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
    context = multiprocessing.get_context(method)
    executor = ProcessPoolExecutor(jobs, context, _start, (make,))
    pending: deque[Future[list[Result]]] = deque()
    try:
        for batch in batches:
            _mask(signal.SIG_BLOCK)  # the first batch starts the workers
            pending.append(executor.submit(_do, batch))
            _mask(signal.SIG_UNBLOCK)
            if len(pending) > 3 * jobs:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        raise SystemFault(Problem("worker-died", "")) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
