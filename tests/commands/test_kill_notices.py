"""Notices that withdraw stories, on import: the story that is meant is killed, asked about, or said to be missing."""

from __future__ import annotations

import pytest

from newsgen.commands import kill_notices
from newsgen.commands.check import guesses
from newsgen.commands.import_report import IngestReport, Notice
from newsgen.commands.ingest import ImportOptions, ingest
from newsgen.commands.kill_notices import NoticeResult
from newsgen.messages.imports import notice_lines
from newsgen.model.card import Card
from newsgen.model.errors import ContentError
from newsgen.storyfile import moment_at
from tests.support.interrupted import finishes_when_run_again
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


def ask_nobody(notice: Notice, cards: tuple[Card, ...]) -> str:
    return ""


def import_notice(
    desk: Desk, ask: kill_notices.Ask = ask_nobody, *, dry_run: bool = False
) -> tuple[IngestReport, list[NoticeResult]]:
    result = ingest(desk.site, [("notice.txt", NOTICE, "2012-10-25")], ImportOptions(is_dry=dry_run))
    now = moment_at(NOW, "UTC")
    return result, kill_notices.apply_notices(desk.job(desk.output), result.notices, ask, now, dry_run=dry_run)


def test_a_notice_kills_its_story_and_is_no_story() -> None:
    desk = a_desk()
    desk.build()
    result, notice_results = import_notice(desk)
    assert (result.items, result.imported, len(result.notices)) == (1, (), 1)
    assert notice_results == [NoticeResult("notice.txt", "killed", ("mill",), (MILL,))]
    desk.build()
    output = b"".join(desk.output.files.values())
    assert b"mill will close" not in output.replace(b"Harwick mill will close is wrong", b"")
    assert b"Harwick mill to close" not in output
    assert "world/2012/10/24/harwick-mill-to-close-owner-says.html" in desk.output.files  # its tombstone
    assert desk.output.files == desk.clean()
    assert b"Please be advised" in desk.site.files[MILL]  # the notice, for the desk's own files


def test_a_notice_that_comes_again_does_nothing() -> None:
    desk = a_desk()
    import_notice(desk)
    files = dict(desk.site.files)
    assert import_notice(desk)[1] == [NoticeResult("notice.txt", "done", ("mill",), (MILL,))]
    assert desk.site.files == files


def test_a_dry_run_kills_nothing() -> None:
    desk = a_desk()
    files = dict(desk.site.files)
    assert import_notice(desk, dry_run=True)[1] == [NoticeResult("notice.txt", "killed", ("mill",), (MILL,))]
    assert desk.site.files == files


def test_of_two_that_may_be_meant_somebody_is_asked() -> None:
    desk = a_desk()
    other = "content/business/other.md"
    desk.site.write(
        other, desk.site.files[MILL].replace(b"id: mill", b"id: other").replace(b"---\n", b"---\nslug: o\n", 1)
    )
    files = dict(desk.site.files)
    (unsure,) = import_notice(desk)[1]
    assert (unsure.state, sorted(unsure.ids)) == ("unsure", ["mill", "other"])
    assert desk.site.files == files
    lines = list(notice_lines([unsure]))
    assert "cannot tell which" in lines[0]
    assert any("newsgen kill other" in line for line in lines)
    asked: list[tuple[str, ...]] = []

    def second(notice: Notice, cards: tuple[Card, ...]) -> str:
        asked.append(tuple(card.item.id for card in cards))
        return "other"

    assert import_notice(desk, second)[1] == [NoticeResult("notice.txt", "killed", ("other",), (other,))]
    assert sorted(asked[0]) == ["mill", "other"]
    assert b"status: killed" in desk.site.files[other]
    assert b"status: killed" not in desk.site.files[MILL]


def test_a_notice_of_a_story_that_is_not_here_is_said() -> None:
    desk = Desk({"content/business/ferry.md": story("Ferry sails", "2012-10-24T10:00:00Z", id="ferry")})
    assert import_notice(desk)[1] == [NoticeResult("notice.txt", "unknown")]
    (line,) = notice_lines(import_notice(desk)[1])
    assert line.startswith("notice.txt: kills a story that is not here.")


def test_an_import_that_was_interrupted_is_finished_by_another() -> None:
    """Its notice had killed the newest version only."""
    files = a_desk().site.files
    files["content/business/mill-0.md"] = story("Harwick mill may close", "2012-10-24T12:00:00Z", id="mill-0")
    files[MILL] = files[MILL].replace(b"id: mill\n", b"id: mill\nupdates: mill-0\n")
    assert finishes_when_run_again(files, import_notice) == 3


FLOOD = b"Lund flood story withdrawn\n\nOct 25, 2012\n\nLUND (Northern Wire) - The river did not rise.\n"


