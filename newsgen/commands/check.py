"""Every problem of a site in one run, without writing anything; and the proof that incremental equals clean."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from newsgen import plan, storyfile
from newsgen.disk import Disk
from newsgen.engine.changes import changes
from newsgen.engine.decide import decide, scope_of
from newsgen.engine.guard import guard
from newsgen.engine.request import BuildRequest
from newsgen.engine.reindex import survey
from newsgen.engine.relate import relate
from newsgen.engine.save import beside
from newsgen.index.index import Index
from newsgen.leaks.finder import Finder
from newsgen.lint.duplicates import Sketch, sketch
from newsgen.lint.rules import Look, proofread
from newsgen.lint.versions import unlinked
from newsgen.model import codec
from newsgen.model.card import Details
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.pages import TEMPLATES, Article, Page
from newsgen.model.settings import Site
from newsgen.plan.affected import all_units, way_units
from newsgen.render.fingerprint import Fingerprints, site_mark
from newsgen.render.renderer import renderer, sources
from newsgen.render.templates.theme import Theme
from newsgen.source.listing import Listing, classify, scan_content
from newsgen.source.site_notes import SiteNotes
from newsgen.source.theme import ThemeFiles
from newsgen.store import Record
from newsgen.text.address import output_path
from newsgen.workers import pool

__all__ = ["Checked", "check"]

_LINK = re.compile(rb"<(?:a|link|img|script|source|form)\b[^>]*?\s(?:href|src|action)=[\"']([^\"']*)")
_CORRECTED = frozenset(["Corrected", "Correction", "Clarified", "Clarification"])  # labels of headlines
_ID = re.compile(rb"<[a-z][a-z0-9]*\b[^>]*?\sid=[\"']([^\"']*)")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One page as rendered: its digest, where it leads, what can be led to in it."""

    url: str
    owner: str  # the file or page to name where it leads nowhere
    digest: str
    links: tuple[str, ...]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...]
    text: Sketch | None = None  # of a story's own page: what tells its text from others


@dataclass(frozen=True, slots=True)
class _Look:
    """Plans and renders units for their links alone."""

    site_disk: Disk
    scope: plan.Scope
    site_notes: SiteNotes
    theme: ThemeFiles
    finder: Finder | None

    def __call__(self) -> Callable[[list[str]], list[list[_Seen]]]:
        theme = Theme(dict(self.theme.templates))
        engine = renderer(self.scope.site, self.site_notes, theme, self.theme)

        def one(page: Page) -> _Seen:
            owner = page.needs[0].path if isinstance(page.data, Article) else page.url
            try:
                read = sources(self.site_disk, page)
                data = engine.render(page, read)
                if self.finder:
                    self.finder.check(page, read, data)
            except ContentError as error:
                return _Seen(page.url, owner, "", (), (), error.problems)
            if not output_path(page.url).endswith(".html"):
                return _Seen(page.url, owner, digest(data), (), (), ())
            links = tuple(dict.fromkeys(unescape(found.decode()) for found in _LINK.findall(data)))
            ids = tuple(found.decode() for found in _ID.findall(data))
            text = sketch(storyfile.body(read[0])) if isinstance(page.data, Article) else None
            return _Seen(page.url, owner, digest(data), links, ids, (), text)

        return lambda batch: [[one(page) for page in plan.plan(unit, self.scope)] for unit in batch]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    problems: tuple[Problem, ...]
    stories: int
    pages: int
    links: int  # internal ones that were followed
    proved: int | None = None  # pages of an incremental build that were compared with a clean one; None: not asked


