"""Briefs of a section's day on one page: what it shows, where addresses lead, what one edit renders again."""

from __future__ import annotations

import json
import re

import pytest

from newsgen.commands import kill, urls
from newsgen.source.ledger import PATH as LEDGER
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, Desk, assert_same, story, world

DAY = "world/2019/05/01"
PAGE = f"{DAY}/briefs.html"
LONG = "A word and another. " * 20


def a_desk(**stories: bytes) -> Desk:
    desk = world(**stories)
    desk.set(group_briefs=60)
    return desk


def page(desk: Desk, path: str = PAGE) -> str:
    return desk.output.files[path].decode()


def ids(html: str) -> list[str]:
    """The stories that stand whole on a page, in order."""
    return re.findall(r'<article class="brief" id="[^"]+" data-story="([^"]+)"', html)


def record(desk: Desk) -> None:
    urls.record_addresses(desk.job(desk.output), "2020-01-01")


def kill_story(desk: Desk, story_id: str) -> None:
    kill.kill(desk.job(desk.output), story_id, "The source was false.", "", moment_at(NOW, "UTC"))


@pytest.fixture
def desk() -> Desk:
    """Two briefs of one day, a story of it, and a brief of the day after."""
    return a_desk(
        late=story("Ferry returns", "2019-05-01T17:00", id="late", body="It is back.", byline="Ines Varga"),
        early=story(
            "Grain talks", "2019-05-01T09:00", id="early", tags="[grain]", dateline='"ALDMOOR (Northern Wire)"'
        ),
        long=story("Long read", "2019-05-01T10:00", id="long", body=LONG),
        next=story("Fair opens", "2019-05-02", id="next"),
    )


def test_briefs_stand_whole_and_in_order_of_time(desk: Desk) -> None:
    desk.build()
    html = page(desk)
    assert ids(html) == ["early", "late"]
    assert f"{DAY}/long.html" not in desk.output.files
    assert f"{DAY}/long-read.html" in desk.output.files
    assert not any(path.endswith(("ferry-returns.html", "grain-talks.html")) for path in desk.output.files)
    fields = re.findall(r'data-field="(\w+)"', html)
    assert fields == ["headline", "published", "dateline", "body", "headline", "published", "byline", "body"]
    assert 'data-state="live"' in html
    graph = json.loads(html.partition('ld+json">')[2].partition("</script>")[0])["@graph"]
    articles = [node for node in graph if node["@type"] == "NewsArticle"]
    assert [node["url"] for node in articles] == [
        f"https://archive.example/{PAGE}#grain-talks",
        f"https://archive.example/{PAGE}#ferry-returns",
    ]
    assert len({node["url"] for node in articles}) == 2
    assert {node["mainEntityOfPage"] for node in articles} == {f"https://archive.example/{PAGE}"}


def test_every_list_leads_to_the_place_on_the_page(desk: Desk) -> None:
    desk.build()
    link = f'href="/{PAGE}#ferry-returns"'
    for path in ("index.html", "world/index.html", "world/2019/05/index.html", "2019/05/01/index.html"):
        assert link in page(desk, path), path
    assert f"https://archive.example/{PAGE}#ferry-returns" in page(desk, "feed.xml")
    assert link in page(desk, f"{DAY}/long-read.html")  # a neighbour
    sitemap = page(desk, "sitemaps/sitemap-stories-2019-05.xml")
    assert sitemap.count(f"<loc>https://archive.example/{PAGE}</loc><lastmod>2019-05-01T17:00:00+00:00") == 1
    assert "#" not in sitemap


def test_the_pages_before_and_after(desk: Desk) -> None:
    desk.build()
    assert '<a rel="next" href="/world/2019/05/02/briefs.html">' in page(desk)
    assert f'<a rel="prev" href="/{PAGE}">' in page(desk, "world/2019/05/02/briefs.html")
    desk.site.remove("content/world/next.md")
    desk.build()
    assert 'rel="next"' not in page(desk)
    assert_same(desk.output.files, desk.clean())


