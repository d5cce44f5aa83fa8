"""What the system tells of a site's files, and what happens where it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from queue import Queue

import pytest

from newsgen.preview.watch import Watch, WatchOptions
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
        while reported.get(timeout=20) != "later/below/a.txt":
            pass
    finally:
        watch.stop()
