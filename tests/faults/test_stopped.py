"""Ctrl-C and SIGTERM end a build at once, in one line; its workers end with it, even where it is killed."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.support.archive import COMMAND, ENVIRONMENT, SETTINGS, Archive
from tests.support.other_systems import PATHS
from tests.support.serving import until
from tests.support.sites import story
from tests.support.strace import injected, require_strace

STORIES = 250  # more than are done without workers
LINE = "Stopped. Files written so far are complete: run it again."

SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows, where this is skipped, has none


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A site whose build takes so long that a signal arrives in the middle."""
    files = {"pyproject.toml": SETTINGS}
    for number in range(STORIES):
        date, tags = f"2019-05-{1 + number % 28:02}T10:00", f"[t{number % 40}]"
        files[f"content/world/{number}.md"] = story(f"Story {number}", date, id=f"s{number}", tags=tags)
    archive = Archive(tmp_path_factory.mktemp("large") / "site")
    archive.save(files)
    return archive


@pytest.mark.parametrize("how", [SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("system", ["", "macos"])
def test_a_build_that_is_stopped_lets_go_of_everything(large: Archive, how: signal.Signals, system: str) -> None:
    """As on a Mac too: workers that were not forked end in another way."""
    large.reset()
    environment = ENVIRONMENT | ({"NEWSGEN_TEST_SYSTEM": system, "PYTHONPATH": PATHS} if system else {})
    command = [*COMMAND, "build", "--site", str(large.root)]
    child = subprocess.Popen(
        [*command, "--jobs", "3"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until(lambda: child.poll() is not None or any(large.output.glob("world/2019/05/*/*.html")))
    assert child.poll() is None
    if how == signal.SIGINT:
        os.killpg(child.pid, how)  # as a terminal does
    else:
        child.send_signal(how)
    _stdout, stderr = child.communicate(timeout=120)
    assert child.returncode == {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}[how]
    if how != signal.SIGKILL:
        assert stderr.decode().strip() == LINE  # after ^C, on a line of its own
    elif not system:  # where a process is not forked, Python itself complains of what it was not given
        assert not stderr
    until(lambda: not subprocess.run(["pgrep", "-g", str(child.pid)], capture_output=True, check=False).stdout)
    large.run([*command, "--jobs", "2"])
    large.assert_clean()


@pytest.mark.parametrize(
    ("how", "code", "call"), [("SIGTERM", 143, "rename"), ("SIGINT", 130, "rename"), ("SIGTERM", 143, "fdatasync")]
)
def test_a_build_that_is_stopped_at_one_place(archive: Archive, how: str, code: int, call: str) -> None:
    """At its third page, and at the third time that it waits for the disk to have its record."""
    require_strace()
    done = archive.run(injected(f"signal={how}:when=3", [call], archive.command()), (code,))
    assert done.stderr.strip() == LINE
    archive.build()
    archive.assert_clean()
