"""A small archive in real folders, built by the command as a user builds it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.forking import Server, start
from tests.support.pictures import whole_png
from tests.support.sites import differences, story

__all__ = [
    "COMMAND",
    "ENVIRONMENT",
    "NOW",
    "SETTINGS",
    "Archive",
    "Done",
    "evening",
    "morning",
    "run_command",
    "save",
    "tree",
]

NOW = "2020-01-01T12:00:00+00:00"
COMMAND = [sys.executable, "-m", "newsgen"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {"COLUMNS": "200"}
ENVIRONMENT.pop("SOURCE_DATE_EPOCH", None)
SETTINGS = b"""\
[tool.newsgen]
title = "The Northern Wire Archive"
base_url = "https://archive.example"
timezone = "Europe/London"

[tool.newsgen.feeds]
entries = 4
"""
PHOTO = '[{file: boat.png, caption: "A boat at Kestrel Bay. Northern Wire/Mila Hart", alt: A boat}]'
TOPICS = ("harbours", "grain", "ferries")


def _story(number: int, **more: str) -> bytes:
    """A story of the archive."""
    front = {
        "id": f"s{number:02}",
        "tags": f"[{TOPICS[number % 3]}]",
        "byline": ("Ines Varga", "Tom Arkell")[number % 2],
        "dateline": '"KESTREL BAY (Northern Wire)"',
    } | more
    headline = front.pop("headline", f"Harbour report {number}")
    section = front.pop("section", "World")
    date = front.pop("date", f"2019-05-{1 + number % 4:02}T10:{number:02}")
    return story(headline, date, section, f"Text of report {number}.", **front)


def morning() -> dict[str, bytes]:
    """Twelve stories, two of them held, with a picture, a section file and both registers."""
    files = {f"content/world/{number:02}.md": _story(number) for number in range(12)}
    files["content/world/03.md"] = _story(3, photos=PHOTO, related="[s01]")
    files["content/world/04.md"] = _story(4, status="draft", headline="Quillon draft")
    files["content/world/05.md"] = _story(5, embargo="2020-01-01T18:00:00Z", headline="Zorrel opens")
    return files | {
        "pyproject.toml": SETTINGS,
        "content/world/boat.png": whole_png(120),
        "content/world/_section.yaml": b"title: World\norder: 1\n",
        "content/_people.yaml": b"- name: Ines Varga\n  bio: Writes of harbours.\n",
        "content/_places.yaml": b"- name: Kestrel Bay\n  country: Corvane\n",
    }


def evening() -> dict[str, bytes]:
    """The same after a day's work: stories edited, retagged, moved, added, killed and deleted."""
    files = morning()
    files["content/world/00.md"] += b"\nMore text.\n"
    files["content/world/01.md"] = _story(1, headline="Another head")
    files["content/world/02.md"] = _story(2, section="Sport")
    files["content/world/06.md"] = _story(6, tags="[zinc]")
    files["content/world/07.md"] = _story(7, status="killed")
    files["content/world/new.md"] = _story(20, date="2019-06-01T10:00", byline="Ruth Oyelaran")
    files["content/sport/moved.md"] = files.pop("content/world/08.md")
    files["content/world/boat.png"] = whole_png(90)
    del files["content/world/09.md"]
    return files


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too; no links."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str


def run_command(
    command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None, server: Server | None = None
) -> Done:
    """Run a command to its end, in a folder if one is given; newsgen itself in a fork on Linux."""
    if list(command[: len(COMMAND)]) != COMMAND:
        ended = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        return Done(ended.returncode, ended.stdout, ended.stderr)
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        streams = (stdout.fileno(), stderr.fileno())
        code = start(command[len(COMMAND) :], environment, folder, streams, server).wait(600)
        stdout.seek(0)
        stderr.seek(0)
        return Done(code, *(stream.read().decode("utf-8", "replace") for stream in (stdout, stderr)))


_CLEAN: dict[tuple[frozenset[tuple[str, bytes]], str], dict[str, bytes]] = {}


def save(root: Path, files: dict[str, bytes]) -> None:
    """Make these the content and templates of a site: others are removed, files that are the same not touched."""
    here = {path: data for path, data in tree(root).items() if path.startswith(("content/", "templates/"))}
    for path in here.keys() - files.keys():
        (root / path).unlink()
    for path, data in files.items():
        if here.get(path) != data:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)


@dataclass
class Archive:
    """A site's folder, and what to do with it."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "build"

    @property
    def state(self) -> Path:
        """The folder of the lock and the records."""
        return self.root / ".newsgen"

    def save(self, files: dict[str, bytes]) -> None:
        save(self.root, files)

    def command(self, *arguments: str | Path, now: str | None = NOW) -> list[str]:
        clock = ["--now", now] if now else []
        return [*COMMAND, "build", "--site", str(self.root), "--jobs", "1", *clock, *map(str, arguments)]

    def run(self, command: list[str], ok: tuple[int, ...] = (0,), **environment: str) -> Done:
        """Run a command. It must end with one of the exit codes `ok`, and without a traceback."""
        done = run_command(command, ENVIRONMENT | environment)
        assert done.code in ok, f"exit {done.code}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done

    def build(self, *arguments: str | Path, ok: tuple[int, ...] = (0,), now: str | None = NOW, **env: str) -> Done:
        return self.run(self.command(*arguments, now=now), ok, **env)

    def reset(self) -> None:
        """Back to before the first build."""
        shutil.rmtree(self.output, ignore_errors=True)
        shutil.rmtree(self.state, ignore_errors=True)

    def sources(self) -> dict[str, bytes]:
        return {
            path: data
            for path, data in tree(self.root).items()
            if path == "pyproject.toml" or path.startswith(("content/", "templates/"))
        }

    def clean(self, now: str = NOW, ok: tuple[int, ...] = (0,)) -> dict[str, bytes]:
        """What a first build of the same sources gives; it is made in another folder."""
        sources = self.sources()
        key = (frozenset(sources.items()), now)
        if key not in _CLEAN:
            other = Archive(self.root.parent / f"clean-{len(_CLEAN)}")
            other.save(sources)
            other.build(now=now, ok=ok)
            _CLEAN[key] = tree(other.output)
            shutil.rmtree(other.root)
        return _CLEAN[key]

    def assert_clean(self, case: object = "", *, now: str = NOW) -> None:
        """The output is what a first build of the same sources gives; `case` is what a failure names."""
        output, clean = tree(self.output), self.clean(now)
        assert differences(output, clean) == [], case
