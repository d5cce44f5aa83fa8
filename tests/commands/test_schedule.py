"""What the clock will change: listed before, and then happening at that instant and at no other."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newsgen.commands.schedule import DAY, Schedule, schedule
from newsgen.messages.reports import schedule_json
from newsgen.messages.scheduled import schedule_lines
from tests.support.sites import NOW, Desk, instant, story

SOON, LATER = "2020-01-05T06:00:30+00:00", "2020-06-01T00:00+02:00"
PHOTO = '[{file: "/boat.png", caption: "A boat. Northern Wire/Mila Hart", alt: A boat, expires: "2020-01-03T00:00Z"}]'


def schedule_of(files: dict[str, bytes], days: int = 30, clock: int = NOW) -> Schedule:
    desk = Desk({f"content/{name}.md": data for name, data in files.items()}, clock=clock)
    return schedule(desk.job(desk.output), days)


def rows(result: Schedule) -> list[tuple[int, str, str]]:
    return [(event.at, event.kind, event.id) for event in result.events]


def test_embargoes_expiries_and_photos_in_order_of_time() -> None:
    result = schedule_of({
        "a": story("A", embargo=SOON, id="a"),
        "b": story("B", expires="2020-01-02T00:00Z", id="b"),
        "c": story("C", photos=PHOTO, id="c"),
        "d": story("D", embargo="2020-01-02T00:00Z", expires="2020-01-04T00:00Z", id="d"),
        "e": story("E", id="e"),
    })  # fmt: skip
    assert rows(result) == [
        (instant("2020-01-02T00:00"), "appears", "d"),
        (instant("2020-01-02T00:00"), "expires", "b"),
        (instant("2020-01-03T00:00"), "photo-expires", "c"),
        (instant("2020-01-04T00:00"), "expires", "d"),
        (instant("2020-01-05T06:00") + 30, "appears", "a"),
    ]
    assert result.next == instant("2020-01-02T00:00")
    assert (result.later, result.on_hold, result.problems) == (0, (), ())


def test_what_no_clock_will_change_is_not_scheduled() -> None:
    result = schedule_of({
        "draft": story("A", embargo=SOON, status="draft"),
        "withheld": story("B", embargo=SOON, expires=LATER, status="withheld"),
        "killed": story("C", expires=SOON, status="killed"),
        "passed": story("D", embargo="2019-05-01T00:00Z"),
        "gone": story("E", expires="2019-06-01T00:00Z"),
        "never": story("F", embargo=LATER, expires=SOON),
        "held": story("G", embargo="hold", expires=SOON, id="g"),
        "held-draft": story("H", embargo="hold", status="draft"),
    })  # fmt: skip
    assert (rows(result), result.next) == ([], None)
    assert result.on_hold == (("g", "content/held.md"),)


def test_to_the_second() -> None:
    result = schedule_of({
        "now": story("A", embargo="2020-01-01T12:00:00Z", id="now"),
        "next": story("B", embargo="2020-01-01T12:00:01Z", expires="2020-01-01T12:00:02Z", id="next"),
    })  # fmt: skip
    assert rows(result) == [(NOW + 1, "appears", "next"), (NOW + 2, "expires", "next")]


def test_of_two_photos_the_one_whose_right_ends() -> None:
    other = PHOTO.replace("boat.png", "quay.png").replace("01-03", "01-04")
    result = schedule_of({"a": story("A", photos=f"{PHOTO[:-1]}, {other[1:]}")})
    assert [(event.kind, event.file) for event in result.events] == [
        ("photo-expires", "/boat.png"),
        ("photo-expires", "/quay.png"),
    ]


def test_the_window_and_what_lies_after_it() -> None:
    files = {"a": story("A", embargo=SOON, id="a"), "b": story("B", embargo=LATER, id="b")}
    assert [event.id for event in schedule_of(files).events] == ["a"]
    assert schedule_of(files).later == 1
    assert [event.id for event in schedule_of(files, 365).events] == ["a", "b"]
    nothing = schedule_of(files, 0)
    assert (nothing.events, nothing.later, nothing.next) == ((), 2, instant("2020-01-05T06:00") + 30)
    edge = schedule_of({"a": story("A", embargo="2020-01-31T12:00Z")}, 30)  # to the second
    assert [event.at for event in edge.events] == [NOW + 30 * DAY]


def test_a_section_sets_the_embargo_of_its_stories() -> None:
    result = schedule_of({"world/a": story("A", id="a"), "world/b": story("B", embargo=SOON, id="b")})
    assert rows(result) == [(instant("2020-01-05T06:00") + 30, "appears", "b")]
    desk = Desk(
        {"content/world/a.md": story("A", id="a"), "content/world/_section.yaml": f"embargo: {LATER}\n".encode()}
    )
    assert rows(schedule(desk.job(desk.output), 365)) == [(instant("2020-05-31T22:00"), "appears", "a")]


def test_a_story_that_cannot_be_read_is_named_and_the_others_are_scheduled() -> None:
    result = schedule_of({"a": story("A", embargo=SOON, id="a"), "b": story("B", embargo="2020-01-05T06:00")})
    assert [event.id for event in result.events] == ["a"]
    assert [(problem.rule, problem.path) for problem in result.problems] == [("date-needs-zone", "content/b.md")]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_scheduled_happens_then_and_nothing_else_does(seed: int) -> None:
    """From instant to instant: between two events the site is the same, at each it is another."""
    chance = random.Random(seed)
    texts = [datetime.fromtimestamp(NOW + chance.randrange(-DAY, 20 * DAY), UTC).isoformat() for _ in range(12)]
    files = {
        f"content/{n}.md": story(f"Story {n}", id=f"s{n}", embargo=texts[n], expires=texts[n + 6]) for n in range(6)
    }
    desk = Desk(files)
    coming = schedule(desk.job(desk.output), 3650).events
    assert coming
    before = desk.clean()
    for at in sorted({event.at for event in coming}):
        desk.clock = at - 1
        assert desk.clean() == before
        desk.clock = at
        after = desk.clean()
        assert after != before
        before = after
    desk.clock = coming[-1].at + 3650 * DAY
    assert desk.clean() == before


def test_as_a_person_reads_it() -> None:
    result = schedule_of(
        {"a": story("A", embargo=SOON, id="a"), "b": story("B", photos=PHOTO), "c": story("C", embargo="hold")}
    )
    assert list(schedule_lines(replace(result, later=2), 30, "Europe/Paris", "newsgen build")) == [
        "2020-01-03T01:00:00+01:00  loses the photo /boat.png  content/b.md",
        "2020-01-05T07:00:30+01:00  appears  content/a.md",
        "on hold, without a time    content/c.md",
        "Later: 2 more changes; --days shows them.",
        "A build is due at 2020-01-03T01:00:00+01:00.",
        "For cron, in UTC: 0 0 3 1 * newsgen build",
    ]
    assert list(schedule_lines(schedule_of({}), 1, "UTC", "x")) == ["Nothing appears or expires in 1 day."]


def test_as_a_program_reads_it() -> None:
    result = json.loads(schedule_json(schedule_of({"a": story("A", embargo=SOON, id="a")}), "newsgen build"))
    assert result["next"] == "2020-01-05T06:00:30+00:00"
    assert result["cron"] == "1 6 5 1 * newsgen build"  # the minute after: never too early
    assert result["events"] == [
        {"at": result["next"], "kind": "appears", "id": "a", "path": "content/a.md", "file": ""}
    ]
    assert (result["later"], result["on_hold"], result["problems"]) == (0, [], [])
    empty = json.loads(schedule_json(schedule_of({}), "x"))
    assert (empty["next"], empty["cron"]) == (None, None)
    far = json.loads(schedule_json(schedule_of({"a": story("A", embargo="2021-01-01T00:00Z")}), "x"))
    assert (far["next"], far["cron"]) == ("2021-01-01T00:00:00+00:00", None)
