"""A build that is killed at any system call leaves whole files, and the next one ends where a clean one does."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Sequence

import pytest

from tests.support.archive import ENVIRONMENT, Archive, evening, morning, tree
from tests.support.sites import half_written
from tests.support.strace import Call, calls, injected, require_strace, spread

SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows, where this is skipped, has none
KILLED = (-SIGKILL, 128 + SIGKILL)


@pytest.fixture
def builds(built: Archive) -> dict[str, list[Call]]:
    """The system calls of the three builds that are killed: of the evening, of the morning, and the first of all."""
    require_strace()
    command = built.command()
    builds = {}
    for name, files in (("evening", evening()), ("morning", morning())):
        built.save(files)
        builds[name] = calls(built, command)
    built.reset()
    builds["first"] = calls(built, command)
    return builds


def kill_and_repair(archive: Archive, points: Sequence[tuple[str, Call]]) -> int:
    """Kill a build at each point, and build again; how many were killed and recovered."""
    versions = {"morning": morning(), "evening": evening()}
    clean = []
    for files in versions.values():
        archive.save(files)
        clean.append(archive.clean())
    archive.reset()
    archive.save(versions["morning"])
    archive.build()
    last, recovered = "morning", 0
    for name, (call, number) in points:
        if name == "first":
            archive.reset()
        elif name == last:  # bring the archive to where this build begins
            archive.save(versions["evening" if name == "morning" else "morning"])
            archive.build()
        if name != "first":
            archive.save(versions[name])
            last = name
        command = injected(f"signal=SIGKILL:when={number}", [call], archive.command())
        archive.run(command, KILLED)
        assert half_written(tree(archive.output), *clean) == [], (name, call, number)
        archive.build()
        archive.assert_clean((name, call, number))
        recovered += 1
    return recovered


def kill_points(builds: dict[str, list[Call]], count: int) -> list[tuple[str, Call]]:
    """Points spread over the three builds, which take turns."""
    kinds = list(builds)
    parts = [spread(builds[kind], -(-count // len(kinds))) for kind in kinds]
    points = [(kind, call) for row in zip(*parts, strict=True) for kind, call in zip(kinds, row, strict=True)]
    return points[:count]


def test_a_build_killed_at_some_system_calls(built: Archive, builds: dict[str, list[Call]]) -> None:
    assert kill_and_repair(built, kill_points(builds, 6)) == 6


@pytest.mark.long
def test_a_build_killed_at_two_hundred_system_calls(built: Archive, builds: dict[str, list[Call]]) -> None:
    chosen = kill_points(builds, 200)
    assert len(set(chosen)) == 200
    recovered = kill_and_repair(built, chosen)
    print(f"{recovered} of 200 kill points recovered, of {sum(map(len, builds.values()))} there are")


@pytest.mark.long
def test_a_build_killed_at_twenty_moments(built: Archive) -> None:
    """With workers, from the start of the process to its end."""
    generator = random.Random(20)
    command = [part if part != "1" else "3" for part in built.command()]
    began = time.monotonic()
    subprocess.run([*command, "--clean"], env=ENVIRONMENT, capture_output=True, check=True)
    whole_time = time.monotonic() - began
    files = [morning(), evening()]
    killed = 0
    for number in range(20):
        built.save(files[(number + 1) % 2])
        if number % 5 == 0:
            built.reset()
        child = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            child.wait(whole_time * generator.uniform(0.3, 1.0))
        except subprocess.TimeoutExpired:
            child.kill()
        killed += child.wait() == -signal.SIGKILL
        built.build()
        built.assert_clean(number)
    print(f"20 of 20 timed kills recovered; {killed} met a build at work")
    assert killed > 5


def test_a_lock_left_by_a_killed_build(shared_archive: Archive) -> None:
    """The file names a process that is gone, or is another program now: the next build takes the lock over."""
    for left in ("999999\n", "1\n", "rubbish"):
        (shared_archive.state / "lock").write_text(left)
        assert "0 written" in shared_archive.build().stdout
