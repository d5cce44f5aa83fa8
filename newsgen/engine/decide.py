"""The engine's decision: which units to plan again, which pages are new, and which to take away.

Whether a planned page is the one that stands is told by its fingerprint, where the page is planned: in a worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from newsgen import plan
from newsgen.engine.render_worker import Standing, Unit
from newsgen.engine.request import settings_digest, theme_digest
from newsgen.engine.snapshot import Snapshot
from newsgen.index.diff import diff
from newsgen.index.shelves import collections_of
from newsgen.model.card import Card
from newsgen.plan import units
from newsgen.plan.own import own_units
from newsgen.render.fingerprint import site_digest
from newsgen.source.site_files import STATIC
from newsgen.store import PageRow, Store

__all__ = ["Decision", "decide"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What to plan, and what to take away."""

    units: tuple[Unit, ...]  # in the order of work, each with the pages that it planned before
    urls: Mapping[str, str]  # of the pages compared, each with its unit
    new: tuple[PageRow, ...]  # pages that did not stand before
    gone: tuple[PageRow, ...]
    moved: frozenset[str]  # of the gone ones, those whose unit has a page elsewhere: they go when that is in place
    lost: frozenset[str]  # addresses of what is not shown any more; a tombstone may stand there
    former: tuple[tuple[str, str], ...]  # addresses of before, and of whom, that pages which stay may still name
    planned: int  # pages of the whole site
    is_reset: bool  # the settings are others: addresses may have changed on purpose
    is_lost: bool  # there was no store: only the list in the output says which files are newsgen's


def decide(snapshot: Snapshot, store: Store, doubted: Mapping[str, str], adopted: Iterable[PageRow] = ()) -> Decision:
    """Which units may have other pages than before.

    `doubted` are pages whose file is not the one written, or may hold what it must not, with their units; `adopted` are
    the pages that stand where there is no store.
    """
    seal = store.seal.last
    is_everything = _is_everything(snapshot, store)
    wanted: Iterable[str]
    if is_everything:
        wanted = plan.all_units(snapshot.scope)
        standing_rows = store.pages.rows() if seal.exists else adopted
    else:
        wanted = sorted({*_affected(snapshot, store), *doubted.values(), *seal.retry})
        standing_rows = store.pages.rows(wanted)
    successors = _successors(snapshot)
    rows = {row.url: replace(row, unit=successors.get(row.unit, row.unit)) for row in standing_rows}
    work: list[Unit] = []
    urls: dict[str, str] = {}
    new: list[PageRow] = []
    shown: set[str] = set()  # units that have pages
    for unit in wanted:
        standing = []
        for url in plan.addresses(unit, snapshot.scope):
            shown.add(unit)
            urls[url] = unit
            row = rows.get(url)
            if row is None:
                new.append(PageRow(url, unit, "", "", 0, 0, "new"))
            else:
                standing.append(_standing(row, unit, is_doubted=url in doubted))
        work.append((unit, tuple(standing)))
    gone = tuple(row for url, row in rows.items() if url not in urls)
    moved = frozenset(row.url for row in gone if row.unit in shown and row.url not in doubted)
    known = len(rows) if is_everything else seal.page_count
    is_reset = seal.settings_digest != settings_digest(snapshot.request)
    planned = known - len(gone) + len(new)
    taken_back, former = _before(snapshot, store)
    lost = _lost([row for row in rows.values() if row.unit not in shown], taken_back)
    return Decision(tuple(work), urls, tuple(new), gone, moved, lost, former, planned, is_reset, not seal.exists)


def _lost(rows: list[PageRow], taken_back: set[str]) -> frozenset[str]:
    """The addresses, of pages that nothing plans any more, by which another page could tell of what is not shown.

    A list goes with the last story on it: of one that was retagged it tells nothing, of one that is held it does.
    """
    has_story = bool(taken_back) or any(row.unit.startswith("story/") for row in rows)
    return frozenset(row.url for row in rows if has_story or row.unit.startswith("picture/")) | taken_back


