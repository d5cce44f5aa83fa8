"""Every command as on Windows and on a Mac, as far as this system can show it: the same files, byte for byte."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from newsgen.cli.main import newsgen as group
from tests.support.archive import ENVIRONMENT, Done, run_command, save, tree
from tests.support.forking import Server
from tests.support.other_systems import PATHS
from tests.support.serving import FILE, PAGE, Serving, a_folder, until
from tests.support.sites import PNG, differences, many_stories, story

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux is made to behave as the others do")
ROOT = Path(__file__).parents[2]
CLOCK = {"SOURCE_DATE_EPOCH": "1700000000"}
NEW = "new/pyproject.toml"  # each site gets a number of its own
STORIES = 140  # more than are read without workers
SETTINGS = b"""\
[tool.newsgen]
title = "The Northern Wire Archive"
base_url = "https://archive.example"
timezone = "Europe/London"

[tool.newsgen.publish.live]
kind = "folder"
path = "../live"
"""
COPY = """\
Lighthouse keepers vote for a longer tea break

  • World
  • Tuesday, 04 Mar 2025

SKERRIT (Northern Wire) -Keepers of three lighthouses voted on Tuesday for a break of twenty minutes → ж.

(Reporting by Ines Varga; Editing by Ruth Oyelaran)
"""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("init", "new", "--now", "2020-01-01T10:00Z"),
    ("build", "--jobs", "2"),
    ("build", "--jobs", "2"),  # with nothing to do
    ("check", "--incremental", "--format", "json"),
    ("new", "Grain: a “talk”", "--section", "World"),
    ("import", "--dry-run", "--json", "../copy"),
    ("import", "../copy"),
    ("accept", "content"),
    ("link", "s011", "s010"),
    ("kill", "s020", "--reason", "It was of another day"),
    ("unpublish", "anonymise", "Tom Arkell", "--as", "a man", "--reason", "He asked"),
    ("unpublish", "delist", "s030", "--reason", "He asked"),
    ("unpublish", "note", "s031", "The court has closed the case.", "--reason", "He asked"),
    ("unpublish", "delete", "s032", "--reason", "He asked"),
    ("urls", "--record"),
    ("explain", "content/world/040.md"),
    ("schedule", "--format", "json"),
    ("schema",),
    ("theme", "list"),
    ("theme", "eject", "404.html.j2"),
    ("build", "--jobs", "2"),
    ("build", "--jobs", "1", "--clean"),
    ("publish", "live", "--dry-run", "--json"),
    ("verify", "--json"),
)
ALONE = {"publish": "test_releases_need_links", "serve": "test_a_preview_of_another_system"}  # more of them below


def newsgen(system: str, *arguments: str, folder: Path, **more: str) -> Done:
    """Run a command as on another system; "" for this one."""
    command = [sys.executable, "-m", "newsgen", *arguments]
    server = server_of(system) if system else None
    return run_command(command, environment_of(system) | more, folder, server)


def environment_of(system: str) -> dict[str, str]:
    """The variables of a command on a system."""
    paths = {"PYTHONPATH": PATHS, "NEWSGEN_TEST_SYSTEM": system} if system else {}
    terminal = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp437"} if system == "windows" else {}
    return ENVIRONMENT | CLOCK | paths | terminal


@cache
def server_of(system: str) -> Server:
    """The process whose forks are commands on another system."""
    return Server(("-X", "warn_default_encoding", "-W", "ignore::DeprecationWarning"), environment_of(system))


def leaves(command: click.Command, name: str = "") -> Iterator[str]:
    """Every command below one, by its whole name."""
    if isinstance(command, click.Group):
        for part, below in command.commands.items():
            yield from leaves(below, f"{name} {part}".strip())
    else:
        yield name


def test_every_command_is_run() -> None:
    run = {" ".join(command) for command in COMMANDS} | set(ALONE)
    assert [name for name in leaves(group) if not any(f"{each} ".startswith(f"{name} ") for each in run)] == []


def a_site(folder: Path, stories: int = 5) -> Path:
    """A site with names that systems write in two ways; STORIES are more than one process reads."""
    files = many_stories(stories) | {
        "content/world/café.md": story(
            "Tea at the pier",
            id="tea",
            photos='[{file: pé.png, caption: "A pier.", alt: A}]',
        ),
        "content/world/pé.png": PNG,
        "content/world/_section.yaml": b"title: World\n",
        "content/_people.yaml": b"- name: Ines Varga\n  bio: Writes of harbours.\n",
        "content/world/arkell.md": story("A man of the pier", id="arkell", body="Tom Arkell kept the pier."),
    }
    save(folder / "site", files)
    (folder / "site/pyproject.toml").write_bytes(SETTINGS)
    (folder / "site/static").mkdir()
    (folder / "site/static/Map.txt").write_bytes(b"A map.\r\n")
    (folder / "copy").mkdir()
    (folder / "copy/öl.txt").write_text(COPY, encoding="utf-8", newline="\r\n")
    return folder / "site"


def said(done: Done) -> object:
    """What a command printed, where it is JSON."""
    return json.loads(done.stdout) if done.stdout.startswith("{") else None


def files(site: Path) -> dict[str, bytes]:
    """The files of a site, its output too, but not its record."""
    found = {path: data for path, data in tree(site).items() if not path.startswith(".newsgen/")}
    return found | {path: re.sub(rb"(?m)^id = .*", b"", data) for path, data in found.items() if path == NEW}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, object, dict[str, bytes]]]:
    """What each command leaves on this system, and how it ends."""
    site = a_site(tmp_path_factory.mktemp("usual"), STORIES)
    done = ((newsgen("", *command, folder=site), files(site)) for command in COMMANDS)
    return [(each.code, said(each), after) for each, after in done]


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_every_command_does_the_same(
    system: str, usual: list[tuple[int, object, dict[str, bytes]]], tmp_path: Path
) -> None:
    site = a_site(tmp_path, STORIES)
    for command, (code, told, ours) in zip(COMMANDS, usual, strict=True):
        done = newsgen(system, *command, folder=site)
        assert "Traceback" not in done.stderr, (command, done.stderr)
        assert done.code == code, (command, done)
        assert said(done) == told, command
        assert differences(files(site), ours) == [], command


@pytest.mark.parametrize("system", ["windows", "macos"])
def test_a_preview_of_another_system(system: str, tmp_path: Path) -> None:
    """It serves what a build writes, sees a save, and ends with Ctrl-C."""
    root = a_folder(tmp_path / "site")
    environment = environment_of(system) | {"PYTHONIOENCODING": "cp437"}
    with Serving(root, server=server_of(system), **environment) as serving:
        assert b"Harbour report 3" in serving.get(PAGE)[2]
        text = (root / FILE).read_bytes()
        (root / FILE).write_bytes(text.replace(b"Harbour report 3", b"Quay report 3"))
        until(lambda: b"Quay report 3" in serving.get("/")[2])
        serving.stop()
        assert "Stopped." in serving.stdout.read()
        assert "Traceback" not in serving.stderr.read()
        assert serving.process.returncode == 0


def test_releases_need_links(tmp_path: Path) -> None:
    """Windows lets nobody make a link who was not given the right: readers keep what they saw."""
    site = a_site(tmp_path)
    done = newsgen("windows", "publish", "live", "--yes", folder=site)
    assert done.code == 4, done
    assert "Developer Mode" in done.stderr
    assert not (tmp_path / "live/current").exists()
    assert newsgen("macos", "publish", "live", "--yes", folder=site).code == 0
    assert (tmp_path / "live/current/index.html").read_bytes() == (site / "build/index.html").read_bytes()


def test_a_picture_in_another_case_is_missing_on_every_system(tmp_path: Path) -> None:
    """A Mac would find it, and the host would not."""
    site = a_site(tmp_path)
    story_file = site / "content/world/café.md"
    story_file.write_bytes(story_file.read_bytes().replace("pé.png".encode(), "Pé.PNG".encode()))
    for system in ("", "macos"):
        done = newsgen(system, "build", folder=site)
        assert done.code == 1, done
        assert "Pé.PNG" in done.stderr
        assert "pé.png" in done.stderr


@pytest.mark.parametrize("system", ["", "macos"])
def test_a_file_that_is_renamed_in_case_alone_stands(system: str, tmp_path: Path) -> None:
    """What is gone is not removed by a name that is the new file's too, for who does not look at case."""
    site = a_site(tmp_path)
    assert newsgen(system, "build", folder=site).code == 0
    assert (site / "build/Map.txt").exists()
    (site / "static/Map.txt").rename(site / "static/map.txt")
    assert newsgen(system, "build", folder=site).code == 0
    left = [path.name for path in (site / "build").iterdir() if path.name.lower() == "map.txt"]
    assert left == (["map.txt"] if not system else left)
    assert [(site / "build" / name).read_bytes() for name in left] == [b"A map.\r\n"]
    assert newsgen(system, "verify", folder=site).code == 0


