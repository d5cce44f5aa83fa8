"""What is written and removed, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgen.commands import urls
from newsgen.model.errors import BlockedPath, Problem
from newsgen.model.files import Source
from tests.support.sites import story, world


def test_a_new_address_removes_the_old_page() -> None:
    desk = world(a=story("Barley up", id="a"), b=story("Other", id="b"))
    desk.build()
    desk.site.write("content/world/a.md", story("Barley down", id="a"))
    result = desk.build()
    assert {*result.removed} == {f"/world/2019/05/01/barley-up.{form}" for form in ("html", "json", "txt")}
    assert "world/2019/05/01/barley-up.html" not in desk.output.files
    assert [p.rule for p in result.problems if p.severity == "warning"] == ["address-gone"]


@pytest.mark.parametrize("line", ["embargo: hold", "status: withheld", "status: draft"])
def test_a_story_that_is_held_back_has_not_lost_its_address(line: str) -> None:
    desk = world(a=story("Barley up", id="a"), b=story("Other", id="b"))
    desk.build()
    key, _colon, text = line.partition(": ")
    desk.site.write("content/world/a.md", story("Barley up", id="a", **{key: text}))
    result = desk.build()
    assert {*result.removed} == {f"/world/2019/05/01/barley-up.{form}" for form in ("html", "json", "txt")}
    assert result.problems == ()


def test_an_address_that_redirects_is_not_reported_as_gone() -> None:
    desk = world(a=story("Barley up", id="a"), b=story("Other", id="b"))
    desk.build()
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    desk.site.write("content/world/a.md", story("Barley down", id="a"))
    result = desk.build()
    assert {*result.removed} == {f"/world/2019/05/01/barley-up.{form}" for form in ("html", "json", "txt")}
    assert b"/world/2019/05/01/barley-up.html /world/2019/05/01/barley-down.html 301" in desk.output.files["_redirects"]
    assert result.problems == ()
    del desk.site.files["content/world/a.md"]
    problems = {(problem.rule, *problem.values[:1]) for problem in desk.build().problems}
    # Of the second address the ledger does not know.
    assert problems == {("address-lost", "/world/2019/05/01/barley-up.html"), ("address-gone",)}


def test_output_that_was_changed_by_hand_is_mended() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    before = dict(desk.output.files)
    desk.output.write("world/index.html", b"by hand")
    desk.output.remove("feed.xml")
    assert sorted(desk.build().written) == ["/feed.xml", "/world/"]
    assert desk.output.files == before


def test_without_a_record_pages_that_are_the_same_are_adopted() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    desk.store.clear()
    result = desk.build()
    assert result.rendered
    assert result.written == ()
    desk.output.write("notes.txt", b"mine")
    desk.store.clear()
    (left,) = [problem for problem in desk.build().problems if problem.rule == "left-over"]
    assert left.values == ("1", "notes.txt")
    assert desk.output.files["notes.txt"] == b"mine"


def test_clean_renders_everything_and_writes_only_what_differs() -> None:
    desk = world(a=story("Barley up", id="a"))
    pages = desk.build().pages
    result = desk.build(is_clean=True)
    assert len(result.rendered) == pages
    assert result.written == ()


def refuse(path: str, _data: bytes) -> Source:
    raise BlockedPath(Problem("disk-fault", f"build/{path}", values=("Permission denied",)))


@pytest.mark.parametrize("what", ["edited", "moved", "killed", "another style sheet"])
def test_where_nothing_can_be_written_only_what_may_not_be_shown_goes(what: str) -> None:
    """Files may be removed all the same: their own folders may be written, the one above may not."""
    desk = world(a=story("Barley up", id="a"), b=story("Oats down", id="b"))
    desk.build()
    before = dict(desk.output.files)
    write = desk.output.write
    desk.output.write = refuse  # type: ignore[method-assign, assignment]
    if what == "another style sheet":
        assets = tuple((name, data + b"\n" if name == "site.css" else data) for name, data in desk.theme.assets)
        desk.theme = replace(desk.theme, assets=assets)
    else:
        headline, status = ("Barley down" if what == "moved" else "Barley up"), what if what == "killed" else "live"
        desk.site.write("content/world/a.md", story(headline, id="a", status=status, body="Another text."))
    for _ in range(2):
        assert "disk-fault" in {problem.rule for problem in desk.build().problems}
        if what == "killed":
            assert not [path for path, data in desk.output.files.items() if b"Barley" in data]
        else:
            assert desk.output.files == before
    desk.output.write = write  # type: ignore[method-assign]
    desk.build()
    assert desk.output.files == desk.clean()
