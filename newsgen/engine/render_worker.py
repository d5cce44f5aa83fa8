"""Planning, rendering and writing pages, in workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from newsgen import plan
from newsgen.disk import Disk
from newsgen.engine.write import put
from newsgen.leaks.finder import Finder
from newsgen.model import codec
from newsgen.model.errors import BlockedPath, ContentError, Problem
from newsgen.model.pages import Page
from newsgen.model.value import value
from newsgen.plan import units
from newsgen.render.fingerprint import Fingerprints, changed
from newsgen.render.renderer import renderer, sources
from newsgen.render.templates.theme import Theme
from newsgen.source.site_notes import SiteNotes
from newsgen.source.theme import ThemeFiles
from newsgen.workers.batches import BATCH_BYTES, BATCH_SIZE, in_batches

__all__ = ["Done", "Render", "Stood", "Unit"]

Stood = tuple[str, str, str]  # a page that stands: address, fingerprint, digest of its bytes where they are known
Unit = tuple[str, tuple[Stood, ...]]  # a unit to plan, and what it planned before
# A page: address, state, fingerprint, digest, size, mtime_ns, reason, problems as JSON. The state is written, unchanged
# (rendered to the same bytes), current (not rendered: its fingerprint is the same) or failed.
Done = tuple[str, str, str, str, int, int, str, str]
_BOUNDED = ("story", "shelf")  # units whose pages are small


@value
class Render:
    """Plans units, renders those of their pages that are not what they were, and writes them."""

    site_disk: Disk
    output: Disk
    scope: plan.Scope
    site_notes: SiteNotes
    theme: ThemeFiles
    codes: Mapping[str, bytes]  # its templates, compiled
    site_mark: str
    is_clean: bool  # render whatever the fingerprints say
    is_lost: bool  # there was no record: only the marker says that the folder is newsgen's
    is_bare: bool  # nor any file
    finder: Finder | None  # of what is held

    def __call__(self) -> Callable[[list[Unit]], list[list[Done]]]:
        theme = Theme(dict(self.theme.templates), self.codes)
        engine = renderer(self.scope.site, self.site_notes, theme, self.theme)
        fingerprints = Fingerprints(theme, self.site_mark, self.site_notes.settings, self.site_notes.people)

        def planned(name: str, stood: tuple[Stood, ...]) -> list[_Page]:
            before = {row[0]: row for row in stood}
            return [_Page(page, before.get(page.url)) for page in plan.plan(name, self.scope)]

        def look(one: _Page) -> None:
            """Whether the page is what it was, and if not, why."""
            one.mark = fingerprints.of(one.page)
            if one.stood is None:
                return
            _url, before, known = one.stood
            one.reason = (known and changed(before, one.mark)) or ("output" if not self.is_clean else "whole")
            one.known = known if not self.is_clean else ""
            if one.known and before == one.mark:
                one.end("current", one.known)

        def read(one: _Page) -> None:
            one.sources = sources(self.site_disk, one.page)

        def fill(one: _Page) -> None:
            one.data = engine.render(one.page, one.sources)

        def prove(one: _Page) -> None:
            assert self.finder is not None
            self.finder.check(one.page, one.sources, one.data)

        def write(one: _Page) -> None:
            is_ours = one.stood is not None or self.is_lost
            found = put(self.output, one.page.url, one.data, known=one.known, is_ours=is_ours, is_bare=self.is_bare)
            one.end(found.state, found.digest, found.size, found.mtime_ns, found.problems)

        def some(tasks: list[Unit]) -> list[list[Done]]:
            found = [planned(*task) for task in tasks]
            pages = [one for unit in found for one in unit]
            for one in pages:
                look(one)
            for part in _readable(read, [one for one in pages if not one.is_done]):
                filled = _through(fill, part)
                _through(write, _through(prove, filled) if self.finder else filled)
            return [[one.done for one in unit] for unit in found]

        return lambda batch: [unit for tasks in in_batches(batch, _unit_weight) for unit in some(tasks)]


class _Page:
    """A page on its way through the steps of `Render`."""

    __slots__ = ("data", "done", "is_done", "known", "mark", "page", "reason", "sources", "stood")

    def __init__(self, page: Page, stood: Stood | None) -> None:
        self.page = page
        self.stood = stood
        self.mark = ""
        self.known = ""  # the digest of the bytes that stand there, where that is certain
        self.reason = "new"
        self.sources: tuple[bytes, ...] = ()
        self.data = b""
        self.is_done = False
        self.done: Done

    def end(self, state: str, found: str, size: int = 0, mtime_ns: int = 0, problems: tuple[Problem, ...] = ()) -> None:
        """What became of it."""
        wrong = codec.to_json(problems) if problems else ""
        reason = self.reason if state != "current" else ""
        self.done = (self.page.url, state, self.mark, found, size, mtime_ns, reason, wrong)
        self.is_done = True


def _through(step: Callable[[_Page], None], pages: Iterable[_Page]) -> list[_Page]:
    """Let pages take a step; gives those that are not at an end with it. Where it fails, a page has failed."""
    left = []
    for one in pages:
        try:
            step(one)
        except (ContentError, BlockedPath) as error:
            one.end("failed", "", problems=error.problems)
        if not one.is_done:
            left.append(one)
    return left


def _readable(read: Callable[[_Page], None], pages: list[_Page]) -> Iterator[list[_Page]]:
    """Pages with what they are rendered from, as many at once as may be held."""
    found: list[_Page] = []
    size = 0
    for one in pages:
        found += _through(read, [one])
        size += sum(map(len, one.sources))
        if size > BATCH_BYTES:
            yield found
            found, size = [], 0
    yield found


def _unit_weight(task: Unit) -> int:
    return 1 if units.split(task[0])[0] in _BOUNDED else BATCH_SIZE
