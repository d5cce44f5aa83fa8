"""What the system tells of a site's files, and what happens where it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from newsgen.preview.watch import Watch
from tests.support.serving import a_folder


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are watched in other ways")
def test_what_watchdog_says_is_not_told_in_the_terminal(tmp_path: Path) -> None:
    """An event that comes while a watch ends is no news for an editor."""
    root = a_folder(tmp_path, 2)
    lines = (
        "import pathlib, sys; from newsgen.preview.watch import Watch",
        "watch = Watch(pathlib.Path(sys.argv[1]), print, is_polling=False)",
        "emitters = list(watch._observer.emitters); watch.stop()",
        "[emitter.queue_events(0.0) for emitter in emitters]",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines), root], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_what_the_system_does_not_tell_is_seen_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Folders for which there is no watch left: it looks again and again, and says so."""
    watch = Watch(a_folder(tmp_path, 2), lambda path, is_at_work: None, is_polling=False)
    try:
        assert watch.check()
        assert not watch.is_polling
        (tmp_path / "unwatched").mkdir()
        monkeypatch.setattr("newsgen.preview.watch._TREES", ("content", "unwatched"))
        assert not watch._has_all()
        monkeypatch.setattr(Watch, "_has_all", lambda watch: False)
        assert not watch.check()
        assert "limit" in watch.reason
    finally:
        watch.stop()