def test_one_edit_renders_its_page_and_what_carries_its_text(desk: Desk) -> None:
    desk.build()
    path = "content/world/late.md"
    desk.site.write(path, desk.site.files[path].replace(b"It is back.", b"It has come back."))
    assert {*desk.build().rendered} == {
        *(f"/{PAGE.removesuffix('html')}{form}" for form in ("html", "txt", "json")),
        *(f"{place}feed.{form}" for place in ("/", "/world/", "/feeds/changes/") for form in ("xml", "json")),
    }
    desk.site.write(path, desk.site.files[path].replace(b"Ferry returns", b"Ferry is back\nslug: ferry-returns"))
    rendered = {*desk.build().rendered}
    assert f"/{PAGE}" in rendered
    assert "/world/2019/05/02/briefs.html" not in rendered
    assert "/tags/grain/" not in rendered
    assert_same(desk.output.files, desk.clean())


def test_a_correction_and_a_newer_version_leave_a_brief_where_it_is(desk: Desk) -> None:
    note = '[{date: 2019-12-30, text: "The quay was another."}]'
    desk.site.write("content/world/early.md", story("Grain talks", "2019-05-01T09:00", id="early", corrections=note))
    desk.site.write("content/world/v2.md", story("UPDATE 1-Grain talks", "2019-05-02T09:00", id="v2", updates="early"))
    desk.build()
    assert ids(page(desk)) == ["early", "late"]
    assert 'data-field="correction">The quay was another.' in page(desk)
    assert 'data-state="superseded"' in page(desk)
    newer = "world/2019/05/02/update-1-grain-talks.html"
    assert f'<a href="/{newer}">The newest: Grain talks</a>' in page(desk)  # it shows what changed, on its own page
    assert f'href="/{PAGE}#grain-talks"' in page(desk, newer)
    desk.site.write("content/world/v2.md", story("UPDATE 1-Grain deal", "2019-05-02T09:00", id="v2", updates="early"))
    desk.build()
    assert "The newest: Grain deal" in page(desk)
    assert_same(desk.output.files, desk.clean())


def test_a_brief_that_becomes_a_story_leaves_a_line_that_leads_to_it(desk: Desk) -> None:
    record(desk)
    desk.build()
    desk.site.write("content/world/late.md", story("Ferry returns", "2019-05-01T17:00", id="late", body=LONG))
    result = desk.build()
    assert [problem.rule for problem in result.problems] == []
    assert f"{DAY}/ferry-returns.html" in desk.output.files
    html = page(desk)
    assert ids(html) == ["early"]
    assert f'id="ferry-returns">This story is now at <a href="/{DAY}/ferry-returns.html">' in html
    assert "ferry-returns" not in desk.output.files.get("_redirects", b"").decode()  # no host sees the place
    assert_same(desk.output.files, desk.clean())
    record(desk)  # and back: the host leads from its own page to its place
    desk.site.write("content/world/late.md", story("Ferry returns", "2019-05-01T17:00", id="late"))
    desk.build()
    assert ids(page(desk)) == ["early", "late"]
    assert f"/{DAY}/ferry-returns.html /{PAGE}#ferry-returns 301" in page(desk, "_redirects")
    assert_same(desk.output.files, desk.clean())


def test_the_setting_switched_on_and_off_for_a_published_site(desk: Desk) -> None:
    desk.set(group_briefs=0)
    record(desk)
    desk.build()
    assert PAGE not in desk.output.files
    desk.set(group_briefs=60)
    desk.build()
    record(desk)
    assert f"/{DAY}/grain-talks.html /{PAGE}#grain-talks 301" in page(desk, "_redirects")
    desk.set(group_briefs=0)
    desk.build()
    html = page(desk)  # it has no brief any more, and still leads on
    assert ids(html) == []
    assert f'id="grain-talks">This story is now at <a href="/{DAY}/grain-talks.html">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert PAGE not in page(desk, "sitemaps/sitemap-stories-2019-05.xml")
    assert_same(desk.output.files, desk.clean())
    for url in [line.split("\t")[1] for line in desk.site.files[LEDGER].decode().splitlines()]:
        if "#" in url:
            urls.remove_address(desk.job(desk.output), url, "2020-01-01")
    desk.build()
    assert PAGE not in desk.output.files
    assert_same(desk.output.files, desk.clean())


