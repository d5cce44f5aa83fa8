"""A clock that goes back, far ahead, to 1970 or past 2038; files from the past and the future."""

from __future__ import annotations

import os

import pytest

from tests.support.archive import Archive, evening, morning, tree
from tests.support.sites import Desk, instant

EPOCH = str(instant("2020-01-01T12:00"))
MOMENTS = ("2020-01-01T12:00", "2019-12-31T12:00", "2030-01-01T12:00", "1970-01-01T00:00", "2038-01-19T03:14",
           "2038-01-19T03:15", "2106-02-07T06:29", "2020-01-02T12:00")  # fmt: skip


def test_any_clock_after_any_other() -> None:
    """With an edit at each. Embargoes end, and begin again, with the clock."""
    desk = Desk({path: data for path, data in morning().items() if path != "pyproject.toml"})
    is_out = set()  # whether the story under embargo was on a page
    for number, moment in enumerate((*MOMENTS, *reversed(MOMENTS))):
        desk.clock = instant(moment)
        path = f"content/world/{number % 3:02}.md"
        desk.site.write(path, desk.site.files[path] + b"\nMore.\n")
        desk.build()
        assert desk.output.files == desk.clean(), moment
        is_out.add(any(b"Zorrel" in data for data in desk.output.files.values()))
    assert is_out == {False, True}


@pytest.mark.parametrize("moment", ["2019-12-31T12:00:00+00:00", "2039-01-01T00:00:00+00:00"])
def test_the_clock_of_the_command(shared_archive: Archive, moment: str) -> None:
    shared_archive.build(now=moment)
    shared_archive.assert_clean(now=moment)


def test_files_from_the_past_and_the_future(shared_archive: Archive) -> None:
    for year in (1970, 2100):
        shared_archive.save(evening())
        seconds = instant(f"{year}-01-01T00:00:01")
        for path in (shared_archive.root / "content").rglob("*"):
            os.utime(path, (seconds, seconds))
        shared_archive.build()
        shared_archive.assert_clean(year)
        text = shared_archive.root / "content/world/10.md"
        text.write_bytes(text.read_bytes().replace(b"report 10", b"report X0"))
        os.utime(text, (seconds, seconds))
        shared_archive.build()
        shared_archive.assert_clean(year)


def test_source_date_epoch_sets_the_clock(archive: Archive) -> None:
    archive.build(now=None, SOURCE_DATE_EPOCH=EPOCH)
    archive.assert_clean()  # as with --now
    assert "0 rendered" in archive.build(now=None, SOURCE_DATE_EPOCH=EPOCH).stdout


def test_the_clock_is_on_no_page(archive: Archive) -> None:
    """Two builds at different times give the same bytes, unless an embargo or right ended in between."""
    archive.build(now="2020-01-01T12:00:01+00:00")
    archive.assert_clean(now="2020-01-01T17:59:59+00:00")


@pytest.mark.parametrize("text", ["", "-1", "1e9", "99999999999999999999", "tomorrow"])
def test_a_source_date_epoch_that_is_no_time(archive: Archive, text: str) -> None:
    done = archive.build(now=None, ok=(2,), SOURCE_DATE_EPOCH=text)
    assert "SOURCE_DATE_EPOCH must be a whole number" in done.stderr
    assert tree(archive.output) == {}
