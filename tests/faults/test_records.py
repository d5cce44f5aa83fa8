"""A record that is damaged, lost, or another's costs a full build, and never gives a wrong page."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsgen.model.errors import SystemFault
from newsgen.store import DamagedError, Seal, Store
from tests.support.archive import Archive, tree
from tests.support.killable import KILLED, KillableDesk
from tests.support.sites import differences, story


def stories() -> dict[str, bytes]:
    return {
        f"content/world/{n}.md": story(f"Story {n}", f"2019-05-0{1 + n}T10:00", id=f"s{n}", tags="[grain]")
        for n in range(3)
    }


@pytest.fixture
def desk(tmp_path: Path) -> KillableDesk:
    """A small site that was built once, and edited since."""
    desk = KillableDesk.at(tmp_path, stories())
    desk.build_here()
    desk.site.write("content/world/1.md", story("Story one", "2019-05-02T10:00", id="s1", slug="story-1", tags="[rye]"))
    return desk


def killed(desk: KillableDesk) -> dict[str, bytes]:
    """The record of a build that was killed half-way."""
    effects = 0
    while desk.build_until(effects := effects + 40) == KILLED and effects < 80:
        pass
    return tree(desk.folder / "record")


def finished(desk: KillableDesk) -> dict[str, bytes]:
    desk.build_here()
    return tree(desk.folder / "record")


def put(desk: KillableDesk, files: dict[str, bytes]) -> None:
    shutil.rmtree(desk.folder / "record")
    (desk.folder / "record").mkdir()
    for name, data in files.items():
        (desk.folder / "record" / name).write_bytes(data)


def flips(data: bytes, count: int) -> Iterator[bytes]:
    """The data with one bit flipped, at random places."""
    generator = random.Random(len(data))
    for _ in range(count):
        position = generator.randrange(len(data))
        yield data[:position] + bytes([data[position] ^ (1 << generator.randrange(8))]) + data[position + 1 :]


def lengths(data: bytes, count: int) -> Iterator[bytes]:
    """The data cut off at several lengths."""
    for number in range(count):
        yield data[: len(data) * number // count]


def rubbish(data: bytes) -> Iterator[bytes]:
    """What is no file of a record."""
    yield bytes(len(data))
    yield random.Random(1).randbytes(len(data))
    yield b"not a record\n"
    yield data + b"more"
    yield data * 2


def wrong(desk: KillableDesk, files: dict[str, bytes], name: str, damages: Iterator[bytes]) -> list[str]:
    """Build with one file of a record damaged in each of some ways; every error, and every file that came out wrong."""
    clean = desk.clean()
    errors = []
    for number, data in enumerate(damages):
        put(desk, files | {name: data})
        problems = desk.build_here().problems
        errors += [f"{name} {number} {problem.rule}" for problem in problems if problem.severity == "error"]
        errors += [f"{name} {number} {path}" for path in differences(tree(desk.built), clean)]
    return errors


def test_a_record_that_is_cut_or_rubbish(desk: KillableDesk) -> None:
    files = finished(desk)
    assert files
    for name, data in files.items():
        assert wrong(desk, files, name, rubbish(data)) == []
        assert wrong(desk, files, name, lengths(data, 6)) == []


@pytest.mark.parametrize("count", [8, pytest.param(300, marks=pytest.mark.long)])
def test_a_record_with_a_flipped_bit(desk: KillableDesk, count: int) -> None:
    files = finished(desk)
    for name, data in files.items():
        assert wrong(desk, files, name, flips(data, count)) == []


def test_a_record_that_lost_one_of_its_files(desk: KillableDesk) -> None:
    files = finished(desk)
    clean = desk.clean()
    for name in files:
        put(desk, {other: data for other, data in files.items() if other != name})
        assert [problem for problem in desk.build_here().problems if problem.severity == "error"] == []
        assert differences(tree(desk.built), clean) == []
        (desk.folder / "record" / name).unlink()
        (desk.folder / "record" / name).mkdir()
        (desk.folder / "record" / name / "inside").touch()
        assert [problem for problem in desk.build_here().problems if problem.severity == "error"] == []
        assert differences(tree(desk.built), clean) == []


@pytest.mark.long
def test_a_record_cut_at_every_byte(desk: KillableDesk) -> None:
    """Every length is recognised as damaged; from many of them a site is built."""
    files = finished(desk)
    opened = built = 0
    for name, data in files.items():
        built += min(len(data), 2000)
        assert wrong(desk, files, name, lengths(data, min(len(data), 2000))) == []
        for length in range(len(data)):
            put(desk, files | {name: data[:length]})
            with Store(str(desk.folder / "record/record.sqlite")) as store:
                assert store.seal.was_damaged
                assert store.seal.last == Seal()
            opened += 1
    print(f"{opened} records cut at every byte recognised as damaged; {built} built from, 0 wrong pages")


@pytest.mark.parametrize("count", [20, pytest.param(300, marks=pytest.mark.long)])
def test_the_record_of_a_killed_build_with_a_flipped_bit(desk: KillableDesk, count: int) -> None:
    files = killed(desk)
    errors = [error for name, data in files.items() for error in wrong(desk, files, name, flips(data, count))]
    print(f"{len(errors)} wrong after a bit was flipped in the record of a killed build", *errors[:5], sep="\n")
    assert errors == []


class Damaged(sqlite3.Connection):
    """A database that is found to be damaged when one statement is run first."""

    statement = ""  # how it begins; "" after it was run

    def _run(self, sql: str) -> None:
        if Damaged.statement and sql.startswith(Damaged.statement):
            Damaged.statement = ""
            raise sqlite3.DatabaseError("database disk image is malformed")

    def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
        self._run(sql)
        return super().execute(sql, values)

    def executemany(self, sql: str, rows: Any, /) -> sqlite3.Cursor:
        self._run(sql)
        return super().executemany(sql, rows)


@pytest.mark.parametrize(  # of recover, learn and finish
    "statement", ["select pages from claim", "insert or replace into related", "create index if not exists page"]
)
def test_damage_that_shows_while_rows_are_written_costs_a_full_build(
    desk: KillableDesk, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    """SQLite does not read its indexes when it checks a database, so that damage in one shows only later."""
    files = killed(desk)
    clean = desk.clean()
    put(desk, files)
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Damaged))
    monkeypatch.setattr(Damaged, "statement", statement)
    assert [problem.rule for problem in desk.build_here().problems] == ["record-damaged"]
    assert not Damaged.statement
    assert differences(tree(desk.built), clean) == []


def test_damage_that_nothing_handles_is_an_error_of_the_system(tmp_path: Path) -> None:
    """As when `explain` meets it, or when the disk damages the new record too."""
    with pytest.raises(SystemFault) as caught, Store(str(tmp_path / "record.sqlite")):
        raise DamagedError
    assert caught.value.problems[0].rule == "record-unreadable"


def test_the_record_of_a_killed_build_that_is_cut(desk: KillableDesk) -> None:
    files = killed(desk)
    for name, data in files.items():
        assert wrong(desk, files, name, lengths(data, 6)) == []


# --- through the command --------------------------------------------------------------------------------------------


def records(archive: Archive) -> list[Path]:
    return sorted(path for path in archive.state.iterdir() if path.name != "lock")


def test_a_damaged_record_is_reported_in_one_line(shared_archive: Archive) -> None:
    for number in range(len(records(shared_archive))):
        path = records(shared_archive)[number]
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        done = shared_archive.build()
        assert [line.partition(": ")[2] for line in done.stderr.splitlines()] == [
            "warning: The record of earlier builds cannot be read. Everything is built again."
        ]
        shared_archive.assert_clean()
        assert shared_archive.build().stderr == ""


def test_the_record_of_another_newsgen(shared_archive: Archive, tmp_path: Path) -> None:
    """The package's own code is part of what pages are made from."""
    import newsgen

    package = Path(newsgen.__file__).parent
    shutil.copytree(package, tmp_path / "newsgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "templates", tmp_path / "templates")
    with (tmp_path / "newsgen/text/english.py").open("a") as module:
        module.write("\n# another version\n")
    done = shared_archive.run(["env", "-C", str(tmp_path), *shared_archive.command()])
    assert " 0 rendered" not in done.stdout
    assert "0 written" in done.stdout
    shared_archive.assert_clean()
    assert " 0 rendered" not in shared_archive.build().stdout


def test_a_record_copied_from_another_site(shared_archive: Archive, tmp_path: Path) -> None:
    other = Archive(tmp_path / "other")
    other.save({path: data.replace(b"Harbour report", b"Weather") for path, data in shared_archive.sources().items()})
    shutil.copytree(shared_archive.state, other.state)
    other.build()  # believes it, as one that a cache restored, and compares everything with it
    other.assert_clean()
    shutil.copytree(shared_archive.state, other.state, dirs_exist_ok=True)
    other.build()
    other.assert_clean()


def test_a_site_that_is_copied_or_moved(shared_archive: Archive, tmp_path: Path) -> None:
    shutil.copytree(shared_archive.root, tmp_path / "copy", symlinks=True)
    (tmp_path / "copy").rename(tmp_path / "moved")
    moved = Archive(tmp_path / "moved")
    (moved.root / "content/world/01.md").write_bytes(
        b"---\nheadline: Moved\ndate: 2019-05-02\nsection: World\n---\n\nText.\n"
    )
    moved.build(ok=(0, 1))
    left = "world/2019/05/02/harbour-report-1.html"  # without a record, it looks like a user's file
    output, clean = tree(moved.output), moved.clean()
    assert {path for path in output.keys() | clean.keys() if output.get(path) != clean.get(path)} <= {left}
