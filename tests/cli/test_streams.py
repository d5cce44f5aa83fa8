"""What a command does must not depend on who reads what it prints."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.archive import COMMAND, ENVIRONMENT, SETTINGS
from tests.support.sites import story

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the redirections of a shell")
PAGE = "build/world/2019/05/01/first.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a story, and one that cannot be read: of that there is something to say."""
    (tmp_path / "content/world").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_bytes(SETTINGS)
    (tmp_path / "content/world/first.md").write_bytes(story("First", id="first"))
    (tmp_path / "content/world/bad.md").write_text("x")
    return tmp_path


def run(site: Path, redirection: str, *arguments: str) -> tuple[int, str]:
    """A command with its streams redirected by a shell: its exit code, and what was printed all the same."""
    script = f'set -o pipefail; "$@" {redirection}'
    command = ["bash", "-c", script, "bash", *COMMAND, *arguments, "--site", str(site)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=600, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("redirection", [">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full", "2>&1 | true"])
def test_a_site_is_built_with_a_stream_that_nobody_reads(site: Path, redirection: str) -> None:
    code, printed = run(site, redirection, "build")
    assert code == 1  # for the bad story
    assert (site / PAGE).exists()
    assert ("bad.md" in printed) is (redirection in (">&-", ">/dev/full"))


def test_what_could_not_be_printed_is_a_fault_where_somebody_wanted_it(site: Path) -> None:
    (site / "content/world/bad.md").unlink()
    assert run(site, ">/dev/full", "check", "--format", "json")[0] == 4
    assert run(site, "| head -n 0", "schedule")[0] == 0
