"""What Windows does otherwise: files that somebody holds for a moment, names that mean something else."""

from __future__ import annotations

import errno

import pytest

from newsgen.disk.names import names_more_on_windows
from newsgen.disk.system import patiently

AT_ONCE = (0.0, 0.0)


def held(code: int) -> PermissionError:
    error = PermissionError(errno.EACCES, "Permission denied")
    error.winerror = code  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize("code", [5, 32])
def test_a_file_that_is_held_for_a_moment_is_tried_again(code: int) -> None:
    faults = [held(code), held(code)]
    calls = []

    def change() -> None:
        calls.append(1)
        if faults:
            raise faults.pop()

    patiently(change, AT_ONCE)
    assert len(calls) == 3


def test_what_stays_held_is_a_fault_in_the_end() -> None:
    calls = []

    def change() -> None:
        calls.append(1)
        raise held(32)

    with pytest.raises(PermissionError):
        patiently(change, AT_ONCE)
    assert len(calls) == 3


@pytest.mark.parametrize(
    "error", [PermissionError(errno.EACCES, "no"), FileNotFoundError(errno.ENOENT, "no"), held(1314)]
)
def test_other_faults_are_not_tried_again(error: OSError) -> None:
    calls = []

    def change() -> None:
        calls.append(1)
        raise error

    with pytest.raises(type(error)):
        patiently(change, AT_ONCE)
    assert len(calls) == 1


@pytest.mark.parametrize(
    "path", ["..\\x", "a\\b.md", "C:x", "C:/x", "a.md:b", "content/nul", "CON.md", "a/com1.tar.gz", "aux /x"]
)
def test_paths_that_would_name_something_else_on_windows(path: str) -> None:
    assert names_more_on_windows(path)


@pytest.mark.parametrize(
    "path", ["", "content/world/a.md", "content/console.md", "common/x", "a/lpt10.md", "caf\u00e9.md"]
)
def test_paths_that_are_the_same_on_windows(path: str) -> None:
    assert not names_more_on_windows(path)
