"""What the engine does, and what it leaves alone: these tests assert what was rendered, not only the result."""

from __future__ import annotations

import pytest

from newsgen.commands import urls
from newsgen.messages.problems import show
from newsgen.model.errors import ContentError
from tests.support.sites import Desk, story

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (16).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0\x90\x91h6"
WITH_PHOTO = {"photos": '[{file: boat.png, caption: "A boat. Northern Wire/Mila Hart"}]'}


def desk(**files: bytes) -> Desk:
    """A site of stories in World, named by their file."""
    return Desk({f"content/world/{name}.md": data for name, data in files.items()})


def shown(found: Desk) -> list[str]:
    """The problems of a build, as a user reads them."""
    return [show(problem) for problem in found.build().problems if problem.severity != "advice"]


def test_an_empty_site_is_a_valid_site() -> None:
    found = Desk()
    outcome = found.build()
    assert (outcome.stories, outcome.problems) == (0, ())
    assert {"index.html", "404.html", "robots.txt", "_headers", "feed.xml", "sitemap.xml"} <= found.output.files.keys()
    assert not found.build().rendered


def test_what_a_headline_changes() -> None:
    found = desk(
        a=story("Barley up", "2019-05-01T10:00", id="a", tags="[grain]"),
        b=story("Ferry late", "2019-05-02T10:00", id="b", section="Sport"),
    )
    found.build()
    found.site.write(
        "content/world/a.md", story("Barley down", "2019-05-01T10:00", id="a", tags="[grain]", slug="barley-up")
    )
    assert sorted(found.build().rendered) == [
        "/",
        "/2019/",
        "/2019/05/",
        "/2019/05/01/",
        "/feed.xml",
        "/tags/grain/",
        "/tags/grain/feed.xml",
        "/world/",
        "/world/2019/",
        "/world/2019/05/",
        "/world/2019/05/01/barley-up.html",
        "/world/feed.xml",
    ]


def test_what_a_new_address_removes() -> None:
    found = desk(a=story("Barley up", id="a"), b=story("Other", id="b"))
    found.build()
    found.site.write("content/world/a.md", story("Barley down", id="a"))
    outcome = found.build()
    assert outcome.removed == ("/world/2019/05/01/barley-up.html",)
    assert "world/2019/05/01/barley-up.html" not in found.output.files
    assert [p.rule for p in outcome.problems if p.severity == "warning"] == ["address-gone"]


def test_no_address_is_missed_that_is_known_to_lead_elsewhere() -> None:
    found = desk(a=story("Barley up", id="a"), b=story("Other", id="b"))
    found.build()
    urls.record_addresses(found.job(found.output), "2020-01-01")
    found.site.write("content/world/a.md", story("Barley down", id="a"))
    outcome = found.build()
    assert outcome.removed == ("/world/2019/05/01/barley-up.html",)
    assert (
        b"/world/2019/05/01/barley-up.html /world/2019/05/01/barley-down.html 301" in found.output.files["_redirects"]
    )
    assert outcome.problems == ()
    del found.site.files["content/world/a.md"]
    told = {(problem.rule, *problem.values[:1]) for problem in found.build().problems}
    assert told == {
        ("address-lost", "/world/2019/05/01/barley-up.html"),
        ("address-gone",),
    }  # the second was in no list


def test_a_touched_file_is_read_and_nothing_more() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.build()
    found.site.write("content/world/a.md", found.site.files["content/world/a.md"])
    assert not found.build().rendered
    assert found.output.writes == []


def test_output_that_was_changed_by_hand_is_mended() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.build()
    before = dict(found.output.files)
    found.output.write("world/index.html", b"by hand")
    found.output.remove("feed.xml")
    assert sorted(found.build().written) == ["/feed.xml", "/world/"]
    assert found.output.files == before


def test_two_stories_with_one_id_are_both_named() -> None:
    found = desk(a=story("First", id="x"), b=story("Second", id="x"))
    told = (
        "content/world/b.md:5:1: The id x belongs to content/world/a.md. "
        "An id is never used twice: give this story its own.\n    id: x\n    ^"
    )
    assert shown(found) == [told]
    assert shown(found) == [told]  # again, where nothing changed
    assert "world/2019/05/01/first.html" in found.output.files
    assert "world/2019/05/01/second.html" not in found.output.files
    found.site.write("content/world/b.md", story("Second", id="y"))
    assert shown(found) == []
    assert found.output.files == found.clean()