def test_what_may_be_a_notice_is_withheld_until_somebody_decides() -> None:
    """As a story that nobody sees. The stories that it may mean are named, with the command that kills each."""
    desk = Desk({"content/news/flood.md": story("Flood in Lund", "2012-10-24T10:00:00Z", id="flood")})
    result = ingest(desk.site, [("flood.txt", FLOOD, "2012-10-25")])
    ((imported,), (doubtful,)) = result.imported, result.doubtful
    assert (result.items, result.notices, imported.reason) == (1, (), "may-be-notice, no-section")
    assert b"\nstatus: withheld\n" in desk.site.files[imported.path]
    now = moment_at(NOW, "UTC")
    (unsure,) = kill_notices.apply_notices(desk.job(desk.output), [doubtful], ask_nobody, now)
    paths = ("content/news/flood.md",)
    assert unsure == NoticeResult("flood.txt", "doubtful", ("flood",), paths, imported.path)
    assert b"status: killed" not in desk.site.files["content/news/flood.md"]
    lines = list(notice_lines([unsure]))
    assert imported.path in lines[0]
    assert lines[1].startswith("  newsgen kill flood --reason")
    assert [(problem.rule, problem.path) for problem in guesses(desk.job(desk.output))] == [
        ("may-be-notice", imported.path)
    ]
    again = ingest(desk.site, [("flood.txt", FLOOD, "2012-10-25")])
    assert (len(again.unchanged), again.doubtful) == (1, ())


def test_a_notice_that_quotes_its_story_kills_it() -> None:
    desk = Desk({MILL: story("Harwick mill to close", "2012-10-24T16:48:00Z", id="mill", body="It will close.")})
    copy = (
        b'Mill story withdrawn\n\nHARWICK (AP) - The story "Harwick mill to close" is wrong. It has been withdrawn.\n'
    )
    result = ingest(desk.site, [("kill.txt", copy, "2012-10-25")])
    now = moment_at(NOW, "UTC")
    (killed,) = kill_notices.apply_notices(desk.job(desk.output), result.notices, ask_nobody, now)
    assert killed == NoticeResult("kill.txt", "killed", ("mill",), (MILL,))


FERRY_NOTICE = NOTICE.replace(b"HARWICK MILL", b"FERRY").replace(b"Harwick mill to close, owner says", b"Ferry sails")


def import_both(desk: Desk) -> list[NoticeResult]:
    sources = [("a.txt", NOTICE, "2012-10-25"), ("b.txt", FERRY_NOTICE, "2012-10-25"), ("c.txt", NOTICE, "2012-10-25")]
    result = ingest(desk.site, sources)
    now = moment_at(NOW, "UTC")
    return kill_notices.apply_notices(desk.job(desk.output), result.notices, ask_nobody, now)


def test_many_notices_are_applied_at_once() -> None:
    """The second notice of a story says that it was done; after an interruption, another import does the rest."""
    desk = a_desk()
    assert [(result.source, result.state, result.ids) for result in import_both(desk)] == [
        ("a.txt", "killed", ("mill",)), ("b.txt", "killed", ("ferry",)), ("c.txt", "done", ("mill",)),
    ]  # fmt: skip
    assert [result.state for result in import_both(desk)] == ["done", "done", "done"]
    assert finishes_when_run_again(a_desk().site.files, import_both) == 3


def test_a_file_that_cannot_be_edited_keeps_no_other_story_online() -> None:
    desk = a_desk()
    desk.site.write(
        MILL, desk.site.files[MILL].replace(b"id: mill\n", "id: mill\nnote: a\u2028status: live\n".encode())
    )
    with pytest.raises(ContentError):
        import_both(desk)
    assert b"status: killed" in desk.site.files["content/business/ferry.md"]


COPY = [
    (
        "a.txt",
        b"Harwick mill to close, owner says\n\nOct 24, 2012\n\nHARWICK (AP) - The mill will close.\n",
        "2012-10-24",
    ),
    ("b.txt", b"Ferry sails again after strike\n\nOct 24, 2012\n\nLUND (AP) - The ferry sailed.\n", "2012-10-24"),
    ("c.txt", NOTICE, "2012-10-25"),
]


def import_all(desk: Desk) -> list[NoticeResult]:
    result = ingest(desk.site, COPY)
    now = moment_at(NOW, "UTC")
    return kill_notices.apply_notices(desk.job(desk.output), result.notices, ask_nobody, now)


def test_stories_and_their_notice_in_one_import() -> None:
    """It ends the same if it is killed anywhere and run again; and a second import writes nothing."""
    desk = Desk()
    (killed,) = import_all(desk)
    assert (killed.state, len(killed.ids)) == ("killed", 1)
    desk.site.writes.clear()
    (done,) = import_all(desk)
    assert (done.state, done.ids, desk.site.writes) == ("done", killed.ids, [])
    assert finishes_when_run_again({}, import_all) == 4  # two stories, the ledger, and the story that is killed
