"""The whole engine decision: which pages to render and which to take away.

A page's fingerprint is four digests: its template with all that it includes, the site, its data, the files it needs.
Where the fingerprint is the recorded one and the file in the output is the one recorded, nothing is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsgen import codec, plan, units
from newsgen.index import Index, diff
from newsgen.model import digest
from newsgen.pages import Asset, Page
from newsgen.record import PageRow, Record
from newsgen.site import Site
from newsgen.state import Changes, Job, Survey
from newsgen.templates import Theme
from newsgen.touched import all_units, touched
from newsgen.workers import RenderTask

__all__ = ["Decision", "decide", "fingerprint", "pages", "scope_of", "site_mark", "theme_digest"]

_REASONS = ("template", "site", "lists", "story")  # in the order of a fingerprint's parts


def theme_digest(job: Job) -> str:
    """The digest of the whole theme."""
    parts = [f"{name}\0{text}" for name, text in job.theme.templates]
    parts += [f"{name}\0{digest(data)}" for name, data in job.theme.assets]
    return digest("\0".join(parts).encode())


def scope_of(job: Job, found: Changes, index: Index) -> plan.Scope:
    """What planning may see."""
    assets = tuple((name, _asset_url(name, data)) for name, data in job.theme.assets)
    people, places = found.context.registers()
    sections = found.context.section_files()
    pictures = {path: (row.picture, row.source.digest) for path, row in found.pictures.items() if row.picture}
    site = plan.site(job.settings, index, sections, assets)
    return plan.Scope(site, job.settings, index, sections, people, places, pictures)


def _asset_url(name: str, data: bytes) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"/assets/{stem}.{digest(data)[:10]}{dot}{ending}" if dot else f"/assets/{name}.{digest(data)[:10]}"


@dataclass(slots=True)
class Decision:
    """Which pages to render, and which to take away."""

    stale: list[tuple[RenderTask, str, str]]  # with fingerprint and reason
    gone: list[PageRow]
    planned: int  # pages of the whole site
    is_all: bool  # every page was compared
    is_lost: bool  # there was no record: only the marker says that the folder is newsgen's
    urls: set[str]  # of the pages compared
    broken: set[str]  # addresses whose file is not the one that was written


def decide(
    job: Job, record: Record, found: Changes, seen: Survey, scope: plan.Scope, damaged: list[PageRow]
) -> Decision:
    """Plan what may have changed, and compare it with the record. The whole engine decision."""
    meta = record.meta()
    site_digest = site_mark(job, scope.site)
    is_all = (
        found.is_all
        or "unfinished" in meta
        or meta.get("theme") != theme_digest(job)
        or meta.get("site") != site_digest
    )
    if is_all:
        wanted = all_units(scope.index)
        rows = {row.url: row for row in record.pages()}
    else:
        edited, moved = diff(seen.removed, seen.added)
        wanted = touched(scope.index, edited, moved) | {row.unit for row in damaged}
        wanted |= {units.picture(path) for path in found.changed_pictures | set(found.gone_pictures)}
        wanted |= _portraits(found, scope)
        wanted |= set(json.loads(meta["retry"]))
        rows = {row.url: row for row in record.pages(sorted(wanted))}
    broken = {row.url for row in damaged}
    theme = Theme(dict(job.theme.templates))
    is_lost = not meta
    stale = []
    urls: set[str] = set()
    for page in pages(wanted, scope):
        urls.add(page.url)
        row = rows.get(page.url)
        mark = fingerprint(page, theme, site_digest)
        is_intact = row is not None and row.digest != "" and page.url not in broken
        if row and row.fingerprint == mark and is_intact and not job.is_clean:
            continue
        reason = _reason(row, mark, is_broken=page.url in broken)
        known = row.digest if row and is_intact else ""
        stale.append((RenderTask(page, known, is_ours=row is not None or is_lost), mark, reason))
    gone = [row for url, row in rows.items() if url not in urls]
    known_pages = len(rows) if is_all else sum(1 for _row in record.pages())
    planned = (
        len(urls) if is_all else known_pages - len(gone) + sum(1 for task, _f, _r in stale if task.page.url not in rows)
    )
    return Decision(stale, gone, planned, is_all, is_lost, urls, broken)


def site_mark(job: Job, site: Site) -> str:
    """What every page depends on: the site, and the code that renders it."""
    return digest(f"{job.stamp}\0{codec.text(site)}".encode())


def pages(wanted: Iterable[str], scope: plan.Scope) -> Iterator[Page]:
    """The pages of some units, in order."""
    for unit in sorted(wanted):
        yield from plan.plan(unit, scope)


def _portraits(found: Changes, scope: plan.Scope) -> set[str]:
    """The pages of persons whose picture changed."""
    changed = found.changed_pictures | set(found.gone_pictures)
    if not changed:
        return set()
    return {units.shelf(("person", slug), "") for slug in scope.index.slugs("person") if scope.people.entry(slug)}


def fingerprint(page: Page, theme: Theme, site_digest: str) -> str:
    """What a page is rendered from."""
    template = theme.digest(page.template) if page.template else ""
    site = "" if not page.template else site_digest
    data = page.url.encode() if isinstance(page.data, Asset) else codec.canonical(page.data)
    needs = ".".join(need.digest for need in page.needs)
    parts = (template.encode(), site.encode(), data, needs.encode())
    return ".".join(digest(part)[:12] for part in parts)


def _reason(row: PageRow | None, mark: str, *, is_broken: bool) -> str:
    if row is None:
        return "new"
    if is_broken:
        return "output"
    pairs = zip(_REASONS, row.fingerprint.split("."), mark.split("."), strict=False)
    return " ".join(name for name, old, new in pairs if old != new) or "output"
