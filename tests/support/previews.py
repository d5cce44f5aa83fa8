"""The preview of a small site in memory, without a server."""

from __future__ import annotations

from dataclasses import replace

from newsgen import plan
from newsgen.engine.own_files import LIST
from newsgen.model.errors import ContentError
from newsgen.model.pages import Page
from newsgen.preview.site import LiveSite
from newsgen.source.listing import scan_content
from newsgen.source.live_listing import LiveListing
from newsgen.source.project import MARKER
from newsgen.text.address import output_path
from tests.support.sites import Desk, store_of

__all__ = ["DeskPreview", "at", "without_marker"]


class DeskPreview:
    """A desk's site as its preview shows it."""

    def __init__(self, desk: Desk, most_cards: int = 1500) -> None:
        self.desk = desk
        self.store = store_of(self)
        self.live = LiveSite(self.store, most_cards=most_cards)
        self.folder = LiveListing(scan_content(desk.site))
        self.live.update(desk.job(desk.output, is_preview=True), self.folder.listing())
        self._files_before = self._files()

    def _files(self) -> dict[str, object]:
        site = self.desk.site
        return {**{path: (data, site.times[path]) for path, data in site.files.items()}, **site.odd}

    def update(self) -> frozenset[str] | None:
        """Take over what changed in the site; gives the units whose pages may differ, None for all."""
        now = self._files()
        before, self._files_before = self._files_before, now
        paths = [path for path in now.keys() | before.keys() if now.get(path) != before.get(path)]
        changed = self.folder.rescan(self.desk.site, paths)
        units = self.live.update(self.desk.job(self.desk.output, is_preview=True), self.folder.listing(), changed)
        return None if units is None else frozenset(units)

    def stories(self) -> dict[str, Page | None]:
        """The pages that have related lists, as they are planned now, by their files."""
        self.live.flush()
        view = self.live.now
        assert view is not None
        rows = [row for row in self.store.pages.rows() if plan.has_related(row.unit)]
        return {output_path(row.url): self.live.page(row.url, view) for row in rows}

    def files(self, at: int | None = None) -> dict[str, bytes]:
        """Every page at an instant, by the file that a build would write."""
        view = self.live.now if at is None else self.live.at(at)
        assert view is not None
        pages = {}
        known = set() if view.is_whole else {row.url for row in self.store.pages.rows()}
        for url in sorted(known | view.urls.keys()):
            page = self.live.page(url, view)
            try:
                if page is not None:
                    pages[output_path(url)] = self.live.render(page, view)
            except ContentError:  # no build writes it either
                pass
        return pages


def without_marker(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a build without its marker, which is no page."""
    return {path: data for path, data in files.items() if path not in (MARKER, LIST)}


def at(desk: Desk, clock: int) -> Desk:
    """The same site at another instant."""
    there = replace(desk, clock=clock, files=dict(desk.site.files))
    there.site.odd.update(desk.site.odd)
    return there
