"""What a collection is called whose stories spell it in several ways, and which pages change with that."""

from __future__ import annotations

import pytest

from newsgen.index.shelves import LIMIT
from newsgen.index.spellings import most_used
from tests.support.sites import Desk, assert_same, story


@pytest.mark.parametrize(("counts", "name"), [
    ({"World": 1}, "World"),
    ({"WORLD": 2, "World": 3}, "World"),
    ({"WORLD": 3, "World": 2}, "WORLD"),
    ({"WORLD": 2, "World": 2}, "World"),
    ({"world": 1, "WORLD": 1, "World": 1}, "World"),
])  # fmt: skip
def test_the_spelling_of_most_stories(counts: dict[str, int], name: str) -> None:
    assert most_used(counts) == name
    assert most_used(dict(reversed(counts.items()))) == name


def _report(number: int, *, is_loud: bool) -> bytes:
    """A story whose section, topic, reporter and place may be in capitals."""
    section, tag, name, place = (
        text.upper() if is_loud else text for text in ("World", "Grain", "Ines Varga", "Ostrand")
    )
    more = {"tags": f"[{tag}]", "byline": name, "places": f"[{place}]"}
    return story(f"Report {number}", f"{2016 + number}-05-01T10:00", section, id=f"r{number}", **more)


def _titles(desk: Desk) -> list[str]:
    paths = ("world/index.html", "tags/grain/index.html", "people/ines-varga/index.html", "places/ostrand/index.html")
    return [desk.output.files[path].decode().split("<h1>")[1].split("</h1>")[0].strip() for path in paths]


def test_one_new_story_in_capitals_renames_nothing() -> None:
    desk = Desk({f"content/{number}.md": _report(number, is_loud=False) for number in range(3)})
    desk.build()
    page = desk.output.files["404.html"]
    desk.site.write("content/3.md", _report(3, is_loud=True))
    desk.build()
    assert _titles(desk) == ["World", "Grain", "Ines Varga", "Ostrand"]
    assert desk.output.files["404.html"] == page  # its navigation
    assert_same(desk.output.files, desk.clean())
    for number in (0, 1):
        desk.site.write(f"content/{number}.md", _report(number, is_loud=True))
    desk.build()
    assert _titles(desk) == ["WORLD", "GRAIN", "INES VARGA", "OSTRAND"]
    assert_same(desk.output.files, desk.clean())


def _tagged(number: int, tag: str) -> bytes:
    return story(f"Report {number}", f"{2001 + number % 2}-05-01T10:00", id=f"r{number}", tags=f"[{tag}]")


def test_a_list_of_another_year_takes_the_new_name() -> None:
    """A list that is split by years is renamed by a story of one of them."""
    desk = Desk({f"content/{n}.md": _tagged(n, "GRAIN" if n % 2 else "Grain") for n in range(LIMIT + 2)})
    desk.build()
    for tags, name in ((("GRAIN",), "GRAIN"), (("Grain",), "Grain"), (("GRAIN", "GRAIN"), "GRAIN"), ((), "Grain")):
        for number in (1001, 1003):  # of 2002
            desk.site.remove(f"content/{number}.md")
        for number, tag in zip((1001, 1003), tags, strict=False):
            desk.site.write(f"content/{number}.md", _tagged(number, tag))
        desk.build()
        assert f"<title>{name}, 2001" in desk.output.files["tags/grain/2001/index.html"].decode()
        assert_same(desk.output.files, desk.clean())
