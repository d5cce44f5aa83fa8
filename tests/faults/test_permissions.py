"""Folders and files that may not be written or read, as a user who is bound by their modes."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.support.archive import NOW, Archive, evening, morning, tree

LESS = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search", "--"]


def bound(archive: Archive) -> list[str]:
    """The command, bound by the modes of files: root is not, unless the right to pass over them is taken away."""
    if os.geteuid() != 0:
        return archive.command()
    if not shutil.which("setpriv"):
        pytest.skip("root without setpriv (Debian's util-linux) is bound by no mode")
    return [*LESS, *archive.command()]


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
    assert {path.split("/")[0] for path in clean.keys() | now.keys() if clean.get(path) != now.get(path)} == {"tags"}
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
