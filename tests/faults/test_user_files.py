"""Newsgen neither deletes nor overwrites what it did not write, in the output or beyond it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.archive import Archive, evening, morning, tree
from tests.support.sites import story

MINE = {
    ".git/HEAD": b"ref: refs/heads/main\n",
    ".git/objects/00/abc": b"\0",
    ".nojekyll": b"",
    "CNAME": b"archive.example\n",
    ".htaccess": b"Deny from all\n",
    "notes.txt": b"mine",
    "world/notes.txt": b"mine",
    "tags/grain/mine.html": b"mine",
    "world/2019/05/02/.hidden": b"mine",
}
FIRST = "world/2019/05/01/first.html"


@pytest.mark.parametrize("git_is", ["folder", "file"])
def test_user_files_in_the_output_stay(built: Archive, git_is: str) -> None:
    """Through edits, a whole build, a lost record, and the end of every story."""
    mine = dict(MINE) if git_is == "folder" else {".git": b"gitdir: ../elsewhere\n", "CNAME": b"mine"}
    for path, data in mine.items():
        (built.output / path).parent.mkdir(parents=True, exist_ok=True)
        (built.output / path).write_bytes(data)
    nothing = {"pyproject.toml": morning()["pyproject.toml"], "content/_people.yaml": b"[]\n"}
    for files, arguments in ((evening(), ()), (nothing, ("--clean",)), (morning(), ("--clean",))):
        built.save(files)
        built.build(*arguments)
        output = tree(built.output)
        assert {path: output.pop(path) for path in mine} == mine
        assert output == built.clean()
    for file in built.state.iterdir():
        file.unlink()
    stderr = built.build().stderr
    assert "CNAME" in stderr
    assert {path: tree(built.output)[path] for path in mine} == mine


def add_first(archive: Archive) -> None:
    (archive.root / "content/world/first.md").write_bytes(story("First", id="first"))


@pytest.mark.parametrize("is_link", [False, True])
def test_a_file_in_the_place_of_a_new_page_stays(built: Archive, tmp_path: Path, is_link: bool) -> None:
    """It is named at every build until it is moved away."""
    outside, mine = tmp_path / "outside.html", built.output / FIRST
    outside.write_text("mine")
    if is_link:
        mine.symlink_to(outside)
    else:
        mine.write_text("mine")
    add_first(built)
    for _ in range(2):
        assert f"build/{FIRST}: newsgen did not write this file" in built.build(ok=(1,)).stderr
        assert mine.is_symlink() is is_link
        assert (mine.read_text(), outside.read_text()) == ("mine", "mine")
    mine.unlink()
    built.build()
    built.assert_clean()


def test_a_folder_that_leads_out_of_the_output_is_not_followed(built: Archive, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (built.output / "sport").symlink_to(tmp_path / "outside")
    built.save(evening())
    assert "link leads out" in built.build(ok=(4,)).stderr
    assert list((tmp_path / "outside").iterdir()) == []
    (built.output / "sport").unlink()
    built.build()
    built.assert_clean()


def test_files_behind_a_link_in_the_output_are_not_removed(built: Archive, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (built.output / "world/2019").rename(outside)
    (built.output / "world/2019").symlink_to(outside)
    before = tree(outside)
    assert before
    built.save(evening())
    for arguments in ((), ("--clean",)):
        built.build(*arguments, ok=(0, 4))
        assert tree(outside) == before


UNSAFE = [".", "content", "content/world", "..", "/", "templates", ".newsgen/x", ".git", "~"]


@pytest.mark.parametrize("output", [*UNSAFE, *(f"link to {name}" for name in (".", "content", "..", "~", "/"))])
def test_unsafe_outputs_are_refused(archive: Archive, tmp_path: Path, output: str) -> None:
    home = tmp_path / "home"
    (home / "kept").mkdir(parents=True)
    name = output.removeprefix("link to ")
    target = home if name == "~" else Path("/") if name == "/" else archive.root / name
    if name != output:
        (tmp_path / "link").symlink_to(target)
        target = tmp_path / "link"
    before = sorted(tmp_path.rglob("*"))
    stderr = archive.build("--output", target, ok=(2,), HOME=str(home)).stderr
    assert "The output cannot be" in stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("inside", ["notes.txt", ".hidden", "folder/"])
def test_a_folder_of_somebody_else_is_not_written_to(archive: Archive, inside: str) -> None:
    """The first build wants a folder that is empty, or not there, and says what to do."""
    archive.output.mkdir()
    mine = archive.output / inside
    if inside.endswith("/"):
        mine.mkdir()
    else:
        mine.write_text("mine")
    stderr = archive.build(ok=(2,)).stderr
    assert "newsgen did not make it" in stderr
    assert "--output" in stderr
    assert [path.name for path in archive.output.iterdir()] == [inside.rstrip("/")]
    mine.rmdir() if inside.endswith("/") else mine.unlink()
    archive.build()
    archive.assert_clean()


def test_an_output_that_is_a_file(archive: Archive) -> None:
    archive.output.write_text("mine")
    assert "not a folder" in archive.build(ok=(2,)).stderr
    assert archive.output.read_text() == "mine"


def test_an_output_through_a_link(built: Archive, tmp_path: Path) -> None:
    """A user may build into another folder through a link; the link stays."""
    link, real = tmp_path / "public", tmp_path / "real"
    real.mkdir()
    link.symlink_to(real)
    built.build("--output", link)
    assert link.is_symlink()
    assert tree(real) == built.clean()


@pytest.mark.parametrize("litter", [".DS_Store", "Thumbs.db", "desktop.ini"])
def test_what_systems_leave_in_a_folder_is_nobodys(archive: Archive, litter: str) -> None:
    archive.output.mkdir()
    (archive.output / litter).write_text("x")
    archive.build()
    (archive.output / "world" / litter).write_text("x")
    for file in archive.state.iterdir():
        file.unlink()
    assert litter not in archive.build().stderr
    assert (archive.output / litter).read_text() == (archive.output / "world" / litter).read_text() == "x"


@pytest.mark.parametrize(
    ("place", "code"), [("pyproject.toml", 2), ("build/.newsgen-tmp", 4), ("build/index.html", 0), ("record", 0)]
)
def test_a_pipe_in_place_of_a_file_is_not_waited_for(built: Archive, place: str, code: int) -> None:
    path = next(built.state.glob("record*.json")) if place == "record" else built.root / place
    built.save(evening())
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    done = built.build(ok=(code,))
    assert ("pyproject.toml: This is a device or pipe" in done.stderr) is (place == "pyproject.toml")
    if code == 0:
        built.assert_clean()
