"""Tasks mapped to results, in this process, in several, or on a cluster; and work in the background of a block.

`make_work` is called once in each worker, and gives the function that turns a chunk of tasks into their results. It
must be a value that can be sent to another process. With one worker, or few tasks, everything is done in this process.
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
from typing import TYPE_CHECKING, Any, TypeVar

from newsgen.model.errors import Problem, SystemFault
from newsgen.workers.system import allow_interrupts, can_fork, end_after, end_with, interrupts_held

if TYPE_CHECKING:  # imported where it is needed: that takes 20 ms, and a build with little to do does without
    from concurrent.futures import Executor, Future

__all__ = ["MIN_FOR_WORKERS", "NO_STEPS", "Cluster", "in_background", "map_tasks"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[list[Task]], list[Result]]
Chunks = Iterator[list[Task]]

CHUNK_SIZE = (
    512  # weight of the tasks sent at once: each message has its price, and neighbouring stories share printed items
)
MIN_FOR_WORKERS = 128  # fewer tasks than this are done here: a worker takes some 20 ms to start
NO_STEPS: Iterator[object] = iter(())  # for `meanwhile`, where there is nothing else to do

# For gc.set_threshold: how many objects are made between two collections. What a build makes it keeps, with few
# circles; the collector took a tenth of a build of 20,000 stories.
GC_THRESHOLDS = (100_000, 50, 100)

_work: Callable[[list[Any]], list[Any]]  # in a worker: what it does with a chunk
_MOST_SPAWNED = 61  # Windows can wait for no more at once


def _start_worker(make_work: Callable[[], Work[Any, Any]], method: str) -> None:
    """Prepare a worker process: make its work, and see to it that it ends when its coordinator does.

    Ctrl-C reaches every process of a terminal; only the coordinator acts on it, and ends its workers.
    """
    gc.freeze()  # what was there at the fork stays: a collection would touch it, and so copy its memory page by page
    gc.set_threshold(*GC_THRESHOLDS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    allow_interrupts()
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        if method == "fork":
            end_with(parent.pid)
        else:
            threading.Thread(target=end_after, args=(parent.join,), daemon=True).start()
    global _work
    _work = make_work()


def _work_on(chunk: list[Any]) -> list[Any]:
    return _work(chunk)


@dataclass(frozen=True, slots=True)
class Cluster:
    """An executor whose workers share no memory with this process, but see its files."""

    executor: Executor
    shared: str  # a folder that all workers see at this path
    width: int  # the most chunks under way at once


def map_tasks(
    make_work: Callable[[], Work[Task, Result]],
    tasks: Iterable[Task],
    workers: int,
    cluster: Cluster | None = None,
    meanwhile: Iterator[object] = NO_STEPS,
    weight: Callable[[Task], int] = lambda _task: 1,
) -> Iterator[Result]:
    """The results of all tasks, in their order. Tasks are drawn as they are needed, so they need not fit in memory.

    `weight` says how much longer a task takes than most: chunks are of one weight, so that all workers are busy.

    While workers are busy, this process takes a step of `meanwhile` for each chunk; the caller takes the steps that are
    left. SystemFault where a worker dies.
    """
    remaining = iter(tasks)
    first = _chunk(remaining, weight)
    if sum(map(weight, first)) < MIN_FOR_WORKERS or (workers <= 1 and cluster is None):
        work = make_work()
        chunk = first
        while chunk:
            yield from work(chunk)
            chunk = _chunk(remaining, weight)
    elif cluster is None:
        yield from _in_processes(make_work, _chunks(first, remaining, weight), workers, meanwhile)
    else:
        yield from _on_cluster(make_work, _chunks(first, remaining, weight), cluster, meanwhile)


@contextmanager
def in_background(
    work: Callable[[Task], bytes], tasks: list[Task], workers: int
) -> Iterator[Callable[[], list[bytes]]]:
    """Do up to a thousand tasks in another process during the block, which gets a function that returns the results.

    When that is called, both processes do what is left. This process does everything then, where there is one worker,
    where the system cannot fork, and where the other process failed, so that the error is raised here.
    """
    parent = os.getpid()
    has_one_thread = threading.active_count() == 1  # a fork would have none of the others
    if sys.platform == "win32" or not (can_fork() and workers > 1 and tasks and has_one_thread):
        yield lambda: [work(task) for task in tasks]
        return
    numbers = _SharedCounter(len(tasks))
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no more processes
        numbers.close()
        os.close(reader)
        os.close(writer)
        yield lambda: [work(task) for task in tasks]
        return
    if child == 0:
        code = 1
        try:
            end_with(parent)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            os.close(reader)
            done = [(number, work(tasks[number])) for number in numbers]
            with open(writer, "wb") as answer:
                marshal.dump(done, answer)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with open(reader, "rb") as pipe:
        running = [child]

        def results() -> list[bytes]:
            done = {number: work(tasks[number]) for number in numbers}
            data = pipe.read()
            if _has_succeeded(running.pop()):
                done.update(marshal.loads(data))
            return [done[number] if number in done else work(task) for number, task in enumerate(tasks)]

        try:
            yield results
        finally:
            numbers.close()
            for pid in running:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                _has_succeeded(pid)


def _has_succeeded(pid: int) -> bool:
    """Wait for a process to end, and say whether it succeeded."""
    try:
        return os.waitpid(pid, 0)[1] == 0
    except ChildProcessError:  # SIGCHLD is ignored, so nothing is known of children
        return False


class _SharedCounter:
    """The numbers from 0, each given once, to whichever of two processes asks first: both read one pipe."""

    _SIZE = 2  # bytes of a number: 2,000 fit into the smallest pipe

    def __init__(self, count: int) -> None:
        self._reader, writer = os.pipe()
        with open(writer, "wb") as pipe:
            for number in range(count):
                pipe.write(number.to_bytes(self._SIZE, "big"))

    def __iter__(self) -> Iterator[int]:
        while number := os.read(self._reader, self._SIZE):
            yield int.from_bytes(number, "big")

    def close(self) -> None:
        """Close this process's end of the pipe."""
        os.close(self._reader)


