"""The engine decision: which units to plan again, which pages are new, and which to take away.

Whether a planned page is the one that stands is told by its fingerprint, where the page is planned: in a worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from newsgen import plan
from newsgen.engine.changes import Changes
from newsgen.engine.job import Job, settings_digest, theme_digest
from newsgen.engine.reindex import Survey
from newsgen.engine.render_worker import Stood, Unit
from newsgen.index.diff import diff
from newsgen.plan import units
from newsgen.plan.affected import all_units, touched, way_units
from newsgen.related.lists import Lists
from newsgen.render.fingerprint import site_mark
from newsgen.store import PageRow, Store
from newsgen.text.address import asset_url

__all__ = ["Decision", "decide", "scope_of"]


def scope_of(job: Job, found: Changes, seen: Survey, related: Lists) -> plan.Scope:
    """What planning may see."""
    index = seen.index
    assets = tuple((name, asset_url(name, data)) for name, data in job.theme.assets)
    people, places = found.site_notes.registers()
    sections = found.site_notes.section_files()
    pictures = {path: (row.picture, row.source.digest) for path, row in found.pictures.items() if row.picture}
    site = plan.site(job.settings, index, sections, assets)
    return plan.Scope(site, job.settings, index, sections, people, places, pictures, related, seen.ways)


@dataclass(slots=True)
class Decision:
    """What to plan, and what to take away."""

    units: list[Unit]  # in the order of work, each with the pages that it planned before
    new: list[PageRow]  # pages that did not stand before
    gone: list[PageRow]
    planned: int  # pages of the whole site
    is_reset: bool  # the settings are others: addresses may have changed on purpose
    is_lost: bool  # there was no record: only the marker says that the folder is newsgen's
    urls: dict[str, str]  # of the pages compared, each with its unit


def decide(
    job: Job,
    store: Store,
    found: Changes,
    seen: Survey,
    scope: plan.Scope,
    broken: Mapping[str, str],
    *,
    is_whole: bool = False,
    is_made: bool = True,
) -> Decision:
    """Which units may have other pages than before; with `is_whole` all.

    Not `is_made`: nothing is kept of a page but its address, so that another template or site changes none.

    `broken` are the pages whose file is not the one written, or is doubted, with their units.
    """
    seal = store.seal.last
    mark = site_mark(scope.site, job.stamp)
    is_all = (
        is_whole
        or found.is_all
        or not seal.is_finished
        or (is_made and (seal.theme_digest, seal.site_digest) != (theme_digest(job), mark))
    )
    wanted: Iterable[str]
    if is_all:
        wanted = chain(all_units(scope.index, ids=scope.makes("id")), way_units(scope.ways))
        rows = {row.url: row for row in store.pages.rows()} if seal.exists else {}
    else:
        ways = _way_units(store, seen) if seal.redirects_digest != seen.ways.mark else set()
        if seal.theme_digest != theme_digest(job):  # whose files have their digests in their addresses
            ways.add(units.STATICS)
        wanted = sorted(_touched(found, seen, scope) | ways | set(broken.values()) | set(seal.retry))
        rows = {row.url: row for row in store.pages.rows(wanted)}
    is_reset = seal.settings_digest != settings_digest(job)
    decision = Decision([], [], [], 0, is_reset, not seal.exists, {})
    for unit in wanted:
        stood = []
        for url in plan.addresses(unit, scope):
            decision.urls[url] = unit
            row = rows.get(url)
            if row is None:
                decision.new.append(PageRow(url, unit, "", "", 0, 0, "new"))
            else:
                stood.append(_stood(row, unit, is_broken=url in broken))
        decision.units.append((unit, tuple(stood)))
    decision.gone = [row for url, row in rows.items() if url not in decision.urls]
    known = len(rows) if is_all else seal.page_count
    decision.planned = known - len(decision.gone) + len(decision.new)
    return decision


def _stood(row: PageRow, unit: str, *, is_broken: bool) -> Stood:
    """A page as it stands; where another unit planned it, it is rendered so that the manifest learns which does."""
    return row.url, row.fingerprint if row.unit == unit else "", "" if is_broken else row.digest


def _touched(found: Changes, seen: Survey, scope: plan.Scope) -> set[str]:
    """The units that a change of stories, pictures and the clock may touch."""
    pictures = {units.picture(path) for path in found.changed_pictures}
    lists = {units.story(story_id) for story_id in scope.related.touched}
    return touched(scope.index, diff(seen.removed, seen.added)) | lists | pictures | _portraits(found, scope)


def _way_units(store: Store, seen: Survey) -> set[str]:
    """The units that a change of ways may touch: those that there are now, and those that had a page."""
    return {*way_units(seen.ways.found), *store.pages.units_of(units.WAY_KINDS)}


def _portraits(found: Changes, scope: plan.Scope) -> set[str]:
    """The pages of persons whose picture may have changed."""
    if not found.changed_pictures:
        return set()
    return {units.shelf(("person", slug), "") for slug in scope.index.slugs("person") if scope.people.entry(slug)}
