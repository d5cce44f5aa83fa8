"""Every way in which an editor, a copy or a checkout puts a file in place; files that vanish."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.engine.run import build
from newsgen.store import Store
from tests.support.archive import Archive, morning, save, tree
from tests.support.sites import Desk, assert_same

SAVES = Path(__file__).parents[3] / "shared/hostile/editors/saves.jsonl"
HOUR_NS = 3_600_000_000_000
STORY = "content/world/01.md"


class Folder:
    """A site in a real folder; each build is told that it is an hour later, so that it trusts every time on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.desk = Desk()
        save(root, morning())

    def _build(self, output: MemoryDisk, store: Store) -> None:
        job = self.desk.job(output)
        build(replace(job, site=FolderDisk(self.root), read_at_ns=time.time_ns() + HOUR_NS), store)

    def build(self) -> None:
        self._build(self.desk.output, self.desk.store)

    def clean(self) -> dict[str, bytes]:
        output = MemoryDisk(name="build")
        with Store(":memory:") as store:
            self._build(output, store)
        return output.files


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "site")
    folder.build()
    return folder


def edited(data: bytes) -> bytes:
    """Other text, of the same length."""
    return data.replace(b"report 1.", b"report I.")


def in_place(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def in_place_with_its_time(path: Path, data: bytes) -> None:
    times = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def replaced_with_its_time(path: Path, data: bytes) -> None:
    """As rsync -a, cp -p, tar and unzip do it."""
    times = path.stat()
    other = path.with_name(".half")
    other.write_bytes(data)
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)


def from_the_past(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    os.utime(path, (86400, 86400))


def through_a_mapping(path: Path, data: bytes) -> None:
    """Some bytes in the middle are written over; the file keeps its length at every moment."""
    with path.open("r+b") as file:
        at = next(number for number, (old, new) in enumerate(zip(path.read_bytes(), data, strict=True)) if old != new)
        file.seek(at)
        file.write(data[at : at + 1])


SAVED: list[Callable[[Path, bytes], None]] = [
    in_place, in_place_with_its_time, replaced_with_its_time, from_the_past, through_a_mapping,
]  # fmt: skip


@pytest.mark.parametrize("how", SAVED)
def test_an_edit_of_the_same_size_is_noticed(how: Callable[[Path, bytes], None], folder: Folder) -> None:
    before = dict(folder.desk.output.files)
    path = folder.root / STORY
    data = path.read_bytes()
    how(path, edited(data))
    assert len(edited(data)) == path.stat().st_size
    folder.build()
    assert folder.desk.output.files != before
    assert_same(folder.desk.output.files, folder.clean())


def test_the_command_notices_such_an_edit(shared_archive: Archive) -> None:
    path = shared_archive.root / STORY
    for data in (edited(path.read_bytes()), path.read_bytes()):
        in_place_with_its_time(path, data)
        shared_archive.build()
        shared_archive.assert_clean()


def test_an_edit_within_the_time_stamp_of_the_build_that_read_it() -> None:
    """A file may change twice without a change of its times: one that was read when it was that young is read again."""
    desk = Desk({path: data for path, data in morning().items() if path != "pyproject.toml"})
    young = desk.site.times[STORY] + 1
    build(replace(desk.job(desk.output), read_at_ns=young), desk.store)
    desk.site.files[STORY] = edited(desk.site.files[STORY])
    desk.build()
    assert_same(desk.output.files, desk.clean())


def step(root: Path, op: list[Any], original: os.stat_result) -> None:
    """One step of a pattern of saves.jsonl; S is a story's file."""
    here = root / Path(STORY).parent
    kind, *rest = op

    def at(name: str) -> Path:
        return here / name.replace("S", "01.md") if "S" in name else here / name

    data = edited(morning()[STORY])
    if kind in ("write", "truncate_write"):
        texts = {"NEW": data, "NEW_SAME_SIZE": data, "i": b"half"}
        at(rest[0]).write_bytes(texts.get(rest[1], rest[1].encode()))
    elif kind == "unlink":
        at(rest[0]).unlink()
    elif kind == "rename":
        names = [here if name == "DIR" else here.with_name("world-2") if name == "DIR2" else at(name) for name in rest]
        names[0].rename(names[1])
    elif kind == "utime":
        when = {"ORIGINAL": original.st_mtime, "NOW": time.time(), "-86400": time.time() - 86400}[rest[1]]
        os.utime(at(rest[0]), (when, when))
    elif kind == "open":
        at(rest[0]).write_bytes(b"")
    elif kind == "chunk":
        first, last = (int(part.rstrip("%]")) for part in rest[1].partition("[")[2].split(":"))
        with at(rest[0]).open("ab") as file:
            file.write(data[len(data) * first // 100 : len(data) * last // 100])
    elif kind == "mkdir":
        at(rest[0]).mkdir(parents=True)
    elif kind == "chmod":
        at(rest[0]).chmod(int(rest[1], 8))
    elif kind == "rename_to_outside":
        shutil.move(at(rest[0]), root.parent / "outside.md")
    elif kind == "repeat":
        for inner in rest[1]:
            step(root, inner, original)
    else:
        assert kind in ("sleep", "close")


def patterns() -> list[dict[str, Any]]:
    """The patterns for story files; links, settings and a checkout of 2,000 files have other tests."""
    if not SAVES.exists():
        return []
    rows = [json.loads(line) for line in SAVES.read_text().splitlines()]
    return [row for row in rows if row["id"] not in ("symlink-retarget", "config-save", "git-checkout-2000")]


@pytest.mark.skipif(not SAVES.exists(), reason="no collection of the ways in which editors save")
def test_every_way_to_save(tmp_path: Path) -> None:
    assert len(patterns()) > 12
    for pattern in patterns():
        folder = Folder(tmp_path / pattern["id"])
        folder.build()
        original = (folder.root / STORY).stat()
        for op in pattern["ops"]:
            step(folder.root, op, original)
            folder.build()  # after each step: any of them may be the worst moment for a build
            assert_same(folder.desk.output.files, folder.clean())


def test_many_files_replaced_at_once(folder: Folder) -> None:
    """As a checkout of another branch: every file removed, then written."""
    for path, data in tree(folder.root / "content").items():
        (folder.root / "content" / path).unlink()
        (folder.root / "content" / path).write_bytes(data.replace(b"report", b"notice"))
    folder.build()
    assert_same(folder.desk.output.files, folder.clean())


class Vanishing(FolderDisk):
    """A folder in which one file is removed, or changed, when it was listed or read so many times."""

    after = 0
    data: bytes | None = None

    def read(self, path: str) -> bytes:
        if path == STORY:
            if not self.after:
                target = Path(self.root, path)
                if self.data is None:
                    target.unlink(missing_ok=True)
                else:
                    target.write_bytes(self.data)
            self.after -= 1
        return super().read(path)


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("data", [None, edited(morning()[STORY])])
def test_a_story_that_goes_or_changes_while_it_is_built(data: bytes | None, after: int, tmp_path: Path) -> None:
    """It is named, the rest is built, and the next build is right again."""
    folder = Folder(tmp_path / "site")
    site = Vanishing(folder.root)
    site.after, site.data = after, data
    output = folder.desk.output
    outcome = build(replace(folder.desk.job(output), site=site, read_at_ns=time.time_ns()), folder.desk.store)
    errors = {problem.path for problem in outcome.problems if problem.severity == "error"}
    assert errors <= {STORY}
    assert errors or (data is not None and after == 0)
    assert len(output.files) > 30
    folder.build()
    assert_same(output.files, folder.clean())
