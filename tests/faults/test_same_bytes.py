"""The same sources give the same bytes, whoever builds them, where, and with how many workers."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.archive import ENVIRONMENT, Archive, save, tree
from tests.support.sites import story

STORIES = 150  # more than are read without workers


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    files = {
        "pyproject.toml": b'[tool.newsgen]\ntitle = "T"\nbase_url = "https://t.example"\ntimezone = "Asia/Tokyo"\n'
    }
    for number in range(STORIES):
        date, tags = f"2019-05-{1 + number % 28:02}T{number % 24:02}:30", f"[t{number % 9}, żółw, Éire]"
        more = {"id": f"s{number}", "tags": tags, "byline": ("Ines Varga", "Tom Arkell")[number % 2]}
        files[f"content/world/{number}.md"] = story(f"Story {number}", date, **more)
    return files


@pytest.fixture(scope="module")
def usual(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The output of a build with nothing unusual around it."""
    archive = Archive(tmp_path_factory.mktemp("usual") / "site")
    archive.save(files)
    archive.build()
    return tree(archive.output)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, if the system has one: it lists files in the order of their creation, a disk by a hash."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


UNUSUAL: dict[str, dict[str, str]] = {
    "time zone and locale": {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "no locale": {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "hash seed": {"PYTHONHASHSEED": "1987"},
    "umask": {},
    "file order": {},
    "folder": {},
    "home and group": {"HOME": "/nonexistent", "USER": "somebody", "LOGNAME": "somebody"},
    "2 workers": {"PYTHONHASHSEED": "1"},
    "8 workers": {"PYTHONHASHSEED": "2"},
}


@pytest.mark.parametrize("what", UNUSUAL)
def test_nothing_around_a_build_changes_its_bytes(
    what: str, files: dict[str, bytes], usual: dict[str, bytes], tmp_path: Path, memory: Path
) -> None:
    archive = Archive(tmp_path / ("a folder, żółw" if what == "folder" else "site"))
    paths = list(files)
    if what == "file order":
        random.Random(1).shuffle(paths)
        archive = Archive(memory / "site")
    save(archive.root, {path: files[path] for path in paths})
    command = archive.command()
    if what.endswith("workers"):
        command[command.index("--jobs") + 1] = what.split()[0]
    if what == "umask":
        command = ["bash", "-c", 'umask 077; exec "$@"', "bash", *command]
    if what == "home and group" and os.geteuid() == 0 and shutil.which("setpriv"):
        subprocess.run(["chown", "-R", "65534:65534", str(archive.root)], check=True)
        command = ["setpriv", "--reuid=0", "--regid=65534", "--clear-groups", "--", *command]
    done = subprocess.run(command, env=ENVIRONMENT | UNUSUAL[what], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(archive.output) == usual
