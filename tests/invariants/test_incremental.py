"""Invariant 1: incremental output equals clean output, byte for byte, after any history of edits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.engine.run import build
from newsgen.index.shelves import LIMIT
from newsgen.model.settings import Agency, Settings
from newsgen.store import Store
from tests.support.sites import HOUR, NOW, PNG, Desk, assert_same, many_stories, story


@pytest.mark.parametrize(
    "count", [LIMIT - 1, *(pytest.param(count, marks=pytest.mark.long) for count in (LIMIT, LIMIT + 1))]
)
def test_lists_that_cross_the_limit(count: int) -> None:
    desk = Desk(many_stories(count))
    desk.build()
    for extra in (count, count + 1, count + 2):
        desk.site.write(f"content/world/{extra:03}.md", many_stories(extra + 1)[f"content/world/{extra:03}.md"])
        desk.build()
        assert_same(desk.output.files, desk.clean())
    for gone in (5, 6, 7, 8):
        desk.site.remove(f"content/world/{gone:03}.md")
        desk.build()
        assert_same(desk.output.files, desk.clean())


def test_a_body_edit_renders_its_page_and_the_feeds_that_carry_it() -> None:
    desk = Desk(many_stories(60))
    desk.build()
    path = "content/world/040.md"
    desk.site.write(path, desk.site.files[path] + b"\nMore text.\n")
    result = desk.build()
    pages = sorted(url for url in result.rendered if not url.endswith(("feed.xml", "feed.json")))
    assert pages == [f"/world/1987/02/13/story-number-40.{ending}" for ending in ("html", "json", "txt")]
    for url in result.rendered:
        if url.endswith("feed.xml"):
            assert "/story-number-40.html" in desk.output.files[url[1:]].decode()
    assert_same(desk.output.files, desk.clean())


def test_a_new_story_changes_few_other_articles() -> None:
    """Here the four before it: five of its section stand beside a story, one of them an earlier one."""
    desk = Desk(many_stories(60))
    desk.build()
    desk.site.write("content/world/new.md", story("Newest", "1987-12-01T10:00:00Z", id="new"))
    result = desk.build()
    articles = [url for url in result.rendered if url.endswith(".html") and url != "/404.html"]
    assert "/world/1987/12/01/newest.html" in articles
    assert len(articles) == 5
    assert_same(desk.output.files, desk.clean())


def test_workers_change_nothing(tmp_path: Path) -> None:
    """Invariant 2, on disk: workers are other processes, which share no memory."""
    for path, data in many_stories(140).items():
        FolderDisk(tmp_path / "site").write(path, data)
    outputs = []
    for jobs in (1, 2):
        job = Desk(jobs=jobs).job(MemoryDisk())
        output = FolderDisk(tmp_path / str(jobs))
        with Store(":memory:") as store:
            build(replace(job, site=FolderDisk(tmp_path / "site"), output=output), store)
        outputs.append({path: output.read(path) for path, *_stat in output.scan()})
    assert len(outputs[0]) > 400
    assert_same(*outputs)


def test_the_clock_releases_and_takes_back() -> None:
    files = many_stories(5) | {
        "content/world/e.md": story("Embargoed quokka", embargo="2020-01-01T13:00:00Z", id="e"),
        "content/world/x.md": story("Expiring wombat", expires="2020-01-01T14:00:00Z", id="x"),
    }
    desk = Desk(files)
    is_public = []
    for step in (0, 1, 2, 3, 0):
        desk.clock = NOW + step * HOUR
        desk.build()
        assert_same(desk.output.files, desk.clean())
        whole = b"".join(desk.output.files.values())
        is_public.append((b"quokka" in whole, b"wombat" in whole))
    assert is_public == [(False, True), (True, True), (True, False), (True, False), (False, True)]


def test_settings_are_compared_whole() -> None:
    desk = Desk(many_stories(4))
    desk.build()
    desk.settings = Settings("Another", "https://example.org/archive", timezone="Asia/Tokyo", pages=("dates", "tags"))
    desk.build()
    assert_same(desk.output.files, desk.clean())
    assert "people/index.html" not in desk.output.files


EXPIRED = '[{file: /pool.png, alt: x, expires: "2020-01-01T11:00:00Z"}]'


@pytest.mark.parametrize("change", ["other story gone", "template", "bytes of the picture", "clock back"])
def test_a_photo_whose_right_has_expired_stays_away(change: str) -> None:
    """Whatever happens to the pages that showed it, or to the file."""
    desk = Desk({
        "content/world/a.md": story("A", id="a", photos=EXPIRED),
        "content/world/b.md": story("B", id="b", photos="[{file: /pool.png, alt: x}]"),
        "content/pool.png": PNG,
    })  # fmt: skip
    if change != "other story gone":
        desk.site.remove("content/world/b.md")
    desk.build()
    if change == "other story gone":
        desk.site.remove("content/world/b.md")
    elif change == "template":
        desk.set_template("home.html.j2", dict(desk.theme.templates)["home.html.j2"] + " ")
    elif change == "clock back":
        desk.clock = NOW - 7200
    else:
        desk.site.write("content/pool.png", PNG + b"1")
    desk.build()
    assert_same(desk.output.files, desk.clean())
    shown = [path for path in desk.output.files if path.startswith("media/")]
    assert len(shown) == (change == "clock back")


def test_the_rights_of_an_agency_reach_unchanged_stories() -> None:
    desk = Desk({"content/world/a.md": story("Boat", id="a", dateline='"KESTREL BAY (Northern Wire)"')})
    desk.build()
    for rights in ("(c) Northern Wire 2020", "(c) Northern Wire 2021", ""):
        desk.set(agencies=(Agency("Northern Wire", rights),))
        desk.build()
        assert_same(desk.output.files, desk.clean())
        page = desk.output.files["world/2019/05/01/boat.html"].decode()
        assert rights in page
        assert ("(c) Northern Wire" in page) == bool(rights)


def test_an_alias_reaches_unchanged_stories() -> None:
    """What looked like a desk in a credit line is another name of a person."""
    credit = '"(Reporting by Ines Varga; Editing by Milan newsroom)"'
    desk = Desk({
        "content/world/a.md": story("Boat", id="a", byline="Ines Varga", credit=credit),
        "content/_people.yaml": b"- name: Ines Varga\n",
    })  # fmt: skip
    desk.build()
    before = desk.output.files["world/2019/05/01/boat.html"]
    desk.site.write("content/_people.yaml", b"- name: Ines Varga\n  aliases: [Milan newsroom]\n")
    desk.build()
    assert_same(desk.output.files, desk.clean())
    assert desk.output.files["world/2019/05/01/boat.html"] != before


def test_a_misnamed_note_is_named_at_once_and_no_longer_when_it_is_gone() -> None:
    desk = Desk(many_stories(3))
    desk.build()
    for _ in range(2):
        desk.site.write("content/world/_sections.yaml", b"embargo: hold\n")
        for _ in range(2):
            assert [p.rule for p in desk.build().problems] == ["held-astray", "note-astray"]
        desk.site.remove("content/world/_sections.yaml")
        for _ in range(2):
            assert desk.build().problems == ()
