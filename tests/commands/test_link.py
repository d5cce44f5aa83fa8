"""Joining versions of a story: what `check` advises, what `link` writes, and what readers then see."""

from __future__ import annotations

import pytest

from newsgen.commands import link
from newsgen.commands.archive import read_archive
from newsgen.lint.versions import check_versions
from newsgen.model.card import Card
from newsgen.model.errors import UsageError
from tests.support.interrupted import finishes_when_run_again
from tests.support.sites import Desk, story


def a_chain() -> Desk:
    """Three files of one story, as the wire sent it."""
    files = {}
    for hour, (name, headline) in enumerate(
        (
            ("x", "Grain talks resume in Aldmoor"),
            ("x1", "UPDATE 1-Grain talks resume in Aldmoor"),
            ("x2", "CORRECTED-UPDATE 2-Grain talks resume in Aldmoor"),
        )
    ):
        files[f"content/world/{name}.md"] = story(headline, f"2019-05-01T1{hour}:00:00Z", id=name, body=f"Text {hour}.")
    files["content/world/y.md"] = story("Ferry sails", id="y")
    return Desk(files)


def _cards(desk: Desk) -> list[Card]:
    """The cards of all stories that are shown."""
    with read_archive(desk.job(desk.output)) as archive:
        return list(archive.snapshot.index.cards())


def test_check_advises_what_link_then_writes() -> None:
    desk = a_chain()
    cards = _cards(desk)
    advice = [(problem.rule, problem.path, problem.values) for problem in check_versions(cards)]
    assert advice == [
        ("version-unlinked", "content/world/x1.md", ("content/world/x.md",)),
        ("version-unlinked", "content/world/x2.md", ("content/world/x1.md",)),
    ]
    assert list(check_versions(cards, frozenset(["version-unlinked", "version-missing"]))) == []
    result = link.link(desk.job(desk.output), dry_run=True)
    assert [(proposal.id, proposal.replaces) for proposal in result.joined] == [("x1", "x"), ("x2", "x1")]
    assert b"updates:" not in desk.site.files["content/world/x1.md"]
    link.link(desk.job(desk.output))
    assert b"updates: x\n" in desk.site.files["content/world/x1.md"]
    assert b"updates: x1\n" in desk.site.files["content/world/x2.md"]
    assert list(check_versions(_cards(desk))) == []
    assert link.link(desk.job(desk.output)).joined == ()


def test_three_files_become_one_entry_with_a_list_of_versions() -> None:
    desk = a_chain()
    link.link(desk.job(desk.output))
    desk.build()
    feed = desk.output.files["world/feed.xml"].decode()
    assert feed.count("<entry>") == 2  # and the ferry's
    page = desk.output.files["world/2019/05/01/corrected-update-2-grain-talks-resume-in-aldmoor.html"].decode()
    for older in ("grain-talks-resume-in-aldmoor", "update-1-grain-talks-resume-in-aldmoor"):
        assert f'href="/world/2019/05/01/{older}.html"' in page
        assert f"world/2019/05/01/{older}.html" in desk.output.files


def test_two_stories_are_linked_by_hand() -> None:
    desk = a_chain()
    assert link.link_two(desk.job(desk.output), "y", "content/world/x.md") == (
        "content/world/y.md",
        "content/world/x.md",
    )
    assert b"updates: x\n" in desk.site.files["content/world/y.md"]
    with pytest.raises(UsageError) as raised:
        link.link_two(desk.job(desk.output), "x", "x")
    assert raised.value.problems[0].rule == "link-itself"
    with pytest.raises(UsageError) as raised:
        link.link_two(desk.job(desk.output), "x", "nothing")
    assert raised.value.problems[0].rule == "story-unknown"


def test_a_gap_in_the_numbers_is_advice() -> None:
    desk = a_chain()
    desk.site.remove("content/world/x1.md")
    rules = [(problem.rule, problem.values) for problem in check_versions(_cards(desk))]
    assert ("version-missing", ("1",)) in rules


def test_links_that_were_interrupted_are_written_by_the_next_run() -> None:
    assert finishes_when_run_again(a_chain().site.files, lambda desk: link.link(desk.job(desk.output))) == 2


def test_a_file_whose_id_is_another_storys_is_left_alone() -> None:
    desk = a_chain()
    desk.site.write("content/world/z.md", story("UPDATE 1-Grain talks resume in Aldmoor", id="x1", status="draft"))
    before = desk.site.files["content/world/z.md"]
    link.link(desk.job(desk.output))
    assert desk.site.files["content/world/z.md"] == before
    assert b"updates: x\n" in desk.site.files["content/world/x1.md"]
