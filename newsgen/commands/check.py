"""Every problem of a site in one run, and whether an incremental build would equal a clean one. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from newsgen import plan, storyfile
from newsgen.commands.archive import read_archive
from newsgen.disk import Disk
from newsgen.engine.changes import read_changes
from newsgen.engine.decide import decide
from newsgen.engine.guard import guard
from newsgen.engine.page_maker import PageInputs, PageMaker
from newsgen.engine.reindex import reindex
from newsgen.engine.relate import relate
from newsgen.engine.request import IN_MEMORY, BuildRequest
from newsgen.engine.snapshot import Snapshot
from newsgen.lint.archive_rules import check_archive
from newsgen.lint.duplicates import Sketch, sketch
from newsgen.lint.links import PageLinks, broken_links, internal_links, page_links
from newsgen.lint.policy import Load, blocked, file_loads, loads
from newsgen.lint.rules import switched_on
from newsgen.lint.site_rules import check_site, check_storylines
from newsgen.lint.story_rules import SiteFacts, entry_urls
from newsgen.lint.word_rules import check_words
from newsgen.model.briefs import Briefs
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.pages import TEMPLATES, Article, Derived, Page
from newsgen.model.story import GUESSES
from newsgen.model.value import value
from newsgen.plan.static import policy_of
from newsgen.render.fingerprint import Fingerprints, site_digest
from newsgen.source.listing import Listing, classify, scan_content
from newsgen.source.project import SETTINGS_FILE
from newsgen.store import Store
from newsgen.text import markdown
from newsgen.text.address import output_path, page_url
from newsgen.text.links import in_brief, in_page
from newsgen.workers import pool

__all__ = ["CheckResult", "check", "guesses"]


@dataclass(frozen=True, slots=True)
class _RenderedPage:
    """What a check keeps of a page."""

    url: str
    links: tuple[PageLinks, ...]  # by the file to name where one leads nowhere
    digest: str  # of its bytes; "" where it cannot be rendered
    problems: tuple[Problem, ...] = ()
    sketches: tuple[tuple[str, Sketch], ...] = ()  # of the bodies of stories that stand on it whole, with their files
    loads: tuple[Load, ...] = ()  # from elsewhere, or inline


@value
class _CheckWorker:
    """Plans and renders units in a worker process, and keeps of each page only what a check asks for."""

    inputs: PageInputs
    has_digests: bool  # of all pages; else the files made of pictures are not made, of which nothing is asked

    def __call__(self) -> Callable[[list[str]], list[list[_RenderedPage]]]:
        maker = PageMaker(self.inputs, self.inputs.renderer(self.inputs.templates()))
        prefix = self.inputs.scope.site.prefix

        def render(page: Page) -> _RenderedPage:
            if isinstance(page.data, Derived) and not self.has_digests:
                return _RenderedPage(page.url, (PageLinks(page.url, page.url),), "")
            try:
                files, data = maker.make(page)
            except ContentError as error:
                return _RenderedPage(page.url, (PageLinks(page.url, page.url),), "", error.problems)
            if not output_path(page.url).endswith(".html"):
                return _RenderedPage(page.url, (PageLinks(page.url, page.url),), digest(data))
            number = len(page.data.stories) if isinstance(page.data, Briefs) else int(isinstance(page.data, Article))
            bodies = zip(page.needs[:number], files[:number], strict=True)
            sketches = tuple((need.path, sketch(storyfile.read_body(source))) for need, source in bodies)
            links = tuple(_by_file(page, data, files, prefix))
            return _RenderedPage(page.url, links, digest(data), (), sketches, loads(data))

        return lambda units: [[render(page) for page in maker.plan(unit)] for unit in units]


def _by_file(page: Page, data: bytes, files: tuple[bytes, ...], prefix: str) -> Iterator[PageLinks]:
    """The links of a page: those of a story's own page by its file, and so those that a brief has in its text."""
    if isinstance(page.data, Article):
        yield page_links(page.url, page.needs[0].path, data)
        return
    found = page_links(page.url, page.url, data)
    of_briefs: set[str] = set()
    if isinstance(page.data, Briefs):
        for brief, need, source in zip(page.data.stories, page.needs, files, strict=True):
            url = brief.item.url
            html = markdown.to_html(storyfile.read_body(source), in_page(prefix), markdown.no_picture)
            links = page_links(page_url(url), need.path, html.encode())
            of_briefs.update(map(in_brief(prefix, url), links.links))
            yield links
    yield replace(found, links=tuple(link for link in found.links if link not in of_briefs))


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What is wrong with a site, and how much was looked at."""

    problems: tuple[Problem, ...]
    stories: int
    pages: int
    links: int  # internal ones that were followed
    compared: int | None = None  # pages of an incremental build, compared with a clean one; None where not asked for


def check(request: BuildRequest, store: Store | None, off: frozenset[str] = frozenset()) -> CheckResult:
    """Read, plan and render everything, and ask every rule of `lint` but those that are `off`.

    With the store of a build, also find out whether an incremental build would now give the same bytes as a clean one.
    """
    listing = classify(scan_content(request.site))
    with Store(IN_MEMORY) as empty:  # nothing that an earlier build knew is believed
        snapshot = _snapshot(request, empty, listing)
        rendered = list(_render_all(snapshot, has_digests=store is not None))
    pages = [links for page in rendered for links in page.links]
    links = list(internal_links(pages, snapshot.scope.site))
    sketches = {path: sketch for page in rendered for path, sketch in page.sketches}
    problems = [
        *snapshot.all_problems,
        *(problem for page in rendered for problem in page.problems),
        *check_site(request.settings),
        *check_archive(list(snapshot.index.cards()), sketches, _site_facts(snapshot), off),
        *broken_links(links, pages, _source_of(request.site)),
        *_blocked(snapshot, rendered),
        *check_words(snapshot.scope.language),
        *check_storylines(snapshot.changes.site_notes.storylines, snapshot.index),
    ]
    compared = None
    if store is not None:
        compared = 0
        if store.seal.last.exists:
            clean = {page.url: page.digest for page in rendered}
            problems.extend(_differences(_snapshot(request, store, listing), store, clean))
            compared = len(rendered)
    stories = snapshot.index.count(("date", ""))
    return CheckResult(tuple(switched_on(problems, off)), stories, len(rendered), len(links), compared)


def _blocked(snapshot: Snapshot, rendered: list[_RenderedPage]) -> Iterator[Problem]:
    """What browsers would refuse by the site's policy."""
    found = [(page.links[-1].owner, page.loads) for page in rendered if page.loads]
    found += [(f"templates/assets/{name}", file_loads(name, data)) for name, data in snapshot.request.theme.assets]
    for file in snapshot.scope.own.statics:
        with suppress(OSError):  # it was taken away meanwhile
            if file.path.lower().endswith((".css", ".js", ".mjs")):
                found.append((file.path, file_loads(file.path, snapshot.request.site.read(file.path))))
    scheme, _mark, rest = snapshot.scope.site.base_url.partition("://")
    return blocked(found, policy_of(snapshot.scope), f"{scheme}://{rest.partition('/')[0]}")


