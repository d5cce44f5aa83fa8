"""Fixtures that several folders share."""

from __future__ import annotations

import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from newsgen.engine.request import BuildRequest
from newsgen.engine.run import build
from newsgen.source import project
from newsgen.source.theme import theme_files
from newsgen.store import Store

ROOT = Path(__file__).parent.parent
# What is not asked on Windows: files or folders of tests/, and why.
NOT_ON_WINDOWS = {
    "bench/": "the benchmarks are of Unix",
    "faults/": "kills, limits, pipes and modes of Unix",
    "invariants/test_mishaps_on_disk.py": "links and pipes",
    "preview/test_saves.py": "saves as editors of Unix make them",
    "preview/test_server.py": "signals and limits of Unix",
    "preview/test_watch.py": "links, and what Linux says of its watches",
    "publish/s3/test_command.py": "runs are killed by signals",
    "publish/test_cloudflare_command.py": "runs are killed by signals",
    "publish/test_folder": "releases are shown by links, which Windows gives to few",
    "publish/test_git_guides.py": "commands for a shell",
    "publish/test_netlify_command.py": "runs are killed by signals",
    "publish/test_ssh": "a server of Unix",
    "publish/test_workflow.py": "GitHub runs it on Ubuntu",
    "source/test_content_elsewhere.py": "links",
    "storyfile/test_hostile_stories.py": "limits of Unix",
    "workers/": "forks and signals",
}

# No example fails for the time that it takes: a busy computer would fail it.
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a background job's: the commands under test would ignore it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip on Windows what only Unix has, with the reason."""
    for item in items if sys.platform == "win32" else ():
        path = item.path.relative_to(ROOT / "tests").as_posix()
        if reason := next((why for start, why in NOT_ON_WINDOWS.items() if path.startswith(start)), ""):
            item.add_marker(pytest.mark.skip(reason=reason))


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