def test_a_host_without_rules_gets_pages_that_lead_to_the_places(desk: Desk) -> None:
    desk.set(group_briefs=0, host="github")
    record(desk)
    desk.set(group_briefs=60)
    desk.build()
    assert f'content="0; url=/{PAGE}#grain-talks"' in page(desk, f"{DAY}/grain-talks.html")
    assert f'<link rel="canonical" href="https://archive.example/{PAGE}">' in page(desk, f"{DAY}/grain-talks.html")


def test_a_killed_brief_says_so_at_its_place(desk: Desk) -> None:
    desk.build()
    kill_story(desk, "late")
    desk.build()
    html = page(desk)
    assert ids(html) == ["early"]
    assert re.search(
        r'<article class="brief" id="ferry-returns" data-state="killed">\s*<h3>This story was withdrawn', html
    )
    assert "The source was false." in html
    assert "It is back" not in html
    assert f'href="/{PAGE}#ferry-returns"' not in page(desk, "world/index.html")
    assert f"{PAGE}#ferry-returns" in page(desk, "withdrawn/index.html")
    assert "410" not in desk.output.files.get("_redirects", b"").decode()  # the page has other briefs
    assert_same(desk.output.files, desk.clean())
    kill_story(desk, "early")
    desk.build()
    assert ids(page(desk)) == []
    assert page(desk).count("This story was withdrawn") == 2
    assert_same(desk.output.files, desk.clean())


def test_an_expired_brief_keeps_its_headline_at_its_place(desk: Desk) -> None:
    record(desk)
    path = "content/world/late.md"
    desk.site.write(path, desk.site.files[path].replace(b"id: late", b"id: late\nexpires: 2020-01-01T13:00Z"))
    desk.build()
    assert ids(page(desk)) == ["early", "late"]
    desk.clock += 2 * 3600
    desk.build()
    html = page(desk)
    assert ids(html) == ["early"]
    assert re.search(r'id="ferry-returns" data-state="expired">\s*<h3 data-field="headline">Ferry returns</h3>', html)
    assert "It is back" not in html
    assert_same(desk.output.files, desk.clean())


def test_a_former_place_leads_to_that_of_the_expired(desk: Desk) -> None:
    """Which names the address of a story that is not shown: it was published."""
    record(desk)
    path = "content/world/late.md"
    desk.site.write(path, desk.site.files[path].replace(b"id: late", b"id: late\nslug: ferry"))
    record(desk)
    desk.site.write(path, desk.site.files[path].replace(b"id: late", b"id: late\nexpires: 2019-12-31T13:00Z"))
    assert desk.build().problems == ()
    assert f'id="ferry-returns">This story is now at <a href="/{PAGE}#ferry">' in page(desk)
    assert 'id="ferry" data-state="expired"' in page(desk)


def test_a_line_written_into_the_ledger_by_hand_leads_on(desk: Desk) -> None:
    desk.build()
    desk.site.write(
        LEDGER,
        f"late\t/{DAY}/briefs.html#ferry\t2019-05-01\nlate\t/sport/2019/05/01/briefs.html#f\t2019-05-01\n".encode(),
    )
    desk.build()
    assert f'id="ferry">This story is now at <a href="/{PAGE}#ferry-returns">' in page(desk)
    assert f'id="f">This story is now at <a href="/{PAGE}#ferry-returns">' in page(desk, "sport/2019/05/01/briefs.html")
    assert_same(desk.output.files, desk.clean())


def test_a_brief_whose_file_is_gone_is_missed(desk: Desk) -> None:
    """As a story's page is, though the page of the day stays; of an address in the ledger it is an error."""
    desk.build()
    desk.site.remove("content/world/late.md")
    assert [(p.rule, p.path, p.severity) for p in desk.build().problems] == [
        ("address-gone", f"/{PAGE}#ferry-returns", "warning")
    ]
    assert desk.build().problems == ()
    record(desk)
    desk.site.remove("content/world/early.md")
    assert [(p.rule, p.severity) for p in desk.build().problems] == [("address-lost", "error")]


