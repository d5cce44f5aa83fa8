"""Which pages an edit renders: these tests assert what was rendered, not only the result."""

from __future__ import annotations

from tests.support.sites import story, world


def test_what_a_headline_changes() -> None:
    desk = world(
        a=story("Barley up", "2019-05-01T10:00", id="a", tags="[grain]"),
        b=story("Ferry late", "2019-05-02T10:00", id="b", section="Sport"),
    )
    desk.build()
    desk.site.write(
        "content/world/a.md", story("Barley down", "2019-05-01T10:00", id="a", tags="[grain]", slug="barley-up")
    )
    assert sorted(desk.build().rendered) == [
        "/",
        "/2019/",
        "/2019/05/",
        "/2019/05/01/",
        "/dates/",  # it shows the first story of the archive
        "/feed.json",
        "/feed.xml",
        "/feeds/changes/feed.json",
        "/feeds/changes/feed.xml",
        "/on-this-day/05-01/",
        "/tags/grain/",
        "/tags/grain/feed.xml",
        "/world/",
        "/world/2019/",
        "/world/2019/05/",
        "/world/2019/05/01/barley-up.html",
        "/world/2019/05/01/barley-up.json",
        "/world/2019/05/01/barley-up.txt",
        "/world/feed.json",
        "/world/feed.xml",
    ]