def guesses(request: BuildRequest) -> tuple[Problem, ...]:
    """What imports guessed of the stories, and no person has looked at since, without rendering anything."""
    with read_archive(request) as archive:
        problems = archive.snapshot.problems
    return tuple(problem for problem in problems if problem.rule in GUESSES)


def _source_of(site: Disk) -> Callable[[str], str]:
    """What gives the text of a file, "" for one that cannot be read any more."""

    def source_of(path: str) -> str:
        try:
            return site.read(path).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:
            return ""

    return source_of


def _site_facts(snapshot: Snapshot) -> SiteFacts:
    """What the rules for stories need to know of the rest of the site."""
    site_notes = snapshot.changes.site_notes
    people, places = entry_urls(site_notes.people, "people"), entry_urls(site_notes.places, "places")
    sections = frozenset(f"/{slug}/" for slug in site_notes.section_files())
    leads = [(SETTINGS_FILE, "", site_notes.settings.lead)]
    leads += [
        (f"content/{file.folder}/_section.yaml", slug, file.lead) for slug, file in site_notes.section_files().items()
    ]
    said = (lead for lead in leads if lead[2])
    return SiteFacts(site_notes.settings, snapshot.request.clock, people, places, snapshot.index, sections, tuple(said))


def _snapshot(request: BuildRequest, store: Store, listing: Listing) -> Snapshot:
    """The archive as a build would see it."""
    snapshot = reindex(request, store, read_changes(request, store, listing))
    return guard(relate(snapshot, store), store)


def _render_all(snapshot: Snapshot, *, has_digests: bool) -> Iterator[_RenderedPage]:
    """Every page of the site. ContentError where a template cannot be compiled."""
    request = snapshot.request
    inputs = PageInputs.of(snapshot, {})
    templates = inputs.templates()
    for name in TEMPLATES:
        templates.digest(name)  # a broken one is an error even where no page needs it
    units = list(plan.all_units(snapshot.scope))
    for number, pages in enumerate(pool.map_tasks(_CheckWorker(inputs, has_digests), units, request.workers), 1):
        yield from pages
        if request.progress:
            request.progress("check", number, len(units))


def _differences(snapshot: Snapshot, store: Store, clean: Mapping[str, str]) -> Iterator[Problem]:
    """The pages that an incremental build would leave otherwise than a clean one, whose digests `clean` has by address.

    What an incremental build would render is what `engine.decide` says; a page that it renders comes out clean.
    """
    request, inputs = snapshot.request, PageInputs.of(snapshot, {})
    decision = decide(snapshot, store, {})
    mark = site_digest(snapshot.scope.site, request.stamp)
    fingerprints = Fingerprints(inputs.templates(), mark, request.settings, snapshot.changes.site_notes.people)
    gone = {row.url for row in decision.gone}
    after = {url: page_digest for url, _unit, _size, _time, page_digest in store.pages.files() if url not in gone}
    after.update((row.url, clean.get(row.url, "")) for row in decision.new)
    for unit, standing in decision.units:
        recorded = {url: fingerprint for url, fingerprint, _digest, _is_certain in standing}
        for page in plan.plan(unit, snapshot.scope):
            if recorded.get(page.url) != fingerprints.of(page):
                after[page.url] = clean.get(page.url, "")
    for url in sorted(after.keys() | clean.keys()):
        if after.get(url) != clean.get(url):
            yield Problem("not-incremental", url)
