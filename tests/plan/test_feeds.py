"""Feeds: corrections first, pictures, both forms alike, what was added or changed last, and the list of them all."""

from __future__ import annotations

import json
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest

from newsgen.commands import urls
from newsgen.source.ledger import Ledger
from tests.support.published import record
from tests.support.sites import PNG, Desk, assert_same, story

ATOM = "{http://www.w3.org/2005/Atom}"
CHANGES = "feeds/changes/feed"
NOTE = "corrections: [{date: 2019-06-02T10:00, kind: correction, text: The fee is 5 crowns.}]"


@pytest.fixture
def desk() -> Desk:
    files = {}
    for n in range(1, 28):
        text = story(f"Story {n}", f"2019-05-{n:02}T10:00", id=f"s{n}", body=f"Text {n}.\n\nMore {n}.")
        files[f"content/world/{n}.md"] = text
    files["content/world/a.png"] = PNG
    return Desk(files)


def edit(desk: Desk, number: int, **more: str) -> None:
    path = f"content/world/{number}.md"
    lines = "".join(f"{key}: {text}\n" for key, text in more.items())
    desk.site.write(path, desk.site.files[path].replace(b"---\n", b"---\n" + lines.encode(), 1))


def atom(desk: Desk, path: str = "feed") -> list[ElementTree.Element]:
    return ElementTree.fromstring(desk.output.files[f"{path}.xml"]).findall(f"{ATOM}entry")


