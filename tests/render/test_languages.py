"""Pages of sites and stories in several languages: which way they run, and how long their texts are."""

from __future__ import annotations

import re

import pytest

from tests.support.sites import Desk, story, world


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


def test_a_page_is_put_together_as_its_language_is() -> None:
    """A date goes before its time, a year has its counter, no blank stands between sentences, wide letters are long."""
    headline = "港の灯台の修理が終わり、来週から見学を再開、" * 2
    desk = Desk({f"content/{n}.md": story(f"{headline}{n}", f"2019-05-01T{n:02}:15Z") for n in range(6)})
    desk.set(language="ja")
    desk.build()
    home = page(desk, "index.html")
    assert '">2019年5月1日 0:15</time>\n<a ' in home
    assert "時刻はUTC時間です。newsgen" in home
    assert 'class="long"' in home
    day = page(desk, "on-this-day/05-01/index.html")
    assert ">2019年</a>" in day
    assert ">5:15</time>" in day


def test_of_sections_whose_stories_stand_above_the_home_page_has_the_links() -> None:
    """No heading stands alone."""
    times = [f"2019-05-01T{n % 24:02}:{n:02}Z" for n in range(40)]
    desk = world(**{f"s{n}": story(f"Harbour {n}", time, id=f"s{n}") for n, time in enumerate(times)})
    desk.site.write("content/sport.md", story("Regatta", "2019-06-01T10:00Z", "Sport"))
    desk.build()
    home = page(desk, "index.html")
    blocks, _, others = home.partition('<section class="ways">')
    assert re.findall(r'<h2 class="bar"><a href="(\S+)">', blocks) == ["/world/"]
    assert re.findall(r'<ul class="briefs">\s*<li><a href="(\S+)">', others) == ["/sport/"]
    alone = page(site_in("en", {}), "index.html")
    assert "Other sections" not in alone
    assert '<h2 class="bar">Sections</h2>' in alone
