"""The workflow of .github/: it can be read, and what its steps run is there. Whether it passes, only GitHub can say."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsgen.cli.main import newsgen
from tests.conftest import NOT_ON_WINDOWS

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / ".github/workflows/test.yml"
PROGRAMS = frozenset(("git", "make", "python", "sudo"))  # on GitHub's machines
PACKAGES = frozenset(("chromium-browser", "openssh-server", "rsync", "strace"))


def workflow() -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    return loaded


def steps() -> list[dict[str, Any]]:
    return [step for job in workflow()["jobs"].values() for step in job["steps"]]


COMMANDS = [line for step in steps() for line in step.get("run", "").splitlines()]


def test_it_runs_on_every_system_with_every_python() -> None:
    jobs = workflow()["jobs"]
    systems = {*jobs["unix"]["strategy"]["matrix"]["system"], jobs["windows"]["runs-on"]}
    assert systems == {"ubuntu-latest", "macos-latest", "windows-latest"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons = [name.rpartition(" ")[2] for name in project["classifiers"] if re.search(r":: 3\.\d+$", name)]
    assert pythons == [project["requires-python"].removeprefix(">="), *pythons[1:]]
    for job in ("unix", "windows"):
        assert jobs[job]["strategy"]["matrix"]["python"] == pythons
    assert workflow()[True] == {"push": None, "pull_request": None}  # `on` is YAML 1.1 for true


def test_each_step_is_whole() -> None:
    for job in workflow()["jobs"].values():
        assert job["timeout-minutes"] <= 60
        matrix = job.get("strategy", {}).get("matrix", {})
        used = set(re.findall(r"\$\{\{ matrix\.(\w+) }}", yaml.safe_dump(job)))
        assert used == set(matrix)
        for step in job["steps"]:
            assert len({"run", "uses"} & step.keys()) == 1, step
            assert set(step) <= {"name", "run", "uses", "with", "env", "if"}, step
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/checkout@v4"))


@pytest.mark.parametrize("line", COMMANDS)
def test_what_a_step_runs_is_there(line: str) -> None:
    program, *rest = line.split()
    assert program in PROGRAMS
    if program == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert re.search(rf"^{re.escape(rest[0])}:", makefile, re.M), f"the Makefile has no {rest[0]}"
    elif rest[:2] == ["-m", "newsgen"]:
        command = newsgen.commands[rest[2]]
        options = {name for parameter in command.params for name in parameter.opts}
        assert {word for word in rest if word.startswith("--")} <= options
    elif rest[:2] == ["-m", "pip"]:
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "optional-dependencies"
        ]
        assert all(extra in extras for extra in re.findall(r"\[(\w+)\]", line))
    elif program == "sudo" and "install" in rest:
        assert {word for word in rest[2:] if not word.startswith("-")} == PACKAGES
    else:
        assert rest[:2] == ["-m", "pytest"] or rest[0] in ("apt-get", "config")


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="Linux is made to behave as Windows does")
def test_every_test_can_be_collected_on_windows() -> None:
    """No test file needs at import time what only Unix has; what only Unix can do is skipped with a reason."""
    script = """
import asyncio, fcntl, multiprocessing, pty, pytest, subprocess, sys, termios
from tests.support import other_systems
other_systems.become("windows", ("newsgen", "tests"))
sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-m", "long or not long"]))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_what_is_skipped_on_windows_is_there() -> None:
    paths = [path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("*.py")]
    assert [start for start in NOT_ON_WINDOWS if not any(path.startswith(start) for path in paths)] == []
