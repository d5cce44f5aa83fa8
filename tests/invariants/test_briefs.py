"""Invariants 1 and 5 for the page that briefs of a day share: around the number that splits it, and with held ones."""

from __future__ import annotations

from contextlib import suppress

import pytest

from newsgen.commands import kill, urls
from newsgen.model.errors import NewsgenError
from newsgen.storyfile import moment_at
from tests.support.edits import EDITS, Pick, a_story, seeded
from tests.support.sites import NOW, Desk, assert_same, differences, story

DAY = "2019-05-01"
PAGE = "world/2019/05/01/briefs.html"
FULL = 40  # briefs of a page
HELD = {
    "draft": "status: draft",
    "withheld": "status: withheld",
    "killed": "status: killed",
    "embargoed": "embargo: 2020-01-01T13:00:00Z",
    "on hold": "embargo: hold",
    "expired": "expires: 2020-01-01T11:00:00Z",
}


def a_brief(number: int, when: str = "", **more: str) -> bytes:
    """A brief of the day; `when` is its time, "" for none."""
    date = f"{DAY}T{when}Z" if when else DAY
    return story(f"Brief number {number}", date, body=f"Text {number}.", id=f"b{number:02}", **more)


def a_busy_day(briefs: int) -> Desk:
    """A day with briefs of three hours and of none, all published."""
    times = ("", "09:15", "09:40", "17:00")
    desk = Desk({f"content/world/b{n:02}.md": a_brief(n, times[n % 4]) for n in range(briefs)})
    desk.set(group_briefs=60)
    urls.record_addresses(desk.job(desk.output), "2019-12-31")
    return desk


def step(desk: Desk, pick: Pick) -> None:
    """A brief of the day comes, goes, grows, shrinks, moves in time or section, is withdrawn or held; or any edit."""
    number = pick(range(FULL + 3))
    path = f"content/world/b{number:02}.md"
    change = pick(range(9))
    if change == 0 and len(desk.site.files) > 2:
        desk.site.remove(path)
    elif change == 1:
        desk.site.write(path, a_brief(number, pick(("", "09:15", "17:00"))))
    elif change == 2:
        desk.site.write(path, a_brief(number, "17:00").replace(b"Text", b"Text " * pick((1, 90))))
    elif change == 3:
        desk.site.write(path, a_brief(number, "17:00", status=pick(("draft", "withheld")), tags="[grain]"))
    elif change == 4:
        desk.site.write(path, a_brief(number).replace(b"section: World", b"section: Sport"))
    elif change == 5:
        desk.site.write("content/world/newer.md", a_brief(90, updates=f"b{number:02}"))
    elif change == 6:
        with suppress(NewsgenError):
            kill.kill(desk.job(desk.output), f"b{number:02}", "Wrong.", "", moment_at(desk.clock, "UTC"))
    elif change == 7:
        with suppress(NewsgenError):
            urls.record_addresses(desk.job(desk.output), "2020-01-01")
    else:
        pick(EDITS)(desk, pick)


def history(seed: int, steps: int) -> list[str]:
    """What differs between incremental and clean builds of a day whose briefs come and go."""
    pick = seeded(seed)
    desk = a_busy_day(FULL - 1 + pick(range(4)))
    desk.site.write("content/world/other.md", a_story(pick))
    wrong = []
    for number in range(steps):
        step(desk, pick)
        desk.build()
        wrong += [f"{number} {path}" for path in differences(desk.output.files, desk.clean())]
    return wrong


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_around_the_number_that_splits_it(seed: int) -> None:
    assert history(seed, 15) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_longer_histories_of_such_a_day(seed: int) -> None:
    assert history(seed, 60) == []


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("briefs", [3, FULL + 1])
def test_a_held_brief_leaves_no_trace_on_the_page_that_it_shares(kind: str, briefs: int) -> None:
    """Neither in a first build, nor where it stood there before."""
    shown = story("Quillon opens", f"{DAY}T09:20Z", body="Quillon text that nobody else has.", id="q-1", tags="[grain]")
    held = shown.replace(b"---\n", f"---\n{HELD[kind]}\n".encode(), 1)
    desk = a_busy_day(briefs)
    desk.site.write("content/world/q.md", held)
    desk.build()
    assert b"Brief number 1" in desk.output.files[PAGE]
    assert "quillon" not in _everything(desk)
    desk.site.write("content/world/q.md", shown)
    desk.build()
    assert "quillon text that nobody else has" in _everything(desk)
    desk.site.write("content/world/q.md", held)
    desk.build()
    assert "quillon" not in _everything(desk)
    assert_same(desk.output.files, desk.clean())


def _everything(desk: Desk) -> str:
    return "\n".join(f"{path}\n{data.decode('latin-1')}" for path, data in desk.output.files.items()).casefold()


def test_a_killed_brief_is_gone_from_a_page_that_a_broken_template_keeps() -> None:
    """The last good page shows its text: it goes, and comes back with the tombstone when the template is mended."""
    desk = a_busy_day(3)
    desk.build()
    mended = dict(desk.theme.templates)["briefs.html.j2"]
    desk.set_template("briefs.html.j2", "{{ page.nothing }}")
    desk.build()
    assert b"Text 1." in desk.output.files[PAGE]  # the last good page stays
    kill.kill(desk.job(desk.output), "b01", "Wrong.", "", moment_at(NOW, "UTC"))
    desk.build()
    assert b"Text 1." not in desk.output.files.get(PAGE, b"")
    desk.set_template("briefs.html.j2", mended)
    desk.build()
    assert b"Wrong." in desk.output.files[PAGE]
    assert b"Text 2." in desk.output.files[PAGE]
    assert_same(desk.output.files, desk.clean())


@pytest.mark.parametrize("last", ["removed", "elsewhere"])
def test_a_page_with_a_brief_that_is_no_more_does_not_stay_where_its_template_fails(last: str) -> None:
    """Its address is lost, and the page may name it by its place alone."""
    desk = a_busy_day(3)
    base = dict(desk.theme.templates)["base.html.j2"]
    desk.set_template("base.html.j2", base.replace("{{ head.jsonld|safe }}", ""))  # which has whole addresses
    desk.build()
    desk.set_template("briefs.html.j2", "{{ page.nothing }}")
    if last == "removed":
        desk.site.remove("content/world/b01.md")
        desk.build()
        assert PAGE not in desk.output.files
    else:  # it only moved
        desk.site.write("content/world/b01.md", a_brief(1, "09:15").replace(b"section: World", b"section: Sport"))
        desk.build()
        assert PAGE in desk.output.files
