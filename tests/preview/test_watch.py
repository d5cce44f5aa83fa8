"""What the system tells of a site's files, and what happens where it cannot."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from queue import Queue

import pytest

from newsgen.preview.watch import Watch, WatchOptions, path_in_site
from tests.support.serving import a_folder


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are watched in other ways")
def test_what_watchdog_says_is_not_told_in_the_terminal(tmp_path: Path) -> None:
    """An event that comes while a watch ends is no news for an editor."""
    root = a_folder(tmp_path, 2)
    lines = (
        "import pathlib, sys; from newsgen.preview.watch import Watch",
        "watch = Watch(pathlib.Path(sys.argv[1]), print)",
        "emitters = list(watch._observer.emitters); watch.stop()",
        "[emitter.queue_events(0.0) for emitter in emitters]",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines), root], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_what_the_system_does_not_tell_is_seen_all_the_same(tmp_path: Path) -> None:
    """Folders for which there is no watch left: it looks again and again, and says so."""
    fdinfo = tmp_path / "fdinfo"
    options = WatchOptions(fdinfo=str(fdinfo))
    watch = Watch(a_folder(tmp_path, 2), lambda path, is_open: None, options)
    try:
        assert watch.check()  # where the system does not say what is watched
        assert (watch.is_polling, watch.reason) == (False, "")
        fdinfo.mkdir()  # it says that nothing is
        assert not watch.check()
        assert "limit" in watch.reason
    finally:
        watch.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what is watched")
def test_a_folder_that_came_after_the_watch_is_watched_from_then_on(tmp_path: Path) -> None:
    reported: Queue[str] = Queue()
    options = WatchOptions(folders=("content", "later"))
    watch = Watch(a_folder(tmp_path, 2), lambda path, is_open: reported.put(path), options)
    try:
        (tmp_path / "later/below").mkdir(parents=True)
        assert watch.check()
        assert not watch.is_polling
        (tmp_path / "later/below/a.txt").write_text("x")
        while reported.get(timeout=120) != "later/below/a.txt":
            pass
    finally:
        watch.stop()


def wait_for(reported: Queue[str], path: str) -> None:
    """Until something is reported of a path."""
    while reported.get(timeout=120) != path:
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders at once")
@pytest.mark.parametrize("is_removed", [True, False])
def test_after_two_folders_were_exchanged_it_watches_again(
    is_removed: bool, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """watchdog takes one for the other, and its thread ends where one of them is removed then."""
    hook = threading.excepthook
    reported: Queue[str] = Queue()
    content = a_folder(tmp_path, 2) / "content"
    for name in ("world", "world.next"):
        (content / name / "2019").mkdir(parents=True, exist_ok=True)
    watch = Watch(tmp_path, lambda path, is_open: reported.put(path), WatchOptions())
    try:
        paths = os.fsencode(content / "world"), os.fsencode(content / "world.next")
        assert ctypes.CDLL(None).renameat2(-100, paths[0], -100, paths[1], 2) == 0
        if is_removed:
            shutil.rmtree(content / "world.next")
        wait_for(reported, "content")  # whoever hears of it begins anew
        watch.restart()
        for number in range(2):
            (content / f"world/2019/{number}.md").write_text("x")
            wait_for(reported, f"content/world/2019/{number}.md")
    finally:
        watch.stop()
    assert threading.excepthook == hook
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("polls", [False, True])
def test_a_content_folder_that_is_a_link(polls: bool, tmp_path: Path) -> None:
    reported: Queue[str] = Queue()
    for name in ("elsewhere", "site"):
        (tmp_path / name).mkdir()
    stories = a_folder(tmp_path / "elsewhere", 2) / "content"
    (tmp_path / "site/content").symlink_to(stories)
    options = WatchOptions(polls=polls, poll_s=0.05)
    watch = Watch(tmp_path / "site", lambda path, is_open: reported.put(path), options)
    try:
        (stories / "new").mkdir()
        wait_for(reported, "content/new")
        (stories / "new/a.md").write_text("x")
        wait_for(reported, "content/new/a.md")
        (tmp_path / "site/content").unlink()
        wait_for(reported, "content")
        assert watch.check()
    finally:
        watch.stop()


@pytest.mark.parametrize(
    ("path", "folder", "name", "system", "found"),
    [
        ("C:\\Site\\content\\world\\a.md", "C:\\Site\\content", "content", PureWindowsPath, "content/world/a.md"),
        ("c:\\site\\content\\A.md", "C:\\Site\\content", "content", PureWindowsPath, "content/A.md"),
        ("C:\\Site\\content", "C:\\Site\\content", "content", PureWindowsPath, "content"),
        ("C:\\Site\\pyproject.toml", "C:\\Site", "", PureWindowsPath, "pyproject.toml"),
        ("\\\\server\\share\\content\\a.md", "\\\\server\\share\\content", "content", PureWindowsPath, "content/a.md"),
        ("C:\\Site\\contents\\a.md", "C:\\Site\\content", "content", PureWindowsPath, ""),
        ("/site/content/cafe\u0301.md", "/site/content", "content", PurePosixPath, "content/caf\u00e9.md"),
        ("/site", "/site", "", PurePosixPath, ""),
        ("/sites/a", "/site", "", PurePosixPath, ""),
    ],
)
def test_what_a_system_says_is_a_path_of_the_site(
    path: str, folder: str, name: str, system: type[PurePath], found: str
) -> None:
    assert path_in_site(path, folder, name, system) == found
