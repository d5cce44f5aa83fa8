"""The disk is full or fails, a limit is met: exit 4, a path named, the next build mends all."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

import pytest

from tests.support.archive import ENVIRONMENT, Archive, evening, morning, tree
from tests.support.strace import Call, calls, injected, require_strace, spread

NAMES = ("write", "rename", "mkdir", "fsync", "fdatasync", "pwrite64", "unlink")
WORDS = {"ENOSPC": "No space left", "EIO": "Input/output error"}


def unreported(archive: Archive, faults: Sequence[tuple[str, Call, str]]) -> list[str]:
    """Let the build of `evening` or `morning` meet each fault; a line for all that was wrong after it."""
    versions = {"morning": morning(), "evening": evening()}
    clean = {}
    for name, files in versions.items():
        archive.save(files)
        clean[name] = archive.clean()
    archive.build()
    wrong = []
    last = "evening"
    for version, (call, number), error in faults:
        case = f"{version} {call} {number} {error}"
        if version == last:
            archive.save(versions["evening" if version == "morning" else "morning"])
            archive.build()
        archive.save(versions[version])
        last = version
        done = archive.run(injected(f"error={error}:when={number}", [call], archive.command()), (0, 4))
        if done.code == 0 and tree(archive.output) != clean[version]:
            wrong.append(f"{case}: exit 0, and the site is not whole")
        if done.code == 4:
            errors = [line for line in done.stderr.splitlines() if "warning:" not in line]
            if not any(("build/" in line or ".newsgen" in line) and ": " in line for line in errors):
                wrong.append(f"{case}: no path named: {errors}")
        archive.build()
        if tree(archive.output) != clean[version]:
            wrong.append(f"{case}: not repaired")
    return wrong


def faults(archive: Archive, count: int) -> list[tuple[str, Call, str]]:
    """`count` faults, spread over the system calls of two builds, without those that write to the terminal."""
    require_strace()
    parts: list[list[tuple[str, Call, str]]] = []
    for name, files in (("evening", evening()), ("morning", morning())):
        archive.save(files)
        all_calls = calls(archive, archive.command(), NAMES)
        archive.build()
        lock = next(call for call in all_calls if call[0] == "write")  # which has a test of its own
        chosen = spread([call for call in all_calls if call != lock], count // 2)
        parts.append([(name, call, ("ENOSPC", "EIO")[number % 2]) for number, call in enumerate(chosen)])
    return [fault for pair in zip(*parts, strict=True) for fault in reversed(pair)]


def test_some_errors_of_the_disk(built: Archive) -> None:
    assert unreported(built, faults(built, 6)) == []


@pytest.mark.long
def test_a_hundred_errors_of_the_disk(built: Archive) -> None:
    chosen = faults(built, 100)
    assert len(chosen) == 100
    wrong = unreported(built, chosen)
    print("\n".join([f"{100 - len(wrong)} of 100 errors reported and repaired", *wrong]))
    assert wrong == []


def test_a_disk_that_is_full_and_has_space_again(built: Archive) -> None:
    """From one moment on, every write fails; the pages that were there stay."""
    require_strace()
    before, old = tree(built.output), built.clean()
    built.save(evening())
    done = built.run(injected("error=ENOSPC:when=12+", ["rename", "mkdir"], built.command()), (4,))
    assert WORDS["ENOSPC"] in done.stderr
    assert "build/" in done.stderr
    now = tree(built.output)
    halves = [path for path in now if now[path] not in (before.get(path), built.clean().get(path))]
    assert [path for path in halves if not path.startswith(".newsgen-tmp/")] == []
    assert len(now) > len(old) // 2
    built.build()
    built.assert_clean()


def limited(archive: Archive, limit: str) -> list[str]:
    """The command that builds under a limit of the shell."""
    return ["bash", "-c", f'ulimit {limit}; exec "$@"', "bash", *archive.command()]


def test_a_limit_of_file_size(archive: Archive) -> None:
    """A page or the record is longer than a file may be."""
    for blocks in (8, 1):
        done = archive.run(limited(archive, f"-f {blocks}"), (4,))
        assert "File too large" in done.stderr or "disk" in done.stderr
        assert not [path for path, data in tree(archive.output).items() if len(data) > 1024 * blocks]
    archive.build()
    archive.assert_clean()


def test_a_limit_of_open_files(archive: Archive) -> None:
    done = archive.run(limited(archive, "-n 64"), (0, 4))
    if done.code == 4:
        assert "Too many open files" in done.stderr
        archive.build()
    archive.assert_clean()


def test_a_limit_of_memory(archive: Archive) -> None:
    """A picture that is larger than memory: the build says so, and names what it was reading."""
    with (archive.root / "content/world/boat.png").open("ab") as picture:
        picture.truncate(400_000_000)  # a hole: it takes no space
    done = subprocess.run(limited(archive, "-v 300000"), env=ENVIRONMENT, capture_output=True, text=True, check=False)
    (archive.root / "content/world/boat.png").unlink()  # before anything here reads it
    archive.save(morning())
    archive.build()
    archive.assert_clean()
    assert "Traceback" not in done.stderr
    assert done.returncode == 4


def test_an_error_at_the_lock_names_it(built: Archive) -> None:
    require_strace()
    done = built.run(injected("error=ENOSPC:when=1", ["write"], built.command()), (4,))
    assert WORDS["ENOSPC"] in done.stderr
    assert ".newsgen/lock" in done.stderr
