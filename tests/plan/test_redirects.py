"""Addresses that lead on: rules of the host, pages where it takes none, short addresses."""

from __future__ import annotations

import pytest

from tests.support.published import BRIDGE, URL, a_desk, add_versions, record
from tests.support.sites import assert_same, story, world


def test_a_story_that_moves_twice_leaves_redirects_of_one_step() -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    for slug, section in (("span", "World"), ("arch", "Life")):
        desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug=slug, section=section))
        desk.build()
        record(desk)
        assert_same(desk.output.files, desk.clean())
    rules = desk.output.files["_redirects"].decode().splitlines()[1:]
    assert rules == [f"{old} /life/2019/05/01/arch.html 301" for old in (URL, "/world/2019/05/01/span.html")]
    assert "world/2019/05/01/bridge.html" not in desk.output.files


def test_where_a_host_has_no_rules_pages_lead_on() -> None:
    desk = a_desk()
    desk.set(host="github")
    desk.build()
    record(desk)
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="arch"))
    desk.build()
    assert b'url=/world/2019/05/01/arch.html"' in desk.output.files["world/2019/05/01/bridge.html"]
    assert "_redirects" not in desk.output.files
    assert_same(desk.output.files, desk.clean())


def test_short_addresses_lead_to_the_newest_version() -> None:
    desk = a_desk()
    desk.set(pages=(*desk.settings.pages, "ids"))
    desk.build()
    add_versions(desk)
    desk.build()
    assert b"corrected-update-2-span-opens.html" in desk.output.files["id/v1.html"]
    assert_same(desk.output.files, desk.clean())


def test_a_new_address_of_the_newest_version_reaches_the_short_addresses_of_the_older() -> None:
    desk = a_desk()
    desk.set(pages=(*desk.settings.pages, "ids"))
    add_versions(desk)
    desk.build()
    three = desk.site.read("content/world/2019/05/three.md")
    desk.site.write("content/world/2019/05/three.md", three.replace(b"id: v3", b"slug: elsewhere\nid: v3"))
    desk.build()
    assert b"/elsewhere.html" in desk.output.files["id/v1.html"]
    assert_same(desk.output.files, desk.clean())


def test_ids_that_differ_in_capitals_have_two_short_addresses() -> None:
    """Each keeps its own when the other comes, is held or goes."""
    desk = world(a=story("One", id="Grain", slug="one"), b=story("Two", id="7001", slug="two"))
    desk.set(pages=(*desk.settings.pages, "ids"))
    desk.build()
    first = {path for path in desk.output.files if path.startswith("id/")}
    assert "id/7001.html" in first
    for status in ("live", "draft", "live", "withheld"):
        desk.site.write("content/world/c.md", story("Three", id="grain", slug="three", status=status))
        desk.build()
        short = {path for path in desk.output.files if path.startswith("id/")}
        assert short == first | ({"id/grain.html"} if status == "live" else set())
        assert all(b"/one.html" in desk.output.files[path] for path in first - {"id/7001.html"})
        assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("state", ["", "\tkilled"])
def test_no_address_of_the_ledger_takes_the_page_of_a_list(state: str) -> None:
    """Not when the section comes, and not where it was there: what is there stays, and an error says so."""
    desk = world(a=story("One", id="one", slug="one"))
    line = f"old\t/sport/\t2020-01-01{state}\nolder\t/gone.html\t2020-01-01\tkilled\n"
    desk.site.write("content/_urls.tsv", line.encode())
    desk.set(host="github")
    desk.build()
    assert ("sport/index.html" in desk.output.files) == (state != "")
    for section in ("Sport", "World", "Sport"):
        desk.site.write("content/world/b.md", story("Two", id="two", slug="two", section=section))
        problems = {(problem.rule, problem.values) for problem in desk.build().problems}
        is_list = section == "Sport"
        assert (("address-of-list", ("/sport/", "old")) in problems) == is_list
        assert (b"/sport/2019/05/01/two.html" in desk.output.files.get("sport/index.html", b"")) == is_list
        assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("url", ["/World/2019/05/01/one.html", "/world/2019/05/01/ONE.html"])
@pytest.mark.parametrize("story_id", ["one", "other"])
def test_an_address_in_capitals_takes_no_page_of_a_host_that_ignores_them(url: str, story_id: str) -> None:
    desk = world(a=story("One", id="one", slug="one"))
    state = "\tkilled" if story_id == "other" else ""
    desk.site.write("content/_urls.tsv", f"{story_id}\t{url}\t2020-01-01{state}\n".encode())
    desk.set(host="github")
    problems = [problem.rule for problem in desk.build().problems if problem.severity == "error"]
    assert problems == ([] if story_id == "one" else ["address-reused"])
    assert url[1:] not in desk.output.files
    assert "world/2019/05/01/one.html" in desk.output.files
    assert_same(desk.output.files, desk.clean())
