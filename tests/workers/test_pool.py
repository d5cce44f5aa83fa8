"""Work in this process, in several, or in the background: the same results, in the same order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator

import pytest

from newsgen.workers import pool
from newsgen.workers.system import can_fork


class Squares:
    """Work that says in which process it was done."""

    def __call__(self) -> Callable[[list[int]], list[tuple[int, int]]]:
        return lambda batch: [(number * number, os.getpid()) for number in batch]


@pytest.mark.parametrize(
    "count", [0, 1, pool.MIN_FOR_WORKERS - 1, pool.MIN_FOR_WORKERS, pool.CHUNK_SIZE, 3 * pool.CHUNK_SIZE + 1]
)
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_result_once_and_in_order(count: int, workers: int) -> None:
    results = list(pool.map_tasks(Squares(), iter(range(count)), workers))
    assert [square for square, _pid in results] == [number * number for number in range(count)]
    is_here = {pid for _square, pid in results} <= {os.getpid()}
    assert is_here == (workers == 1 or count < pool.MIN_FOR_WORKERS)


def test_steps_are_taken_meanwhile_and_the_rest_is_left_to_the_caller() -> None:
    steps: Iterator[int] = iter(range(1000))
    list(pool.map_tasks(Squares(), range(8 * pool.CHUNK_SIZE), 2, meanwhile=steps))
    left = len(list(steps))
    assert 0 < left < 1000
    untouched = iter(range(3))
    list(pool.map_tasks(Squares(), range(3), 2, meanwhile=untouched))
    assert len(list(untouched)) == 3


class Endless:
    """Work of which all but the first chunk waits for a byte that nobody writes."""

    def __init__(self, reader: int) -> None:
        self._reader = reader

    def __call__(self) -> Callable[[list[int]], list[int]]:
        def work(batch: list[int]) -> list[int]:
            if batch[0]:
                os.read(self._reader, 1)
            return batch

        return work


@pytest.mark.skipif(not can_fork(), reason="a pipe is handed on by a fork")
def test_who_breaks_off_does_not_wait_for_what_is_under_way() -> None:
    reader, writer = os.pipe()
    results = pool.map_tasks(Endless(reader), range(4 * pool.CHUNK_SIZE), 2)
    assert next(results) == 0
    assert isinstance(results, Generator)
    results.close()  # as happens to it where something is raised while it is gone through
    assert multiprocessing.active_children() == []
    os.close(reader)
    os.close(writer)


# --- in_background: each check in a process of its own, for a process that has threads does not fork ------------------


def whose(task: int) -> bytes:
    return f"{task} {os.getpid()}".encode()


def two_processes_do_every_task_once_with_results_in_order() -> None:
    reader, writer = os.pipe()

    def work(task: int) -> bytes:
        if task == 7:
            os.write(writer, b".")  # the other process has begun, and has done some
        return whose(task) + b"x" * 10_000  # together more than a pipe holds

    with pool.in_background(work, list(range(1000)), 2) as results:
        assert os.read(reader, 1) == b"."
        pairs = [result.rstrip(b"x").split() for result in results()]
    assert [int(task) for task, _pid in pairs] == list(range(1000))
    there = [pid for _task, pid in pairs if int(pid) != os.getpid()]
    assert len(there) >= 8
    assert len(set(there)) == 1


def this_process_does_what_the_other_has_not_begun() -> None:
    reader, writer = os.pipe()
    here = os.getpid()

    def work(task: int) -> bytes:
        if os.getpid() != here:
            os.read(reader, 1)  # busy with its first task until this process has done the last
        elif task == 9:
            os.write(writer, b".")
        return whose(task)

    with pool.in_background(work, list(range(10)), 2) as results:
        pids = [int(result.split()[1]) for result in results()]
    assert len(pids) == 10
    assert sum(pid != here for pid in pids) <= 1


def what_fails_in_the_background_is_done_here_so_that_its_error_is_raised_here() -> None:
    here = os.getpid()
    reader, writer = os.pipe()
    for dies_at in (0, 5):

        def work(task: int) -> bytes:
            if os.getpid() != here and task >= dies_at:  # noqa: B023
                os.write(writer, b".")
                os._exit(7)  # as a process that is killed for its memory
            return whose(task)

        with pool.in_background(work, list(range(8)), 2) as results:
            assert os.read(reader, 1) == b"."
            assert results() == [whose(task) for task in range(8)]

    def never(task: int) -> bytes:
        raise ValueError("no such folder")

    with pytest.raises(ValueError, match="no such folder"), pool.in_background(never, [1, 2], 2) as results:
        results()


def a_block_that_does_not_ask_leaves_no_process() -> None:
    reader, writer = os.pipe()
    with (
        pytest.raises(ZeroDivisionError),
        pool.in_background(lambda _task: os.read(reader, 1), [1], 2),
    ):  # it waits for ever
        raise ZeroDivisionError
    os.close(writer)
    assert os.read(reader, 1) == b""  # nobody else holds the other end
    os.close(reader)


def a_process_that_ignores_sigchld_gets_the_results() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # as `trap "" CHLD` in a shell leaves it
    for _time in range(3):
        with pool.in_background(whose, list(range(50)), 2) as results:
            assert [result.split()[0] for result in results()] == [b"%d" % task for task in range(50)]
    with pool.in_background(whose, [1], 2):
        pass


def it_ends_when_its_coordinator_is_killed() -> None:
    reader, writer = os.pipe()
    never, _held = os.pipe()
    coordinator = os.fork()
    if coordinator == 0:
        with pool.in_background(
            lambda _task: os.read(never, os.write(writer, b".")), [1], 2
        ):  # it begins, and waits for ever
            signal.pause()
    os.close(writer)
    assert os.read(reader, 1) == b"."
    os.kill(coordinator, signal.SIGKILL)
    os.waitpid(coordinator, 0)
    assert os.read(reader, 1) == b""  # nobody holds the other end: it would hold a lock, too


CHECKS = [
    it_ends_when_its_coordinator_is_killed,
    a_process_that_ignores_sigchld_gets_the_results,
    two_processes_do_every_task_once_with_results_in_order,
    this_process_does_what_the_other_has_not_begun,
    what_fails_in_the_background_is_done_here_so_that_its_error_is_raised_here,
    a_block_that_does_not_ask_leaves_no_process,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_in_background(check: Callable[[], None]) -> None:
    process = multiprocessing.get_context("spawn").Process(target=check)
    process.start()
    process.join(60)
    try:
        assert process.exitcode == 0, "see its traceback"
    finally:
        process.kill()
        process.join()


@pytest.mark.parametrize(("workers", "count"), [(1, 3), (2, 0), (1, 0)])
def test_with_one_worker_all_is_done_here_when_results_are_asked_for(workers: int, count: int) -> None:
    done: list[int] = []

    def work(task: int) -> bytes:
        done.append(task)
        return whose(task)

    with pool.in_background(work, list(range(count)), workers) as results:
        assert done == []
        assert results() == [whose(task) for task in range(count)]
    assert done == list(range(count))
    with pool.in_background(work, list(range(count)), workers):
        pass
    assert done == list(range(count))


def test_a_process_with_threads_does_all_itself() -> None:
    is_done = threading.Event()
    thread = threading.Thread(target=is_done.wait)
    thread.start()
    try:
        with pool.in_background(whose, [1, 2], 2) as results:
            assert results() == [whose(1), whose(2)]
    finally:
        is_done.set()
        thread.join()
