"""A folder of releases: what readers see, what stays of others, what is damaged, what is kept and forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsgen.model.errors import SystemFault, UsageError
from newsgen.model.settings import Settings
from newsgen.model.targets import TargetSettings
from newsgen.publish import manifest as manifests
from newsgen.publish.folder import KEPT, FolderTarget, moment_of, open_target
from newsgen.publish.release import Release
from newsgen.publish.run import Plan, Published, make_plan, perform, put_back, tidy
from newsgen.publish.send import NO_PROGRESS
from newsgen.publish.withdrawn import Withdrawn
from tests.support.archive import tree
from tests.support.publications import NOW, FakeTime, surroundings
from tests.support.targets import release

SETTINGS = Settings("The Archive", "https://archive.example")


class Folder:
    """A folder that is published to, with a clock that goes on by an hour each time."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = NOW

    @property
    def target(self) -> FolderTarget:
        around = surroundings("/nonexistent", FakeTime(self.clock))
        return open_target(TargetSettings("live", "folder", path=str(self.root)), SETTINGS, around)

    @property
    def current(self) -> Path:
        return self.root / "current"

    def names(self) -> list[str]:
        return sorted(os.listdir(self.root / "releases"))

    def plan(self, what: Release, *, is_forced: bool = False) -> Plan:
        return make_plan(self.target, what, surroundings("."), is_forced=is_forced)

    def publish(self, what: Release, *withdrawn: Withdrawn, is_forced: bool = False) -> Published:
        self.clock += 3600
        around, target = surroundings("."), self.target
        perform(target, make_plan(target, what, around, is_forced=is_forced), around, NO_PROGRESS)
        return tidy(target, what, withdrawn, around, may_forget=False)

    def served(self) -> dict[str, bytes]:
        return tree(self.current.resolve())


def a_release(version: int) -> Release:
    return release({"index.html": f"front {version}", "same.html": "same", f"only-{version}.html": "text"})


def whole(what: Release) -> dict[str, bytes]:
    return {file.path: what.read(file) for file in what.whole}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "www")


def test_a_first_and_a_second_publication(folder: Folder) -> None:
    for version in (1, 2):
        folder.publish(a_release(version))
        assert folder.served() == whole(a_release(version))
    assert os.readlink(folder.current) == f"releases/{folder.names()[-1]}"  # relative: the folder can be moved
    assert os.listdir(folder.root) == ["releases", "current"] or sorted(os.listdir(folder.root)) == [
        "current",
        "releases",
    ]


def test_the_same_again_changes_nothing(folder: Folder) -> None:
    folder.publish(a_release(1))
    before = folder.names()
    assert folder.plan(a_release(1)).is_nothing
    folder.publish(a_release(1))
    assert folder.names() == before


def test_what_stays_takes_no_room(folder: Folder) -> None:
    folder.publish(a_release(1))
    folder.publish(a_release(2))
    assert (folder.current / "same.html").stat().st_nlink == 2
    assert (folder.current / "index.html").stat().st_nlink == 1


