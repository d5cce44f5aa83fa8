"""Pages cut, edited or deleted by hand are mended; a page that goes is removed with a warning if it was edited."""

from __future__ import annotations

import os
import shutil

from tests.support.archive import Archive, morning


def test_pages_damaged_by_hand_are_mended(shared_archive: Archive) -> None:
    output = shared_archive.output
    (output / "index.html").write_bytes(b"")
    (output / "feed.xml").write_bytes((output / "feed.xml").read_bytes()[:100])
    with (output / "world/index.html").open("ab") as page:
        page.write(b"<p>By hand.")
    (output / "robots.txt").unlink()
    shutil.rmtree(output / "tags")
    (output / "404.html").rename(output / "405.html")
    done = shared_archive.build()
    assert "written" in done.stdout
    (output / "405.html").unlink()  # a name that newsgen never had: a user's file
    shared_archive.assert_clean()


def test_a_page_edited_without_a_trace_in_its_times(built: Archive) -> None:
    """Same size, and the time put back: --clean notices it, for it trusts nothing."""
    page = built.output / "index.html"
    was, times = page.read_bytes(), page.stat()
    page.write_bytes(was.replace(b"Harbour", b"Harvest"))
    assert page.stat().st_size == len(was)
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    built.build("--clean")
    built.assert_clean()


def test_a_page_that_is_a_folder_now(shared_archive: Archive) -> None:
    """What a user put in the place of a page stays, and is named."""
    (shared_archive.output / "robots.txt").unlink()
    (shared_archive.output / "robots.txt").mkdir()
    (shared_archive.output / "robots.txt/mine").write_text("mine")
    assert "robots.txt" in shared_archive.build(ok=(1, 4)).stderr
    assert (shared_archive.output / "robots.txt/mine").read_text() == "mine"
    shutil.rmtree(shared_archive.output / "robots.txt")
    shared_archive.build()
    shared_archive.assert_clean()


def test_an_edited_page_goes_with_a_warning(shared_archive: Archive) -> None:
    edited, plain = "world/2019/05/02/harbour-report-1.html", "world/2019/05/03/harbour-report-2.html"
    with (shared_archive.output / edited).open("ab") as page:
        page.write(b"<p>By hand.")
    for number in ("01", "02"):
        (shared_archive.root / f"content/world/{number}.md").unlink()
    lines = shared_archive.build().stderr.splitlines()
    (warning,) = [line for line in lines if "edited by hand" in line]
    assert f"/{edited}" in warning
    assert not (shared_archive.output / edited).exists()
    assert not (shared_archive.output / plain).exists()
    shared_archive.assert_clean()
    shared_archive.save(morning())
    shared_archive.build()
    shared_archive.assert_clean()


def test_a_page_of_the_same_size_and_time_with_other_bytes_is_mended(built: Archive) -> None:
    """Nobody can put back the time of a file's last change of state."""
    for path in ("world/2019/05/01/harbour-report-0.html", "feed.xml", "404.html"):
        page = built.output / path
        stat, data = page.stat(), page.read_bytes()
        page.write_bytes(data.replace(b"e", b"i"))
        os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert " 1 written" in built.build().stdout
        assert page.read_bytes() == data
    assert ": 0 rendered, 0 written, 0 removed" in built.build().stdout


def test_an_output_that_a_cache_brought_back_is_read_once_and_not_rendered(built: Archive) -> None:
    for page in built.output.rglob("*.html"):
        page.chmod(0o600)  # another time of its last change of state, and the same of its bytes
    for _ in range(2):
        assert ": 0 rendered, 0 written, 0 removed" in built.build().stdout
