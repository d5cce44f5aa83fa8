"""What rendering a page takes beside the page: a renderer for its site, and the bytes of its files."""

from __future__ import annotations

from newsgen.context import Context
from newsgen.discover import ThemeFiles
from newsgen.disk import Disk
from newsgen.errors import ContentError, Problem
from newsgen.model import digest
from newsgen.pages import Page
from newsgen.render import Renderer
from newsgen.site import Site
from newsgen.templates import Theme

__all__ = ["renderer", "sources"]


def renderer(site: Site, context: Context, theme: Theme, files: ThemeFiles) -> Renderer:
    """A renderer for a site."""
    people, _places = context.registers()
    return Renderer(site, context.settings, people, theme, dict(files.assets))


def sources(site: Disk, page: Page) -> tuple[bytes, ...]:
    """The bytes that a page is rendered from. ContentError where a file is not what it was when it was read."""
    found = []
    for need in page.needs:
        try:
            data = site.read(need.path)
        except OSError as error:
            problem = Problem("unreadable", need.path, values=(error.strerror or str(error),))
            raise ContentError(problem) from error
        if digest(data) != need.digest:
            raise ContentError(Problem("changed-meanwhile", need.path))
        found.append(data)
    return tuple(found)
