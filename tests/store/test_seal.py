"""The seal comes back as it was written, and vouches for one database only."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import fields, replace
from pathlib import Path

import pytest

from newsgen.model.errors import Problem
from newsgen.model.files import digest
from newsgen.store import Seal, Span, Store

FULL = Seal(
    state="finished",
    stamp="newsgen 1",
    settings_digest="a",
    site_notes_digest="b",
    theme_digest="c",
    site_digest="d",
    ledger_digest="e",
    requests_digest="f",
    listing_digest="g",
    read_at_ns=1,
    clock=2,
    drafts=True,
    stable=Span(3, None),
    story_count=4,
    held=(("id-1", "embargo", 5), ("id-2", "draft", None)),
    killed=("id-3",),
    has_problems=True,
    has_unreadable=True,
    common_words=("the a", "", "of", ""),
    sample_rank=6,
    own_digest="o",
    redirects_digest="h",
    brief_pages=("/world/2019/05/01/briefs.html",),
    recorded=(("id-5", "2026-11-26"),),
    owner="The Archive, https://archive.example",
    list_digest="j",
    page_count=7,
    output_digest="i",
    output_ns=8,
    other_files=("mine.txt",),
    retry=("story/id-4",),
    former=(("/world/old.html", "a"),),
    input_problems=(Problem("unreadable", "content/a.md", values=("why",)),),
    address_problems=(Problem("address-taken", "content/b.md", line=2),),
    leak_problems=(Problem("page-gives-away", "c.html", severity="warning"),),
)


def sealed(path: Path, seal: Seal = FULL) -> Path:
    """A store on the disk that a build has ended; the file of its seal."""
    with Store(str(path / "record.sqlite")) as store:
        store.begin(())
        store.seal.write(seal)
    return path / "record.json"


def reopened(path: Path) -> Store:
    return Store(str(path / "record.sqlite"))


def rewritten(file: Path, content: object) -> None:
    """Write a seal with other content, and with the checksum of that."""
    body = json.dumps(content).encode()
    file.write_bytes(digest(body).encode() + b"\n" + body)


def test_every_field_comes_back_as_it_was(tmp_path: Path) -> None:
    nothing = Seal()
    assert [field.name for field in fields(Seal) if getattr(FULL, field.name) == getattr(nothing, field.name)] == []
    sealed(tmp_path)
    assert reopened(tmp_path).seal.last == FULL


def test_a_store_without_a_build_says_so(tmp_path: Path) -> None:
    for store in (reopened(tmp_path), Store(":memory:")):
        assert store.seal.last == Seal()
        last = store.seal.last
        assert (last.exists, last.is_finished, last.is_unfinished) == (False, False, False)
        assert not store.seal.was_damaged


def test_to_open_a_store_opens_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged build reads the seal, and nothing else."""
    sealed(tmp_path)
    monkeypatch.setattr(sqlite3, "connect", None)
    assert reopened(tmp_path).seal.last.is_finished


def test_a_seal_that_is_broken_is_unfinished_until_it_is_written(tmp_path: Path) -> None:
    sealed(tmp_path)
    with reopened(tmp_path) as store:
        store.begin(())
        assert store.seal.last.is_unfinished
    with reopened(tmp_path) as store:
        assert store.seal.last == replace(FULL, state="unfinished")
        store.seal.write(FULL)
    assert reopened(tmp_path).seal.last == FULL


def test_a_first_build_that_is_killed_leaves_only_that(tmp_path: Path) -> None:
    with reopened(tmp_path) as store:
        store.begin(())
    assert reopened(tmp_path).seal.last == Seal(state="unfinished")


@pytest.mark.parametrize("damage", ["database", "bytes", "checksum", "no database", "empty database"])
def test_what_the_seal_does_not_vouch_for_is_forgotten(tmp_path: Path, damage: str) -> None:
    file, database = sealed(tmp_path), tmp_path / "record.sqlite"
    if damage == "database":
        database.write_bytes(database.read_bytes() + b"\0")
    elif damage == "bytes":
        data = database.read_bytes()
        database.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif damage == "checksum":
        data = file.read_bytes()
        file.write_bytes((b"1" if data.startswith(b"0") else b"0") + data[1:])
    elif damage == "no database":
        database.unlink()
    else:
        with reopened(tmp_path) as store:
            store.begin(())
        database.write_bytes(b"")
    store = reopened(tmp_path)
    assert store.seal.last == Seal()
    assert store.seal.was_damaged is (damage != "no database")
    assert list(tmp_path.iterdir()) == []


def test_a_database_with_other_times_and_the_same_bytes_is_the_one_that_was_sealed(tmp_path: Path) -> None:
    sealed(tmp_path)
    os.utime(tmp_path / "record.sqlite", ns=(1, 1))
    assert reopened(tmp_path).seal.last == FULL


@pytest.mark.parametrize("change", ["missing", "more", "other order", "other shape", "nested", "list", "null"])
def test_the_seal_of_another_version_is_forgotten(tmp_path: Path, change: str) -> None:
    file = sealed(tmp_path)
    vouched_for, values = json.loads(file.read_bytes().partition(b"\n")[2])
    content: object = {
        "missing": {name: value for name, value in values.items() if name != "clock"},
        "more": {**values, "another": 1},
        "other order": dict(reversed(values.items())),
        "other shape": {**values, "held": 1},
        "nested": {**values, "stable": [1]},
        "list": list(values.values()),
        "null": None,
    }[change]
    rewritten(file, [vouched_for, content])
    store = reopened(tmp_path)
    assert (store.seal.last, store.seal.was_damaged) == (Seal(), True)
    sealed(tmp_path)
    rewritten(file, {"clock": 1, "database": []})
    assert reopened(tmp_path).seal.was_damaged


def test_a_held_store_is_unfinished_on_the_disk_until_it_is_released(tmp_path: Path) -> None:
    sealed(tmp_path)
    with reopened(tmp_path) as store:
        store.hold()
        store.begin(())
        store.seal.write(replace(FULL, clock=9))
        assert store.seal.last.clock == 9
        assert reopened_seal(tmp_path).is_unfinished
        store.release("listing")
    assert reopened(tmp_path).seal.last == replace(FULL, clock=9, listing_digest="listing")


def reopened_seal(path: Path) -> Seal:
    with reopened(path) as store:
        return store.seal.last


def test_a_held_store_in_which_nothing_changed_is_left_alone(tmp_path: Path) -> None:
    file = sealed(tmp_path)
    before = file.stat().st_mtime_ns
    with reopened(tmp_path) as store:
        store.hold()
        store.release(FULL.listing_digest)
    assert file.stat().st_mtime_ns == before


def test_a_store_takes_over_what_another_knows(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    sealed(tmp_path / "other")
    with Store(str(tmp_path / "preview.sqlite")) as store:
        store.begin(())
        assert store.copy_from(str(tmp_path / "other/record.sqlite"))
        assert store.seal.last == FULL
    with Store(str(tmp_path / "preview.sqlite")) as store:
        assert store.seal.last == FULL
    assert reopened(tmp_path / "other").seal.last == FULL


def test_a_store_takes_over_nothing_of_a_killed_build(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    sealed(tmp_path)
    with reopened(tmp_path / "other") as other:
        other.begin(())
    with reopened(tmp_path) as store:
        assert not store.copy_from(str(tmp_path / "other/record.sqlite"))
        assert store.seal.last == FULL


def test_a_span_has_its_start_and_not_its_end() -> None:
    assert [clock for clock in range(6) if Span(2, 4).covers(clock)] == [2, 3]
    assert all(span.covers(7) for span in (Span(), Span(7), Span(None, 8)))
