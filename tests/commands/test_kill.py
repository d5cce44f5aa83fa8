"""What a kill leaves of a story: its tombstone, its id, and no word of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsgen.model.errors import UsageError
from newsgen.store import Store
from tests.support.interrupted import finishes_when_run_again
from tests.support.published import BRIDGE, URL, a_desk, add_versions, files_with, kill, record
from tests.support.sites import assert_same, story, world


def test_a_killed_story_leaves_a_tombstone_and_nothing_else() -> None:
    desk = a_desk()
    desk.site.write("content/world/pins.md", story("Pinning", id="pins", slug="pins", related="[bridge]"))
    desk.build()
    record(desk)
    assert files_with(desk, "quillfeather")
    kill(desk, "bridge")
    result = desk.build()
    assert not result.has_errors
    assert files_with(desk, "quillfeather") == files_with(desk, "vintner") == []
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
    assert_same(desk.output.files, desk.clean())


def test_the_id_of_a_killed_story_is_never_used_again() -> None:
    desk = a_desk()
    desk.build()
    kill(desk, "bridge")
    desk.build()
    desk.site.remove(BRIDGE)
    desk.site.write("content/world/new.md", story("Fresh", id="bridge", slug="fresh"))
    lines = desk.build_messages()
    assert any("The id bridge belonged to a story that was killed" in line for line in lines), lines
    assert not files_with(desk, "fresh")
    assert_same(desk.output.files, desk.clean())


def test_a_story_that_was_killed_before_it_was_published_leaves_nothing() -> None:
    desk = a_desk()
    desk.site.write(BRIDGE, story("Quillfeather closes", id="bridge", slug="bridge", status="draft"))
    desk.build()
    kill(desk, "bridge")
    desk.build()
    assert files_with(desk, "quillfeather") == files_with(desk, "bridge") == []
    assert_same(desk.output.files, desk.clean())
    with pytest.raises(UsageError):
        kill(desk, "bridge")


def test_a_kill_takes_the_older_versions_with_it() -> None:
    desk = a_desk()
    add_versions(desk)
    desk.build()
    record(desk)
    kill(desk, "v2")
    assert b"status: killed" in desk.site.read("content/world/2019/05/one.md")
    desk.build()
    assert not [path for path in files_with(desk, "200 cars") if path.endswith((".html", ".xml"))]
    assert_same(desk.output.files, desk.clean())
    desk.site.remove("content/world/2019/05/two.md")  # the older version does not come back
    desk.build()
    assert files_with(desk, "100 cars") == []
    kill(desk, "v3")
    desk.build()
    assert files_with(desk, "crossing carries") == files_with(desk, "nobody was hurt") == []
    assert_same(desk.output.files, desk.clean())


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


def _versions() -> dict[str, bytes]:
    desk = a_desk()
    add_versions(desk)
    return desk.site.files


@pytest.mark.parametrize("story_id", ["v3", "v2", "bridge"])
def test_a_kill_that_was_interrupted_is_finished_by_another(story_id: str) -> None:
    assert finishes_when_run_again(_versions(), lambda desk: kill(desk, story_id)) >= 2


@pytest.mark.parametrize(("a", "b", "owner"), [
    ({}, {}, "a"),  # of two live stories, the smaller path has the id
    ({"status": "draft"}, {}, "b"),
    ({"embargo": "2030-01-01T10:00:00Z"}, {"status": "draft"}, "a"),
    ({}, {"status": "killed"}, "b"),
])  # fmt: skip
def test_a_file_whose_id_is_another_storys_cannot_be_killed(a: dict[str, str], b: dict[str, str], owner: str) -> None:
    """Its id and addresses are the other's."""
    desk = world(a=story("One", id="same", slug="one", **a), b=story("Two", id="same", slug="two", **b))
    kept, lost = (f"content/world/{name}.md" for name in (("a", "b") if owner == "a" else ("b", "a")))
    desk.build()
    record(desk)
    before = dict(desk.site.files)
    with pytest.raises(UsageError) as raised:
        kill(desk, lost)
    assert [(p.rule, p.path, p.values) for p in raised.value.problems] == [("id-of-another", lost, ("same", kept))]
    assert desk.site.files == before
    if b"status: killed" not in before[kept]:
        kill(desk, "same")
        assert desk.site.files[lost] == before[lost]
        assert b"status: killed" in desk.site.files[kept]
