"""A site whose record and output come back from a cache, as in continuous integration: nothing is made again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsgen.store import Store
from newsgen.text.address import output_path
from tests.support.archive import tree
from tests.support.caches import pack, unpack
from tests.support.killable import KillableDesk
from tests.support.sites import story

KEPT = ("record", "build")


def desk_at(folder: Path) -> KillableDesk:
    folder.mkdir()
    stories = {
        f"content/world/{n}.md": story(f"Ferry {n} sails", f"2019-05-0{1 + n}T10:00", id=f"s{n}", tags="[ferries]")
        for n in range(4)
    }
    return KillableDesk.at(folder, stories)


def restored(desk: KillableDesk, folder: Path, *, keeps_times: bool) -> KillableDesk:
    """The same site in another folder, which has of the first what a tar kept of it."""
    archive = folder.with_suffix(".tar")
    pack(archive, desk.folder, KEPT)
    other = desk_at(folder)
    (folder / "record").rmdir()
    unpack(archive, folder, keeps_times=keeps_times)
    return other


@pytest.mark.parametrize("keeps_times", [True, False])
def test_an_unchanged_build_makes_nothing(tmp_path: Path, keeps_times: bool) -> None:
    first = desk_at(tmp_path / "first")
    pages = first.build_here().pages
    other = restored(first, tmp_path / "other", keeps_times=keeps_times)
    before = tree(other.built)
    result = other.build_here()
    assert (result.rendered, result.written, result.removed, result.problems) == ((), (), (), ())
    assert result.pages == pages
    assert tree(other.built) == before == tree(first.built)
    with Store(str(other.folder / "record/record.sqlite")) as store:
        times = {url: mtime_ns for url, _unit, _size, mtime_ns, _made in store.pages.files()}
    assert times == {url: os.stat(other.built / output_path(url)).st_mtime_ns for url in times}


@pytest.mark.parametrize("keeps_times", [True, False])
def test_an_edit_makes_what_it_touches(tmp_path: Path, keeps_times: bool) -> None:
    first = desk_at(tmp_path / "first")
    pages = first.build_here().pages
    other = restored(first, tmp_path / "other", keeps_times=keeps_times)
    other.site.write(
        "content/world/1.md", story("Ferry 1 sails", "2019-05-02T10:00", "World", "Late.", id="s1", tags="[ferries]")
    )
    result = other.build_here()
    assert 0 < len(result.rendered) < pages / 2
    clean = desk_at(tmp_path / "clean")
    clean.site.files.update(other.site.files)
    clean.build_here()
    assert tree(other.built) == tree(clean.built)


def test_a_page_that_was_changed_in_the_cache_is_mended(tmp_path: Path) -> None:
    first = desk_at(tmp_path / "first")
    first.build_here()
    other = restored(first, tmp_path / "other", keeps_times=False)
    page = other.built / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Ferry", b"Fairy"))
    assert other.build_here().written == ("/",)
    assert tree(other.built) == tree(first.built)


def test_a_record_that_is_not_the_one_that_was_sealed_is_forgotten(tmp_path: Path) -> None:
    """One byte of a headline is other, and the times too."""
    first = desk_at(tmp_path / "first")
    first.build_here()
    other = restored(first, tmp_path / "other", keeps_times=False)
    record = other.folder / "record" / "record.sqlite"
    data = record.read_bytes()
    assert b"Ferry 2" in data
    record.write_bytes(data.replace(b"Ferry 2", b"Ferry 3"))
    result = other.build_here()
    assert result.rendered
    assert tree(other.built) == tree(first.built)