@pytest.mark.parametrize("slug", ["same", "Same"])
def test_two_stories_with_one_address_are_both_named(slug: str) -> None:
    found = desk(a=story("Same", id="a"), b=story(slug, id="b"))
    (told,) = shown(found)
    assert told.startswith(
        "content/world/b.md:2:1: The address /world/2019/05/01/same.html belongs to content/world/a.md"
    )
    found.site.remove("content/world/a.md")
    found.build()
    assert b'data-story="b"' in found.output.files["world/2019/05/01/same.html"]
    assert found.output.files == found.clean()


def test_a_draft_does_not_take_the_id_of_a_live_story() -> None:
    found = desk(a=story("Draft", id="x", status="draft"), b=story("Live", id="x"))
    (told,) = shown(found)
    assert told.startswith("content/world/a.md:5:1: The id x belongs to content/world/b.md")
    assert "world/2019/05/01/live.html" in found.output.files


def test_a_picture_that_is_missing_is_named_and_the_caption_stays() -> None:
    found = desk(a=story("Boat", id="a", **WITH_PHOTO))
    (told,) = shown(found)
    assert "content/world/boat.png" in told
    page = found.output.files["world/2019/05/01/boat.html"]
    assert b"A boat." in page
    assert b"<img" not in page
    found.site.write("content/world/boat.png", b"no picture at all")
    assert "content/world/boat.png" in shown(found)[0]
    found.site.write("content/world/boat.png", PNG)
    assert shown(found) == []
    assert b'width="16"' in found.output.files["world/2019/05/01/boat.html"]
    assert found.output.files == found.clean()


def test_a_template_with_a_mistake_stops_before_anything_is_written() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.build()
    before = dict(found.output.files)
    found.set_template("home.html.j2", "{% endif %}")
    with pytest.raises(ContentError) as caught:
        found.build()
    assert [(p.rule, p.path, p.line) for p in caught.value.problems] == [
        ("template-syntax", "templates/home.html.j2", 1)
    ]
    assert found.output.files == before


def test_a_template_that_fails_names_its_line_and_the_story() -> None:
    found = desk(a=story("Barley up", id="a"))
    theme = found.theme
    found.set_template("article.html.j2", "<h1>\n{{ page.item.headlin }}</h1>")
    (told,) = shown(found)
    assert told.startswith("templates/article.html.j2:2")
    assert "content/world/a.md" in told
    assert shown(found) == [told]
    found.theme = theme
    assert shown(found) == []
    assert found.output.files == found.clean()


def test_without_a_record_what_stands_is_adopted() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.build()
    found.store.clear()
    outcome = found.build()
    assert outcome.rendered
    assert outcome.written == ()
    found.output.write("notes.txt", b"mine")
    found.store.clear()
    (left,) = [problem for problem in found.build().problems if problem.rule == "left-over"]
    assert left.values == ("1", "notes.txt")
    assert found.output.files["notes.txt"] == b"mine"


def test_clean_renders_everything_and_writes_nothing_that_is_the_same() -> None:
    found = desk(a=story("Barley up", id="a"))
    pages = found.build().pages
    outcome = found.build(is_clean=True)
    assert len(outcome.rendered) == pages
    assert outcome.written == ()


def test_held_stories_are_reported_and_counted_apart() -> None:
    found = desk(
        a=story("Open", id="a"),
        b=story("Draft", id="b", status="draft"),
        c=story("Later", id="c", embargo="2020-01-01T13:00:00Z"),
        d=story("Hold", id="d", embargo="hold"),
    )
    outcome = found.build()
    assert outcome.stories == 1
    assert [(id_, state) for id_, state, _until in outcome.held] == [
        ("b", "draft"),
        ("c", "embargoed"),
        ("d", "embargoed"),
    ]
    assert found.build().held == outcome.held


def test_addresses_under_a_path() -> None:
    found = desk(a=story("Barley up", id="a", tags="[grain]"))
    found.set(base_url="https://example.org/archive")
    found.build()
    page = found.output.files["world/2019/05/01/barley-up.html"].decode()
    assert '<link rel="canonical" href="https://example.org/archive/world/2019/05/01/barley-up.html">' in page
    assert 'href="/archive/tags/grain/"' in page
    assert 'href="/archive/assets/site.' in page
    assert 'href="/tags' not in page


