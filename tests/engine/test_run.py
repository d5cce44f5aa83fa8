"""A whole build: what is on its pages, what it reports, and records that are damaged or of another newsgen."""

from __future__ import annotations

from tests.support.sites import Desk, story, world


def test_an_empty_site_is_a_valid_site() -> None:
    desk = Desk()
    result = desk.build()
    assert (result.stories, result.problems) == (0, ())
    assert {"index.html", "404.html", "robots.txt", "_headers", "feed.xml", "sitemap.xml"} <= desk.output.files.keys()
    assert not desk.build().rendered


def test_held_stories_are_reported_and_counted_apart() -> None:
    desk = world(
        a=story("Open", id="a"),
        b=story("Draft", id="b", status="draft"),
        c=story("Later", id="c", embargo="2020-01-01T13:00:00Z"),
        d=story("Hold", id="d", embargo="hold"),
    )
    result = desk.build()
    assert result.stories == 1
    assert [(id_, state) for id_, state, _until in result.held] == [
        ("b", "draft"),
        ("c", "embargoed"),
        ("d", "embargoed"),
    ]
    assert desk.build().held == result.held


def test_addresses_under_a_path() -> None:
    desk = world(a=story("Barley up", id="a", tags="[grain]"))
    desk.set(base_url="https://example.org/archive")
    desk.build()
    page = desk.output.files["world/2019/05/01/barley-up.html"].decode()
    assert '<link rel="canonical" href="https://example.org/archive/world/2019/05/01/barley-up.html">' in page
    assert 'href="/archive/tags/grain/"' in page
    assert 'href="/archive/assets/site.' in page
    assert 'href="/tags' not in page


def test_other_permalinks() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.set(permalink="/{section}/{year}/{slug}/")
    desk.build()
    assert "world/2019/barley-up/index.html" in desk.output.files
    assert desk.output.files == desk.clean()


def test_another_newsgen_renders_everything() -> None:
    desk = world(a=story("Barley up", id="a"))
    pages = desk.build().pages
    desk.stamp = "another newsgen"
    result = desk.build()
    assert len(result.rendered) == pages - len(desk.theme.assets)
    assert result.written == ()


def test_a_record_whose_rows_cannot_be_read_is_forgotten() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    desk.store.database.execute("update card set data = '[1]'")
    desk.site.write("content/world/b.md", story("Barley down", id="b"))
    assert "record-damaged" in [problem.rule for problem in desk.build().problems]
    assert desk.output.files == desk.clean()


def test_editors_are_on_the_page_with_or_without_a_credit_line() -> None:
    desk = world(
        a=story("Barley up", id="a", editors="[Ruth Oyelaran, Tom Arkell]"),
        b=story("Ferry late", id="b", credit='"(Reporting by Ines Varga; Editing by Ruth Oyelaran)"'),
    )
    desk.build()
    for page, names in (("barley-up", ("Ruth Oyelaran", "Tom Arkell")), ("ferry-late", ("Ruth Oyelaran",))):
        text = desk.output.files[f"world/2019/05/01/{page}.html"].decode()
        about = text.partition('<dl class="about">')[2].partition("</dl>")[0]
        assert about.count("<dt>Editing</dt>") == 1
        for name in names:
            assert f">{name}</a>" in about


def test_a_record_of_another_newsgen_is_reported() -> None:
    desk = world(a=story("Barley up", id="a"))
    desk.build()
    desk.stamp = "another newsgen"
    result = desk.build()
    assert [problem.rule for problem in result.problems if problem.severity != "advice"] == ["record-of-another"]
    assert desk.output.files == desk.clean()
    assert not desk.build().problems


def test_a_correction_is_a_modification_and_moves_no_publication_date() -> None:
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
    desk = world(a=story("Barley up", id="a", status="draft"))
    desk.drafts = True
    desk.build()
    for path in ("index.html", "world/index.html", "world/2019/05/01/barley-up.html"):
        assert desk.output.files[path].count(b"<em>Draft</em>") >= 1, path
    assert desk.output.files["world/2019/05/01/barley-up.html"].count(b"<em>Draft</em>") == 1
