"""Invariants 4 and 6: whatever interrupts a build, the next one equals a clean one, and no user's file is lost."""

from __future__ import annotations

import pytest

from newsgen.disk import MemoryDisk
from newsgen.model.errors import BlockedPath, Problem, SystemFault
from newsgen.model.files import Source
from tests.support.sites import Desk, assert_same, story

NEW = story("Zed opens", id="zed", tags="[zzz]", byline="Zed Quo")


class FaultyDisk(MemoryDisk):
    """A disk that fails at its nth write, or at one path."""

    fail_at = -1
    blocked = ""

    def write(self, path: str, data: bytes) -> Source:
        self.fail_at -= 1
        if self.fail_at == 0:
            raise SystemFault(Problem("disk-fault", path, values=("No space left on device",)))
        if path == self.blocked:
            raise BlockedPath(Problem("disk-fault", path, values=("Permission denied",)))
        return super().write(path, data)


def a_desk() -> tuple[Desk, FaultyDisk]:
    desk = Desk({f"content/world/{n}.md": story(f"Story {n}", id=f"s{n}", tags="[grain]") for n in range(3)})
    disk = FaultyDisk(name="build")
    desk.output = disk
    return desk, disk


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", ["killed", "deleted", "as it was"])
def test_a_build_that_fails_at_a_write(kind: str, step: int) -> None:
    """The disk is full when a new story is half written; before the next build it is killed, deleted, or left."""
    failures = 0
    for at in range(1, 60, step):
        desk, disk = a_desk()
        desk.build()
        desk.site.write("content/world/zed.md", NEW)
        disk.fail_at = at
        try:
            desk.build()
            break
        except SystemFault:
            failures += 1
        disk.fail_at = -1
        if kind == "killed":
            desk.site.write("content/world/zed.md", NEW.replace(b"section:", b"status: killed\nsection:"))
        elif kind == "deleted":
            desk.site.remove("content/world/zed.md")
        desk.build()
        assert desk.output.files == desk.clean(), f"write {at}"
    assert failures > 15 // step


def test_a_first_build_that_fails_and_an_edit_before_the_next() -> None:
    for at in range(2, 30, 3):
        desk, disk = a_desk()
        disk.fail_at = at
        with pytest.raises(SystemFault):
            desk.build()
        disk.fail_at = -1
        desk.site.write("content/world/1.md", story("Another head", id="s1"))
        assert [p for p in desk.build().problems if p.severity == "error"] == []
        assert desk.output.files == desk.clean(), f"write {at}"


def test_a_page_that_cannot_be_written_keeps_nothing_else_published() -> None:
    desk, disk = a_desk()
    desk.site.write("content/world/zed.md", NEW)
    desk.build()
    disk.blocked = "feed.xml"
    desk.site.write("content/world/zed.md", NEW.replace(b"section:", b"status: killed\nsection:"))
    for _ in range(2):
        result = desk.build()
        assert [problem.path for problem in result.problems if problem.severity == "error"] == ["feed.xml"]
        assert not [path for path, data in disk.files.items() if b"Zed" in data or "zed" in path]
    disk.blocked = ""
    assert not desk.build().problems
    assert desk.output.files == desk.clean()


def test_a_users_file_at_an_address_stays_theirs() -> None:
    desk, disk = a_desk()
    desk.build()
    mine = "tags/zzz/index.html"
    MemoryDisk.write(disk, mine, b"mine")
    desk.site.write("content/world/zed.md", NEW)
    for _ in range(3):
        problems = [problem.rule for problem in desk.build().problems if problem.severity == "error"]
        assert problems == ["foreign-file"]
        assert disk.files[mine] == b"mine"
    desk.site.remove("content/world/zed.md")
    desk.build()
    assert disk.files.pop(mine) == b"mine"
    assert disk.files == desk.clean()


def test_another_sites_folder_is_refused() -> None:
    desk, disk = a_desk()
    desk.build()
    other = Desk({"content/news/a.md": story("Other", section="News", id="a")})
    other.set(base_url="https://other.example")
    other.output = disk
    before = dict(disk.files)
    with pytest.raises(Exception, match="output-of-another"):
        other.build()
    assert disk.files == before


def test_a_section_file_with_a_mistake_holds_its_stories() -> None:
    files = {
        "content/inbox/a.md": story("Quillon results", section="Results", id="a"),
        "content/results/_section.yaml": b"title: Results\nembargo: hold\n",
    }
    desk = Desk(files)
    desk.build()
    assert not [path for path, data in desk.output.files.items() if b"Quillon" in data]
    desk.site.write("content/results/_section.yaml", b"title: Results\nembargo: hold\nodrer: 3\n")
    result = desk.build()
    assert [problem.rule for problem in result.problems if problem.severity == "error"] == [
        "held-in-doubt",
        "unknown-key-near",
    ]
    assert not [path for path, data in desk.output.files.items() if b"Quillon" in data]
    desk.site.write("content/results/_section.yaml", b"title: Results\n")
    desk.build()
    assert [path for path, data in desk.output.files.items() if b"Quillon" in data]


def test_the_id_of_a_killed_story_is_never_used_again() -> None:
    desk = Desk(
        {"content/world/z.md": story("Killed", id="x", status="killed"), "content/world/a.md": story("New", id="x")}
    )
    (problem,) = [problem for problem in desk.build().problems if problem.severity == "error"]
    assert (problem.rule, problem.path) == ("id-taken", "content/world/a.md")
    assert "world/2019/05/01/new.html" not in desk.output.files


def test_a_file_that_could_not_be_read_is_read_again() -> None:
    desk, _disk = a_desk()
    read = desk.site.read

    def unreadable(path: str) -> bytes:
        if path == "content/world/1.md":
            raise OSError(24, "Too many open files")
        return read(path)

    desk.site.read = unreadable  # type: ignore[method-assign]
    assert [problem.rule for problem in desk.build().problems if problem.severity == "error"] == ["unreadable"]
    desk.site.read = read  # type: ignore[method-assign]
    assert not [problem for problem in desk.build().problems if problem.severity == "error"]
    assert desk.output.files == desk.clean()


@pytest.mark.parametrize("then", ["again", "mended", "deleted"])
def test_a_file_that_a_user_put_where_a_page_failed_is_theirs(then: str) -> None:
    desk, disk = a_desk()
    path = "world/2019/05/01/story-1.html"
    whole = dict(desk.theme.templates)["article.html.j2"]
    desk.set_template("article.html.j2", "{{ 1 // (page.item.id != 's1')|int }}" + whole)
    desk.build()
    assert path not in disk.files
    disk.write(path, b"USER FILE")
    if then == "mended":
        desk.set_template("article.html.j2", whole)
    elif then == "deleted":
        desk.site.remove("content/world/1.md")
    for _ in range(3):
        rules = [problem.rule for problem in desk.build().problems if problem.severity == "error"]
        assert disk.files[path] == b"USER FILE"
        assert rules == {"again": ["template-failed"], "mended": ["foreign-file"], "deleted": []}[then]
    disk.remove(path)
    desk.set_template("article.html.j2", whole)
    desk.build()
    assert_same(disk.files, desk.clean())