@pytest.mark.parametrize("folder", ["Content", "CONTENT/out", "Static", "../SITE", ".GIT/x"])
def test_an_output_in_the_sources_is_refused_in_any_case(folder: str, tmp_path: Path) -> None:
    """To a Mac, Content is content: the build would be the next one's sources."""
    site = a_site(tmp_path)
    (site / ".git").mkdir()
    before = files(site)
    done = newsgen("macos", "build", "--output", folder, folder=site)
    assert done.code == 2, done
    assert files(site) == before


def test_line_ends_of_windows_change_no_page(tmp_path: Path) -> None:
    """As Git checks files out there."""
    plain, windows = (a_site(tmp_path / name, 30) for name in ("plain", "windows"))
    for path in windows.rglob("*"):
        if path.suffix in (".md", ".yaml", ".toml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    outputs = []
    for site in (plain, windows):
        assert newsgen("", "urls", "--record", folder=site).code == 0
        assert newsgen("", "kill", "s020", "--reason", "It was of another day", folder=site).code == 0
        if site is windows:
            for ledger in (site / "content").glob("_*.tsv"):
                ledger.write_bytes(ledger.read_bytes().replace(b"\n", b"\r\n"))
        assert newsgen("", "build", "--jobs", "1", folder=site).code == 0
        outputs.append(tree(site / "build"))
    assert differences(*outputs) == []


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "latin-1", "koi8-r"])
def test_a_terminal_that_cannot_show_every_character(encoding: str, tmp_path: Path) -> None:
    site = a_site(tmp_path)
    name = "content/world/ŋ → ж…é.md"  # of these, no encoding has all
    (site / name).write_bytes(story("Ropes", id="ropes"))
    (site / "content/world/bad.md").write_text("---\nheadline: “Ж” → …\nsection: World\n---\n", encoding="utf-8")
    environment = ENVIRONMENT | CLOCK | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    def run(*arguments: str) -> tuple[int, bytes, str]:
        command = [sys.executable, "-m", "newsgen", *arguments]
        done = subprocess.run(command, cwd=site, env=environment, capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr.decode(encoding)

    code, printed, errors = run("explain", "ropes")
    assert (code, errors) == (0, "")
    assert "\\u014b -> " in printed.decode(encoding)
    code, _printed, errors = run("check", "--jobs", "1")
    assert code == 1
    assert "content/world/bad.md" in errors
    assert "->" in errors
    code, printed, _errors = run("check", "--jobs", "1", "--format", "json")
    assert "content/world/bad.md" in [problem["path"] for problem in json.loads(printed.decode("utf-8"))["problems"]]


@pytest.mark.parametrize("name", ["", *leaves(group)])
def test_a_short_option_helps_with_every_command(name: str) -> None:
    done = newsgen("", *name.split(), "-h", folder=ROOT)
    assert done.code == 0
    assert "-h, --help" in done.stdout
    assert f"newsgen {name}".strip() in done.stdout
