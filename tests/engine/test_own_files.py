"""Whose an output folder is, and which files in it are newsgen's, where there is no record of it."""

from __future__ import annotations

import pytest

from newsgen.engine.own_files import LIST
from newsgen.model.errors import UsageError
from newsgen.source.project import MARKER
from tests.support.sites import Desk, assert_same, store_of, story, world

PAGE = "world/2019/05/01/rye-new.html"


def a_desk() -> Desk:
    desk = world(a=story("Barley up", id="a"), b=story("Oats down", id="b"))
    desk.build()
    return desk


def lose_record(desk: Desk) -> None:
    desk.store = store_of(desk)


def errors(desk: Desk) -> list[tuple[str, str]]:
    return [(problem.rule, problem.path) for problem in desk.build().problems if problem.severity == "error"]


@pytest.mark.parametrize("path", [PAGE, "tags/rye/index.html", "world/2019/06/index.html"])
@pytest.mark.parametrize("is_recorded", [True, False])
def test_a_users_file_stays_where_a_page_belongs(path: str, *, is_recorded: bool) -> None:
    desk = a_desk()
    desk.output.write(path, b"mine")
    desk.site.write("content/world/c.md", story("Rye new", id="c", tags="[rye]"))
    desk.site.write("content/world/d.md", story("Rye newer", "2019-06-02T10:00", id="d", tags="[rye]"))
    for _ in range(2):
        if not is_recorded:
            lose_record(desk)
        assert errors(desk) == [("foreign-file", f"build/{path}")]
        assert desk.output.files[path] == b"mine"
    desk.output.remove(path)
    assert errors(desk) == []
    assert_same(desk.output.files, desk.clean())


def test_without_a_record_pages_are_brought_up_to_date_and_others_taken_away() -> None:
    """Among those that go: the page of a story that was withdrawn when there was no record."""
    desk = a_desk()
    desk.output.write("notes.txt", b"mine")
    lose_record(desk)
    desk.site.write("content/world/a.md", story("Barley up", id="a", status="killed"))
    desk.site.write("content/world/b.md", story("Oats down", id="b", body="Another text."))
    result = desk.build()
    assert [problem.rule for problem in result.problems] == ["left-over"]
    assert {*result.removed} == {f"/world/2019/05/01/barley-up.{form}" for form in ("html", "json", "txt")}
    assert desk.output.files.pop("notes.txt") == b"mine"
    assert_same(desk.output.files, desk.clean())


def test_without_a_record_and_a_list_only_the_same_bytes_are_taken_for_pages() -> None:
    desk = a_desk()
    lose_record(desk)
    desk.output.remove(LIST)
    desk.output.write("index.html", b"mine")
    assert errors(desk) == [("foreign-file", "build/index.html")]
    assert desk.output.files["index.html"] == b"mine"
    desk.output.remove("index.html")
    desk.build()
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("damage", ["gone", "cut", "longer"])
def test_a_list_that_was_changed_is_made_anew_with_the_next_new_page(damage: str) -> None:
    desk = a_desk()
    data = desk.output.read(LIST)
    desk.output.write(LIST, {"gone": b"", "cut": data[:-5], "longer": data + data[:17]}[damage])
    desk.site.write("content/world/c.md", story("Rye new", id="c"))
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_the_list_names_no_page() -> None:
    desk = a_desk()
    assert b"barley" not in desk.output.read(LIST)
    count = len(desk.output.read(LIST).split())
    assert count == len(desk.output.files.keys() - {LIST, MARKER})


OTHERS = {
    "title": {"title": "Another archive"},
    "address": {"base_url": "https://other.example"},
    "id": {"id": "2b1f"},
}


@pytest.mark.parametrize("other", OTHERS)
def test_the_output_of_another_site_is_refused(other: str) -> None:
    desk, second = a_desk(), Desk({"content/world/z.md": story("Zinc falls", id="z")})
    second.set(**OTHERS[other])
    second.output = desk.output
    before = dict(desk.output.files)
    with pytest.raises(UsageError) as raised:
        second.build()
    (problem,) = raised.value.problems
    assert (problem.rule, problem.values[0]) == ("output-of-another", "The Archive, https://archive.example")
    assert desk.output.files == before


@pytest.mark.parametrize("other", OTHERS)
def test_a_site_that_gets_another_name_keeps_its_output(other: str) -> None:
    desk = a_desk()
    for values in (OTHERS[other], {"title": "A third name"}):
        desk.set(**values)
        desk.build()
        assert_same(desk.output.files, desk.clean())


def test_an_output_that_another_site_took_over_is_refused() -> None:
    """Both have a record of it."""
    desk, second = a_desk(), world(z=story("Zinc falls", id="z"))
    second.set(id="2b1f")
    desk.output.files.clear()
    second.output = desk.output
    second.build()
    with pytest.raises(UsageError):
        desk.build()


def test_two_computers_build_the_same_bytes_and_take_over_each_others_output() -> None:
    desk = a_desk()
    lose_record(desk)
    result = desk.build()
    assert (result.written, result.problems) == ((), ())
