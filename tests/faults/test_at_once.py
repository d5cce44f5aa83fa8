"""Builds at once. One works; the others end with 3 and name its process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.archive import ENVIRONMENT, Archive, evening
from tests.support.strace import injected, require_strace


@contextmanager
def paused(archive: Archive) -> Iterator[int]:
    """A build that is stopped at its fifth page, by its process id. It goes on when the block ends."""
    require_strace()
    reading, writing = os.pipe()
    command = injected("signal=SIGSTOP:when=5", ["rename"], archive.command(), log=f"/dev/fd/{writing}")
    quiet = subprocess.DEVNULL
    tracer = subprocess.Popen(command, env=ENVIRONMENT, stdout=quiet, stderr=quiet, pass_fds=[writing])
    os.close(writing)
    with open(reading) as log:
        builder = next(int(line.split()[0]) for line in log if "stopped by SIGSTOP" in line)
        try:
            yield builder
        finally:
            os.kill(builder, signal.SIGCONT)
            tracer.wait(60)


def test_one_builds_and_the_others_name_it(built: Archive) -> None:
    built.save(evening())
    with paused(built) as builder:
        for arguments in ((), ("--clean",), ("--output", built.root.parent / "elsewhere")):
            stderr = built.build(*arguments, ok=(3,)).stderr
            assert f"process {builder})" in stderr
            assert len(stderr.splitlines()) == 1
        assert not (built.root.parent / "elsewhere").exists()
    built.assert_clean()
    assert "0 written" in built.build().stdout


def test_the_holder_is_killed(built: Archive) -> None:
    """A stopped build keeps others out; killed, it lets go at once."""
    built.save(evening())
    with paused(built) as builder:
        built.build(ok=(3,))
        os.kill(builder, signal.SIGKILL)
    built.build()
    built.assert_clean()


def test_eight_at_once(built: Archive) -> None:
    built.save(evening())
    builds = [
        subprocess.Popen(built.command(), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    ended = [(build.pid, build.communicate(timeout=120)[1], build.returncode) for build in builds]
    codes = [code for _pid, _stderr, code in ended]
    assert set(codes) <= {0, 3}
    assert 0 in codes
    for pid, stderr, code in ended:
        if code == 3:
            (holder,) = re.findall(r"process (\d+|\?)", stderr)  # ? where the holder had not yet written its id
            assert holder == "?" or int(holder) in {other for other, _stderr, _code in ended} - {pid}
    built.assert_clean()
