"""What stands beside a story: what happened next and before, related stories, neighbours in the section."""

from __future__ import annotations

import re

import pytest

from tests.support.sites import Desk, assert_same, story, world

SECTIONS = re.compile(r'<section>\n<h2 class="bar">([^<]*)</h2>(.*?)</section>', re.S)


def page_of(desk: Desk, story_id: str) -> str:
    return next(
        html
        for data in desk.output.files.values()
        if f'<article data-story="{story_id}"' in (html := data.decode("utf-8", "replace"))
    )


def beside(desk: Desk, story_id: str) -> dict[str, list[str]]:
    """The lists beside a story: their headings with the ids of the stories."""
    return {name: re.findall('data-story="([^"]+)"', rows) for name, rows in SECTIONS.findall(page_of(desk, story_id))}


def days(count: int, **more: dict[str, str]) -> Desk:
    """A story a day, about nothing in common."""
    named = {f"s{number}": number for number in range(1, count + 1)}
    return world(**{
        name: story(f"Headline {number}", f"2019-05-{number:02}T10:00", id=name, **more.get(name, {}))
        for name, number in named.items()
    })  # fmt: skip


def test_five_neighbours_labelled_later_or_earlier() -> None:
    desk = days(9)
    desk.build()
    assert beside(desk, "s3") == {"Later in World": ["s4", "s5", "s6", "s7"], "Earlier in World": ["s2"]}
    assert beside(desk, "s1") == {"Later in World": ["s2", "s3", "s4", "s5", "s6"]}
    assert beside(desk, "s8") == {"Later in World": ["s9"], "Earlier in World": ["s7", "s6", "s5", "s4"]}
    assert beside(desk, "s9") == {"Earlier in World": ["s8", "s7", "s6", "s5", "s4"]}


def test_what_one_story_pins_is_one_matter_for_both() -> None:
    desk = days(6, s5={"related": "[s2]"}, s6={"related": "[s2, -s5]"})
    desk.build()
    assert beside(desk, "s2") == {
        "What happened next": ["s5", "s6"], "Later in World": ["s3", "s4"], "Earlier in World": ["s1"],
    }  # fmt: skip
    assert beside(desk, "s5")["Earlier"] == ["s2"]


def test_each_story_stands_once() -> None:
    desk = days(9, s4={"related": "[s5, s3]"}, s7={"related": "[s4, s1]"})
    desk.build()
    for number in range(1, 10):
        shown = [story_id for ids in beside(desk, f"s{number}").values() for story_id in ids]
        assert len(shown) == len(set(shown))
        assert f"s{number}" not in shown


def test_stories_that_are_alike_are_one_matter_for_some_weeks() -> None:
    old = "The ferry Meridian sank beside its pier when a valve failed. The ferry crew left the ferry in boats."
    now = "Divers closed the valve of the sunken ferry Meridian. Nobody saw this ferry upright, said a ferry captain."
    then = "An inquiry blames worn steel. No ferry had papers, not this ferry Meridian, nor any ferry of that yard."
    desk = world(
        old=story("Ferry Meridian sinks", "2017-05-01", "A", old, id="old"),
        now=story("Divers close valve of ferry Meridian", "2019-05-01", "B", now, id="now"),
        then=story("Ferry Meridian inquiry ends", "2019-05-20", "C", then, id="then"),
        other=story("Apples", "2019-05-20", "D", "Growers fear that frost takes their apple blossom.", id="other"),
    )
    desk.build()
    assert beside(desk, "now") == {"What happened next": ["then"], "Related": ["old"]}
    assert beside(desk, "then") == {"Earlier": ["now"], "Related": ["old"]}


def test_a_pin_that_comes_or_goes_changes_both_stories_and_no_others() -> None:
    desk = days(30)
    desk.build()
    path = "content/world/s29.md"
    before = desk.site.files[path]
    desk.site.files[path] = before.replace(b"section:", b"related: [s5]\nsection:")
    rendered = desk.build().rendered
    assert beside(desk, "s5")["What happened next"] == ["s29"]
    assert {url.rpartition("/")[2] for url in rendered if "/05/" in url and url.endswith(".html")} <= {
        "headline-5.html",
        "headline-29.html",
    }
    assert_same(desk.output.files, desk.clean())
    desk.site.files[path] = before
    desk.build()
    assert "What happened next" not in beside(desk, "s5")
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("newest", ["s7", "s8"])
def test_a_pin_of_an_old_version_or_by_one_shows_the_newest(newest: str) -> None:
    desk = days(9, s5={"related": "[s2]"}, s3={"updates": "s2"}, s8={"updates": "s5"} if newest == "s8" else {})
    desk.build()
    assert beside(desk, "s3")["What happened next"] == ["s8" if newest == "s8" else "s5"]
    assert_same(desk.output.files, desk.clean())
