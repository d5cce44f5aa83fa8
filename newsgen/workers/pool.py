"""Workers: the same work in this process, in several, or on a cluster; the same results in the same order.

`make` is called once in each worker and gives the function that turns a batch into results; it is a value that can be
sent to another process. With one job, or little to do, everything happens here.
"""

from __future__ import annotations

import gc
import marshal
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from newsgen.model.errors import Problem, SystemFault

if TYPE_CHECKING:  # a build with little to do needs none of it, and it takes 20 ms
    from concurrent.futures import Executor, Future

__all__ = ["MIN_FOR_WORKERS", "NO_STEPS", "Cluster", "in_background", "map_tasks"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[list[Task]], list[Result]]

CHUNK_SIZE = 512  # tasks sent at once: a worker that has neighbours prints less anew, and every batch has its price
MIN_FOR_WORKERS = 128  # fewer tasks than this are done here: a worker takes some 20 ms to start


NO_STEPS: Iterator[object] = iter(())  # to do meanwhile

# Objects made before the garbage collector looks: what a build makes it keeps, and there are few circles in it. A tenth
# of a build of 20,000 stories went into looking.
GC_THRESHOLDS = (100_000, 50, 100)

_work: Callable[[list[Any]], list[Any]]
_PR_SET_PDEATHSIG = 1  # prctl(2)


