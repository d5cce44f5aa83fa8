"""Stories and pages take each step together: one that fails stays alone in it, and not too much is held at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from newsgen.engine import read_worker, render_worker
from newsgen.model.errors import BlockedPath, ContentError, Problem
from newsgen.model.pages import NotFound, Page
from newsgen.workers import batches
from tests.support.sites import Desk, story

COUNT = 150  # more than two times as many as take a step together


def desk_of(count: int = COUNT) -> Desk:
    files = {f"content/{n:03}.md": story(f"Story {n:03}", f"2019-05-01T10:{n % 60:02}") for n in range(count)}
    return Desk(files)


def page_of(number: int) -> str:
    return f"world/2019/05/01/story-{number:03}.html"


def blocked(write: Callable[..., object], path: str) -> Callable[..., object]:
    def written(at: str, data: bytes) -> object:
        if at == path:
            raise BlockedPath(Problem("disk-fault", at, values=("Permission denied",)))
        return write(at, data)

    return written


FAULTS = ["unreadable", "changed-meanwhile", "template-failed", "disk-fault"]


@pytest.mark.parametrize("rule", FAULTS)
@pytest.mark.parametrize("number", [0, 63, 64, 149])
def test_one_page_that_fails_takes_no_other_with_it(rule: str, number: int) -> None:
    desk, path = desk_of(), f"content/{number:03}.md"
    whole = desk.clean()
    read = desk.site.read
    times = {path: 0}

    def second(at: str) -> bytes:
        """The second reading of one file, for its page, is not as the first."""
        if at != path:
            return read(at)
        times[path] += 1
        if times[path] == 1:
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
        desk.site.read = second  # type: ignore[method-assign, assignment]
    outcome = desk.build()
    assert [problem.rule for problem in outcome.problems if problem.severity == "error"] == [rule]
    assert page_of(number) not in desk.output.files
    articles = {page_of(n) for n in range(COUNT) if n != number}
    assert articles <= desk.output.files.keys()
    assert all(desk.output.files[at] == whole[at] for at in articles)


def test_large_files_are_not_held_together() -> None:
    tasks = [(f"{number}.md", size, 0, 0, "") for number, size in enumerate([2_000] * 64 + [4_000_000] * 3)]
    parts = list(batches.in_batches(tasks, read_worker._weight))
    assert [len(part) for part in parts] == [64, 1, 1, 1]


def test_units_of_any_size_go_alone() -> None:
    names = ["story/a", "story/b", "shelf/tag/x/", "sitemap-index", "home", "feed/tag/x", "story/c"]
    units: list[render_worker.Unit] = [(name, ()) for name in names]
    parts = [[name for name, _rows in part] for part in batches.in_batches(units, render_worker._unit_weight)]
    assert parts == [names[:3], ["sitemap-index"], ["home"], ["feed/tag/x"], ["story/c"]]


def test_what_pages_are_rendered_from_is_bounded() -> None:
    pages = [render_worker._Page(Page(f"/{n}", "404.html.j2", NotFound((), ()), "statics"), None) for n in range(10)]
    sizes = [10, 10, batches.BATCH_BYTES, 10, batches.BATCH_BYTES + 1, 10, 10, 10, 10, 10]
    bad = pages[5]

    def read(one: render_worker._Page) -> None:
        if one is bad:
            raise ContentError(Problem("unreadable", "content/5.md"))
        one.sources = (b"x" * sizes[pages.index(one)],)

    parts = list(render_worker._readable(read, pages))
    assert [[one.page.url for one in part] for part in parts] == [
        ["/0", "/1", "/2"],
        ["/3", "/4"],
        ["/6", "/7", "/8", "/9"],
    ]
    assert bad.done[1] == "failed"