def _successors(snapshot: Snapshot) -> dict[str, str]:
    """The units of pictures that another took the place of, in the same file, each with that other's unit."""
    known, now = snapshot.changes.known_pictures, snapshot.changes.pictures
    found = {}
    for path in sorted(snapshot.changes.changed_pictures):
        old, new = (rows[path].picture if path in rows else None for rows in (known, now))
        if old and new and old.digest != new.digest:
            found[units.picture(old.digest)] = units.picture(new.digest)
    return found


def _before(snapshot: Snapshot, store: Store) -> tuple[set[str], tuple[tuple[str, str], ...]]:
    """The addresses of stories that were shown and are not now; and those that others had before they moved.

    Whether their own pages stood or not: a page that stays may name a story whose page could not be made.
    """
    known = dict(store.seal.last.former)
    if snapshot.changes.is_all:
        known.update((url, story_id) for story_id, url, _state, _path in store.stories.addresses())
        now = {story.card.item.id: story.public.item.url for story in snapshot.resolved if story.public}
        gone = set(known.values()) - now.keys()
    else:
        known.update((card.item.url, card.item.id) for card in snapshot.removed)
        now = {card.item.id: card.item.url for card in snapshot.added}
        gone = {card.item.id for card in snapshot.removed} - now.keys()
    taken_back = {url for url, story_id in known.items() if story_id in gone}
    former = ((url, story_id) for url, story_id in known.items() if story_id not in gone and now.get(story_id) != url)
    return taken_back, tuple(sorted(former))


def _is_everything(snapshot: Snapshot, store: Store) -> bool:
    """Whether any page may be another, so that all units are planned."""
    seal, request = store.seal.last, snapshot.request
    if snapshot.leaks.is_in_theme or snapshot.changes.is_all or not seal.is_finished:
        return True
    if request.is_preview:  # only URLs are recorded, so template and site changes invalidate nothing
        return False
    site = site_digest(snapshot.scope.site, request.stamp)
    return (seal.theme_digest, seal.site_digest) != (theme_digest(request), site)


def _affected(snapshot: Snapshot, store: Store) -> set[str]:
    """The units that a change of stories, pictures, redirects and the clock may touch."""
    seal, scope = store.seal.last, snapshot.scope
    found = plan.affected_units(scope, diff(snapshot.removed, snapshot.added))
    found.update(unit for story_id in scope.related.changed for unit in plan.units_of_story(story_id, scope))
    if changed := snapshot.changes.changed_pictures:
        known = snapshot.changes.known_pictures
        rows = [rows[path] for path in changed for rows in (snapshot.changes.pictures, known) if path in rows]
        found.update(units.picture(row.picture.digest) for row in rows if row.picture)
        found.update(units.static_file(path) for path in changed if path.startswith(STATIC))
        people = (slug for slug in scope.index.slugs("person") if scope.people.entry(slug))  # with a portrait
        found.update(units.shelf(("person", slug), "") for slug in people)
    if snapshot.changes.own.digest != seal.own_digest:
        found.update((*own_units(scope), units.PAGES_SITEMAP, units.STATICS, *store.pages.units_of(units.OWN_KINDS)))
    elif scope.own.pages or scope.own.statics:  # a section may have taken an address; a held story may say the same
        sections = None if snapshot.leaks.finder else _sections((*snapshot.removed, *snapshot.added))
        found.update(own_units(scope, sections))
    if seal.theme_digest != theme_digest(snapshot.request):  # whose files have their digests in their addresses
        found.update((units.STATICS, *own_units(scope)))
    if not snapshot.changes.is_same_ledger:
        found.add(units.CHANGES)
    if snapshot.redirects.digest != seal.redirects_digest:
        found.update((*plan.redirect_units(scope), *store.pages.units_of(units.REDIRECT_KINDS)))
        found.update(map(units.briefs_of, seal.brief_pages))
    return found


def _sections(cards: Iterable[Card]) -> set[str]:
    """The addresses of the sections that some stories are in."""
    return {slug for card in cards for kind, slug in collections_of(card) if kind == "section"}


def _standing(row: PageRow, unit: str, *, is_doubted: bool) -> Standing:
    """A page as it stands; where another unit planned it, it is rendered so that the manifest learns which does."""
    return row.url, row.fingerprint if row.unit == unit else "", row.digest, not is_doubted