def check(job: BuildRequest, record: Record | None, off: frozenset[str] = frozenset()) -> Checked:
    """Read, plan and render everything, follow every internal link, and ask the rules for editors but those `off`.

    With the record of a build, also prove that an incremental build would now give the same bytes as a clean one.
    """
    listed = classify(scan_content(job.site))
    with Record(":memory:") as empty:
        found = changes(job, empty, listed)
        seen = survey(job, empty, found)
        scope = scope_of(job, found, seen, relate(job, empty, found, seen).lists)
        finder = guard(job, empty, found, seen, scope).finder
    theme = Theme(dict(job.theme.templates))
    for name in TEMPLATES:
        theme.digest(name)
    units = [*all_units(seen.index, ids=scope.makes("id")), *way_units(scope.ways)]
    looks: list[_Seen] = []
    for number, found_pages in enumerate(
        pool.map_tasks(_Look(job.site, scope, found.site_notes, job.theme, finder), units, job.jobs), 1
    ):
        looks.extend(found_pages)
        if job.progress:
            job.progress("check", number, len(units))
    problems = [*beside(job, found, seen), *seen.problems]
    problems.extend(problem for one in looks for problem in one.problems)
    problems.extend(_unknown_pins(seen.index))
    problems.extend(_uncorrected(seen.index))
    problems.extend(_edited(seen.index, found.site_notes, job.clock, looks, off))
    problems.extend(unlinked(seen.index.cards(), off))
    links = list(_internal(looks, scope.site))
    problems.extend(_broken(links, {one.url: frozenset(one.ids) for one in looks}))
    proved = None
    if record is not None:
        problems.extend(_differences(job, record, listed, {one.url: one.digest for one in looks}))
        proved = len(looks) if record.meta() else 0
    stories = seen.index.count(("date", ""))
    return Checked(tuple(problems), stories, len(looks), len(links), proved)


def _edited(
    index: Index, site_notes: SiteNotes, clock: int, looks: list[_Seen], off: frozenset[str]
) -> Iterator[Problem]:
    """What the rules for editors find; old versions of a story are left out."""
    texts = {one.owner: one.text for one in looks if one.text}
    stories = (
        Look(card, codec.decode(Details, json.loads(card.details)), texts.get(card.path)) for card in index.cards()
        if not card.newest
    )  # fmt: skip
    return proofread(stories, site_notes.settings, site_notes.people, site_notes.places, clock, off)


def _uncorrected(index: Index) -> Iterator[Problem]:
    """Stories whose headline says that something was corrected, and that do not say what."""
    for card in index.cards():
        tags = _CORRECTED.intersection(card.item.labels)
        if tags and not card.corrections:
            yield Problem("correction-missing", card.path, values=(min(tags),))


def _unknown_pins(index: Index) -> Iterator[Problem]:
    for card in index.cards():
        for pin in card.related:
            if index.card(pin.removeprefix("-")) is None:
                yield Problem("related-unknown", card.path, values=(pin,), severity="advice")


def _internal(looks: Iterable[_Seen], site: Site) -> Iterator[tuple[str, str, str]]:
    """(owner, address in the site, fragment) of every link that stays in the site."""
    for seen in looks:
        for link in seen.links:
            rest = link.removeprefix(site.base_url) if link.startswith(f"{site.base_url}/") else link
            is_absolute = rest is not link
            parts = urlsplit(rest)
            if parts.scheme or parts.netloc:
                continue
            path = parts.path if is_absolute else parts.path.removeprefix(site.prefix)
            yield seen.owner, unquote(path) or seen.url, parts.fragment


def _broken(links: Iterable[tuple[str, str, str]], ids: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    for owner, path, fragment in links:
        if path not in ids:
            yield Problem("broken-link", owner, values=(path,))
        elif fragment and fragment not in ids[path]:
            yield Problem("broken-fragment", owner, values=(path, fragment))


def _differences(job: BuildRequest, record: Record, listed: Listing, clean: Mapping[str, str]) -> Iterator[Problem]:
    """Where an incremental build, decided as build() decides it, would not end at the clean pages."""
    if not record.meta():
        return
    found = changes(job, record, listed)
    seen = survey(job, record, found)
    scope = scope_of(job, found, seen, relate(job, record, found, seen).lists)
    decision = decide(job, record, found, seen, scope, {})
    mark = site_mark(scope.site, job.stamp)
    prints = Fingerprints(Theme(dict(job.theme.templates)), mark, job.settings, found.site_notes.people)
    gone = {row.url for row in decision.gone}
    after = {url: made for url, _unit, _size, _time, made in record.standing() if url not in gone}
    after.update((row.url, clean.get(row.url, "")) for row in decision.new)
    for unit, stood in decision.units:
        marks = {row[0]: row[1] for row in stood}
        for page in plan.plan(unit, scope):
            if marks.get(page.url) != prints.of(page):
                after[page.url] = clean.get(page.url, "")
    for url in sorted(after.keys() | clean.keys()):
        if after.get(url) != clean.get(url):
            yield Problem("not-incremental", url)
