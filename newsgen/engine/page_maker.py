"""A page from its plan to its bytes, the same for a build, a check and a preview: read, render, look for leaks."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen import plan
from newsgen.disk import Disk
from newsgen.engine.snapshot import Snapshot
from newsgen.leaks.finder import Finder
from newsgen.model.pages import Article, Derived, Feed, JsonFeed, Need, Page, StoryFile
from newsgen.model.value import value
from newsgen.pictures.darkroom import Darkroom
from newsgen.plan import Scope
from newsgen.render.renderer import Renderer, read_sources
from newsgen.render.templates.macro_cache import LIMIT
from newsgen.render.templates.theme import Theme
from newsgen.source.site_notes import SiteNotes
from newsgen.source.theme import ThemeFiles

__all__ = ["PageInputs", "PageMaker"]


@value
class PageInputs:
    """All that pages are made from. It can be sent to a worker, where `maker` makes them."""

    site: Disk
    scope: Scope
    site_notes: SiteNotes
    theme: ThemeFiles
    compiled: Mapping[str, bytes]  # its templates, compiled; what is missing is compiled where it is needed
    finder: Finder | None  # of what is held
    darkroom: Darkroom | None = None

    @classmethod
    def of(cls, snapshot: Snapshot, compiled: Mapping[str, bytes]) -> PageInputs:
        """Those of a snapshot."""
        request, changes = snapshot.request, snapshot.changes
        finder = snapshot.leaks.finder
        return cls(request.site, snapshot.scope, changes.site_notes, request.theme, compiled, finder, request.darkroom)

    def templates(self, cache_bytes: int = LIMIT) -> Theme:
        """The templates; `cache_bytes` for what macros print on many pages."""
        return Theme(dict(self.theme.templates), self.compiled, cache_bytes, dict(self.theme.broken))

    def renderer(self, templates: Theme) -> Renderer:
        """What renders the pages of this site."""
        return Renderer(self.scope.site, self.site_notes, templates, self.theme, self.darkroom)


class PageMaker:
    """Makes the pages of units, step by step or all at once."""

    def __init__(self, inputs: PageInputs, renderer: Renderer) -> None:
        self._site = inputs.site
        self._scope = inputs.scope
        self._finder = inputs.finder
        self._renderer = renderer
        self._last: tuple[tuple[Need, ...], tuple[bytes, ...]] = ((), ())  # what was read last, and for what

    def plan(self, unit: str) -> tuple[Page, ...]:
        """The pages of a unit."""
        return plan.plan(unit, self._scope)

    def read(self, page: Page) -> tuple[bytes, ...]:
        """The bytes that a page is rendered from. ContentError where a file is not what it was when it was read."""
        if not isinstance(page.data, Derived | Article | StoryFile | Feed | JsonFeed):
            return read_sources(self._site, page)
        if (
            self._last[0] != page.needs
        ):  # the files of a picture, and those beside a story, and the forms of a feed come one after another
            self._last = (page.needs, read_sources(self._site, page))
        return self._last[1]

    def render(self, page: Page, read: tuple[bytes, ...]) -> bytes:
        """The bytes of a page. ContentError where a template fails."""
        return self._renderer.render(page, read)

    def check(self, page: Page, read: tuple[bytes, ...], data: bytes) -> None:
        """ContentError where a page gives a held story away."""
        if self._finder:
            self._finder.check(page, read, data)

    def make(self, page: Page) -> tuple[tuple[bytes, ...], bytes]:
        """What a page is rendered from, and its bytes. ContentError where one of the steps fails."""
        read = self.read(page)
        data = self.render(page, read)
        self.check(page, read, data)
        return read, data