def items(desk: Desk, path: str = "feed") -> list[dict[str, Any]]:
    feed = json.loads(desk.output.files[f"{path}.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    found: list[dict[str, Any]] = feed["items"]
    return found


def text_of(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_a_corrected_story_says_so_first(desk: Desk) -> None:
    edit(desk, 27, **dict([NOTE.split(": ", 1)]))
    desk.build()
    first = atom(desk)[0]
    assert text_of(first, "title") == "Corrected: Story 27"
    assert text_of(first, "content").startswith("<p><em>Correction, 2 June 2019: The fee is 5 crowns.</em></p>")
    assert text_of(first, "summary").startswith("Correction, 2 June 2019: The fee is 5 crowns.")
    assert text_of(atom(desk)[1], "title") == "Story 26"


def test_what_the_wire_says_is_not_said_twice(desk: Desk) -> None:
    path = "content/world/27.md"
    edit(desk, 27, **dict([NOTE.split(": ", 1)]))
    desk.site.write(path, desk.site.files[path].replace(b"Story 27", b"CORRECTED-Story 27"))
    desk.build()
    assert text_of(atom(desk)[0], "title") == "Story 27"


def test_a_picture_is_an_enclosure_and_a_figure(desk: Desk) -> None:
    edit(desk, 27, photos="[{file: a.png, alt: A boat, caption: Boat & buoy.}]")
    edit(desk, 26, photos="[{file: a.png, expires: 2019-06-01T00:00Z}]")
    desk.build()
    first, second = atom(desk)[:2]
    (link,) = (link for link in first.findall(f"{ATOM}link") if link.get("rel") == "enclosure")
    assert str(link.get("href")).endswith(".png")
    assert link.get("type") == "image/png"
    content = text_of(first, "content")
    assert f'<img src="{link.get("href")}"' in content
    assert 'alt="A boat"' in content
    assert "<figcaption>Boat &amp; buoy.</figcaption>" in content
    assert not [link for link in second.findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert items(desk)[0]["image"] == link.get("href")
    assert "image" not in items(desk)[1]


@pytest.mark.parametrize("path", ["feed", "world/feed", CHANGES])
def test_both_forms_have_the_same_entries(desk: Desk, path: str) -> None:
    edit(desk, 3, **dict([NOTE.split(": ", 1)]))
    desk.build()
    pairs = list(zip(atom(desk, path), items(desk, path), strict=True))
    assert len(pairs) == 5
    for entry, item in pairs:
        assert item["id"] == text_of(entry, "id")
        assert item["title"] == text_of(entry, "title")
        assert item["content_html"] == text_of(entry, "content")
        assert item["date_modified"] == text_of(entry, "updated")


def test_a_feed_of_summaries_carries_no_text(desk: Desk) -> None:
    desk.set(feeds=desk.settings.feeds.__class__(content="summary"))
    desk.build()
    assert "content_html" not in items(desk)[0]
    assert items(desk)[0]["content_text"] == "Text 27."
    assert not text_of(atom(desk)[0], "content")


def test_an_old_story_that_is_corrected_comes_to_the_top_of_the_feed_of_changes(desk: Desk) -> None:
    desk.build()
    assert "Corrected: Story 3" not in {text_of(entry, "title") for entry in atom(desk, CHANGES)}
    edit(desk, 3, **dict([NOTE.split(": ", 1)]))
    edit(desk, 2, updated="2019-06-01T10:00")
    desk.build()
    assert [text_of(entry, "title") for entry in atom(desk, CHANGES)[:3]] == [
        "Corrected: Story 3", "Story 2", "Story 27",
    ]  # fmt: skip
    assert len(atom(desk, CHANGES)) == 5
    assert_same(desk.output.files, desk.clean())


def test_what_is_found_later_is_new_by_the_day_on_which_it_was_recorded(desk: Desk) -> None:
    desk.build()
    record(desk)
    desk.build()
    desk.clock += 3 * 86_400
    desk.site.write("content/world/found.md", story("Found in the attic", "1931-05-01", id="found", body="Old."))
    desk.build()
    assert "Found in the attic" not in {text_of(entry, "title") for entry in atom(desk, CHANGES)}
    urls.record_addresses(desk.job(desk.output), "2020-01-04")
    result = desk.build()
    assert text_of(atom(desk, CHANGES)[0], "title") == "Found in the attic"
    assert text_of(atom(desk, CHANGES)[0], "published") == "1931-05-01T00:00:00Z"
    assert text_of(atom(desk, CHANGES)[0], "updated") == "2020-01-04T00:00:00Z"
    assert {f"/{CHANGES}.xml", f"/{CHANGES}.json"} <= {*result.rendered}
    assert_same(desk.output.files, desk.clean())


def test_no_line_of_a_ledger_that_stays_is_read_for_the_feed_of_changes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.build()
    record(desk)
    desk.build()
    asked: list[int] = []
    newest = Ledger.newest

    def counted(ledger: Ledger, limit: int) -> tuple[tuple[str, str], ...]:
        asked.append(limit)
        return newest(ledger, limit)

    monkeypatch.setattr(Ledger, "newest", counted)
    for word in (b"Words", b"Lines"):
        path = "content/world/27.md"
        desk.site.write(path, desk.site.files[path].replace(b"Text", word).replace(b"Words", word))
        assert f"/{CHANGES}.xml" in desk.build().rendered
    desk.site.write("content/world/found.md", story("Found in the attic", "1931-05-01", id="found"))
    desk.build()
    assert asked == []  # it has no line yet
    urls.record_addresses(desk.job(desk.output), "2020-01-05")
    desk.build()
    desk.set(feeds=desk.settings.feeds.__class__(entries=7))
    desk.build()
    assert asked == [15, 21]
    assert len(atom(desk, CHANGES)) == 7
    assert_same(desk.output.files, desk.clean())


def test_a_story_that_asks_to_be_left_out_is_in_no_feed_and_has_no_files(desk: Desk) -> None:
    edit(desk, 27, noindex="true")
    desk.build()
    assert not [path for path, data in desk.output.files.items() if path.endswith((".json", ".xml")) and b"s27" in data]
    assert b"Text 27." not in b"".join(data for path, data in desk.output.files.items() if not path.endswith(".html"))


def test_every_feed_is_in_the_list(desk: Desk) -> None:
    desk.build()
    page = desk.output.files["feeds/index.html"].decode()
    feeds = [path for path in desk.output.files if path.endswith(("feed.xml", "feed.json"))]
    assert len(feeds) > 6
    assert [path for path in feeds if f'href="/{path}"' not in page] == []
    desk.site.write("content/sport/x.md", story("A race", "2019-05-01", "Sport", id="race"))
    desk.build()
    assert 'href="/sport/feed.xml"' in desk.output.files["feeds/index.html"].decode()
    assert_same(desk.output.files, desk.clean())


def test_a_feed_names_its_style_sheet(desk: Desk) -> None:
    desk.build()
    for path in ("feed.xml", f"{CHANGES}.xml", "withdrawn/feed.xml"):
        line = desk.output.files[path].decode().splitlines()[1]
        assert line.startswith('<?xml-stylesheet type="text/css" href="/assets/feed.')
        assert unescape(line.split('"')[3]).removeprefix("/") in desk.output.files


def test_one_edit_of_a_text_renders_what_carries_it(desk: Desk) -> None:
    desk.build()
    for number, feeds in ((27, ("/feed", "/world/feed", f"/{CHANGES}")), (2, ())):
        path = f"content/world/{number}.md"
        desk.site.write(path, desk.site.files[path].replace(b"More", b"Words"))
        own = f"/world/2019/05/{number:02}/story-{number}"
        assert {*desk.build().rendered} == {
            *(f"{own}.{form}" for form in ("html", "txt", "json")),
            *(f"{feed}.{form}" for feed in feeds for form in ("xml", "json")),
        }
    assert_same(desk.output.files, desk.clean())
