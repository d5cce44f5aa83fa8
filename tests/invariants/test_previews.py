"""Invariant 3: what the preview shows is what a build would write, after any edits, now and at any other instant."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable

import pytest

from newsgen import plan
from newsgen.engine import changes, sample
from newsgen.model.errors import SystemFault
from newsgen.model.pages import Page
from newsgen.preview.site import LiveSite, View
from newsgen.related.block_cache import BlockCache
from newsgen.store import RelatedRows
from newsgen.store.related import Related
from newsgen.text.address import output_path
from tests.support.edits import EDITS, a_site, seeded
from tests.support.newsroom import SMALL_BOUNDS, Newsroom
from tests.support.previews import DeskPreview, at, without_marker
from tests.support.sites import HOUR, NOW, Desk, assert_same, many_stories, story


def histories(seeds: Iterable[int], steps: int) -> None:
    for seed in seeds:
        pick = seeded(seed)
        desk = a_site(pick, 12)
        preview = DeskPreview(desk)
        for step in range(steps):
            edit = pick(EDITS)
            edit(desk, pick)
            assert_as_built(preview, f"seed {seed}, step {step}, {edit.__name__}")


def assert_as_built(preview: DeskPreview, where: str) -> None:
    """The preview is as a build writes it; a page that changed is of a reported unit, or is planned otherwise."""
    before, planned = preview.files(), preview.stories()
    units = preview.update()
    now = preview.files()
    assert now == without_marker(preview.desk.clean()), where
    if units is None:
        return
    other = {path for path, page in preview.stories().items() if planned.get(path) != page}
    reported = {output_path(row.url) for row in preview.store.pages.rows() if row.unit in units}
    changed = {path for path in now if before.get(path) != now[path]}
    assert changed <= reported | other, f"{where}: a page changed, and was not reported"


def test_histories() -> None:
    histories([41], 25)


@pytest.mark.long
def test_many_histories() -> None:
    histories([40, *range(500, 540)], 60)


def related_histories(seeds: Iterable[int], steps: int) -> None:
    """With bounds so small that blocks are split and joined, and words become common."""
    for seed in seeds:
        room = Newsroom(seed, 40, SMALL_BOUNDS)
        preview = DeskPreview(room.desk)
        for step in range(steps):
            for _ in range(room.rng.choice([1, 1, 1, 9])):
                room.step()
            assert_as_built(preview, f"seed {seed}, step {step}")
            if step % 5 == 4:
                clock = room.desk.clock + room.rng.randrange(-5, 15) * 24 * HOUR
                there = without_marker(at(room.desk, clock).clean())
                assert preview.files(clock) == there, f"seed {seed}, step {step}, at {clock}"


def test_related_lists_in_histories() -> None:
    related_histories([7], 15)


@pytest.mark.long
def test_related_lists_in_many_histories() -> None:
    related_histories(range(700, 730), 40)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 10))])
def test_other_instants(seed: int) -> None:
    """The clock control shows the site as it will be and as it was, and changes nothing that is shown now."""
    pick = seeded(900 + seed)
    desk = a_site(pick, 14)
    preview = DeskPreview(desk)
    rng = random.Random(seed)
    for _step in range(6):
        pick(EDITS)(desk, pick)
        preview.update()
        now = preview.files()
        for hours in rng.sample((-40, -1, 1, 2, 4, 30, 5000), 3):
            clock = desk.clock + hours * HOUR
            assert preview.files(clock) == without_marker(at(desk, clock).clean()), hours
        assert preview.files() == now


def test_a_page_that_a_withdrawn_request_kept_away_is_reported() -> None:
    desk = Desk(many_stories(3))
    desk.site.write("content/world/new.md", story("Barley up", id="new", body="Oda Quillon sold it."))
    desk.site.write("content/_requests.tsv", b"2020-01-01\tanonymise\tOda Quillon\ta farmer\tAsked.\n")
    preview = DeskPreview(desk)
    assert "world/2019/05/01/barley-up.html" not in preview.files()
    desk.site.remove("content/_requests.tsv")
    assert_as_built(preview, "without the request")
    assert "world/2019/05/01/barley-up.html" in preview.files()


def test_what_is_held_is_shown_from_its_instant_on() -> None:
    desk = Desk(many_stories(12))
    desk.site.write("content/world/held.md", story("Later", embargo='"2020-01-01T13:00:00Z"', id="held"))
    preview = DeskPreview(desk)
    path = "world/2019/05/01/later.html"
    assert path not in preview.files()
    assert path in preview.files(NOW + HOUR)
    assert preview.live.is_due(NOW + HOUR)
    assert not preview.live.is_due(NOW + HOUR - 1)
    desk.clock += HOUR
    preview.update()
    assert path in preview.files()


@pytest.mark.parametrize("fault", ["stale shelves", "another instant is remembered", "stale blocks"])
def test_a_broken_preview_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault == "stale blocks":
        monkeypatch.setattr(BlockCache, "discard", lambda cache, start: None)
        monkeypatch.setattr(
            BlockCache, "put", lambda cache, start, bits, block: cache._blocks.setdefault(start, (bits, block))
        )
        with pytest.raises(AssertionError):
            related_histories([7, 8], 15)
        return
    if fault == "stale shelves":
        views: list[View] = []

        def page(live: LiveSite, url: str, view: View) -> Page | None:
            views.append(view)
            pages = plan.plan(live.unit(url, view), views[0].scope) if live.unit(url, view) else ()
            return next((candidate for candidate in pages if candidate.url == url), None)

        monkeypatch.setattr(LiveSite, "page", page)
        with pytest.raises(AssertionError):
            histories([41], 25)
        return
    monkeypatch.setattr(LiveSite, "at", lambda live, clock: live.now)
    with pytest.raises(AssertionError):
        test_other_instants(0)


def test_the_first_page_does_not_wait_for_the_record() -> None:
    desk = Desk(many_stories(12))
    preview = DeskPreview(desk)
    view = preview.live.now
    assert view is not None
    home = preview.live.page("/", view)
    assert home is not None
    assert preview.live.render(home, view) == desk.clean()["index.html"]
    assert preview.store.pages.rows() == []
    assert not preview.live.is_saved
    assert preview.files() == without_marker(desk.clean())
    assert preview.live.is_saved  # a story's page needs the related list


def test_a_record_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """After everything was read again, for a reason that the record does not know afterwards."""
    desk = Desk(many_stories(12))
    preview = DeskPreview(desk)
    preview.files()
    preview.store.hold()
    read = sample.read_some

    def full(part: Related, new: RelatedRows) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(changes, "read_some", lambda *arguments: (read(*arguments)[0], None))
        patch.setattr(Related, "put", full)
        desk.site.write("content/world/new.md", story("New"))
        preview.update()
        assert preview.live.was_reread
        for _ in range(2):  # and no page without its list
            with pytest.raises(SystemFault, match="full"):
                preview.files()
    desk.site.write("content/world/newer.md", story("Newer"))
    preview.update()
    assert preview.files() == without_marker(desk.clean())


def test_cards_that_were_fetched_are_dropped() -> None:
    desk = Desk(many_stories(12))
    preview = DeskPreview(desk, most_cards=5)
    preview.files()
    before = preview.live.now
    preview.live.lighten()
    assert preview.live.now is not before
    assert preview.live.now is not None
    assert preview.live.now.snapshot.index.cards_fetched < 5
    assert preview.files() == without_marker(desk.clean())
    desk.site.write("content/world/new.md", story("New"))
    preview.update()
    assert preview.files() == without_marker(desk.clean())


def test_nothing_is_written(tmp_path: object) -> None:
    desk = Desk(many_stories(5))
    preview = DeskPreview(desk)
    desk.site.write("content/world/new.md", story("New"))
    preview.update()
    assert preview.files()
    assert desk.output.writes == []
    assert_same(desk.output.files, {})
