"""Fixtures that several folders share."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsgen.engine.request import BuildRequest
from newsgen.engine.run import build
from newsgen.source import project
from newsgen.source.theme import theme_files
from newsgen.store import Store

ROOT = Path(__file__).parent.parent

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a background job's: the commands under test would ignore it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, built at a fixed instant."""
    output = tmp_path_factory.mktemp("sample") / "build"
    site = project.find(ROOT, is_given=True)
    clock = int(datetime(2026, 6, 1, tzinfo=UTC).timestamp())
    target = project.output_disk(site, output)
    theme = theme_files(site.disk)
    with Store(":memory:") as store:
        result = build(BuildRequest(site.disk, target, site.settings, theme, clock, 0, "test"), store)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    return output
