"""What a story's own page shows: its byline, its age, the ways on of an old version."""

from __future__ import annotations

import re

import pytest

from tests.plan.test_beside import page_of
from tests.support.sites import Desk, assert_same, story, world

FIVE = '["Ines Varga", "Tom Arkell", "Ruth Oyelaran", "Mila Hart", "Otto Graf von und zu Lund"]'


def meta(html: str) -> str:
    """The words beside the text."""
    return re.sub("<[^>]*>", "", html.partition('<div class="meta">')[2].partition("</div>")[0])


def bylines(html: str) -> list[str]:
    return [re.sub("<[^>]*>", "", text) for text in re.findall(r'data-field="byline"[^>]*>(.*?)</(?:b|dd|p)>', html)]


def test_three_names_of_a_byline_are_shown_above_and_all_of_them_below() -> None:
    desk = world(a=story("A", id="a", byline=FIVE), b=story("B", id="b", byline=FIVE.replace(', "Mila Hart"', "")))
    desk.build()
    assert "By Ines Varga, Tom Arkell, Ruth Oyelaran and 2 others" in meta(page_of(desk, "a"))
    assert bylines(page_of(desk, "a")) == [
        "Ines Varga, Tom Arkell, Ruth Oyelaran, Mila Hart and Otto Graf von und zu Lund"
    ]
    assert "and 1 other" in meta(page_of(desk, "b"))


def test_three_names_are_a_byline_as_it_is() -> None:
    desk = world(a=story("A", id="a", byline='["Ines Varga", "Tom Arkell", "Ruth Oyelaran"]'))
    desk.build()
    assert "By Ines Varga, Tom Arkell and Ruth Oyelaran" in meta(page_of(desk, "a"))
    assert bylines(page_of(desk, "a")) == ["Ines Varga, Tom Arkell and Ruth Oyelaran"]


def aged(desk: Desk) -> list[str]:
    return [name for name in ("a", "b") if "From the archive" in page_of(desk, name)]


def test_a_story_is_from_the_archive_once_there_is_one_of_a_later_year() -> None:
    """By the stories alone: what day it is, no page can tell."""
    desk = world(a=story("A", "2018-05-01", id="a"), b=story("B", "2018-06-01", id="b"))
    desk.build()
    assert aged(desk) == []
    desk.site.write("content/world/c.md", story("C", "2019-01-01", id="c"))
    desk.build()
    assert aged(desk) == ["a", "b"]
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/c.md", story("C", "2019-01-01", id="c", status="withheld"))
    desk.build()
    assert aged(desk) == []
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize(
    ("newest", "ways"),
    [
        (story("New", "2019-05-01T12:00", id="new", updates="old"), {"/world/", "/2019/05/01/"}),
        (story("New", "2019-05-02", id="new", updates="old"), {"/world/"}),
        (story("New", "2019-05-02", "Sport", id="new", updates="old"), {"/sport/"}),
    ],
)
def test_an_old_version_leads_on(newest: bytes, ways: set[str]) -> None:
    """To the newest, to all versions, and to lists that have the newest: others may have no story, and no page."""
    desk = world(old=story("Old", id="old"), new=newest)
    desk.build()
    html = page_of(desk, "old")
    links = set(re.findall(r'href="([^"]+)"', html.partition('class="crumbs"')[2].partition("<footer")[0]))
    address = re.search(r'<a href="(/[^"]+/new.html)"', html)
    assert address
    assert links - {"/"} >= {*ways, address[1], f"{address[1]}#Versions"}
    assert 'id="Versions"' in page_of(desk, "new")
    assert 'href="#Versions"' in page_of(desk, "new").partition('class="meta"')[2].partition('class="story"')[0]
    assert not {"/world/", "/sport/", "/2019/05/01/"} & links - ways
    assert_same(desk.output.files, desk.clean())
