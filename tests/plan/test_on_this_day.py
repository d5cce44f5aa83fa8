"""/on-this-day/: what was published on a day of the year, in all years."""

from __future__ import annotations

import re

from tests.support.sites import Desk, assert_same, differences, story


def desk_of(*days: str) -> Desk:
    desk = Desk(
        {f"content/world/{n}.md": story(f"Story {n}", f"{day}T10:00Z", id=f"s{n}") for n, day in enumerate(days)}
    )
    desk.build()
    return desk


def page(desk: Desk, day: str = "") -> str:
    return desk.output.files[f"on-this-day/{day}{'/' if day else ''}index.html"].decode()


def test_each_day_of_the_year_has_all_its_years_newest_first() -> None:
    desk = desk_of("1987-02-26", "1990-02-26", "1990-02-26", "1988-02-29", "1990-03-05")
    assert re.findall(r'href="(/on-this-day/[\d-]+/)"', page(desk)) == [
        "/on-this-day/02-26/", "/on-this-day/02-29/", "/on-this-day/03-05/",
    ]  # fmt: skip
    assert re.findall(r'<a href="(/\d{4}/02/26/)">(\d+)</a> <span>(\d+)', page(desk, "02-26")) == [
        ("/1990/02/26/", "1990", "2"), ("/1987/02/26/", "1987", "1"),
    ]  # fmt: skip
    assert 'href="/on-this-day/"' in desk.output.files["index.html"].decode()


def test_a_page_is_bounded() -> None:
    desk = desk_of(*["1987-02-26"] * 20, "1988-02-26")
    assert page(desk, "02-26").count("data-story=") == 7
    assert "20</span>" in page(desk, "02-26")


def test_stories_that_come_change_and_go() -> None:
    desk = desk_of("1987-02-26", "1990-03-05")
    for data in (
        story("More", "1988-02-26T10:00Z", id="more"),
        story("More", "1988-04-01T10:00Z", id="more"),
        story("Other", "1988-04-01T10:00Z", id="more"),
        story("Other", "1988-04-01T10:00Z", id="more", embargo="hold"),
    ):
        desk.site.write("content/world/more.md", data)
        desk.build()
        assert_same(desk.output.files, desk.clean())
    assert "on-this-day/04-01/index.html" not in desk.output.files


def test_another_body_changes_no_day() -> None:
    desk = desk_of("1987-02-26")
    before = dict(desk.output.files)
    desk.site.write("content/world/0.md", story("Story 0", "1987-02-26T10:00Z", id="s0", body="Text. Then more of it."))
    desk.build()
    assert [path for path in differences(before, desk.output.files) if path.startswith("on-this-day")] == []


def test_without_pages_of_dates_there_is_none() -> None:
    desk = Desk({"content/world/a.md": story("A")})
    desk.set(pages=("tags",))
    desk.build()
    assert [path for path in desk.output.files if path.startswith("on-this-day")] == []
