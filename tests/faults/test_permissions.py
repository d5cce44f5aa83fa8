"""Folders and files that may not be written or read, as a user who is bound by their modes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from newsgen.engine.own_files import LIST
from tests.support.archive import COMMAND, NOW, Archive, evening, morning, tree

LESS = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search", "--"]


def bound(archive: Archive, *command: str) -> list[str]:
    """A command, else the build, bound by the modes of files: root is not, unless that right is taken away."""
    whole = [*COMMAND, *command, "--site", str(archive.root)] if command else archive.command()
    if os.geteuid() != 0:
        return whole
    if not shutil.which("setpriv"):
        pytest.skip("root without setpriv (Debian's util-linux) is bound by no mode")
    return [*LESS, *whole]


def test_a_folder_of_the_output_that_may_not_be_written(built: Archive) -> None:
    """Every other page is brought up to date; the ones in the way are named."""
    built.save(evening())
    shut = built.output / "tags"
    modes = {path: path.stat().st_mode for path in (shut, *shut.rglob("*")) if path.is_dir()}
    for path in modes:
        path.chmod(0o555)
    done = built.run(bound(built), (4,))
    assert "build/tags/" in done.stderr
    assert "Permission denied" in done.stderr
    clean, now = built.clean(), tree(built.output)
    differing = {path.split("/")[0] for path in clean.keys() | now.keys() if clean.get(path) != now.get(path)}
    assert differing == {"tags", LIST}
    for path, mode in modes.items():
        path.chmod(mode)
    built.run(bound(built))
    built.assert_clean()


def test_an_output_that_may_not_be_written(built: Archive) -> None:
    before = tree(built.output)
    built.save(evening())
    modes = {path: path.stat().st_mode for path in (built.output, *built.output.rglob("*"))}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = built.run(bound(built), (4,))
    assert "build/" in done.stderr
    assert "Permission denied" in done.stderr
    assert tree(built.output) == before
    for path, mode in modes.items():
        path.chmod(mode)
    built.run(bound(built))
    built.assert_clean()


def test_a_page_that_may_not_be_written(built: Archive) -> None:
    """Its folder may be: the page is replaced, not written into."""
    built.save(evening())
    (built.output / "index.html").chmod(0o444)
    built.run(bound(built))
    built.assert_clean()


def test_a_story_that_may_not_be_read(built: Archive) -> None:
    """It is named, and the rest is built. Its page is removed: the file may say something else by now."""
    story = built.root / "content/world/01.md"
    story.write_bytes(story.read_bytes() + b"\nMore.\n")
    story.chmod(0)
    done = built.run(bound(built), (1,))
    assert "content/world/01.md: The file cannot be read: Permission denied" in done.stderr
    clean = Archive(built.root.parent / "without")
    files = morning()
    del files["content/world/01.md"]
    clean.save(files)
    assert tree(built.output) == clean.clean(NOW)
    story.chmod(0o644)
    built.run(bound(built))
    built.assert_clean()


def test_a_site_whose_state_may_not_be_written(built: Archive) -> None:
    shutil.rmtree(built.state)
    built.root.chmod(0o555)
    done = built.run(bound(built), (4,))
    assert ".newsgen" in done.stderr
    built.root.chmod(0o755)
    built.run(bound(built))
    built.assert_clean()


READING = {
    "check": "0 errors",
    "explain s00": "content/world/00.md",
    "schedule --now 2020-01-01T12:00Z": "appears",
    "link --dry-run": "Nothing was written",
    "import --dry-run content/world/00.md": "Nothing was written",
}


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("is_built", [True, False])
def test_what_writes_nothing_works_where_nothing_may_be_written(
    archive: Archive, command: str, *, is_built: bool
) -> None:
    if is_built:
        archive.build()
    before = tree(archive.root)
    folders = [path for path in (archive.root, *archive.root.rglob("*")) if path.is_dir()]
    for path in folders:
        path.chmod(0o555)
    arguments = [str(archive.root / word) if word.startswith("content/") else word for word in command.split()]
    done = archive.run(bound(archive, *arguments), (0, 1) if command.startswith("import") else (0,))
    for path in folders:
        path.chmod(0o755)
    assert READING[command] in done.stdout
    assert {path: data for path, data in tree(archive.root).items() if path != ".newsgen/lock"} == {
        path: data for path, data in before.items() if path != ".newsgen/lock"
    }


def test_a_build_of_another_folder_leaves_no_record_where_the_site_may_not_be_written(
    archive: Archive, tmp_path: Path
) -> None:
    archive.root.chmod(0o555)
    for _ in range(2):
        done = archive.run([*bound(archive), "--output", str(tmp_path / "elsewhere")])
        assert "no record of this build is kept" in done.stderr
    assert ".newsgen" in archive.run(bound(archive), (4,)).stderr
    archive.root.chmod(0o755)
    assert not archive.state.exists()
    assert tree(tmp_path / "elsewhere") == archive.clean()
