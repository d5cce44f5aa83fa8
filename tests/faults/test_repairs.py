"""Rows 8 and 29: pages cut, edited or deleted by hand are mended; one that is to go is removed with a warning."""

from __future__ import annotations

import os
import shutil

from tests.support.archive import Archive, morning


def test_pages_damaged_by_hand_are_mended(standing: Archive) -> None:
    output = standing.output
    (output / "index.html").write_bytes(b"")
    (output / "feed.xml").write_bytes((output / "feed.xml").read_bytes()[:100])
    with (output / "world/index.html").open("ab") as page:
        page.write(b"<p>By hand.")
    (output / "robots.txt").unlink()
    shutil.rmtree(output / "tags")
    (output / "404.html").rename(output / "405.html")
    done = standing.build()
    assert "written" in done.said
    (output / "405.html").unlink()  # a name that newsgen never had: a user's file
    assert standing.is_clean()


def test_a_page_edited_without_a_trace_in_its_times(built: Archive) -> None:
    """Same size, and the time put back: seen by --clean, which trusts nothing."""
    page = built.output / "index.html"
    was, times = page.read_bytes(), page.stat()
    page.write_bytes(was.replace(b"Harbour", b"Harvest"))
    assert page.stat().st_size == len(was)
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    built.build("--clean")
    assert built.is_clean()


def test_a_page_that_is_a_folder_now(standing: Archive) -> None:
    """What a user put into the place of a page stays theirs, and is named."""
    (standing.output / "robots.txt").unlink()
    (standing.output / "robots.txt").mkdir()
    (standing.output / "robots.txt/mine").write_text("mine")
    assert "robots.txt" in standing.build(ok=(1, 4)).told
    assert (standing.output / "robots.txt/mine").read_text() == "mine"
    shutil.rmtree(standing.output / "robots.txt")
    standing.build()
    assert standing.is_clean()


def test_an_edited_page_goes_with_a_warning(standing: Archive) -> None:
    edited, plain = "world/2019/05/02/harbour-report-1.html", "world/2019/05/03/harbour-report-2.html"
    with (standing.output / edited).open("ab") as page:
        page.write(b"<p>By hand.")
    for number in ("01", "02"):
        (standing.root / f"content/world/{number}.md").unlink()
    told = standing.build().told.splitlines()
    (warning,) = [line for line in told if "edited by hand" in line]
    assert f"/{edited}" in warning
    assert not (standing.output / edited).exists()
    assert not (standing.output / plain).exists()
    assert standing.is_clean()
    standing.save(morning())
    standing.build()
    assert standing.is_clean()
