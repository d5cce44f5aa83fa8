"""Rows 16 and 19: a clock that goes back, far ahead, to 1970 or past 2038; files from the past and the future."""

from __future__ import annotations

import os

import pytest

from tests.support.archive import Archive, evening, morning, tree
from tests.support.sites import Desk, instant

EPOCH = str(instant("2020-01-01T12:00"))
MOMENTS = ("2020-01-01T12:00", "2019-12-31T12:00", "2030-01-01T12:00", "1970-01-01T00:00", "2038-01-19T03:14",
           "2038-01-19T03:15", "2106-02-07T06:29", "2020-01-02T12:00")  # fmt: skip


def test_any_clock_after_any_other() -> None:
    """With an edit at each; what is under embargo or has expired goes with the clock."""
    desk = Desk({path: data for path, data in morning().items() if path != "pyproject.toml"})
    seen = set()
    for number, moment in enumerate((*MOMENTS, *reversed(MOMENTS))):
        desk.clock = instant(moment)
        path = f"content/world/{number % 3:02}.md"
        desk.site.write(path, desk.site.files[path] + b"\nMore.\n")
        desk.build()
        assert desk.output.files == desk.clean(), moment
        seen.add(any(b"Zorrel" in data for data in desk.output.files.values()))
    assert seen == {False, True}


@pytest.mark.parametrize("moment", ["2019-12-31T12:00:00+00:00", "2039-01-01T00:00:00+00:00"])
def test_the_clock_of_the_command(standing: Archive, moment: str) -> None:
    standing.build(now=moment)
    assert standing.is_clean(now=moment)


def test_files_from_the_past_and_the_future(standing: Archive) -> None:
    for year in (1970, 2100):
        standing.save(evening())
        seconds = instant(f"{year}-01-01T00:00:01")
        for path in (standing.root / "content").rglob("*"):
            os.utime(path, (seconds, seconds))
        standing.build()
        assert standing.is_clean(), year
        text = standing.root / "content/world/10.md"
        text.write_bytes(text.read_bytes().replace(b"report 10", b"report X0"))
        os.utime(text, (seconds, seconds))
        standing.build()
        assert standing.is_clean(), year


def test_the_epoch_is_the_clock(archive: Archive) -> None:
    archive.build(now=None, SOURCE_DATE_EPOCH=EPOCH)
    assert archive.is_clean()  # as with --now
    assert "0 rendered" in archive.build(now=None, SOURCE_DATE_EPOCH=EPOCH).said


def test_the_clock_is_on_no_page(archive: Archive) -> None:
    """But for what is due: two builds at two times of one span are the same."""
    archive.build(now="2020-01-01T12:00:01+00:00")
    assert archive.is_clean(now="2020-01-01T17:59:59+00:00")


@pytest.mark.parametrize("rubbish", ["", "-1", "1e9", "99999999999999999999", "tomorrow"])
def test_rubbish_in_source_date_epoch(archive: Archive, rubbish: str) -> None:
    done = archive.build(now=None, ok=(2,), SOURCE_DATE_EPOCH=rubbish)
    assert "SOURCE_DATE_EPOCH must be a whole number" in done.told
    assert tree(archive.output) == {}
