"""Work in this process, in several, or beside this one: the same results, in the same order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsgen import pool


class Squares:
    """Work that says in which process it was done."""

    def __call__(self) -> Callable[[list[int]], list[tuple[int, int]]]:
        return lambda batch: [(number * number, os.getpid()) for number in batch]


@pytest.mark.parametrize("count", [0, 1, pool.ALONE - 1, pool.ALONE, pool.BATCH, 3 * pool.BATCH + 1])
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_result_once_and_in_order(count: int, jobs: int) -> None:
    found = list(pool.run(Squares(), iter(range(count)), jobs))
    assert [square for square, _pid in found] == [number * number for number in range(count)]
    is_here = {pid for _square, pid in found} <= {os.getpid()}
    assert is_here == (jobs == 1 or count < pool.ALONE)


def test_steps_are_taken_meanwhile_and_left_to_their_owner() -> None:
    steps: Iterator[int] = iter(range(1000))
    list(pool.run(Squares(), range(8 * pool.BATCH), 2, meanwhile=steps))
    left = len(list(steps))
    assert 0 < left < 1000
    untouched = iter(range(3))
    list(pool.run(Squares(), range(3), 2, meanwhile=untouched))
    assert len(list(untouched)) == 3


# --- aside ----------------------------------------------------------------------------------------------------------


def test_aside_is_another_process_and_its_result_comes_back() -> None:
    large = b"x" * 1_000_000  # more than a pipe holds
    with pool.aside(lambda: str(os.getpid()).encode() + b" " + large, 2) as told:
        pid, _blank, rest = told().partition(b" ")
    assert int(pid) != os.getpid()
    assert rest == large


def test_with_one_job_it_is_done_here_when_called_for() -> None:
    done: list[int] = []

    def work() -> bytes:
        done.append(os.getpid())
        return b"here"

    with pool.aside(work, 1) as told:
        assert done == []
        assert told() == b"here"
    assert done == [os.getpid()]
    with pool.aside(work, 1):
        pass
    assert done == [os.getpid()]


def test_what_fails_aside_is_done_here_so_that_its_error_is_raised_here() -> None:
    here = os.getpid()

    def there() -> bytes:
        if os.getpid() != here:
            os._exit(7)  # as a process that is killed for its memory
        return b"here"

    with pool.aside(there, 2) as told:
        assert told() == b"here"

    def nowhere() -> bytes:
        raise ValueError("no such folder")

    with pytest.raises(ValueError, match="no such folder"), pool.aside(nowhere, 2) as told:
        told()


@pytest.mark.skipif(sys.platform != "linux", reason="finds its pipe in /proc")
def test_half_a_result_is_none(tmp_path: Path) -> None:
    """Bytes that came before the other process died are not taken for what it wanted to say."""
    here = os.getpid()
    marker = tmp_path / "asked"

    def work() -> bytes:
        if os.getpid() == here:
            marker.write_bytes(b"")
            return b"whole"
        os.write(max(int(name) for name in os.listdir("/proc/self/fd") if _is_pipe(name)), b"half")
        os._exit(1)

    with pool.aside(work, 2) as told:
        assert told() == b"whole"
    assert marker.exists()


def _is_pipe(name: str) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{name}").startswith("pipe:")
    except OSError:
        return False


def test_a_block_that_does_not_ask_leaves_no_process() -> None:
    reader, writer = os.pipe()
    with pytest.raises(ZeroDivisionError), pool.aside(lambda: os.read(reader, 1), 2):  # which waits for ever
        raise ZeroDivisionError
    os.close(writer)
    assert os.read(reader, 1) == b""  # nobody else holds the other end
    os.close(reader)
