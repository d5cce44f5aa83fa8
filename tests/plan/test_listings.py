"""Lists by date: what stands under which day and hour."""

from __future__ import annotations

import re

import pytest

from newsgen.index.shelves import LIMIT
from tests.support.sites import Desk, assert_same, story


def desk_of(*dates: str) -> Desk:
    """A site with a story of each date; ids s000, s001…"""
    desk = Desk(
        {
            f"content/world/{number:03}.md": story(f"Item {number}", date, id=f"s{number:03}")
            for number, date in enumerate(dates)
        }
    )
    desk.build()
    return desk


def listed(desk: Desk, path: str) -> list[str]:
    return re.findall(r'<li data-story="(\w+)"', desk.output.read(path).decode())


def title(desk: Desk, path: str) -> str:
    return str(re.findall("<h1>([^<]*)</h1>", desk.output.read(path).decode())[0])


@pytest.mark.parametrize("place", ["", "world/"])
def test_a_long_day_without_hours_is_listed_under_no_hour(place: str) -> None:
    desk = desk_of(*["1920-05-01"] * (LIMIT + 1))
    day = f"{place}1920/05/01"
    assert 10 < len(listed(desk, f"{day}/index.html")) < 40
    assert title(desk, f"{day}/no-time/index.html").endswith("1 May 1920, no time given")
    parts = [f"s0{digit}" for digit in range(LIMIT // 10 + 1)]
    ids = [story_id for part in parts for story_id in listed(desk, f"{day}/no-time/{part}/index.html")[::-1]]
    assert ids == [f"s{number:03}" for number in range(LIMIT + 1)]
    text = b"".join(desk.output.files.values())
    assert b"00:00 to" not in text
    assert b"00:00<" not in text
    assert [path for path in desk.output.files if path.startswith(f"{day}/") and path.endswith("/index.html")] == [
        f"{day}/{rest}index.html" for rest in ("", "no-time/", *(f"no-time/{part}/" for part in parts))
    ]


def test_a_long_day_has_hours_for_stories_with_hours_and_a_list_of_the_others() -> None:
    desk = desk_of(*["1987-02-26T00:30"] * 60, *["1987-02-26"] * 50)
    assert set(listed(desk, "1987/02/26/index.html")) < {f"s{number:03}" for number in range(110)}
    assert listed(desk, "1987/02/26/no-time/index.html") == [f"s{number:03}" for number in reversed(range(60, 110))]
    assert listed(desk, "1987/02/26/00/index.html") == [f"s{number:03}" for number in reversed(range(60))]


def test_a_short_day_lists_stories_without_an_hour_last() -> None:
    desk = desk_of("1987-02-26T00:30", "1987-02-26", "1987-02-26T15:00", "1987-02-26")
    assert listed(desk, "1987/02/26/index.html") == ["s002", "s000", "s003", "s001"]
    assert "1987/02/26/no-time/index.html" not in desk.output.files


def test_a_day_that_becomes_long_and_short_again_is_as_a_clean_build_makes_it() -> None:
    desk = desk_of(*["1920-05-01"] * LIMIT)
    for name, data in [
        ("x", story("X", "1920-05-01", id="x")),
        ("y", story("Y", "1920-05-01", id="s0551")),
        ("050", story("Reworded", "1920-05-01", id="s050")),
        ("099", story("Later", "1920-05-01T09:00", id="s099")),
        ("x", story("X", "1921-05-01", id="x")),
    ]:
        desk.site.write(f"content/world/{name}.md", data)
        desk.build()
        assert_same(desk.output.files, desk.clean())