def test_two_briefs_of_a_day_with_one_slug(desk: Desk) -> None:
    desk.site.write("content/world/twin.md", story("Ferry returns", "2019-05-01T18:00", id="twin"))
    messages = desk.build_messages()
    assert len(messages) == 1
    assert f"/{PAGE}#ferry-returns" in messages[0]
    assert ids(page(desk)) == ["early", "late"]


def test_a_draft_makes_the_page_of_a_desk_noindex(desk: Desk) -> None:
    desk.site.write("content/world/draft.md", story("Fog", "2019-05-01T11:00", id="fog", status="draft"))
    desk.build()
    assert 'content="noindex"' not in page(desk)
    desk.drafts = True
    desk.build()
    assert ids(page(desk)) == ["early", "fog", "late"]
    assert 'data-state="draft"' in page(desk)
    assert 'content="noindex"' in page(desk)
    assert_same(desk.output.files, desk.clean())


def a_busy_desk() -> Desk:
    """Forty-one briefs of one day: some at nine, some at ten, some without an hour."""
    times = ("T09:00Z", "T10:00Z", "")
    return a_desk(**{f"s{n:02}": story(f"Brief {n:02}", f"2019-05-01{times[n % 3]}", id=f"s{n:02}") for n in range(41)})


def test_a_day_with_many_briefs_splits_by_hour_and_keeps_its_places() -> None:
    desk = a_busy_desk()
    desk.build()
    html = page(desk)
    assert ids(html) == []
    at_nine = page(desk, f"{DAY}/briefs/09/index.html")
    assert ids(at_nine) == [f"s{n:02}" for n in range(0, 41, 3)]
    assert ids(page(desk, f"{DAY}/briefs/no-time/index.html")) == [f"s{n:02}" for n in range(2, 41, 3)]
    for n in (0, 1, 2):
        part = ("09", "10", "no-time")[n]
        assert f'<li id="brief-{n:02}" data-story="s{n:02}">' in html
        assert f'href="/{DAY}/briefs/{part}/#brief-{n:02}"' in html
        assert f'href="/{PAGE}#brief-{n:02}"' in page(desk, "index.html") + page(desk, "2019/05/01/index.html")
    assert f'<a href="/{PAGE}">1 May</a>' in at_nine.partition("<main")[0]
    sitemap = page(desk, "sitemaps/sitemap-stories-2019-05.xml")
    assert f"{DAY}/briefs/09/</loc>" in sitemap
    desk.site.remove("content/world/s40.md")
    desk.build()
    assert len(ids(page(desk))) == 40
    assert f"{DAY}/briefs/09/index.html" not in desk.output.files
    assert_same(desk.output.files, desk.clean())


def test_no_place_comes_twice_on_a_page() -> None:
    desk = a_busy_desk()
    desk.site.write("content/world/s41.md", story("Brief 41", "2019-05-01T09:00", id="s41"))
    kill_story(desk, "s03")
    desk.build()
    for path in (PAGE, f"{DAY}/briefs/09/index.html"):
        found = re.findall(r' id="([^"]+)"', page(desk, path))
        assert len(found) == len(set(found)), path


def test_links_in_the_text_lead_where_they_did_on_the_page_of_an_hour() -> None:
    desk = a_busy_desk()
    body = "[one](brief-01.html), [the top](#brief-00), [two](/world/), [a host](https://other.example/x)"
    desk.site.write("content/world/s00.md", story("Brief 00", "2019-05-01T09:00", id="s00", body=body))
    desk.build()
    links = re.findall(
        r'<a href="([^"]*)"', page(desk, f"{DAY}/briefs/09/index.html").partition('data-field="body"')[2]
    )
    assert links[:4] == [f"/{DAY}/brief-01.html", "#brief-00", "/world/", "https://other.example/x"]
