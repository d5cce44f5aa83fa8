"""Publishing to a folder that is killed at any system call: readers see the old site or the new one, whole."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.archive import COMMAND, tree
from tests.support.publications import Reader, a_site
from tests.support.strace import CHANGING, Call, calls, injected, require_strace, spread

SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows, where this is skipped, has none
KILLED = (-SIGKILL, 128 + SIGKILL)
NAMES = (*CHANGING, "link", "linkat", "symlink", "symlinkat", "unlinkat", "renameat", "renameat2", "mkdirat")


class Day:
    """A site that is published in the morning, and edited, with a kill, and built again by the evening."""

    def __init__(self, folder: Path) -> None:
        require_strace()
        self.site = a_site(folder / "site", 'kind = "folder"\npath = "../www"')
        self.www = folder / "www"
        self.site.publish()
        self.old = self.site.public()
        self.site.correct("s12")
        self.site.change_picture("s20")
        self.site.kill("s13")
        self.site.build_now()
        self.new = self.site.public()
        self.morning = folder / "morning"
        shutil.copytree(self.www, self.morning, symlinks=True)
        self.command = [*COMMAND, "publish", "--site", str(self.site.root)]

    def reset(self) -> None:
        """The target is as it was in the morning."""
        shutil.rmtree(self.www)
        shutil.copytree(self.morning, self.www, symlinks=True)

    def read(self, path: str) -> bytes | None:
        """What a reader gets."""
        try:
            return (self.www / "current" / path).read_bytes()
        except OSError:
            return None

    def points(self) -> list[Call]:
        self.reset()
        found = calls(self.site, self.command, NAMES, begins=f"{self.www}/releases/")
        self.reset()
        return list(dict.fromkeys(found))  # the first thread to get so far is killed

    def kill_and_publish_again(self, points: Sequence[Call]) -> list[str]:
        """Kill a publication at each point, while a reader looks; which sites readers saw after each that was killed.

        Threads share the files as they come, so that a high number may not be reached.
        """
        seen = []
        for name, number in points:
            self.reset()
            with Reader(self.read, self.old, self.new, is_whole=True) as reader:
                done = self.site.run(injected(f"signal=SIGKILL:when={number}", [name], self.command), (0, *KILLED))
                if done.code:
                    seen.append("new" if self.read("index.html") == self.new["index.html"] else "old")
                self.site.publish()
            assert reader.findings == [], (name, number)
            assert reader.rounds > 2
            assert reader.saw_new
            self.assert_done((name, number))
        return seen

    def assert_done(self, case: object) -> None:
        """The new site stands, nothing is left of a killed run, and the killed story is nowhere."""
        served = tree((self.www / "current").resolve())
        served.pop(".well-known/newsgen-manifest.json")
        assert served == self.new, case
        assert sorted(os.listdir(self.www)) == ["current", "releases"], case
        assert [name for name in os.listdir(self.www / "releases") if name.startswith(".")] == [], case
        page = self.site.url("s13")[1:]
        pages = {data for path, data in tree(self.www).items() if path.endswith(page)}
        assert pages == {self.new[page]}, case


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    return Day(tmp_path_factory.mktemp("day"))


def test_killed_at_some_system_calls(day: Day) -> None:
    points = day.points()
    assert {name for name, _number in points} >= {"rename", "symlink", "link", "mkdir"}
    last = [point for point in points if point[0] in ("rename", "symlink")][-3:]  # these decide what readers see
    assert len(day.kill_and_publish_again([*last, *spread(points, 3)])) >= 4


@pytest.mark.long
def test_killed_at_fifty_system_calls(day: Day) -> None:
    points = day.points()
    seen = day.kill_and_publish_again(spread(points, 60))
    assert {*seen} == {"old", "new"}
    assert len(seen) >= 50
    print(f"{len(seen)} of {len(seen)} kill points recovered, of {len(points)} there are")


def test_a_full_disk(day: Day) -> None:
    """Readers go on seeing the old site, and the sentence says which folder is full."""
    points = [point for point in day.points() if point[0] in ("write", "link", "mkdir", "rename", "symlink")]
    for name, number in spread(points, 3):
        day.reset()
        command = injected(f"error=ENOSPC:when={number}+", [name], day.command)
        done = day.site.run(command, (0, 4))
        assert day.read("index.html") in (day.old["index.html"], day.new["index.html"])
        if done.code == 4:
            assert "No space left on device" in done.stderr
            assert str(day.www) in done.stderr
        day.site.publish()
        day.assert_done((name, number))
