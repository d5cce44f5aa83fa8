"""Publishing by ssh while the connection breaks, or the command is killed, after any number of bytes.

Readers see the old site or the new one, whole; the next run completes; nothing is left of the one that was ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgen.model.errors import SystemFault
from newsgen.model.targets import TargetSettings
from tests.publish.test_ssh import Server, whole
from tests.support.archive import COMMAND, ENVIRONMENT, tree
from tests.support.proxy import Proxy
from tests.support.publications import FakeTime, Reader, Site, a_site
from tests.support.sshd import Sshd, require_sshd


class Day:
    """A site that was published in the morning, and edited, with a kill, and built again by the evening."""

    def __init__(self, sshd: Sshd, proxy: Proxy, folder: Path) -> None:
        self.sshd, self.proxy = sshd, proxy
        self.www, self.morning = folder / "www", folder / "morning"
        target = f'kind = "ssh"\nhost = "127.0.0.1"\nport = {proxy.port}\nuser = "{sshd.user}"\npath = "{self.www}"'
        self.site: Site = a_site(folder / "site", target)
        self.site.env = sshd.env
        self.publish()
        self.old = self.site.public()
        self.site.correct("s12")
        self.site.change_picture("s20")
        self.site.kill("s13")
        self.site.build_now()
        self.new = self.site.public()
        self.morning = folder / "morning"
        shutil.copytree(self.www, self.morning, symlinks=True)
        before = proxy.passed
        self.publish()
        self.bytes = proxy.passed - before
        self.assert_done("whole")

    def publish(self) -> None:
        self.site.publish()

    def reset(self) -> None:
        """The target is as it was in the morning, and no connection is open."""
        self.proxy.is_down = False
        self.sshd.disconnect()
        shutil.rmtree(self.www)
        shutil.copytree(self.morning, self.www, symlinks=True)

    def read(self, path: str) -> bytes | None:
        """What a reader gets."""
        try:
            return (self.www / "current" / path).read_bytes()
        except OSError:
            return None

    def begin(self) -> subprocess.Popen[bytes]:
        """A publication, in a group of processes of its own."""
        command = [*COMMAND, "publish", "--site", str(self.site.root)]
        silent = subprocess.DEVNULL
        return subprocess.Popen(
            command, env=ENVIRONMENT | self.sshd.env, stdout=silent, stderr=silent, start_new_session=True
        )

    def assert_done(self, case: object) -> None:
        """The new site stands, nothing is left of a killed run, and the killed story is nowhere."""
        served = tree((self.www / "current").resolve())
        served.pop(".well-known/newsgen-manifest.json")
        assert served == self.new, case
        assert sorted(os.listdir(self.www)) == ["current", "releases"], case
        assert [name for name in os.listdir(self.www / "releases") if name.startswith(".")] == [], case
        page = self.site.url("s13")[1:]
        assert {data for path, data in tree(self.www).items() if path.endswith(page)} == {self.new[page]}, case

    def kill_and_publish_again(self, points: int) -> list[str]:
        """Kill a publication after so many bytes, while a reader looks; which sites readers saw afterwards.

        Every second time what it has started lives on: ssh and rsync may still be at work as the next one begins.
        """
        seen = []
        for number in range(points):
            self.reset()
            with Reader(self.read, self.old, self.new, is_whole=True) as reader:
                process = self.begin()
                kill = os.killpg if number % 2 else os.kill
                self.proxy.after(self.bytes * number // points + 1, lambda: kill(process.pid, signal.SIGKILL))  # noqa: B023
                if process.wait(60):
                    seen.append("new" if self.read("index.html") == self.new["index.html"] else "old")
                self.publish()
            assert reader.findings == [], number
            assert reader.saw_new
            self.assert_done(number)
        return seen


@pytest.fixture(scope="module")
def sshd() -> Iterator[Sshd]:
    require_sshd()
    with Sshd() as server:
        yield server


@pytest.fixture(scope="module")
def proxy(sshd: Sshd) -> Iterator[Proxy]:
    with Proxy(sshd.port) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def day(sshd: Sshd, proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Day:
    return Day(sshd, proxy, tmp_path_factory.mktemp("day"))


def test_killed_after_some_bytes(day: Day) -> None:
    assert len(day.kill_and_publish_again(4)) >= 3


@pytest.mark.long
def test_killed_after_any_number_of_bytes(day: Day) -> None:
    seen = day.kill_and_publish_again(54)
    assert len(seen) >= 50
    print(f"{len(seen)} of {len(seen)} kills recovered; readers saw the new site after {seen.count('new')} of them")


class Changing(Server):
    """A server behind a proxy, with a site whose every page changes."""

    def __init__(self, sshd: Sshd, proxy: Proxy, folder: Path) -> None:
        super().__init__(sshd, folder)
        self.proxy = proxy
        self.settings = TargetSettings(
            "live", "ssh", host="127.0.0.1", port=proxy.port, user=sshd.user, path=str(self.root)
        )
        names = [f"world/{number}.html" for number in range(40)]
        self.old = {name: b"old" + os.urandom(20_000) for name in names} | {"index.html": b"old"}
        self.new = {name: b"new" + os.urandom(20_000) for name in names} | {"index.html": b"new"}
        self.publish(self.release(dict(self.old)))
        shutil.copytree(self.root, self.root.with_name("morning"), symlinks=True)

    def reset(self) -> None:
        self.proxy.is_down = False
        self.sshd.disconnect()
        shutil.rmtree(self.root)
        shutil.copytree(self.root.with_name("morning"), self.root, symlinks=True)

    def read(self, path: str) -> bytes | None:
        try:
            return (self.current / path).read_bytes()
        except OSError:
            return None


def cut(server: Changing, points: int, *, stays_down: bool) -> None:
    what = server.release(dict(server.new))
    before = server.proxy.passed
    server.publish(what)
    size = server.proxy.passed - before
    for number in range(points):
        server.reset()
        with Reader(server.read, server.old, server.new, is_whole=True) as reader:
            server.proxy.after(size * number // points + 1, server.proxy.go_down if stays_down else server.proxy.cut)
            if stays_down:
                with pytest.raises(SystemFault) as fault:
                    server.publish(what)
                assert fault.value.problems[0].rule == "publish-failed", fault.value.problems
                server.proxy.is_down = False
            server.publish(what)
        assert reader.findings == [], number
        assert server.served() == whole(what), number
        assert [name for name in server.names() if name.startswith(".")] == [], number


@pytest.mark.parametrize("stays_down", [False, True])
def test_a_connection_that_breaks(sshd: Sshd, proxy: Proxy, tmp_path: Path, stays_down: bool) -> None:
    """Once, and the same run goes on; or for good, and the next one does."""
    cut(Changing(sshd, proxy, tmp_path), 3, stays_down=stays_down)


@pytest.mark.long
@pytest.mark.parametrize("stays_down", [False, True])
def test_a_connection_that_breaks_anywhere(sshd: Sshd, proxy: Proxy, tmp_path: Path, stays_down: bool) -> None:
    cut(Changing(sshd, proxy, tmp_path), 50, stays_down=stays_down)


def test_what_was_sent_is_not_sent_again(sshd: Sshd, proxy: Proxy, tmp_path: Path) -> None:
    """The connection breaks for good when half of the files have come to the server."""
    server = Changing(sshd, proxy, tmp_path)
    what = server.release(dict(server.new))

    def look_and_cut(path: str) -> bytes | None:
        if len([*server.root.glob("releases/.partial-*/world/[0-9]*.html")]) >= 20:
            proxy.go_down()
        return server.read(path)

    with Reader(look_and_cut, server.old, server.new, is_whole=True) as reader, pytest.raises(SystemFault):
        server.publish(what)
    assert reader.findings == []
    proxy.is_down = False
    before = proxy.passed
    server.publish(what)
    assert proxy.passed - before < 30 * 20_000
    assert server.served() == whole(what)


@pytest.mark.long
def test_a_connection_that_stalls(sshd: Sshd, proxy: Proxy, tmp_path: Path) -> None:
    """ssh waits for a minute, then gives it up, and newsgen tries again."""
    server = Changing(sshd, proxy, tmp_path)
    what = server.release(dict(server.new))
    sleeping = FakeTime(server.time.now)
    server.time = sleeping
    resumed: list[float] = []

    def sleep(seconds: float) -> None:
        resumed.append(seconds)
        proxy.flow()

    sleeping.sleep = sleep  # type: ignore[method-assign]
    with Reader(server.read, server.old, server.new, is_whole=True) as reader:
        proxy.after(30_000, proxy.stall)
        server.publish(what)
    assert reader.findings == []
    assert resumed
    assert server.served() == whole(what)
