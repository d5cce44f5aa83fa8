"""What may not be read any more: by the ledger and by requests; and in which publications it still stands."""

from __future__ import annotations

from typing import Any

import pytest

from newsgen.publish.manifest import Manifest
from newsgen.publish.protocol import Publication
from newsgen.publish.withdrawn import EVERYTHING, Withdrawn, leftovers, withdrawn_of
from newsgen.source.ledger import LedgerLine
from newsgen.source.requests import Request
from tests.support.sites import instant

URL, PATH = "/world/2019/05/01/bridge.html", "world/2019/05/01/bridge.html"
KILL = "2026-11-20T10:00:00Z"
SHOWN = {"/world/2019/05/02/ferry.html": "ferry"}
NOW = Manifest({PATH: "tombstone", "index.html": "now"})


def a_line(state: str = "", since: str = "", story_id: str = "bridge", url: str = URL) -> LedgerLine:
    return LedgerLine(story_id, url, "2019-05-01", state, since)


def a_publication(at: str | None, digest: str = "text", **more: Any) -> Publication:
    manifest = Manifest({PATH: digest, "index.html": "then"})
    return Publication(str(at), str(at), manifest, instant(at) if at else None, **more)


def test_a_killed_story_is_withdrawn_since_then() -> None:
    assert withdrawn_of([a_line("killed", KILL)], SHOWN, ()) == (Withdrawn(PATH, instant("2026-11-20T10:00")),)


@pytest.mark.parametrize("state", ["", "removed"])
def test_a_story_that_is_not_shown_is_withdrawn(state: str) -> None:
    """Deleted, expired, held again: whatever the reason."""
    assert withdrawn_of([a_line(state)], SHOWN, ()) == (Withdrawn(PATH),)


def test_a_story_that_moved_is_not_withdrawn() -> None:
    """Its old address leads to the new one."""
    assert withdrawn_of([a_line(story_id="ferry", url="/old.html")], SHOWN, ()) == ()


def test_a_story_that_was_killed_before_it_had_an_address() -> None:
    assert withdrawn_of([a_line("killed", KILL, url="")], SHOWN, ()) == ()


def test_an_address_of_a_folder_is_that_of_its_page() -> None:
    assert withdrawn_of([a_line(url="/world/bridge/")], SHOWN, ()) == (Withdrawn("world/bridge/index.html"),)


@pytest.mark.parametrize("kind", ["delist", "note"])
def test_requests_for_a_story_that_is_shown(kind: str) -> None:
    request = Request("2026-11-20", kind, "ferry", "", "Asked.")
    end_of_day = instant("2026-11-20T23:59:59")
    assert withdrawn_of((), SHOWN, [request]) == (Withdrawn("world/2019/05/02/ferry.html", end_of_day, is_shared=True),)


def test_a_name_that_was_taken_out_may_stand_anywhere() -> None:
    request = Request(KILL, "anonymise", "Ines Varga", "a woman", "Asked.")
    (found,) = withdrawn_of((), SHOWN, [request])
    assert found == Withdrawn(EVERYTHING, instant("2026-11-20T10:00"), is_shared=True)
    earlier = [a_publication("2026-11-19"), a_publication("2026-11-21"), a_publication(None)]
    assert [leftover.publication.place for leftover in leftovers(earlier, (found,), NOW)] == ["2026-11-19", "None"]


@pytest.mark.parametrize("since", ["", "soon", "2026-13-45"])
def test_a_time_that_cannot_be_read_is_none(since: str) -> None:
    """So that every publication with other bytes counts."""
    assert withdrawn_of([a_line("killed", since)], SHOWN, ()) == (Withdrawn(PATH),)


def test_publications_from_before_and_after() -> None:
    withdrawn = (Withdrawn(PATH, instant("2026-11-20T10:00"), is_shared=True),)
    earlier = [
        a_publication("2026-11-20T10:00"),
        a_publication("2026-11-20T10:00:01", "an earlier page with the note"),
        a_publication("2026-11-19", "tombstone"),  # killed and published, and published again
        a_publication("2026-11-18"),
        a_publication(None),
    ]
    found = leftovers(earlier, withdrawn, NOW)
    assert [leftover.publication for leftover in found] == [earlier[0], earlier[3], earlier[4]]
    assert found[0].paths == (PATH,)


def test_a_story_that_was_published_after_the_hour_of_its_kill() -> None:
    """The hour is the agency's, or the clock was wrong: other bytes at its address are the story's, for some days."""
    withdrawn = (Withdrawn(PATH, instant("2026-11-20T10:00")),)
    earlier = [a_publication("2026-11-20T10:30"), a_publication("2026-11-26T10:00"), a_publication("2026-11-28T10:00")]
    for now in (NOW, Manifest({"index.html": "now"})):  # with a tombstone, and without a page
        assert [leftover.publication for leftover in leftovers(earlier, withdrawn, now)] == earlier[:2]


def test_the_standing_publication_is_no_leftover() -> None:
    """It is what has just been published, and was compared before."""
    assert leftovers([a_publication("2026-11-18", is_standing=True)], (Withdrawn(PATH),), NOW) == ()


def test_a_publication_without_a_manifest_may_hold_anything() -> None:
    unknown = Publication("x", "x", None)
    (found,) = leftovers([unknown], (Withdrawn(PATH),), NOW)
    assert found.paths == ()
    assert leftovers([unknown], (), NOW) == ()


def test_a_publication_without_the_address_holds_nothing() -> None:
    assert leftovers([Publication("x", "x", Manifest({"index.html": "then"}))], (Withdrawn(PATH),), NOW) == ()


BRIEF, DAY, HOURS = "/world/2019/05/01/briefs.html#bridge", "world/2019/05/01/briefs.html", "world/2019/05/01/briefs/"


def test_a_brief_that_was_killed_may_stand_on_the_page_of_its_day_or_hour() -> None:
    found = withdrawn_of([a_line("killed", KILL, url=BRIEF)], SHOWN, ())
    since = instant("2026-11-20T10:00")
    assert found == (Withdrawn(DAY, since, is_shared=True), Withdrawn(HOURS, since, is_shared=True))
    asked = Request(KILL, "note", "bridge", "", "Asked.")
    assert withdrawn_of((), {BRIEF: "bridge"}, [asked]) == found


@pytest.mark.parametrize(
    ("files", "is_left"),
    [
        ({DAY: "with it"}, True),
        ({DAY: "without"}, False),
        ({f"{HOURS}15/index.html": "with it"}, True),
        ({f"{HOURS}15/index.html": "without"}, False),
        ({"world/2019/05/01/briefs-of-ours.html": "with it"}, False),
    ],
)
def test_earlier_publications_of_the_page_that_briefs_share(files: dict[str, str], is_left: bool) -> None:
    now = Manifest({DAY: "without", f"{HOURS}15/index.html": "without"})
    withdrawn = withdrawn_of([a_line("killed", KILL, url=BRIEF)], SHOWN, ())
    earlier = Publication("1", "1", Manifest(files), instant("2026-11-19T10:00"))
    assert bool(leftovers([earlier], withdrawn, now)) == is_left
