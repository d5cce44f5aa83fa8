"""Every problem of a site in one run, without writing anything; and the proof that incremental equals clean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from newsgen import plan, storyfile
from newsgen.disk import Disk
from newsgen.engine.changes import changes
from newsgen.engine.decide import decide, scope_of
from newsgen.engine.guard import guard
from newsgen.engine.job import Job
from newsgen.engine.reindex import survey
from newsgen.engine.relate import relate
from newsgen.engine.save import beside
from newsgen.index.index import Index
from newsgen.leaks.finder import Finder
from newsgen.lint.archive_rules import check_archive
from newsgen.lint.duplicates import Sketch, sketch
from newsgen.lint.links import PageLinks, broken_links, internal_links, page_links
from newsgen.lint.rules import switched_on
from newsgen.lint.story_rules import SiteFacts, entry_urls
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.pages import TEMPLATES, Article, Page
from newsgen.plan.affected import all_units, way_units
from newsgen.render.fingerprint import Fingerprints, site_mark
from newsgen.render.renderer import renderer, sources
from newsgen.render.templates.theme import Theme
from newsgen.source.listing import Listing, classify, scan_content
from newsgen.source.site_notes import SiteNotes
from newsgen.source.theme import ThemeFiles
from newsgen.store import Store
from newsgen.text.address import output_path
from newsgen.workers import pool

__all__ = ["Checked", "check"]


@dataclass(frozen=True, slots=True)
class _RenderedPage:
    """What a check keeps of a page."""

    links: PageLinks
    digest: str  # of its bytes; "" where it cannot be rendered
    problems: tuple[Problem, ...] = ()
    sketch: Sketch | None = None  # of the body, on a story's own page


@dataclass(frozen=True, slots=True)
class _RenderForCheck:
    """Plans and renders units, in workers, and writes nothing."""

    site_disk: Disk
    scope: plan.Scope
    site_notes: SiteNotes
    theme: ThemeFiles
    finder: Finder | None

    def __call__(self) -> Callable[[list[str]], list[list[_RenderedPage]]]:
        theme = Theme(dict(self.theme.templates))
        engine = renderer(self.scope.site, self.site_notes, theme, self.theme)

        def rendered(page: Page) -> _RenderedPage:
            owner = page.needs[0].path if isinstance(page.data, Article) else page.url
            no_links = PageLinks(page.url, owner)
            try:
                files = sources(self.site_disk, page)
                data = engine.render(page, files)
                if self.finder:
                    self.finder.check(page, files, data)
            except ContentError as error:
                return _RenderedPage(no_links, "", error.problems)
            if not output_path(page.url).endswith(".html"):
                return _RenderedPage(no_links, digest(data))
            body = sketch(storyfile.read_body(files[0])) if isinstance(page.data, Article) else None
            return _RenderedPage(page_links(page.url, owner, data), digest(data), (), body)

        return lambda units: [[rendered(page) for page in plan.plan(unit, self.scope)] for unit in units]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    problems: tuple[Problem, ...]
    stories: int
    pages: int
    links: int  # internal ones that were followed
    proved: int | None = None  # pages of an incremental build that were compared with a clean one; None: not asked


def check(job: Job, store: Store | None, off: frozenset[str] = frozenset()) -> Checked:
    """Read, plan and render everything, and ask every rule of `lint` but those that are `off`.

    With the record of a build, also prove that an incremental build would now give the same bytes as a clean one.
    """
    listed = classify(scan_content(job.site))
    with Store(":memory:") as empty:
        found = changes(job, empty, listed)
        seen = survey(job, empty, found)
        scope = scope_of(job, found, seen, relate(job, empty, found, seen).lists)
        finder = guard(job, empty, found, seen, scope).finder
    rendered = list(_rendered(job, _RenderForCheck(job.site, scope, found.site_notes, job.theme, finder)))
    pages = [page.links for page in rendered]
    links = list(internal_links(pages, scope.site))
    sketches = {page.links.owner: page.sketch for page in rendered if page.sketch}
    problems = [
        *beside(job, found, seen),
        *seen.problems,
        *(problem for page in rendered for problem in page.problems),
        *check_archive(list(seen.index.cards()), sketches, _site_facts(seen.index, found.site_notes, job.clock), off),
        *broken_links(links, pages),
    ]
    proved = None
    if store is not None:
        problems.extend(_differences(job, store, listed, {page.links.url: page.digest for page in rendered}))
        proved = len(rendered) if store.seal.last.exists else 0
    stories = seen.index.count(("date", ""))
    return Checked(tuple(switched_on(problems, off)), stories, len(rendered), len(links), proved)


def _rendered(job: Job, work: _RenderForCheck) -> Iterator[_RenderedPage]:
    """Every page of the site."""
    theme = Theme(dict(job.theme.templates))
    for name in TEMPLATES:
        theme.digest(name)
    scope = work.scope
    units = [*all_units(scope.index, ids=scope.makes("id")), *way_units(scope.ways)]
    for number, pages in enumerate(pool.map_tasks(work, units, job.jobs), 1):
        yield from pages
        if job.progress:
            job.progress("check", number, len(units))


def _site_facts(index: Index, site_notes: SiteNotes, clock: int) -> SiteFacts:
    people, places = entry_urls(site_notes.people, "people"), entry_urls(site_notes.places, "places")
    return SiteFacts(site_notes.settings, clock, people, places, index)


def _differences(job: Job, store: Store, listed: Listing, clean: Mapping[str, str]) -> Iterator[Problem]:
    """Where an incremental build, decided as build() decides it, would not end at the clean pages."""
    if not store.seal.last.exists:
        return
    found = changes(job, store, listed)
    seen = survey(job, store, found)
    scope = scope_of(job, found, seen, relate(job, store, found, seen).lists)
    decision = decide(job, store, found, seen, scope, {})
    mark = site_mark(scope.site, job.stamp)
    prints = Fingerprints(Theme(dict(job.theme.templates)), mark, job.settings, found.site_notes.people)
    gone = {row.url for row in decision.gone}
    after = {url: made for url, _unit, _size, _time, made in store.pages.files() if url not in gone}
    after.update((row.url, clean.get(row.url, "")) for row in decision.new)
    for unit, stood in decision.units:
        marks = {row[0]: row[1] for row in stood}
        for page in plan.plan(unit, scope):
            if marks.get(page.url) != prints.of(page):
                after[page.url] = clean.get(page.url, "")
    for url in sorted(after.keys() | clean.keys()):
        if after.get(url) != clean.get(url):
            yield Problem("not-incremental", url)
