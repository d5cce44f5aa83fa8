"""README and docs/: links lead somewhere, commands are there with their options, and what a reader is to type works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from newsgen.cli.main import newsgen as group
from tests.support.archive import COMMAND, ENVIRONMENT, run_command
from tests.support.guides import block, blocks, require_program

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NAMES = [str(path.relative_to(ROOT)) for path in GUIDES]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
BLOCK = re.compile(r"^( *)```.*?^\1```$", re.M | re.S)
NAMED = re.compile(r"`newsgen ([^`]+)`", re.S)
RUN = ("install", "write", "import", "preview", "look", "settings", "related", "engine", "publish")
NOT_TO_THE_END = ("serve", "build --dask")  # they serve until Ctrl-C, or need a cluster: their options are looked at


def anchors(text: str) -> set[str]:
    """The anchors of headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_to_what_is_there(name: str) -> None:
    path = ROOT / name
    for target, anchor in LINK.findall(BLOCK.sub("", path.read_text("utf-8"))):
        file = path.parent / target if target else path
        assert file.is_file(), target
        assert not anchor or anchor in anchors(file.read_text("utf-8")), f"{target}#{anchor}"


def test_the_index_names_every_document() -> None:
    index = (ROOT / "docs/index.md").read_text("utf-8") + (ROOT / "docs/publish.md").read_text("utf-8")
    for path in GUIDES[1:]:
        assert path.name == "index.md" or f"{path.name})" in index, path


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def fault(words: list[str]) -> str:
    """What is wrong with the words after `newsgen`: a command or an option that there is not; "" for nothing."""
    command: click.Command = group
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        if rest[0].isupper() or rest[0] in ("…", "list,"):
            return ""  # a place for a command
        found = command.commands.get(rest.pop(0))
        if found is None:
            return f"no command {words}"
        command = found
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)} | {"--help", "--version"}
    return " ".join(word for word in rest if word.startswith("--") and word.partition("=")[0] not in known)


@pytest.mark.parametrize("name", NAMES)
def test_commands_have_the_options_that_a_text_names(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for match in NAMED.findall(text):
        words = re.sub(r"[\[\]]|--option", "", match).split()
        assert fault(words) == "", match


def test_a_wrong_command_is_found() -> None:
    assert fault(["bild"])
    assert fault(["build", "--cleen"])
    assert fault(["theme", "ejekt", "a"])
    assert not fault(["unpublish", "delist", "ID", "--reason", "x"])


def lines() -> Iterator[tuple[str, str]]:
    """(guide, command line) of all that a reader is to type in a shell."""
    readme = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    texts = [("README", body) for body in readme] + [
        (name, body) for name in RUN for body in blocks(f"{name}.md", "sh")
    ]
    for name, body in texts:
        for line in body.splitlines():
            if line.startswith("newsgen "):
                yield name, line


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a new archive is made, with copy to import beside the archive's files."""
    return tmp_path_factory.mktemp("guides")


def test_every_command_line_works(desk: Path) -> None:
    """In the order of the documents, in one archive, as a reader would."""
    page = "HARBOUR TOWN, March 4 (Northern Wire) - The ferry sailed late on Tuesday, its owner said.\n"
    typed = list(lines())
    assert len(typed) >= 10
    folder, target = desk, desk / "published"
    for name, line in typed:
        words = shlex.split(line, comments=True)[1:]
        if " ".join(words).startswith(NOT_TO_THE_END):
            assert fault(words) == "", line
            continue
        if name == "publish" and not target.exists():
            settings = folder / "pyproject.toml"
            table = block("publish.md", "toml", "folder").replace("/srv/www/archive", str(target))
            settings.write_text(f"{settings.read_text()}\n{table}")
            target.mkdir()
        done = run_command([*COMMAND, *words], ENVIRONMENT, folder)
        allowed = (0, 1) if words[0] == "check" else (0,)  # which asks about the story that was just begun
        assert done.code in allowed, f"{name}: {line}\n{done.stdout}{done.stderr}"
        if words[0] == "init":
            folder = desk / words[1]
            (folder / "copy").mkdir()
            (folder / "wire-page.txt").write_text(f"Ferry sails late\n\n{page}")
            (folder / "copy/other.txt").write_text(f"Silo burns\n\n{page.replace('ferry sailed', 'silo burnt')}")
    assert (folder / "build/index.html").is_file()
    assert (target / "current/index.html").is_file()


# --- completion ---


def complete(folder: Path, words: str) -> list[str]:
    """What Bash offers after some words, by the line of docs/install.md."""
    bash = require_program("bash")
    (line,) = blocks("install.md", "bash")
    (folder / "newsgen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newsgen "$@"\n')
    (folder / "newsgen").chmod(0o755)
    count = len(words.split(" ")) - 1
    script = (
        f"{line}\nCOMP_WORDS=({words})\n[[ {len(words.split())} -le {count} ]] && COMP_WORDS+=('')\n"
        f"COMP_CWORD={count}\n_newsgen_completion newsgen\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    env = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([bash, "-c", script], env=env, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done.stdout.split()


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_bash_completes_commands_and_options(tmp_path: Path) -> None:
    assert complete(tmp_path, "newsgen sche") == ["schedule", "schema"]
    assert complete(tmp_path, "newsgen init x --host net") == ["netlify"]
    assert "--clean" in complete(tmp_path, "newsgen build --")
    assert complete(tmp_path, "newsgen theme ") == ["eject", "list"]
