"""Versions of a story: the newest stands for all, and what ends it ends those that it replaced."""

from __future__ import annotations

import re

import pytest

from tests.support.published import a_desk, add_versions, files_with
from tests.support.sites import assert_same, story


def test_versions_are_one_entry_that_lists_the_older_ones() -> None:
    desk = a_desk()
    desk.build()
    add_versions(desk)
    desk.build()
    day = desk.output.files["2019/05/01/index.html"].decode()
    assert re.findall(r'data-story="(v\d)"', day) == ["v3"]
    newest = desk.output.files["world/2019/05/01/corrected-update-2-span-opens.html"].decode()
    assert re.findall(r'data-story="(v\d)"', newest) == ["v3", "v2", "v1"]
    assert "<del>200</del> <ins>300</ins>" in newest
    oldest = desk.output.files["world/2019/05/01/span-opens.html"].decode()
    canonical = "https://archive.example/world/2019/05/01/corrected-update-2-span-opens.html"
    assert f'<link rel="canonical" href="{canonical}">' in oldest
    assert f'"mainEntityOfPage":"{canonical}","url":"{canonical}"' in oldest
    assert 'data-state="superseded"' in oldest
    for path, data in desk.output.files.items():
        if path.endswith(".xml"):
            assert b"/span-opens.html" not in data, path
    assert_same(desk.output.files, desk.clean())


def test_versions_come_and_go_as_if_they_had_always_been_so() -> None:
    desk = a_desk()
    desk.site.write("content/world/pins.md", story("Pinning", id="pins", slug="pins", related="[v1]"))
    add_versions(desk)
    desk.build()
    pins = desk.output.files["world/2019/05/01/pins.html"].decode()
    assert 'data-story="v3"' in pins
    three = desk.site.read("content/world/2019/05/three.md")
    for change in (
        lambda: desk.site.write("content/world/2019/05/three.md", three.replace(b"updates: v2", b"updates: v1")),
        lambda: desk.site.write("content/world/2019/05/three.md", three.replace(b"300 cars", b"301 cars")),
        lambda: desk.site.write("content/world/2019/05/three.md", three.replace(b"id: v3", b"status: draft\nid: v3")),
        lambda: desk.site.write("content/world/2019/05/three.md", three),
        lambda: desk.site.remove("content/world/2019/05/two.md"),
        lambda: desk.site.remove("content/world/2019/05/three.md"),
    ):
        change()
        desk.build()
        assert_same(desk.output.files, desk.clean())


def test_stories_that_replace_each_other_in_a_circle_are_named_and_stay() -> None:
    desk = a_desk()
    desk.site.write("content/world/a.md", story("Alpha", id="a", slug="a", updates="b"))
    desk.site.write("content/world/b.md", story("Beta", id="b", slug="b", updates="a"))
    lines = desk.build_messages()
    assert sum("leads back to it" in line for line in lines) == 2
    assert "world/2019/05/01/a.html" in desk.output.files
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("end", ["status: killed", "expires: 2019-12-31T00:00Z"])
def test_what_ends_the_newest_version_in_its_file_ends_those_that_it_replaced(end: str) -> None:
    desk = a_desk()
    add_versions(desk)
    desk.build()
    assert len(files_with(desk, "nobody was hurt")) > 3
    three = desk.site.read("content/world/2019/05/three.md")
    desk.site.write("content/world/2019/05/three.md", three.replace(b"id: v3", f"{end}\nid: v3".encode()))
    desk.build()
    assert files_with(desk, "nobody was hurt") == []
    assert_same(desk.output.files, desk.clean())
    desk.site.write("content/world/2019/05/three.md", three)
    desk.build()
    assert_same(desk.output.files, desk.clean())
