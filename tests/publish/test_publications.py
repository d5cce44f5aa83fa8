"""The site and the reader that tests of targets stand on: each finding of the reader, and what an edit changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.publications import Reader, Site, a_site, difference

PAGE = b'<link rel=stylesheet href="/assets/site.1.css"><img src="/media/boat.png">'
OLD = {"index.html": PAGE, "a.html": b"a", "assets/site.1.css": b"css", "media/boat.png": b"png"}
NEW = OLD | {"index.html": PAGE + b"new", "a.html": b"b"}


def findings(there: dict[str, bytes], *, is_whole: bool = False) -> list[str]:
    reader = Reader(there.get, OLD, NEW, is_whole=is_whole)
    reader.look()
    return reader.findings


def test_a_reader_sees_either_site() -> None:
    assert findings(OLD) == findings(NEW) == findings(NEW, is_whole=True) == []


@pytest.mark.parametrize(
    ("there", "finding"),
    [
        (OLD | {"a.html": b"half"}, "a.html is of neither site: b'half'"),
        ({**OLD, "a.html": b""}, "a.html is of neither site: b''"),
        ({path: data for path, data in OLD.items() if path != "a.html"}, "a.html is of neither site: 'missing'"),
        ({path: data for path, data in NEW.items() if path != "media/boat.png"}, "index.html is there without media/"),
    ],
)
def test_a_reader_notes_what_is_of_neither_site_and_pages_without_assets(there: dict[str, bytes], finding: str) -> None:
    assert [each for each in findings(there) if each.startswith(finding)]


def test_a_reader_of_a_whole_set_notes_a_mixture() -> None:
    mixture = OLD | {"a.html": NEW["a.html"]}
    assert findings(mixture) == []
    assert findings(mixture, is_whole=True) == ["index.html is of the old site, after a file of the new one"]


def test_a_reader_in_a_thread_looks_until_the_end() -> None:
    there = dict(OLD)
    with Reader(there.get, OLD, NEW) as reader:
        there |= NEW
    assert reader.findings == []
    assert reader.saw_old
    assert reader.saw_new


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return a_site(tmp_path_factory.mktemp("shared") / "site")


def test_the_site_is_built_without_a_problem(shared_site: Site) -> None:
    assert len(shared_site.public()) > 100
    assert shared_site.newsgen("build", "--jobs", "1").stderr == ""
    assert all(f"{shared_site.url(f's{number:02}')[1:]}" in shared_site.public() for number in range(30))


def test_what_an_edit_changes(tmp_path: Path) -> None:
    """A corrected story is at most 40 files; a sentence in a body is its page and its two files."""
    site = a_site(tmp_path / "site")
    changes = {}
    for edit in (site.correct_body, site.correct, site.kill, site.delete, site.rename, site.change_picture):
        before = site.public()
        edit()
        site.build_now()
        changes[edit.__name__] = difference(before, site.public())
    page = site.url("s12")[1:].removesuffix(".html")
    assert changes["correct_body"] == ([f"{page}.html", f"{page}.json", f"{page}.txt"], [])
    assert 1 < len(changes["correct"].put) <= 40
    assert changes["correct"].deleted == []
    assert "_redirects" in changes["kill"].put
    assert site.url("s13")[1:] in changes["kill"].put  # its tombstone
    assert site.url("s09")[1:] in changes["delete"].deleted
    assert site.url("s15")[1:] in changes["rename"].deleted
    assert any(path.startswith("media/") for path in changes["change_picture"].put)
    assert any(path.startswith("media/") for path in changes["change_picture"].deleted)
