"""Builds on a Dask cluster: the same bytes as on one computer, even where a worker dies during the build."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.serving import until
from tests.support.sites import story

distributed = pytest.importorskip("distributed", reason="the extra newsgen[dask] is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local:
        yield local


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("dask") / "site"
    (root / "content/world").mkdir(parents=True)
    (root / "pyproject.toml").write_text('[tool.newsgen]\ntitle = "T"\nbase_url = "https://t.example"\n')
    for number in range(600):
        date = f"2019-05-{1 + number % 28:02}T10:00"
        text = story(f"Story {number}", date, id=f"s{number}", tags=f"[t{number % 40}]", byline="Ines Varga")
        (root / f"content/world/{number}.md").write_bytes(text)
    return root


@pytest.fixture(scope="module")
def local(site: Path) -> dict[str, bytes]:
    """What a build without a cluster gives."""
    output = site.parent / "local"
    done = subprocess.run(command(site, output), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return tree(output)


def command(site: Path, output: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "newsgen", "build", "--site", str(site), "--output", str(output), *more]


def tree(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_cluster_gives_the_same_bytes(cluster: Any, site: Path, local: dict[str, bytes], tmp_path: Path) -> None:
    done = subprocess.run(
        command(site, tmp_path / "out", "--dask", cluster.scheduler_address),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(local) > 700
    assert tree(tmp_path / "out") == local
    assert not list((site / ".newsgen").glob("work-*"))


def test_the_chunk_of_a_worker_that_dies_goes_to_another(
    cluster: Any, site: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        victim = sorted(client.run(os.getpid).values())[0]
    output = tmp_path / "out"
    child = subprocess.Popen(
        command(site, output, "--dask", cluster.scheduler_address), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until(lambda: child.poll() is not None or any(output.glob("world/2019/05/*/*.html")))
    assert child.poll() is None
    os.kill(victim, signal.SIGKILL)
    _output, errors = child.communicate(timeout=120)
    assert child.returncode == 0, errors
    assert tree(output) == local


@pytest.mark.parametrize(("address", "code"), [("tcp://127.0.0.1:9", 4), ("rubbish", 2)])
def test_a_cluster_that_cannot_be_reached(address: str, code: int, site: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        command(site, tmp_path / "out", "--dask", address), capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert {4: "The Dask cluster cannot be reached", 2: "is not the address"}[code] in done.stderr
    assert "Traceback" not in done.stderr
