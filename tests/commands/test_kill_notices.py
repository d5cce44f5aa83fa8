"""Notices that withdraw stories, on import; and `link`: what an archive does with copy that is about other copy."""

from __future__ import annotations

import pytest

from newsgen.commands import kill_notices, link
from newsgen.commands.ingest import IngestReport, Notice, ingest
from newsgen.commands.kill_notices import NoticeResult
from newsgen.engine.changes import read_changes
from newsgen.engine.reindex import reindex
from newsgen.lint.versions import check_versions
from newsgen.messages.results import notice_lines
from newsgen.model.card import Card
from newsgen.model.errors import UsageError
from newsgen.source.listing import classify, scan_content
from newsgen.store import Store
from newsgen.storyfile import moment_at
from tests.support.sites import NOW, Desk, story

MILL = "content/business/mill.md"
NOTICE = b"""ADVISORY-Harwick mill story withdrawn

Oct 25, 2012

Please be advised that a story saying that the Harwick mill will close is wrong and is withdrawn. It stays open.

STORY SLUG: HARWICK MILL
HEADLINE: Harwick mill to close, owner says
STORY_DATE: 24/10/2012
STORY_TIME: 1648 GMT

No replacement story will be issued.
"""


def a_desk() -> Desk:
    return Desk(
        {
            MILL: story(
                "Harwick mill to close, owner says", "2012-10-24T16:48:00Z", id="mill", body="The mill will close.",
                slugline="HARWICK MILL",
            ),
            "content/business/ferry.md": story("Ferry sails", "2012-10-24T10:00:00Z", id="ferry"),
        }
    )  # fmt: skip


def nobody(notice: Notice, cards: tuple[Card, ...]) -> str:
    return ""


def apply_notices(
    desk: Desk, ask: kill_notices.Ask = nobody, *, dry_run: bool = False
) -> tuple[IngestReport, list[NoticeResult]]:
    result = ingest(desk.site, [("notice.txt", NOTICE, "2012-10-25")], dry_run=dry_run)
    now = moment_at(NOW, "UTC")
    return result, kill_notices.apply_notices(desk.job(desk.output), result.notices, ask, now, dry_run=dry_run)


def test_a_notice_kills_its_story_and_is_no_story() -> None:
    desk = a_desk()
    desk.build()
    result, carried = apply_notices(desk)
    assert (result.items, result.imported, len(result.notices)) == (1, (), 1)
    assert carried == [NoticeResult("notice.txt", "killed", ("mill",), (MILL,))]
    desk.build()
    output = b"".join(desk.output.files.values())
    assert b"mill will close" not in output.replace(b"Harwick mill will close is wrong", b"")
    assert b"Harwick mill to close" not in output
    assert "world/2012/10/24/harwick-mill-to-close-owner-says.html" in desk.output.files  # its tombstone
    assert desk.output.files == desk.clean()
    assert b"Please be advised" in desk.site.files[MILL]  # the notice, for the desk's own files


def test_a_notice_that_comes_again_does_nothing() -> None:
    desk = a_desk()
    apply_notices(desk)
    files = dict(desk.site.files)
    assert apply_notices(desk)[1] == [NoticeResult("notice.txt", "done", ("mill",), (MILL,))]
    assert desk.site.files == files


def test_a_dry_run_kills_nothing() -> None:
    desk = a_desk()
    files = dict(desk.site.files)
    assert apply_notices(desk, dry_run=True)[1] == [NoticeResult("notice.txt", "killed", ("mill",), (MILL,))]
    assert desk.site.files == files


def test_of_two_that_may_be_meant_somebody_is_asked() -> None:
    desk = a_desk()
    other = "content/business/other.md"
    desk.site.write(
        other, desk.site.files[MILL].replace(b"id: mill", b"id: other").replace(b"---\n", b"---\nslug: o\n", 1)
    )
    files = dict(desk.site.files)
    (unsure,) = apply_notices(desk)[1]
    assert (unsure.state, sorted(unsure.ids)) == ("unsure", ["mill", "other"])
    assert desk.site.files == files
    lines = list(notice_lines([unsure]))
    assert "cannot tell which" in lines[0]
    assert any("newsgen kill other" in line for line in lines)
    asked: list[tuple[str, ...]] = []

    def second(notice: Notice, cards: tuple[Card, ...]) -> str:
        asked.append(tuple(card.item.id for card in cards))
        return "other"

    assert apply_notices(desk, second)[1] == [NoticeResult("notice.txt", "killed", ("other",), (other,))]
    assert sorted(asked[0]) == ["mill", "other"]
    assert b"status: killed" in desk.site.files[other]
    assert b"status: killed" not in desk.site.files[MILL]


def test_a_notice_of_a_story_that_is_not_here_is_said() -> None:
    desk = Desk({"content/business/ferry.md": story("Ferry sails", "2012-10-24T10:00:00Z", id="ferry")})
    assert apply_notices(desk)[1] == [NoticeResult("notice.txt", "unknown")]
    assert list(notice_lines(apply_notices(desk)[1])) == ["notice.txt: kills a story that is not here"]


# --- link ------------------------------------------------------------------------------------------------------------


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
    assert [(link.id, link.replaces) for link in result.joined] == [("x1", "x"), ("x2", "x1")]
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


def _cards(desk: Desk) -> list[Card]:
    with Store(":memory:") as empty:
        job = desk.job(desk.output)
        return list(reindex(job, empty, read_changes(job, empty, classify(scan_content(job.site)))).index.cards())