def _chunk(remaining: Iterator[Task], weight: Callable[[Task], int]) -> list[Task]:
    """The next tasks, of CHUNK_SIZE together; fewer at the end."""
    chunk, total = [], 0
    while total < CHUNK_SIZE and (task := next(remaining, None)) is not None:
        chunk.append(task)
        total += weight(task)
    return chunk


def _chunks(first: list[Task], remaining: Iterator[Task], weight: Callable[[Task], int]) -> Chunks[Task]:
    middle = len(first) // 2
    yield from (first[:middle], first[middle:])  # so that two workers are busy even where there is little to do
    while chunk := _chunk(remaining, weight):
        yield chunk


def _in_processes(
    make_work: Callable[[], Work[Task, Result]], chunks: Chunks[Task], workers: int, meanwhile: Iterator[object]
) -> Iterator[Result]:
    """Map in processes of this computer; those that are forked have at once all that `make_work` holds."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method, most = ("fork", workers) if can_fork() else ("spawn", min(workers, _MOST_SPAWNED))
    context = multiprocessing.get_context(method)
    executor = ProcessPoolExecutor(most, context, _start_worker, (make_work, method))

    def submit(chunk: list[Task]) -> Future[list[Result]]:
        with interrupts_held():  # the first one starts the workers, which do not ignore Ctrl-C yet
            return executor.submit(_work_on, chunk)

    others = set(multiprocessing.active_children())
    try:
        yield from _results(submit, chunks, 3 * workers, meanwhile)
    except BaseException:  # nobody waits for what is under way: half a minute, where it is large pictures
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _on_cluster(
    make_work: Callable[[], Work[Task, Result]], chunks: Chunks[Task], cluster: Cluster, meanwhile: Iterator[object]
) -> Iterator[Result]:
    """Map on a cluster: `make_work` is put into a file once, which each worker reads once."""
    import pickle
    import tempfile

    descriptor, path = tempfile.mkstemp(prefix="work-", dir=cluster.shared)
    try:
        with open(descriptor, "wb") as file:
            pickle.dump(make_work, file, pickle.HIGHEST_PROTOCOL)
        submit = cluster.executor.submit
        yield from _results(lambda chunk: submit(_work_on_shared, path, chunk), chunks, cluster.width, meanwhile)
    finally:
        os.unlink(path)


def _results(
    submit: Callable[[list[Task]], Future[list[Result]]], chunks: Chunks[Task], width: int, meanwhile: Iterator[object]
) -> Iterator[Result]:
    """Submit chunks, at most `width` at once, and yield their results in order."""
    from concurrent.futures import BrokenExecutor, CancelledError

    pending: deque[Future[list[Result]]] = deque()
    try:
        for chunk in chunks:
            pending.append(submit(chunk))
            if len(pending) > width:
                next(meanwhile, None)
                yield from pending.popleft().result()
        while pending:
            next(meanwhile, None)
            yield from pending.popleft().result()
    except (BrokenExecutor, CancelledError) as error:
        raise SystemFault(Problem("worker-died", "")) from error


_shared_work = threading.local()  # in a worker of a cluster, for each thread: the file that was read, and its work


def _work_on_shared(path: str, chunk: list[Any]) -> list[Any]:
    """In a worker of a cluster: do what the file at `path` says with a chunk."""
    if getattr(_shared_work, "path", "") != path:
        import pickle

        with open(path, "rb") as file:
            _shared_work.work = pickle.load(file)()
        _shared_work.path = path
    done: list[Any] = _shared_work.work(chunk)
    return done
