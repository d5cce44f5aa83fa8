"""Pages take each step in batches: one that fails takes no other with it, and no batch holds too much at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsgen.engine import render_worker
from newsgen.model.errors import BlockedPath, ContentError, Problem
from newsgen.model.pages import NotFound, Page
from newsgen.workers import batches
from tests.support.sites import Desk, story, world

COUNT = 150  # more than two batches


def desk_of(count: int = COUNT) -> Desk:
    files = {f"content/{n:03}.md": story(f"Story {n:03}", f"2019-05-01T10:{n % 60:02}") for n in range(count)}
    return Desk(files)


def page_of(number: int) -> str:
    return f"world/2019/05/01/story-{number:03}.html"


def blocked(write: Callable[..., object], path: str) -> Callable[..., object]:
    """A disk's `write` that may not write one path."""

    def write_or_fail(at: str, data: bytes) -> object:
        if at == path:
            raise BlockedPath(Problem("disk-fault", at, values=("Permission denied",)))
        return write(at, data)

    return write_or_fail


FAULTS = ["unreadable", "changed-meanwhile", "template-failed", "disk-fault"]


@pytest.mark.parametrize("rule", FAULTS)
@pytest.mark.parametrize("number", [0, 63, 64, 149])
def test_one_page_that_fails_takes_no_other_with_it(rule: str, number: int) -> None:
    desk, path = desk_of(), f"content/{number:03}.md"
    whole = desk.clean()
    read = desk.site.read
    times = 0  # that the story's file was read

    def read_second(at: str) -> bytes:
        """Fail, or give another text, when the story's file is read again, for its page."""
        nonlocal times
        times += at == path
        if at != path or times == 1:
            return read(at)
        if rule == "unreadable":
            raise PermissionError(13, "Permission denied", at)
        return read(at) + b"More."

    if rule == "disk-fault":
        desk.output.write = blocked(desk.output.write, page_of(number))  # type: ignore[method-assign, assignment]
    elif rule == "template-failed":
        text = dict(desk.theme.templates)["article.html.j2"]
        desk.set_template("article.html.j2", f"{{{{ 1 // (page.item.headline != 'Story {number:03}')|int }}}}" + text)
        whole = desk.clean()
        assert page_of(number) not in whole
    else:
        desk.site.read = read_second  # type: ignore[method-assign, assignment]
    result = desk.build()
    assert [problem.rule for problem in result.problems if problem.severity == "error"] == [rule]
    assert page_of(number) not in desk.output.files
    articles = {page_of(n) for n in range(COUNT) if n != number}
    assert articles <= desk.output.files.keys()
    assert all(desk.output.files[at] == whole[at] for at in articles)


def test_units_with_many_pages_go_alone() -> None:
    names = ["story/a", "story/b", "shelf/tag/x/", "sitemap-index", "home", "feed/tag/x", "story/c"]
    units: list[render_worker.Unit] = [(name, ()) for name in names]
    parts = [[name for name, _rows in part] for part in batches.in_batches(units, render_worker._unit_weight)]
    assert parts == [names[:3], ["sitemap-index"], ["home"], ["feed/tag/x"], ["story/c"]]


def test_what_pages_are_rendered_from_is_bounded() -> None:
    pages = [render_worker._Page(Page(f"/{n}", "404.html.j2", NotFound((), ()), "statics"), None) for n in range(10)]
    sizes = [10, 10, batches.BATCH_BYTES, 10, batches.BATCH_BYTES + 1, 10, 10, 10, 10, 10]
    bad = pages[5]

    def read(page: render_worker._Page) -> None:
        if page is bad:
            raise ContentError(Problem("unreadable", "content/5.md"))
        page.sources = (b"x" * sizes[pages.index(page)],)

    parts = list(render_worker._readable(read, pages))
    assert [[page.page.url for page in part] for part in parts] == [
        ["/0", "/1", "/2"],
        ["/3", "/4"],
        ["/6", "/7", "/8", "/9"],
    ]
    assert bad.done[1] == "failed"


def test_why_a_page_was_rendered() -> None:
    """A clean build renders everything; the output is blamed only where it was not as it was written."""
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    assert reason(desk, "/") == "new"
    desk.build(is_clean=True)
    assert reason(desk, "/") == "whole"
    desk.output.write("index.html", b"by hand")
    desk.build()
    assert reason(desk, "/") == "output"


def reason(desk: Desk, url: str) -> str:
    row = desk.store.pages.row(url)
    assert row is not None
    return row.reason
