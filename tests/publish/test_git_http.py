"""A branch over HTTP: a host that wants a token, is busy, cuts the connection, or says no, at every request."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsgen.messages.shown import show
from newsgen.model.errors import SystemFault
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish.git import open_target
from newsgen.publish.release import Release
from newsgen.publish.run import Plan, make_plan, perform
from newsgen.publish.send import NO_PROGRESS
from tests.support.git_http import GitHost
from tests.support.git_remotes import git_environment
from tests.support.loopback import Fault
from tests.support.publications import FakeTime, surroundings
from tests.support.targets import release

TOKEN = "planted-token-over-http"
OLD = {f"world/{number:02}.html": f"text {number}" for number in range(30)} | {
    "index.html": "old",
    "assets/site.0.css": "",
}
NEW = OLD | {"index.html": "new", "world/03.html": "another", "assets/site.1.css": "css"}
HELPER = '!f() { test "$1" = get && echo username=x-access-token && echo "password=$GITHUB_TOKEN"; }; f'
FAULTS = tuple(fault for fault in Fault if fault is not Fault.CALL)


class Computer:
    """A computer that publishes to the host, as `newsgen publish` does, with a clock that only sleeping moves."""

    def __init__(self, host: GitHost, folder: Path) -> None:
        self.host, self.time, self.folder = host, FakeTime(), folder
        (folder / ".newsgen").mkdir(parents=True, exist_ok=True)
        self.env = git_environment(folder) | {
            "GITHUB_TOKEN": TOKEN, "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": HELPER, "GIT_HTTP_LOW_SPEED_TIME": "1",
        }  # fmt: skip

    def publish(self, what: Release) -> Plan:
        around = surroundings(self.folder, self.time, **self.env)
        target = open_target(
            TargetSettings("live", "github", remote=self.host.url), Settings("A", "https://wire.example/a"), around
        )
        plan = make_plan(target, what, around, is_forced=False)
        perform(target, plan, around, NO_PROGRESS)
        return plan

    def files_with_the_token(self) -> list[Path]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [path for path in files if TOKEN.encode() in path.read_bytes()]


def shown(files: dict[str, str]) -> dict[str, bytes]:
    return {path: text.encode() for path, text in files.items()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host's folder and a computer's, after a first publication."""
    folder = tmp_path_factory.mktemp("http")
    with GitHost(folder / "host", TOKEN) as host:
        Computer(host, folder / "computer").publish(release(OLD))
        assert host.remote.site() == shown(OLD)
    return folder


def requests_of(first: Path, folder: Path) -> int:
    """How many requests the second publication makes."""
    shutil.copytree(first, folder)
    with GitHost(folder / "host", TOKEN) as host:
        plan = Computer(host, folder / "computer").publish(release(NEW))
        assert plan.difference.put == ("assets/site.1.css", "index.html", "world/03.html")
        assert host.remote.site() == shown(NEW)
        return len(host.requests)


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_at_any_request(first: Path, tmp_path: Path, fault: Fault) -> None:
    """The old site or the new one, whole; the next run has the new one; the token is in no message and no file."""
    count = requests_of(first, tmp_path / "counted")
    assert count >= 5
    for nth in range(1, count + 1):
        folder = tmp_path / str(nth)
        shutil.copytree(first, folder)
        with GitHost(folder / "host", TOKEN, {nth: fault}) as host:
            computer = Computer(host, folder / "computer")
            try:
                computer.publish(release(NEW))
            except SystemFault as failed:
                said = show(failed.problems[0])
                assert TOKEN not in said, nth
                assert "git says" in said, (nth, said)
                assert fault is Fault.UNAUTHORISED, (nth, said)
                assert host.remote.site() in (shown(OLD), shown(NEW)), nth
                computer.publish(release(NEW))
            assert host.remote.site() == shown(NEW), nth
            assert computer.publish(release(NEW)).is_nothing, nth
            assert host.remote.text("rev-list", "--count", "gh-pages") == "1"
            assert computer.files_with_the_token() == [], nth


def test_a_token_that_is_none_any_more(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "copy")
    with GitHost(tmp_path / "copy" / "host", "another-token") as host:
        computer = Computer(host, tmp_path / "copy" / "computer")
        with pytest.raises(SystemFault) as raised:
            computer.publish(release(NEW))
        said = show(raised.value.problems[0])
        assert "git says" in said
        assert "Authentication failed" in said
        assert TOKEN not in said
        assert computer.time.slept == []  # to try again would not help
        assert host.remote.site() == shown(OLD)


def test_a_host_that_stays_busy_is_told_after_six_attempts(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "copy")
    busy = dict.fromkeys(range(1, 100), Fault.SERVER_ERROR)
    with GitHost(tmp_path / "copy" / "host", TOKEN, busy) as host:
        computer = Computer(host, tmp_path / "copy" / "computer")
        with pytest.raises(SystemFault) as raised:
            computer.publish(release(NEW))
        assert "500" in show(raised.value.problems[0])
        assert computer.time.slept == [1.0, 2.0, 4.0, 8.0, 16.0]
        assert host.remote.site() == shown(OLD)
