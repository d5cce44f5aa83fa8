"""Every problem of a site in one run, without writing anything; and the proof that incremental equals clean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from newsgen import pool
from newsgen.address import file_of
from newsgen.context import Context
from newsgen.decide import decide, pages, scope_of
from newsgen.discover import ThemeFiles
from newsgen.disk import Disk
from newsgen.errors import ContentError, Problem
from newsgen.index import Index
from newsgen.model import digest
from newsgen.pages import Article, Page
from newsgen.record import Record
from newsgen.site import Site
from newsgen.state import Job, changes, survey
from newsgen.templates import Theme
from newsgen.touched import all_units
from newsgen.workers import renderer, sources

__all__ = ["Checked", "check"]

_LINK = re.compile(rb"<(?:a|link|img|script|source|form)\b[^>]*?\s(?:href|src|action)=[\"']([^\"']*)")
_ID = re.compile(rb"<[a-z][a-z0-9]*\b[^>]*?\sid=[\"']([^\"']*)")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One page as rendered: its digest, where it leads, what can be led to in it."""

    url: str
    digest: str
    links: tuple[str, ...]
    ids: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """Renders pages for their links alone."""

    site_disk: Disk
    site: Site
    context: Context
    theme: ThemeFiles

    def __call__(self) -> Callable[[list[Page]], list[_Seen]]:
        engine = renderer(self.site, self.context, self.theme)

        def one(page: Page) -> _Seen:
            try:
                data = engine.render(page, sources(self.site_disk, page))
            except ContentError as error:
                return _Seen(page.url, "", (), (), error.problems)
            if not file_of(page.url).endswith(".html"):
                return _Seen(page.url, digest(data), (), (), ())
            links = tuple(dict.fromkeys(unescape(found.decode()) for found in _LINK.findall(data)))
            return _Seen(page.url, digest(data), links, tuple(found.decode() for found in _ID.findall(data)), ())

        return lambda batch: [one(page) for page in batch]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    problems: tuple[Problem, ...]
    stories: int
    pages: int
    links: int  # internal ones that were followed
    proved: int | None = None  # pages of an incremental build that were compared with a clean one; None: not asked


def check(job: Job, record: Record | None) -> Checked:
    """Read, plan and render everything, and follow every internal link.

    With the record of a build, also prove that an incremental build would now give the same bytes as a clean one.
    """
    with Record(":memory:") as empty:
        found = changes(job, empty)
        seen = survey(job, empty, found)
    scope = scope_of(job, found, Index(seen.live.cards.values()))
    theme = Theme(dict(job.theme.templates))
    planned = {page.url: page for page in pages(all_units(scope.index), scope)}
    for name in sorted({page.template for page in planned.values() if page.template}):
        theme.digest(name)
    work = _Look(job.site, scope.site, found.context, job.theme)
    looks = []
    for number, look in enumerate(pool.run(work, planned.values(), job.jobs), 1):
        looks.append(look)
        if job.progress:
            job.progress("check", number, len(planned))
    problems = [*found.listing.problems, *found.context.problems, *seen.problems]
    problems.extend(problem for look in looks for problem in look.problems)
    problems.extend(_unknown_pins(scope.index))
    links = list(_internal(looks, scope.site))
    problems.extend(_broken(links, {look.url: frozenset(look.ids) for look in looks}, planned))
    proved = None
    if record is not None:
        problems.extend(_differences(job, record, {look.url: look.digest for look in looks}))
        proved = len(planned) if record.meta() else 0
    return Checked(tuple(problems), len(seen.live.cards), len(planned), len(links), proved)


def _unknown_pins(index: Index) -> Iterator[Problem]:
    for card in index.cards.values():
        for pin in card.related:
            if pin.removeprefix("-") not in index.cards:
                yield Problem("related-unknown", card.path, values=(pin,), severity="advice")


def _internal(looks: Iterable[_Seen], site: Site) -> Iterator[tuple[str, str, str]]:
    """(page, address in the site, fragment) of every link that stays in the site."""
    for look in looks:
        for link in look.links:
            rest = link.removeprefix(site.base_url) if link.startswith(f"{site.base_url}/") else link
            is_absolute = rest is not link
            parts = urlsplit(rest)
            if parts.scheme or parts.netloc:
                continue
            path = parts.path if is_absolute else parts.path.removeprefix(site.prefix)
            yield look.url, unquote(path) or look.url, parts.fragment


def _broken(
    links: Iterable[tuple[str, str, str]], ids: Mapping[str, frozenset[str]], planned: Mapping[str, Page]
) -> Iterator[Problem]:
    for url, path, fragment in links:
        page = planned[url]
        where = page.needs[0].path if isinstance(page.data, Article) else url
        if path not in planned:
            yield Problem("broken-link", where, values=(path,))
        elif fragment and fragment not in ids[path]:
            yield Problem("broken-fragment", where, values=(path, fragment))


def _differences(job: Job, record: Record, clean: Mapping[str, str]) -> Iterator[Problem]:
    """Where an incremental build, decided as build() decides it, would not end at the clean pages."""
    if not record.meta():
        return
    found = changes(job, record)
    seen = survey(job, record, found)
    scope = scope_of(job, found, Index(seen.live.cards.values()))
    decision = decide(job, record, found, seen, scope, [])
    stale = {task.page.url for task, _mark, _reason in decision.stale}
    gone = {row.url for row in decision.gone}
    after = {row.url: row.digest for row in record.pages() if row.url not in gone}
    after.update((url, clean.get(url, "")) for url in stale)
    for url in sorted(after.keys() | clean.keys()):
        if after.get(url) != clean.get(url):
            yield Problem("not-incremental", url)
