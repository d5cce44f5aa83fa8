"""The menu of a site: as [[tool.newsgen.menu]] has it, else the sections, the pages that ask for it, the indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgen.model.errors import Problem
from newsgen.model.site_files import MenuEntry, OwnPage
from newsgen.model.story import Link

__all__ = ["menu_links", "menu_problems", "page_links"]


def page_links(pages: tuple[OwnPage, ...]) -> tuple[Link, ...]:
    """The pages whose front matter has `menu`, by `order`, then by name."""
    named = sorted((page for page in pages if page.menu), key=lambda page: (page.menu_order, page.menu, page.url))
    return tuple(Link(page.menu, page.url) for page in named)


def menu_links(
    menu: tuple[MenuEntry, ...],
    sections: Mapping[str, Link],
    pages: tuple[OwnPage, ...],
    indexes: Mapping[str, Link],
) -> tuple[Link, ...]:
    """The entries of the settings' menu that lead somewhere: a section without stories has no page."""
    found = ((entry, _link(entry, sections, pages, indexes)) for entry in menu)
    return tuple(Link(entry.name or link.name, link.url) for entry, link in found if link)


def _link(
    entry: MenuEntry, sections: Mapping[str, Link], pages: tuple[OwnPage, ...], indexes: Mapping[str, Link]
) -> Link | None:
    if entry.url:
        return Link(entry.name or entry.url, entry.url)
    if entry.section:
        return sections.get(entry.section)
    if entry.index:
        return indexes.get(entry.index)
    return next((Link(page.menu or page.title, page.url) for page in pages if page.url == f"/{entry.page}/"), None)


def menu_problems(menu: tuple[MenuEntry, ...], pages: tuple[OwnPage, ...]) -> Iterator[Problem]:
    """A warning for each entry that names a page which there is not."""
    urls = {page.url for page in pages}
    for entry in menu:
        if entry.page and f"/{entry.page}/" not in urls:
            yield Problem("menu-page", "pyproject.toml", values=(entry.page,), severity="warning")
