"""Every kind of page answers alike; and a change of stories misses no unit that it touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsgen import plan
from newsgen.commands import kill, urls
from newsgen.commands.archive import read_archive
from newsgen.disk import FolderDisk
from newsgen.index.diff import diff
from newsgen.index.index import Index
from newsgen.index.shelves import LIMIT
from newsgen.lifecycle.redirects import LazyRedirects, Redirects
from newsgen.plan import units
from newsgen.plan.registry import KINDS
from newsgen.source import project
from newsgen.source.ledger import Ledger
from newsgen.storyfile import moment_at
from tests.support.edits import EDITS, Edit, a_site, seeded
from tests.support.sites import NOW, PNG, Desk, many_stories, story

ROOT = Path(__file__).parents[2]


def scope_of(desk: Desk) -> plan.Scope:
    """What planning sees of a site, but for the related lists."""
    with read_archive(desk.job(desk.output)) as archive:
        return archive.snapshot.scope


def the_sample_site() -> Desk:
    """The stories and settings of this repository."""
    disk = FolderDisk(str(ROOT))
    desk = Desk({path: disk.read(path) for path, *_stat in disk.scan("content")})
    desk.settings = project.find(ROOT, is_given=True).settings
    desk.clock = moment_at(NOW, "UTC").instant + 20 * 366 * 86_400  # every embargo is over
    return desk


def a_site_with_every_kind_of_page(host: str = "netlify") -> Desk:
    """Stories with pictures and corrections, enough to split lists, one killed, one expired, one that has moved."""
    note = '[{date: 2019-12-30, text: "The tonnage was wrong."}]'
    desk = Desk(
        many_stories(104)
        | {
            "content/world/boat.md": story("Boat", id="boat", photos="[{file: boat.png, alt: A boat}]"),
            "content/world/boat.png": PNG,
            "content/world/fog.md": story("Fog", id="fog", corrections=note),
            "content/world/fog-2.md": story("UPDATE 1-Fog", "2019-05-02", id="fog-2", updates="fog"),
            "content/world/ice.md": story("Ice", id="ice", slug="ice"),
            "content/world/oil.md": story("Oil", id="oil"),
            "content/world/rye.md": story("Rye", id="rye"),
            "content/_pages/about.md": b"---\ntitle: About\n---\nWho we are.\n",
            "static/map.pdf": b"%PDF-1.7",
        }
    )
    desk.set(host=host, pages=(*desk.settings.pages, "ids"))
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    desk.site.write("content/world/ice.md", story("Ice", id="ice", slug="floe"))
    desk.site.write("content/world/rye.md", story("Rye", id="rye", expires="2019-12-31T00:00Z"))
    kill.kill(desk.job(desk.output), "oil", "The source was false.", "", moment_at(NOW, "UTC"))
    return desk


def a_site_with_briefs() -> Desk:
    """The same, where most stories are briefs: some days split, and some places of former briefs lead on."""
    desk = a_site_with_every_kind_of_page()
    busy = ("", "T09:00Z", "T09:30Z")
    for n in range(45):
        desk.site.write(f"content/world/b{n}.md", story(f"Brief {n}", f"2019-05-03{busy[n % 3]}", id=f"b{n}"))
    desk.set(group_briefs=2)
    urls.record_addresses(desk.job(desk.output), "2020-01-01")
    desk.site.write("content/world/b1.md", story("Brief 1", "2019-05-03", id="b1", body="No brief any more."))
    desk.site.write("content/world/b2.md", story("Brief 2", "2019-05-03", id="b2", expires="2019-12-31T00:00Z"))
    kill.kill(desk.job(desk.output), "b3", "The source was false.", "", moment_at(NOW, "UTC"))
    return desk


SITES: dict[str, Callable[[], Desk]] = {
    "sample": the_sample_site,
    "every kind": a_site_with_every_kind_of_page,
    "briefs": a_site_with_briefs,
    "no rules of a host": lambda: a_site_with_every_kind_of_page("github"),
    "empty": Desk,
}


@pytest.mark.parametrize("name", SITES)
def test_the_addresses_of_a_unit_are_those_of_its_pages(name: str) -> None:
    scope = scope_of(SITES[name]())
    for unit in plan.all_units(scope):
        pages = plan.plan(unit, scope)
        assert plan.addresses(unit, scope) == tuple(page.url for page in pages), unit
        assert {page.unit for page in pages} <= {unit}


@pytest.mark.parametrize("name", SITES)
def test_each_unit_is_named_once_and_so_is_each_address(name: str) -> None:
    scope = scope_of(SITES[name]())
    everything = list(plan.all_units(scope))
    assert len(everything) == len(set(everything))
    addresses = [url for unit in everything for url in plan.addresses(unit, scope)]
    assert len(addresses) == len(set(addresses))
    assert "/" in addresses


def test_the_sites_above_have_pages_of_every_kind() -> None:
    scopes = [scope_of(site()) for site in SITES.values()]
    kinds = {units.split(unit)[0] for scope in scopes for unit in plan.all_units(scope) if plan.plan(unit, scope)}
    assert kinds == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_of_what_is_not_there_has_no_pages(kind: str) -> None:
    """The units of the last build are asked too, whatever has gone since."""
    before, after = scope_of(a_site_with_briefs()), scope_of(Desk())
    for unit in KINDS[kind].units(before):
        assert plan.addresses(unit, after) == tuple(page.url for page in plan.plan(unit, after))


@pytest.mark.parametrize("site", [a_site_with_every_kind_of_page, a_site_with_briefs])
def test_redirect_units_are_those_that_other_redirects_change(site: Callable[[], Desk]) -> None:
    scope = scope_of(site())
    recorded = scope.lazy_redirects.recorded(10_000)  # the feed of changes follows the ledger itself
    nowhere = LazyRedirects(Redirects, Ledger(b""), None, recorded)
    other = replace(scope, lazy_redirects=nowhere)
    differing = {unit for unit in _units_of(scope, other) if plan.plan(unit, scope) != plan.plan(unit, other)}
    assert differing
    assert differing <= {*plan.redirect_units(scope), *plan.redirect_units(other)}


# --- what a change touches -------------------------------------------------------------------------------------------


def _units_of(*scopes: plan.Scope) -> Iterator[str]:
    yield from sorted({unit for scope in scopes for unit in plan.all_units(scope)})


def missed(before: Index, scope: plan.Scope) -> list[str]:
    """The units whose pages differ with these shelves, and that the change of stories is not said to touch."""
    old_scope = replace(scope, index=before, _urls={}, _alphabets={})  # nothing but the shelves is other
    old = {card.item.id: card for card in before.cards()}
    new = {card.item.id: card for card in scope.index.cards()}
    removed = [card for story_id, card in old.items() if new.get(story_id) != card]
    added = [card for story_id, card in new.items() if old.get(story_id) != card]
    affected = plan.affected_units(scope, diff(removed, added))
    return [
        unit
        for unit in _units_of(old_scope, scope)
        if unit not in affected and plan.plan(unit, old_scope) != plan.plan(unit, scope)
    ]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_touches_every_unit_whose_pages_differ(edit: Edit) -> None:
    for seed in range(3):
        pick = seeded(seed)
        desk = a_site(pick, 14)
        desk.set(pages=(*desk.settings.pages, "ids"))
        desk.site.write("content/pool.png", PNG)
        index = scope_of(desk).index
        for _step in range(4):
            edit(desk, pick)
            scope = scope_of(desk)
            assert missed(index, scope) == [], seed
            index = scope.index


@pytest.mark.parametrize("count", [LIMIT - 1, LIMIT, LIMIT + 1])
def test_an_edit_that_splits_a_list_touches_its_periods(count: int) -> None:
    desk = Desk(many_stories(count))
    index = scope_of(desk).index
    for path, data in [*list(many_stories(count + 2).items())[count:], ("content/world/000.md", None)]:
        if data:
            desk.site.write(path, data)
        else:
            desk.site.remove(path)
        scope = scope_of(desk)
        assert missed(index, scope) == []
        index = scope.index


def a_day_without_hours(ids: Iterable[str]) -> dict[str, bytes]:
    return {f"content/world/{name}.md": story(name, "1920-05-01", id=name, tags="[grain]") for name in ids}


@pytest.mark.parametrize(
    ("count", "words"),
    [(LIMIT - 1, 0), (LIMIT, 0), (LIMIT + 1, 0), (LIMIT + 12, 0), (39, 60), (40, 60), (41, 60), (52, 60)],
)
def test_an_edit_that_splits_a_day_without_hours_touches_its_parts(count: int, words: int) -> None:
    """Of a list, or of the briefs of a section."""
    desk = Desk(a_day_without_hours(f"s{number:03}" for number in range(count)))
    desk.set(group_briefs=words)
    index = scope_of(desk).index
    for names in (["s", "t-1"], ["s200"], ["s2001"], ["s05", "s0"]):
        for path, data in a_day_without_hours(names).items():
            desk.site.write(path, data)
        scope = scope_of(desk)
        assert missed(index, scope) == [], names
        index = scope.index
    edits = {
        "s050": story("Reworded", "1920-05-01", id="s050", tags="[grain]"),
        "t-1": story("t-1", "1920-05-01T07:30", id="t-1"),
        "s2001": None, "s200": None, "s0": None, "s001": None, "s002": None, "s003": None, "s004": None, "s005": None,
    }  # fmt: skip
    for name, edited in edits.items():
        if edited:
            desk.site.write(f"content/world/{name}.md", edited)
        else:
            desk.site.remove(f"content/world/{name}.md")
        scope = scope_of(desk)
        assert missed(index, scope) == [], name
        index = scope.index


@pytest.mark.parametrize("language", ["sv", "ru", "ja"])
def test_an_edit_that_splits_a_directory_touches_its_letters(language: str) -> None:
    names = {"sv": "ÅÄOXZ", "ru": "ЁЖБГЯ", "ja": "アかタ山王"}[language]
    people = [f"{one}{other}" for one in names for other in "bcdfghjklmnpqrstvwxy"]
    desk = Desk(
        {f"content/world/{n}.md": story(f"A{n}", id=f"s{n}", people=f"[{x}]") for n, x in enumerate(people[:99])}
    )
    desk.set(language=language)
    index = scope_of(desk).index
    changes = {n: people[-1] + x for n, x in enumerate("opqrst", 99)} | {50: names[0] + "b", 0: "Q", 1: "Q", 2: "Q"}
    for number, name in changes.items():
        desk.site.write(f"content/world/{number}.md", story(f"A{number}", id=f"s{number}", people=f"[{name}]"))
        scope = scope_of(desk)
        assert missed(index, scope) == [], name
        index = scope.index


def test_a_unit_that_is_not_said_to_be_touched_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail: an engine that forgets feeds is caught."""
    monkeypatch.setitem(KINDS, "feed", replace(KINDS["feed"], affected=lambda change: ()))
    desk = Desk(many_stories(3))
    index = scope_of(desk).index
    desk.site.write("content/world/new.md", story("New", id="new"))
    assert {units.split(unit)[0] for unit in missed(index, scope_of(desk))} == {"feed"}
