"""Which stories are briefs, and where they stand."""

from __future__ import annotations

import pytest

from newsgen.index.briefs import is_brief
from newsgen.index.cards import story_url
from newsgen.model.settings import Settings
from newsgen.storyfile import read_story
from tests.support.sites import story

SETTINGS = Settings("The Archive", "https://archive.example", group_briefs=5)
PLACE = "/world/2019/05/01/briefs.html#grain-talks"


def url_of(data: bytes, settings: Settings = SETTINGS) -> str:
    read, problems = read_story("content/world/a.md", data, settings, None)
    assert read is not None, problems
    url = story_url(read, settings)
    assert is_brief(read, settings) == ("#" in url)
    return url


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", True),
        ("One two three four five.", True),
        ("One two three four five six.", False),
        ("* one\n* two\n* three four\n* five", True),  # marks of Markdown are no words
        ("穀物交渉が再開した", True),  # nine letters count as five words
        ("穀物交渉が再開したと述べた", False),
    ],
)
def test_a_brief_is_short(body: str, expected: bool) -> None:
    assert ("#" in url_of(story("Grain talks", body=body))) == expected


@pytest.mark.parametrize(
    "more",
    [
        {"photos": "[{file: boat.png, alt: A boat}]"},
        {"photos": '[{caption: "A boat. Northern Wire/Mila Hart"}]'},
        {"updates": "a-0"},
        {"noindex": "true"},
    ],
)
def test_what_needs_a_page_of_its_own_is_no_brief(more: dict[str, str]) -> None:
    assert url_of(story("Grain talks", **more)) == "/world/2019/05/01/grain-talks.html"


def test_a_picture_in_the_body_is_a_photo() -> None:
    assert "#" not in url_of(story("Grain talks", body="![A boat](boat.png)"))


@pytest.mark.parametrize(
    "more",
    [
        {"corrections": '[{date: 2019-12-30, text: "The tonnage was wrong, by far more than anybody thought."}]'},
        {"note": "Long notes may stand below a brief, too."},
        {"expires": "2030-01-01T00:00Z"},
        {"type": "analysis"},
    ],
)
def test_what_comes_after_publication_moves_no_brief(more: dict[str, str]) -> None:
    assert url_of(story("Grain talks", **more)) == PLACE


@pytest.mark.parametrize(
    ("permalink", "place"),
    [
        ("/{section}/{year}/{slug}/", "grain-talks"),
        ("/{section}/{year}/{month}/{slug}-{id}.html", "grain-talks-a-1"),
        ("/{section}/{id}.html", "a-1"),
    ],
)
def test_the_place_is_the_last_part_of_the_permalink(permalink: str, place: str) -> None:
    settings = Settings("The Archive", "https://archive.example", group_briefs=5, permalink=permalink)
    assert url_of(story("Grain talks", id="a-1"), settings) == f"/world/2019/05/01/briefs.html#{place}"


def test_without_the_setting_there_is_no_brief() -> None:
    settings = Settings("The Archive", "https://archive.example")
    assert url_of(story("Grain talks"), settings) == "/world/2019/05/01/grain-talks.html"
