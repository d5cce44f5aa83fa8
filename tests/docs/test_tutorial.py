"""docs/tutorial.md and docs/students.md: what a reader types there, with the files as they are printed, works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from newsgen.storyfile.schema import KEYS
from tests.docs.test_guides import fault
from tests.support.archive import COMMAND, ENVIRONMENT, run_command
from tests.support.guides import block, blocks
from tests.support.pictures import jpeg

ROOT = Path(__file__).parents[2]


def typed(guide: str) -> list[list[str]]:
    """The command lines of a guide, as words."""
    return [shlex.split(line, comments=True) for body in blocks(guide, "sh") for line in body.splitlines()]


def run(words: list[str], folder: Path) -> str:
    """What a command of newsgen says. AssertionError where it fails; `check` may find something."""
    done = run_command([*COMMAND, *words], ENVIRONMENT, folder)
    assert done.code == 0 or (done.code == 1 and words[0] == "check"), f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text()}\n{text}")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive at the end of the tutorial; what each `newsgen check` said lies beside it."""
    desk = tmp_path_factory.mktemp("tutorial")
    folder, said = desk, []
    (desk / "published").mkdir()
    for words in typed("tutorial.md"):
        if words[0] == "cd":
            folder = desk / words[1]
            write_copy(folder / "copy")
            continue
        command = words[1:]
        if command[0] == "serve":
            assert fault(command) == ""
            continue
        if command == ["publish", "--dry-run"]:
            prepare_to_publish(folder)
        output = run(command, folder)
        if command[0] == "check":
            said.append(output)
            append(folder / "pyproject.toml", block("tutorial.md", "toml", "agencies"))
            said.append(run(command, folder))
        if command[0] == "new":
            illustrate(folder / output.split()[0])
    (desk / "said").write_text("\0".join(said))
    return folder


def write_copy(folder: Path) -> None:
    folder.mkdir()
    (folder / "1931-03-04-ferry.txt").write_text(block("tutorial.md", "text", "FERRY"))
    (folder / "1931-03-05-silo.txt").write_text(block("tutorial.md", "text", "silo"))


def illustrate(path: Path) -> None:
    """Write the text of the new story, with its photograph."""
    photos = block("tutorial.md", "yaml", "photos")
    start = re.sub("status: draft.*\n", "", path.read_text())
    head, mark, _rest = start.rpartition("---\n")
    path.write_text(f"{head}{photos}{mark}\nThe pier was opened on Saturday.\n")
    (path.parent / "pier.jpg").write_bytes(jpeg())


def prepare_to_publish(folder: Path) -> None:
    (folder / "content/_pages").mkdir()
    (folder / "content/_pages/about.md").write_text(block("tutorial.md", "markdown", "About"))
    (folder / "static").mkdir()
    (folder / "static/catalogue.pdf").write_bytes(b"%PDF-1.4")
    settings = folder / "pyproject.toml"
    (line,) = re.findall(r"`(base_url = [^`]+)`", (ROOT / "docs/tutorial.md").read_text())
    settings.write_text(re.sub(r"^base_url = .*$", line, settings.read_text(), flags=re.M))
    append(settings, block("tutorial.md", "toml", "publish.live"))


def test_the_tutorial_ends_with_a_published_archive(archive: Path) -> None:
    site = archive.parent / "published/current"
    home = (site / "index.html").read_text()
    assert "The River Press Archive" in home
    assert ">About</a>" in home
    story = (site / "harbour/1931/03/04/ferry-sails-late.html").read_text()
    for read in ("Ada Penhale", "HARBOUR TOWN, March 4 (River Press)", "Copyright the River Press Company."):
        assert read in story
    (pier,) = (path for path in site.rglob("*.html") if path.name.startswith("harbour-opens"))
    assert "People on a wooden pier" in pier.read_text()
    assert 'href="/catalogue.pdf"' in (site / "about/index.html").read_text()
    assert (site / "catalogue.pdf").read_bytes() == b"%PDF-1.4"
    assert "https://archive.riverpress.example/" in (site / "sitemap.xml").read_text()
    assert "/harbour/1931/03/04/ferry-sails-late.html" in (archive / "content/_urls.tsv").read_text()


def test_what_check_asks_is_answered_as_the_tutorial_says(archive: Path) -> None:
    before, after = (archive.parent / "said").read_text().split("\0")
    assert "rights in copy from River Press" in before
    assert "rights in copy" not in after


def test_the_sheet_for_students_works(archive: Path) -> None:
    """In the archive that the teacher made."""
    for words in typed("students.md"):
        command = words[1:]
        if command[0] == "serve":
            assert fault(command) == ""
            continue
        output = run(command, archive)
        if command[0] == "new":
            story = (archive / output.split()[0]).read_text()
    lines = {line.partition(":")[0] for line in story.splitlines() if ":" in line}
    assert {"headline", "date", "section", "status"} <= lines


def test_the_sheet_for_students_names_keys_that_stories_have() -> None:
    (table,) = re.findall(r"(?m)^\| line \|.*\n((?:\|.*\n)+)", (ROOT / "docs/students.md").read_text())
    keys = [key for row in table.splitlines()[1:] for key in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert len(keys) > 6
    assert set(keys) <= set(KEYS)
