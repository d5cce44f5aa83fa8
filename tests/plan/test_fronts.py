"""Fronts: what leads a page, what follows, and which pages a change touches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import pytest

from newsgen.index.shelves import LIMIT
from tests.support.edits import Pick, seeded
from tests.support.sites import PNG, Desk, assert_same, story, world

TEXT = "The ferry to Kestrel Bay sailed again on Monday after a week of storms, its owners said."
LONG = " ".join([TEXT] * 3)


def page(desk: Desk, url: str) -> str:
    return desk.output.files[f"{url[1:]}index.html"].decode()


def leads(desk: Desk, url: str = "/") -> list[str]:
    """The ids of the stories that lead a page, in order."""
    found = re.search(r'<ol class="leads" data-list="[\w-]+">(.*?)</ol>', page(desk, url), re.S)
    return re.findall(r'<li data-story="([^"]+)"', found[1]) if found else []


def listed(desk: Desk, url: str) -> list[str]:
    """The ids of all stories on a page, in order."""
    return re.findall(r'<li data-story="([^"]+)"', page(desk, url))


def built(**stories: bytes) -> Desk:
    desk = world(**stories)
    desk.build()
    return desk


def test_the_newest_story_with_text_leads_with_its_first_words() -> None:
    desk = built(
        a=story("Older", "2019-05-01T10:00", id="a", body=TEXT),
        b=story("Ferry returns", "2019-05-01T11:00", id="b", body=LONG),
        c=story("A flash", "2019-05-01T12:00", id="c", body="FERRY RETURNS TO KESTREL BAY"),
        d=story("A brief", "2019-05-01T12:10", id="d", body=TEXT, type="brief"),
        e=story("No text", "2019-05-01T12:20", id="e", body="", type="photo"),
    )
    for url in ("/", "/world/", "/2019/", "/2019/05/", "/2019/05/01/", "/world/2019/05/"):
        assert leads(desk, url)[0] == "b", url
        assert f'<p class="summary">{TEXT}</p>' in page(desk, url)
        assert sorted(listed(desk, url)) == list("abcde"), url


def test_what_is_longer_than_two_lines_is_cut_between_words() -> None:
    desk = built(a=story("Storm", id="a", body="The storm " + "blew on and " * 40 + "ended."))
    summary = re.findall(r'class="summary">([^<]*)<', page(desk, "/"))[0]
    assert len(summary) <= 160
    assert summary.endswith(("blew…", "on…", "and…"))


def test_a_picture_counts_for_six_hours() -> None:
    photo = "[{file: /pool.png, caption: A boat, alt: A boat}]"
    desk = world(
        a=story("With a picture", "2019-05-01T05:00", id="a", body=TEXT, photos=photo),
        b=story("Without", "2019-05-01T10:59", id="b", body=TEXT),
    )
    desk.site.write("content/pool.png", PNG)
    desk.build()
    assert leads(desk)[0] == "a"
    desk.site.write("content/world/b.md", story("Without", "2019-05-01T11:01", id="b", body=TEXT))
    desk.build()
    assert leads(desk)[0] == "b"
    assert_same(desk.output.files, desk.clean())


def test_an_editor_pins_what_leads() -> None:
    desk = built(
        **{name: story(name, f"2019-05-0{day}T10:00", id=name, body=TEXT) for day, name in enumerate("abcd", 1)},
        x=story("Sport", "2019-05-06T10:00", "Sport", id="x", body=TEXT),
    )
    assert (leads(desk)[0], leads(desk, "/world/")[0]) == ("x", "d")
    desk.set(lead="a")
    desk.site.write("content/world/_section.yaml", b"lead: b\n")
    desk.build()
    assert (leads(desk)[0], leads(desk, "/world/")[0], leads(desk, "/2019/")[0]) == ("a", "b", "x")
    newer = story("b again", "2019-05-02T12:00", id="b2", updates="b", body=TEXT)
    desk.site.write("content/world/b2.md", newer)
    desk.build()
    assert leads(desk, "/world/")[0] == "b2"
    desk.site.remove("content/world/b2.md")
    desk.site.write("content/world/b.md", story("b", "2019-05-02T10:00", id="b", body=TEXT, status="draft"))
    desk.site.write("content/world/a.md", story("a", "2019-05-01T10:00", id="a", body=TEXT, embargo="hold"))
    desk.build()
    assert (leads(desk)[0], leads(desk, "/world/")[0]) == ("x", "d")
    assert_same(desk.output.files, desk.clean())


def test_a_lead_of_another_section_does_not_lead() -> None:
    desk = world(a=story("World", id="a", body=TEXT))
    desk.site.write("content/sport/b.md", story("Sport", section="Sport", id="b", body=TEXT))
    desk.site.write("content/world/_section.yaml", b"lead: b\n")
    desk.build()
    assert leads(desk, "/world/") == ["a"]


def test_a_person_s_lead_says_what_the_story_has_to_do_with_the_person() -> None:
    desk = built(
        a=story("Ferry", id="a", body=TEXT, byline="Ines Varga"),
        b=story("Fog", "2019-05-02T10:00", id="b", body=TEXT, people="[Ines Varga]"),
    )
    text = page(desk, "/people/ines-varga/")
    assert '<ol class="leads" data-list="about-person">' in text
    assert '<p class="kicker"><span>In the news</span>' in text
    assert listed(desk, "/people/ines-varga/") == ["b", "a"]


def many(count: int, minutes: int = 7) -> dict[str, bytes]:
    """Stories of three sections on three days of a month, more than one page lists."""
    files = {}
    for n in range(count):
        at = n * minutes
        date = f"1987-02-{26 + at // 1440:02}T{at // 60 % 24:02}:{at % 60:02}:00Z"
        section = ("World", "Business", "Sport")[n % 7 % 3]
        files[f"content/world/{n:03}.md"] = story(f"Story number {n}", date, section, f"{TEXT} {n}.", id=f"s{n:03}")
    return files


def test_the_front_of_a_long_day() -> None:
    desk = Desk(many(170))
    desk.build()
    url = "/1987/02/26/"
    ids, text = listed(desk, url), page(desk, url)
    assert len(ids) == len(set(ids))
    assert 24 <= len(ids) <= 60
    headings = re.findall(r'<h2 class="bar">(?:<a href="([^"]*)">)?(\w+)(?:</a>)? <span>(\d+)</span></h2>', text)
    assert [name for _url, name, _count in headings] == ["World", "Business", "Sport"]
    assert int(headings[0][2]) + int(headings[1][2]) + int(headings[2][2]) == 170
    for link, _name, _count in headings:
        target, _, anchor = link.partition("#")
        assert not anchor or f'id="{anchor}"' in page(desk, target)
    assert '<b aria-current="date">26</b>' in text
    assert [f"/1987/02/26/{hour:02}/" for hour in range(20)] == re.findall(r'href="(/1987/02/26/\d\d/)"', text)
    by_hour = {story_id for hour in range(20) for story_id in listed(desk, f"{url}{hour:02}/")}
    assert by_hour == {f"s{n:03}" for n in range(170)}
    for front in (url, "/1987/02/", "/1987/", "/world/"):  # a link within a page has its place there
        places = re.findall(r'href="#([^"]+)"', page(desk, front))
        assert [place for place in places if f'id="{place}"' not in page(desk, front)] == []
        assert "Periods" in places, front


@pytest.mark.parametrize(
    "url", ["/1987/", "/1987/02/", "/1987/02/26/", "/world/1987/02/", "/1987/02/26/03/", "/world/"]
)
def test_every_list_runs_from_the_newest_to_the_oldest(url: str) -> None:
    desk = Desk(many(170) | {"content/world/x.md": story("X", "1987-02-26", id="x", body="No hour")})
    desk.build()
    for group in re.findall(r'<ol class="(?:wire|heads)[^>]*>(.*?)</ol>', page(desk, url), re.S):
        ids = [each for each in re.findall(r'<li data-story="([^"]+)"', group) if each != "x"]
        assert ids == sorted(ids, reverse=True)


def test_the_calendar_of_a_topic_s_month_leads_to_its_days() -> None:
    files = {
        f"content/world/{n:03}.md": story(
            f"N {n}", f"1987-0{1 + n // 60}-{1 + n % 28:02}", id=f"s{n:03}", tags="[grain]"
        )
        for n in range(110)
    }
    desk = Desk(files)
    desk.build()
    months = re.findall(r'href="/tags/grain/1987/(\d\d)/"', page(desk, "/tags/grain/").partition("By month")[2])
    assert months[:2] == ["01", "02"]  # of one year: there is no choice among years
    text = page(desk, "/tags/grain/1987/02/")
    days = re.findall(r'<a href="/tags/grain/1987/02/#([\w-]+)">\d+</a>', text)
    assert len(days) == 28
    assert all(f'id="{day}"' in text for day in days)


def test_a_new_story_changes_its_day_and_not_the_other_hours_or_days() -> None:
    desk = Desk(many(170, minutes=12))  # 120 stories a day
    desk.build()
    new = story("New", "1987-02-26T03:01:00Z", "World", f"{TEXT} New.", id="new")
    desk.site.write("content/world/new.md", new)
    lists = [url for url in desk.build().rendered if url.startswith("/1987/")]
    assert sorted(lists) == ["/1987/", "/1987/02/", "/1987/02/26/", "/1987/02/26/03/"]
    assert_same(desk.output.files, desk.clean())


def test_a_text_s_first_words_change_the_pages_that_it_leads_and_no_others() -> None:
    desk = Desk(many(170, minutes=12))
    desk.build()
    path = "content/world/169.md"
    before = desk.output.files.copy()
    desk.site.write(path, desk.site.files[path].replace(b"The ferry to", b"A ferry to"))
    result = desk.build()
    for url in result.rendered:
        file = f"{url[1:]}index.html" if url.endswith("/") else url[1:]
        assert b"A ferry to" in desk.output.files[file], url
        assert b"A ferry to" not in before[file]
    assert "/" in result.rendered
    assert "/1987/02/27/" in result.rendered
    assert_same(desk.output.files, desk.clean())
    desk.site.write(path, desk.site.files[path] + b"\nMore.\n")
    assert not [url for url in desk.build().rendered if url.endswith("/")]


@pytest.mark.parametrize(
    ("headline", "size"), [("A ferry", ""), ("A ferry " * 12, "long"), ("A ferry " * 50, "longest")]
)
def test_the_size_of_a_headline_is_by_its_length(headline: str, size: str) -> None:
    desk = built(a=story(headline.strip(), id="a", body=TEXT))
    assert (f'<li data-story="a" class="{size}">' if size else '<li data-story="a">') in page(desk, "/")


def test_no_list_is_heavy() -> None:
    """At most 40 KB, 100 stories and 1,200 elements, with headlines of 90 letters."""
    sections = [f"Section {n}" for n in range(30)]
    files = {
        f"content/world/{n:04}.md": story(
            f"Harbour town of Kestrel Bay waits for the ferry that left it a long week ago, number {n}",
            f"1987-02-{1 + n % 28:02}T{n % 24:02}:{n % 60:02}", sections[n * n % 30], LONG, id=f"story-number-{n:04}",
            dateline='"KESTREL BAY (Northern Wire)"', byline="Ines Varga", tags="[grain, harbours]",
        )
        for n in range(900)
    }  # fmt: skip
    desk = Desk(files)
    desk.set(title="The Archive of the Northern Wire")
    desk.build()
    for path, data in desk.output.files.items():
        if path.endswith("/index.html") or path == "index.html":
            stories = len(re.findall(rb"<li data-story=", data))
            assert len(data) <= 40_000, (path, len(data), stories)
            assert stories <= 100, path
            assert len(re.findall(rb"<[a-z]", data)) <= 1200, path


def change(desk: Desk, pick: Pick, number: int) -> None:
    """One change of a long archive."""
    paths: Sequence[str] = sorted(path for path in desk.site.files if path.endswith(".md"))
    path = pick(paths)
    text = desk.site.files[path].decode()
    what = pick(("new", "gone", "words", "section", "date", "hold", "headline"))
    if what == "new":
        date = f"1987-0{pick((2, 3))}-{pick(range(1, 29)):02}{pick(('', 'T03:10', 'T23:50'))}"
        section = pick(("World", "Sport", "Culture"))
        desk.site.write(f"content/world/n{number}.md", story(f"New {number}", date, section, TEXT, id=f"n{number}"))
    elif what == "gone":
        desk.site.remove(path)
    else:
        old, new = {
            "words": (r"\n\n.*\n$", f"\n\n{pick(('A gale blew.', 'NO PROSE', LONG))}\n"),
            "section": (r"(?m)^section: .*$", f"section: {pick(('World', 'Business', 'Culture'))}"),
            "date": (r"(?m)^date: .*$", f"date: 1987-02-{pick((25, 26, 27))}{pick(('', 'T02:00', 'T21:00'))}"),
            "hold": (r"(?m)^section:", "embargo: hold\nsection:"),
            "headline": (r"(?m)^headline: .*$", f"headline: Other {number}"),
        }[what]
        desk.site.write(path, re.sub(old, new, text, count=1).encode())


@pytest.mark.parametrize(
    ("seed", "count"),
    [(1, LIMIT + 1), (2, 170), *(pytest.param(n, LIMIT - 2 + n, marks=pytest.mark.long) for n in range(3, 23))],
)
def test_long_lists_after_a_random_history_are_those_of_a_clean_build(seed: int, count: int) -> None:
    pick = seeded(seed)
    desk = Desk(many(count))
    desk.build()
    for number in range(12):
        change(desk, pick, number)
        desk.build()
        if number % 3 == 2:
            assert_same(desk.output.files, desk.clean())


def test_a_held_story_s_first_words_are_on_no_front() -> None:
    desk = built(
        a=story("Open", id="a", body=TEXT), b=story("Shut", "2019-05-02T10:00", id="b", body=f"Oats rose. {LONG}")
    )
    assert leads(desk) == ["b", "a"]
    desk.site.write(
        "content/world/b.md", story("Shut", "2019-05-02T10:00", id="b", body=f"Oats rose. {LONG}", status="draft")
    )
    desk.build()
    assert not [path for path, data in desk.output.files.items() if "Oats rose" in unescape(data.decode("latin-1"))]
    assert_same(desk.output.files, desk.clean())
