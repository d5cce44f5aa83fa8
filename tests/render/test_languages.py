"""Pages of sites and stories in several languages: which way they run, and how long their texts are."""

from __future__ import annotations

import re

import pytest

from tests.support.sites import Desk, story


def site_in(language: str, *stories: dict[str, str]) -> Desk:
    """A site in a language with a story for each further front matter, a day after the one before."""
    desk = Desk(
        {
            f"content/world/{number}.md": story(f"Harbour {number}", f"2019-05-{number:02}", id=f"s{number}", **more)
            for number, more in enumerate(stories, 1)
        }
    )
    desk.set(language=language)
    desk.build()
    return desk


def page(desk: Desk, path: str) -> str:
    return desk.output.read(path).decode()


@pytest.mark.parametrize(
    ("language", "tag"),
    [("en", '<html lang="en">'), ("ckb", '<html lang="ckb" dir="rtl">'), ("fan", '<html lang="fan">')],
)
def test_a_page_runs_as_the_language_of_the_site(language: str, tag: str) -> None:
    assert tag in page(site_in(language, {}), "index.html")


@pytest.mark.parametrize(
    ("site", "front_matter", "article", "row"),
    [
        ("en", {}, "", ""),
        ("en", {"language": "en"}, "", ""),
        ("en", {"language": "de"}, ' lang="de" dir="ltr"', ' lang="de"'),
        ("en", {"language": "ar"}, ' lang="ar" dir="rtl"', ' lang="ar" dir="rtl"'),
        ("en", {"language": "ks"}, ' lang="ks" dir="rtl"', ' lang="ks" dir="rtl"'),
        ("en", {"direction": "rtl"}, ' dir="rtl"', ' dir="rtl"'),
        ("ur", {"language": "ar"}, ' lang="ar" dir="rtl"', ' lang="ar"'),
        ("ur", {"language": "en"}, ' lang="en" dir="ltr"', ' lang="en" dir="ltr"'),
    ],
)
def test_a_story_says_its_language_where_it_is_another(
    site: str, front_matter: dict[str, str], article: str, row: str
) -> None:
    desk = site_in(site, front_matter, {})
    address = "world/2019/05/01/harbour-1.html"
    assert f'<article data-story="s1" data-state="live"{article}>' in page(desk, address)
    for path in ("index.html", "world/index.html", "2019/05/01/index.html", "world/2019/05/02/harbour-2.html"):
        links = re.findall(rf'<a (?:rel="\w+" )?href="/{address}"([^>]*)>', page(desk, path))
        assert links, path
        assert set(links) == {row}, path


def test_a_name_that_runs_the_other_way_is_isolated() -> None:
    tags = {"tags": "[Grain, حبوب]"}
    names = {"en": "<bdi>حبوب</bdi>", "ar": "<bdi>Grain</bdi>"}
    for language, isolated in names.items():
        desk = site_in(language, tags)
        for path in ("tags/index.html", "world/2019/05/01/harbour-1.html"):
            assert re.findall("<bdi>.*?</bdi>", page(desk, path).replace("<bdi>World</bdi>", "")) == [isolated], path


def test_a_name_with_markup_is_escaped_in_its_isolation() -> None:
    desk = site_in("en", {"tags": '["حبوب <b>"]'})
    assert "<bdi>حبوب &lt;b&gt;</bdi>" in page(desk, "tags/index.html")