def test_other_permalinks() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.set(permalink="/{section}/{year}/{slug}/")
    found.build()
    assert "world/2019/barley-up/index.html" in found.output.files
    assert found.output.files == found.clean()


def test_another_newsgen_renders_everything() -> None:
    found = desk(a=story("Barley up", id="a"))
    pages = found.build().pages
    found.stamp = "another newsgen"
    outcome = found.build()
    assert len(outcome.rendered) == pages - len(found.theme.assets)
    assert outcome.written == ()


def test_a_record_whose_rows_cannot_be_read_is_forgotten() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.build()
    found.store.database.execute("update card set data = '[1]'")
    found.site.write("content/world/b.md", story("Barley down", id="b"))
    assert "record-damaged" in [problem.rule for problem in found.build().problems]
    assert found.output.files == found.clean()


def test_editors_stand_on_the_page_with_or_without_a_credit_line() -> None:
    found = desk(
        a=story("Barley up", id="a", editors="[Ruth Oyelaran, Tom Arkell]"),
        b=story("Ferry late", id="b", credit='"(Reporting by Ines Varga; Editing by Ruth Oyelaran)"'),
    )
    found.build()
    for page, names in (("barley-up", ("Ruth Oyelaran", "Tom Arkell")), ("ferry-late", ("Ruth Oyelaran",))):
        text = found.output.files[f"world/2019/05/01/{page}.html"].decode()
        about = text.partition('<dl class="about">')[2].partition("</dl>")[0]
        assert about.count("<dt>Editing</dt>") == 1
        for name in names:
            assert f">{name}</a>" in about


def test_a_record_of_another_newsgen_is_said_in_one_line() -> None:
    found = desk(a=story("Barley up", id="a"))
    found.build()
    found.stamp = "another newsgen"
    outcome = found.build()
    assert [problem.rule for problem in outcome.problems if problem.severity != "advice"] == ["record-of-another"]
    assert found.output.files == found.clean()
    assert not found.build().problems


def test_a_correction_is_a_change_and_moves_no_first_publication() -> None:
    files = {
        "content/a.md": story("Boat", "2019-05-01T10:00", id="a", updated='"2019-05-01T12:00"'),
        "content/b.md": story("Quay", "2019-05-01T11:00", id="b"),
    }
    desk = Desk(files)
    desk.build()
    for day, text in ((3, "2019-05-03T09:00"), (2, "2019-05-02T09:00"), (0, "2019-05-01T09:00")):
        noted = f'[{{date: "{text}", text: The boat is red.}}]'
        more = {"updated": '"2019-05-01T12:00"', "corrections": noted}
        desk.site.write("content/a.md", story("Boat", "2019-05-01T10:00", id="a", **more))
        desk.build()
        assert desk.output.files == desk.clean()
        changed = f"{text}:00+00:00" if day else "2019-05-01T12:00:00+00:00"
        page = desk.output.files["world/2019/05/01/boat.html"].decode()
        assert f'"dateModified":"{changed}"' in page
        assert f'<meta property="article:modified_time" content="{changed}">' in page
        assert '"datePublished":"2019-05-01T10:00:00+00:00"' in page
        assert f"<updated>{changed}</updated>\n<summary>" in desk.output.files["world/feed.xml"].decode()
        assert changed in desk.output.files["sitemaps/sitemap-stories-2019-05.xml"].decode()


def test_a_draft_is_labelled_where_it_is_listed() -> None:
    found = desk(a=story("Barley up", id="a", status="draft"))
    found.drafts = True
    found.build()
    for path in ("index.html", "world/index.html", "world/2019/05/01/barley-up.html"):
        assert found.output.files[path].count(b"<em>Draft</em>") >= 1, path
    assert found.output.files["world/2019/05/01/barley-up.html"].count(b"<em>Draft</em>") == 1


def test_why_a_page_was_rendered() -> None:
    """A clean build renders everything; the output is blamed only where it was not as it was written."""
    found = desk(a=story("Barley up", id="a"))
    found.build()
    assert reason(found, "/") == "new"
    found.build(is_clean=True)
    assert reason(found, "/") == "whole"
    found.output.write("index.html", b"by hand")
    found.build()
    assert reason(found, "/") == "output"


def reason(found: Desk, url: str) -> str:
    row = found.store.pages.row(url)
    assert row is not None
    return row.reason
