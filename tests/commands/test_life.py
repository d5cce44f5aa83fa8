"""The life of a story after it was published: addresses, kills, versions, corrections."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsgen.commands import kill as withdraw
from newsgen.commands import urls
from newsgen.messages.problems import in_order, show
from newsgen.model.errors import UsageError
from newsgen.store import Store
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, Desk, story

BRIDGE = "content/world/2019/05/bridge.md"
URL = "/world/2019/05/01/bridge.html"


def a_desk() -> Desk:
    desk = Desk()
    desk.site.write("content/world/2019/05/ferry.md", story("Ferry sails", id="ferry", slug="ferry"))
    desk.site.write(BRIDGE, story("Quillfeather closes", body="Vintner text.", id="bridge", slug="bridge"))
    return desk


def record(desk: Desk) -> None:
    urls.record_addresses(desk.job(desk.output), "2020-01-01")


def kill(desk: Desk, story_id: str) -> None:
    withdraw.kill(desk.job(desk.output), story_id, "The source was false.", "", moment_at(NOW, "UTC"))


def holding(desk: Desk, word: str) -> list[str]:
    """The output files that hold a word, in name or bytes."""
    found = desk.output.files.items()
    return [path for path, data in found if word.lower().encode() in path.lower().encode() + data.lower()]


def same(desk: Desk) -> None:
    """The incremental output is the clean one."""
    assert desk.output.files == desk.clean()


def said(desk: Desk) -> list[str]:
    return [show(problem).split("\n")[0] for problem in in_order(desk.build().problems)]


def test_a_ledger_is_sorted_and_merges_line_by_line() -> None:
    desk = a_desk()
    record(desk)
    lines = desk.site.read("content/_urls.tsv").decode().splitlines()
    assert lines == [f"bridge\t{URL}\t2020-01-01", "ferry\t/world/2019/05/01/ferry.html\t2020-01-01"]
    record(desk)
    assert desk.site.read("content/_urls.tsv").decode().splitlines() == lines


def test_a_story_that_moves_twice_leaves_redirects_of_one_step() -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    for slug, section in (("span", "World"), ("arch", "Life")):
        desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug=slug, section=section))
        desk.build()
        record(desk)
        same(desk)
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
    same(desk)


def test_an_address_that_would_vanish_is_an_error_that_names_it_until_it_is_given_up() -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    desk.site.remove(BRIDGE)
    outcome = desk.build()
    assert outcome.has_errors
    lost = f"content/_urls.tsv: The story bridge was published at {URL}"
    assert any(line.startswith(lost) for line in said(desk)), said(desk)
    assert any(line.startswith(lost) for line in said(desk)), "an unchanged build says it again"
    urls.remove_address(desk.job(desk.output), URL, "2020-01-02")
    assert not desk.build().has_errors
    same(desk)


@pytest.mark.parametrize("status", ["draft", "withheld"])
def test_a_published_story_that_is_held_back_is_an_error(status: str) -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge", status=status))
    outcome = desk.build()
    assert outcome.has_errors
    assert holding(desk, "quillfeather") == []
    same(desk)


def test_another_story_at_an_old_address_is_an_error() -> None:
    desk = a_desk()
    desk.build()
    record(desk)
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="arch"))
    desk.site.write("content/world/other.md", story("Other", id="other", slug="bridge"))
    assert any("belonged to the story bridge" in line for line in said(desk))


def test_a_killed_story_leaves_a_tombstone_and_nothing_else() -> None:
    desk = a_desk()
    desk.site.write("content/world/pins.md", story("Pinning", id="pins", slug="pins", related="[bridge]"))
    desk.build()
    record(desk)
    assert holding(desk, "quillfeather")
    kill(desk, "bridge")
    outcome = desk.build()
    assert not outcome.has_errors
    assert holding(desk, "quillfeather") == holding(desk, "vintner") == []
    page = desk.output.files["world/2019/05/01/bridge.html"].decode()
    assert "This story was withdrawn" in page
    assert "The source was false." in page
    assert 'content="noindex"' in page
    rule = re.search(rf"^{URL} (\S+) 410!$", desk.output.files["_redirects"].decode(), re.M)
    assert rule
    assert desk.output.files[rule.group(1)[1:]].decode() == page
    assert "The source was false." in desk.output.files["withdrawn/feed.xml"].decode()
    assert URL in desk.output.files["withdrawn/index.html"].decode()
    kept = b"".join(data for row in desk.store.database.query("select data from card") for data in (str(row).encode(),))
    assert b"vintner" not in kept.lower()
    assert b"Quillfeather" not in kept
    same(desk)


def test_the_id_of_a_killed_story_is_never_used_again() -> None:
    desk = a_desk()
    desk.build()
    kill(desk, "bridge")
    desk.build()
    desk.site.remove(BRIDGE)
    desk.site.write("content/world/new.md", story("Fresh", id="bridge", slug="fresh"))
    lines = said(desk)
    assert any("The id bridge belonged to a story that was killed" in line for line in lines), lines
    assert not holding(desk, "fresh")
    same(desk)


def test_a_story_that_was_killed_before_it_was_published_leaves_nothing() -> None:
    desk = a_desk()
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge", status="draft"))
    desk.build()
    kill(desk, "bridge")
    desk.build()
    assert holding(desk, "quillfeather") == holding(desk, "bridge") == []
    same(desk)
    with pytest.raises(UsageError):
        kill(desk, "bridge")


def test_an_expired_story_keeps_its_headline_and_credit_where_it_was_published() -> None:
    desk = a_desk()
    more = {"id": "bridge", "slug": "bridge", "expires": "2020-01-02T00:00Z", "byline": "Ines Varga"}
    desk.site.write(BRIDGE, story("Quillfeather closes", body="Vintner text.", **more))
    desk.build()
    record(desk)
    desk.clock = NOW + 86_400
    desk.build()
    assert holding(desk, "vintner") == []
    assert holding(desk, "quillfeather") == ["world/2019/05/01/bridge.html"]
    assert b"Ines Varga" in desk.output.files["world/2019/05/01/bridge.html"]
    same(desk)


def versions(desk: Desk) -> None:
    for number, (slug, label) in enumerate((("one", ""), ("two", "UPDATE 1-"), ("three", "CORRECTED-UPDATE 2-")), 1):
        more = {"updates": f"v{number - 1}"} if number > 1 else {}
        body = f"The crossing carries {number}00 cars. Nobody was hurt."
        name = f"content/world/2019/05/{slug}.md"
        date = f"2019-05-01T1{number}:00"
        desk.site.write(name, story(f'"{label}Span opens"', date, body=body, id=f"v{number}", **more))


def test_versions_are_one_entry_that_lists_the_older_ones() -> None:
    desk = a_desk()
    desk.build()
    versions(desk)
    desk.build()
    day = desk.output.files["2019/05/01/index.html"].decode()
    assert re.findall(r'data-story="(v\d)"', day) == ["v3"]
    newest = desk.output.files["world/2019/05/01/corrected-update-2-span-opens.html"].decode()
    assert re.findall(r'data-story="(v\d)"', newest) == ["v3", "v2", "v1"]
    assert "<del>200</del> <ins>300</ins>" in newest
    oldest = desk.output.files["world/2019/05/01/span-opens.html"].decode()
    canonical = (
        '<link rel="canonical" href="https://archive.example/world/2019/05/01/corrected-update-2-span-opens.html">'
    )
    assert canonical in oldest
    assert 'data-state="superseded"' in oldest
    for path, data in desk.output.files.items():
        if path.endswith(".xml"):
            assert b"/span-opens.html" not in data, path
    same(desk)


def test_versions_come_and_go_as_if_they_had_always_been_so() -> None:
    desk = a_desk()
    desk.site.write("content/world/pins.md", story("Pinning", id="pins", slug="pins", related="[v1]"))
    versions(desk)
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
        same(desk)


def test_a_kill_takes_the_older_versions_with_it() -> None:
    desk = a_desk()
    versions(desk)
    desk.build()
    record(desk)
    kill(desk, "v2")
    assert b"status: killed" in desk.site.read("content/world/2019/05/one.md")
    desk.build()
    assert not [path for path in holding(desk, "200 cars") if path.endswith((".html", ".xml"))]
    same(desk)
    desk.site.remove("content/world/2019/05/two.md")  # the older version does not come back
    desk.build()
    assert holding(desk, "100 cars") == []
    kill(desk, "v3")
    desk.build()
    assert holding(desk, "crossing carries") == holding(desk, "nobody was hurt") == []
    same(desk)


def test_stories_that_replace_each_other_in_a_circle_are_named_and_stay() -> None:
    desk = a_desk()
    desk.site.write("content/world/a.md", story("Alpha", id="a", slug="a", updates="b"))
    desk.site.write("content/world/b.md", story("Beta", id="b", slug="b", updates="a"))
    lines = said(desk)
    assert sum("leads back to it" in line for line in lines) == 2
    assert "world/2019/05/01/a.html" in desk.output.files
    same(desk)


def test_corrections_are_told_on_their_own_page_and_by_month() -> None:
    desk = a_desk()
    desk.build()
    note = '\n  - {date: 2019-06-02T10:00, text: "The crossing has two lanes."}'
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge", corrections=note))
    desk.build()
    same(desk)
    for path in ("corrections/index.html", "corrections/2019/06/index.html"):
        assert b"The crossing has two lanes." in desk.output.files[path]
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge"))
    desk.build()
    assert "corrections/2019/06/index.html" not in desk.output.files
    same(desk)


def test_an_address_is_its_owners_whoever_else_claims_the_id() -> None:
    """An expired story that claims the id of a live one does not lead the reader away from it."""
    desk = a_desk()
    record(desk)
    other = story("Other", id="bridge", slug="other", expires='"2019-06-01T00:00:00Z"')
    desk.site.write("content/world/2019/05/z.md", other)
    desk.build()
    assert b"Vintner" in desk.output.files[URL.lstrip("/")]
    assert desk.output.files == desk.clean()


def test_a_ledger_that_cannot_be_read_is_named_by_line() -> None:
    desk = a_desk()
    desk.site.write("content/_urls.tsv", b"a\t/a.html\t2020-01-01\n<<<<<<< HEAD\nb\t/a.html\t2020-01-01\nx\n")
    lines = [line for line in said(desk) if line.startswith("content/_urls.tsv:") and ":1:" in line]
    assert [line.split(": ")[0] for line in lines] == [f"content/_urls.tsv:{n}:1" for n in (2, 3, 4)]


def test_short_addresses_lead_to_the_newest_version() -> None:
    desk = a_desk()
    desk.set(pages=(*desk.settings.pages, "ids"))
    desk.build()
    versions(desk)
    desk.build()
    assert b"corrected-update-2-span-opens.html" in desk.output.files["id/v1.html"]
    same(desk)


def test_a_new_address_of_the_newest_version_reaches_the_short_addresses_of_the_older() -> None:
    desk = a_desk()
    desk.set(pages=(*desk.settings.pages, "ids"))
    versions(desk)
    desk.build()
    three = desk.site.read("content/world/2019/05/three.md")
    desk.site.write("content/world/2019/05/three.md", three.replace(b"id: v3", b"slug: elsewhere\nid: v3"))
    desk.build()
    assert b"/elsewhere.html" in desk.output.files["id/v1.html"]
    same(desk)


def test_a_record_on_disk_keeps_no_byte_of_a_killed_story(tmp_path: Path) -> None:
    desk = a_desk()
    note = " ".join(f"Quillfeather{number}" for number in range(2000))  # over a page of the database
    desk.site.write(BRIDGE, story("Bridge closes", id="bridge", slug="bridge", note=note))
    desk.store.close()
    file = tmp_path / "record.sqlite"
    for step in ("build", "kill"):
        if step == "kill":
            kill(desk, "bridge")
        with Store(str(file)) as desk.store:
            desk.build()
        kept = b"".join(path.read_bytes() for path in sorted(tmp_path.iterdir()))
        assert (b"Quillfeather" in kept) == (step == "build"), step


@pytest.mark.parametrize("end", ["status: killed", "expires: 2019-12-31T00:00Z"])
def test_what_ends_the_newest_version_in_its_file_ends_those_that_it_replaced(end: str) -> None:
    desk = a_desk()
    versions(desk)
    desk.build()
    assert len(holding(desk, "nobody was hurt")) > 3
    three = desk.site.read("content/world/2019/05/three.md")
    desk.site.write("content/world/2019/05/three.md", three.replace(b"id: v3", f"{end}\nid: v3".encode()))
    desk.build()
    assert holding(desk, "nobody was hurt") == []
    same(desk)
    desk.site.write("content/world/2019/05/three.md", three)
    desk.build()
    same(desk)