def _start(make: Callable[[], Work[Any, Any]]) -> None:
    """In a worker: the one place where a process keeps what it works with.

    Ctrl-C reaches every process of a terminal; the coordinator alone answers it, and lets its workers go.
    """
    gc.freeze()  # what was there at the fork stays: to look through it would copy it, page by page
    gc.set_threshold(*GC_THRESHOLDS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _mask(signal.SIG_UNBLOCK)
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        _end_with(parent.pid)
    global _work
    _work = make()


def _mask(how: int) -> None:
    """Hold Ctrl-C back, or let it through: a worker must not meet it before it has learned to ignore it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(how, {signal.SIGINT})


def _end_with(parent: int) -> None:
    """A process whose coordinator was killed ends: it would hold the lock, and could write beside the next build.

    Linux sees to that at once; elsewhere it looks every half second. The sentinel of multiprocessing does not tell:
    workers that were forked later hold its other end too.
    """
    if sys.platform == "linux":
        import ctypes  # the one way to ask for it

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_look_for, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it was killed before the system was asked
        os._exit(1)


def _look_for(parent: int) -> None:
    while os.getppid() == parent:
        threading.Event().wait(0.5)
    os._exit(1)


def _do(batch: list[Any]) -> list[Any]:
    return _work(batch)


@dataclass(frozen=True, slots=True)
class Cluster:
    """An executor whose workers share no memory with this process, but see the folder `shared`."""

    executor: Executor
    shared: str
    width: int  # batches under way at once


def map_tasks(
    make: Callable[[], Work[Task, Result]],
    tasks: Iterable[Task],
    jobs: int,
    cluster: Cluster | None = None,
    meanwhile: Iterator[object] = NO_STEPS,
) -> Iterator[Result]:
    """The results of all tasks, in their order. Tasks are drawn as they are needed, so they need not fit in memory.

    While workers have enough to do, this process takes a step of `meanwhile` for each batch; whoever gave it ends it.
    """
    waiting = iter(tasks)
    first = list(islice(waiting, CHUNK_SIZE))
    if len(first) < MIN_FOR_WORKERS or (jobs <= 1 and cluster is None):
        work = make()
        batch = first
        while batch:
            yield from work(batch)
            batch = list(islice(waiting, CHUNK_SIZE))
    elif cluster is None:
        yield from _fork(make, _batches(first, waiting), jobs, meanwhile)
    else:
        yield from _send(make, _batches(first, waiting), cluster, meanwhile)


@contextmanager
def in_background(work: Callable[[Task], bytes], tasks: list[Task], jobs: int) -> Iterator[Callable[[], list[bytes]]]:
    """Do up to a thousand tasks in another process while this one goes on with the block; the results, when called for.

    Then this process does with it what is left. It does everything, when called for, where there is one job, where the
    system cannot fork, and where the other process failed: so that what went wrong is raised here.
    """
    here = os.getpid()
    child = None
    if jobs > 1 and tasks and os.name == "posix" and threading.active_count() == 1:  # no thread outlives a fork
        turns = _Turns(len(tasks))
        reader, writer = os.pipe()
        try:
            child = os.fork()
        except OSError:  # no more processes
            turns.close()
            os.close(reader)
            os.close(writer)
    if child is None:
        yield lambda: [work(task) for task in tasks]
        return
    if child == 0:
        code = 1
        try:
            _end_with(here)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.close(reader)
            done = [(number, work(tasks[number])) for number in turns]
            with open(writer, "wb") as told:
                marshal.dump(done, told)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with open(reader, "rb") as telling:
        waiting = [child]

        def results() -> list[bytes]:
            found = {number: work(tasks[number]) for number in turns}
            data = telling.read()
            if _ended_well(waiting.pop()):
                found.update(marshal.loads(data))
            return [found[number] if number in found else work(task) for number, task in enumerate(tasks)]

        try:
            yield results
        finally:
            turns.close()
            for pid in waiting:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                _ended_well(pid)


def _ended_well(pid: int) -> bool:
    """Wait for a process; whether it said that it did what it was to do."""
    try:
        return os.waitpid(pid, 0)[1] == 0
    except ChildProcessError:  # whoever started this process wants to hear of none of its children
        return False


class _Turns:
    """The numbers from 0, each given once, to whichever of two processes asks first: a pipe that both read."""

    _SIZE = 2  # bytes of a number: 2,000 fit into the smallest pipe

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        with open(writer, "wb") as told:
            for number in range(count):
                told.write(number.to_bytes(self._SIZE, "big"))

    def __iter__(self) -> Iterator[int]:
        while number := os.read(self._reader, self._SIZE):
            yield int.from_bytes(number, "big")

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._reader)


def _batches(first: list[Task], waiting: Iterator[Task]) -> Iterator[list[Task]]:
    middle = len(first) // 2
    yield from (first[:middle], first[middle:])  # so that two workers have something even where there is little
    while batch := list(islice(waiting, CHUNK_SIZE)):
        yield batch


def _fork(
    make: Callable[[], Work[Task, Result]], batches: Iterator[list[Task]], jobs: int, meanwhile: Iterator[object]
) -> Iterator[Result]:
    """In processes of this computer; where the system can fork, they are born with all that `make` holds."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
    executor = ProcessPoolExecutor(jobs, multiprocessing.get_context(method), _start, (make,))

    def submit(batch: list[Task]) -> Future[list[Result]]:
        _mask(signal.SIG_BLOCK)  # the first batch starts the workers
        try:
            return executor.submit(_do, batch)
        finally:
            _mask(signal.SIG_UNBLOCK)

    try:
        yield from _results(submit, batches, 3 * jobs, meanwhile)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _send(
    make: Callable[[], Work[Task, Result]], batches: Iterator[list[Task]], cluster: Cluster, meanwhile: Iterator[object]
) -> Iterator[Result]:
    """On any executor: what they work with is laid down once, in a file that each worker reads once."""
    import pickle
    import tempfile

    descriptor, path = tempfile.mkstemp(prefix="work-", dir=cluster.shared)
    try:
        with open(descriptor, "wb") as file:
            pickle.dump(make, file, pickle.HIGHEST_PROTOCOL)
        submit = cluster.executor.submit
        yield from _results(lambda batch: submit(_do_from, path, batch), batches, cluster.width, meanwhile)
    finally:
        os.unlink(path)


def _results(
    submit: Callable[[list[Task]], Future[list[Result]]],
    batches: Iterator[list[Task]],
    most: int,
    meanwhile: Iterator[object],
) -> Iterator[Result]:
    from concurrent.futures import BrokenExecutor, CancelledError

    pending: deque[Future[list[Result]]] = deque()
    try:
        for batch in batches:
            pending.append(submit(batch))
            if len(pending) > most:
                next(meanwhile, None)
                yield from pending.popleft().result()
        while pending:
            next(meanwhile, None)
            yield from pending.popleft().result()
    except (BrokenExecutor, CancelledError) as error:
        raise SystemFault(Problem("worker-died", "")) from error


_laid = threading.local()  # in a worker of a cluster, whose threads share no renderer: the file last read, its work


def _do_from(path: str, batch: list[Any]) -> list[Any]:
    if getattr(_laid, "path", "") != path:
        import pickle

        with open(path, "rb") as file:
            _laid.work = pickle.load(file)()
        _laid.path = path
    done: list[Any] = _laid.work(batch)
    return done