def test_a_file_system_without_hard_links(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    folder.publish(a_release(1))
    (folder.current / ".htaccess").write_text("theirs")
    monkeypatch.setattr(os, "link", refuse)
    folder.publish(a_release(2))
    assert folder.served() == whole(a_release(2)) | {".htaccess": b"theirs"}


def test_so_many_releases_are_kept(folder: Folder) -> None:
    for version in range(KEPT + 3):
        folder.publish(a_release(version))
    assert len(folder.names()) == KEPT
    assert folder.served() == whole(a_release(KEPT + 2))


def test_files_of_others_are_named_and_stay(folder: Folder) -> None:
    """Hidden ones and links too; also folders and files beside the releases."""
    folder.publish(a_release(1))
    (folder.current / "theirs.txt").write_text("theirs")
    (folder.current / ".well-known/acme").mkdir()
    (folder.current / ".well-known/acme/token").write_text("theirs")
    (folder.current / "uploads").symlink_to("/srv/uploads")
    (folder.root / "releases/my-backup").mkdir()
    (folder.root / "notes.txt").write_text("theirs")
    assert folder.plan(a_release(2)).standing.foreign == (".well-known/acme/token", "theirs.txt", "uploads")
    for version in range(2, KEPT + 4):
        folder.publish(a_release(version))
    theirs = {".well-known/acme/token": b"theirs", "theirs.txt": b"theirs"}
    assert folder.served() == whole(a_release(KEPT + 3)) | theirs
    assert os.readlink(folder.current / "uploads") == "/srv/uploads"
    assert "my-backup" in folder.names()
    assert (folder.root / "notes.txt").exists()


def test_a_file_of_others_in_the_way(folder: Folder) -> None:
    folder.publish(a_release(1))
    (folder.current / "only-2.html").write_text("theirs")
    assert folder.plan(a_release(2)).in_the_way == ("only-2.html",)
    folder.publish(a_release(2), is_forced=True)
    assert folder.served() == whole(a_release(2))


@pytest.mark.parametrize("make", ["file", "folder", "link", "link to a folder of theirs"])
def test_a_current_that_is_not_ours_stays(folder: Folder, make: str) -> None:
    folder.root.mkdir()
    if make == "file":
        folder.current.write_text("theirs")
    elif make == "folder":
        folder.current.mkdir()
    else:
        folder.current.symlink_to("/srv/old" if make == "link" else "releases/theirs")
    before = os.readlink(folder.current) if folder.current.is_symlink() else None
    with pytest.raises(SystemFault) as fault:
        folder.publish(a_release(1))
    assert fault.value.problems[0].rule == "publish-current"
    assert fault.value.problems[0].path == str(folder.current)
    assert os.path.lexists(folder.current)
    assert (os.readlink(folder.current) if folder.current.is_symlink() else None) == before


def test_a_current_whose_release_somebody_deleted(folder: Folder) -> None:
    folder.publish(a_release(1))
    os.rename(folder.current.resolve(), folder.root / "away")
    folder.publish(a_release(2))
    assert folder.served() == whole(a_release(2))


def test_a_damaged_file_is_found_and_not_handed_on(folder: Folder) -> None:
    folder.publish(a_release(1))
    (folder.current / "same.html").write_text("sane")
    what = a_release(1)
    (found,) = folder.target.mismatches(what, [file.path for file in what.files])
    assert (found.path, found.kind) == ("same.html", "differs")
    folder.publish(a_release(2))
    assert folder.served() == whole(a_release(2))


def test_force_mends_what_is_damaged_or_missing(folder: Folder) -> None:
    folder.publish(a_release(1))
    (folder.current / "same.html").write_text("sane")
    (folder.current / "index.html").unlink()
    folder.clock -= 3600  # at the same second
    folder.publish(a_release(1), is_forced=True)
    assert folder.served() == whole(a_release(1))


@pytest.mark.parametrize("back", [1, 86_400])
def test_the_newest_release_is_the_last_that_was_made(folder: Folder, back: int) -> None:
    """Also of several in a second, and of one by a computer whose clock is a day behind: the oldest are deleted."""
    made = []
    for number in range(1, KEPT + 3):
        folder.clock = NOW - 3600 - (0 if number % 2 else back)
        folder.publish(a_release(number))
        made.append(folder.current.resolve().name)
    assert folder.names() == made[-KEPT:]
    assert folder.served() == whole(a_release(KEPT + 2))


def test_a_manifest_that_was_destroyed(folder: Folder) -> None:
    """What stands is not known to be newsgen's any more: it is in the way, and with --force written over."""
    folder.publish(a_release(1))
    (folder.current / manifests.PATH).write_bytes(b"\0\0")
    plan = folder.plan(a_release(2))
    assert plan.in_the_way == ("index.html", "same.html")
    folder.publish(a_release(2), is_forced=True)
    assert folder.served() == whole(a_release(2)) | {"only-1.html": b"text"}


def test_what_was_withdrawn_is_deleted_from_every_release(folder: Folder) -> None:
    folder.publish(a_release(1))
    folder.publish(a_release(2))
    clean = folder.names()[-1]
    held = Withdrawn("only-1.html")
    published = folder.publish(a_release(3), held)
    assert [moment_of(each.key) is not None for each in published.forgotten] == [True]
    assert folder.names()[0] == clean
    assert published.leftovers == ()
    assert b"text" not in [data for path, data in tree(folder.root).items() if path.endswith("only-1.html")]


def test_what_a_killed_run_left_counts_as_a_publication(folder: Folder) -> None:
    """It may hold anything: after a kill it is deleted."""
    folder.publish(a_release(1))
    for left in (".partial-00000000", ".deleted-20261129T000000Z-00000000"):
        (folder.root / "releases" / left).mkdir()
        (folder.root / "releases" / left / "only-1.html").write_text("text of a killed story")
    published = folder.publish(a_release(1), Withdrawn("gone.html"))
    assert {each.key for each in published.forgotten} == {".partial-00000000", ".deleted-20261129T000000Z-00000000"}
    assert len(folder.names()) == 1


def test_what_a_killed_run_left_is_gone_after_a_day(folder: Folder) -> None:
    """Before that, another computer may be at work on it."""
    folder.publish(a_release(1))
    for name, hours in (("new", 1), ("old", 25)):
        left = folder.root / f"releases/.partial-{name}"
        left.mkdir()
        seconds = time.time() - hours * 3600
        os.utime(left, (seconds, seconds))
    folder.publish(a_release(2))
    assert [name for name in folder.names() if name.startswith(".")] == [".partial-new"]


def test_two_publications_at_once(folder: Folder) -> None:
    """From two computers: each release has the files of one of them."""
    folder.publish(a_release(1))
    one, other = folder.target, folder.target
    for target, what in ((one, a_release(2)), (other, a_release(3))):
        for file in target.missing(what):
            target.put(file, what.read(file))
    one.commit(a_release(2), lambda _file: None)
    assert folder.served() == whole(a_release(2))
    other.commit(a_release(3), lambda _file: None)
    assert folder.served() == whole(a_release(3))


def test_two_computers_publish_the_same_at_once(folder: Folder) -> None:
    """The first gives its release the folder that both work in: what the second puts after that is never shown."""
    folder.publish(a_release(1))
    one, other, what = folder.target, folder.target, a_release(2)
    one.missing(what)
    missing = other.missing(what)
    assert len(missing) < len(what.whole)
    for file in what.whole:
        one.put(file, what.read(file))
    one.commit(what, lambda _file: None)
    for file in missing:
        other.put(file, what.read(file))
    with pytest.raises(SystemFault) as fault:
        other.commit(what, lambda _file: None)
    assert fault.value.problems[0].rule == "publish-not-there"
    assert folder.served() == whole(what)


def test_back_and_forth(folder: Folder) -> None:
    folder.publish(a_release(1))
    folder.publish(a_release(2))
    put_back(folder.target, a_release(2).manifest, (), "", surroundings("."))
    assert folder.served() == whole(a_release(1))
    put_back(folder.target, a_release(2).manifest, (), "", surroundings("."))
    assert folder.served() == whole(a_release(2))
    put_back(folder.target, a_release(2).manifest, (), folder.names()[0], surroundings("."))
    folder.publish(a_release(2))
    assert folder.served() == whole(a_release(2))


def test_a_run_that_was_killed_before_the_link(folder: Folder) -> None:
    """Its release is left alone: another computer may be about to show it, for it published the same."""
    folder.publish(a_release(1))
    target = folder.target
    assert target.missing(a_release(2))
    for file in a_release(2).whole:
        target.put(file, a_release(2).read(file))
    hidden = "20261129T200000Z-" + a_release(2).id[:8]
    target._folder.finish(hidden)
    assert folder.served() == whole(a_release(1))
    folder.clock += 100_000
    folder.publish(a_release(2))
    assert folder.served() == whole(a_release(2))
    assert hidden in folder.names()
    target._folder.show(hidden)
    assert folder.served() == whole(a_release(2))


@pytest.mark.parametrize(
    "path", ["content", "content/www", "templates/x", "static", "build", "build/live", ".git/x", "a/../build"]
)
def test_a_path_inside_the_site_is_refused(tmp_path: Path, path: str) -> None:
    for name in ("content", "build"):
        (tmp_path / name).mkdir()
    around = surroundings(str(tmp_path))
    with pytest.raises(UsageError) as error:
        open_target(TargetSettings("live", "folder", path=path), SETTINGS, around)
    assert error.value.problems[0].rule == "publish-inside"


def test_a_link_into_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "www").symlink_to("site/content")
    with pytest.raises(UsageError):
        open_target(TargetSettings("live", "folder", path="../www"), SETTINGS, surroundings(str(tmp_path / "site")))


def test_a_folder_that_cannot_be_written(folder: Folder) -> None:
    folder.root.write_text("a file")
    with pytest.raises(SystemFault) as fault:
        folder.publish(a_release(1))
    assert fault.value.problems[0].path == str(folder.root)


def test_odd_names(folder: Folder) -> None:
    odd = {name: name for name in ("a b.html", "ü/ß.html", "-x.html", "x'\"$(y).html", "new\nline.html", "a%20b?.html")}
    folder.publish(release(odd))
    folder.publish(release(odd | {"index.html": "x"}))
    assert folder.served() == whole(release(odd | {"index.html": "x"}))


def test_a_system_without_modules_of_unix() -> None:
    """Windows has none of these: what publishes can be imported there, and says what is missing when it is used."""
    hidden = ("fcntl", "grp", "pwd", "resource", "termios")
    modules = ("folder", "ssh", "ssh_run", "run", "registry")
    code = f"import sys\nfor name in {hidden}: sys.modules[name] = None\n"
    code += "".join(f"import newsgen.publish.{name}\n" for name in modules)
    subprocess.run([sys.executable, "-c", code], check=True)
