"""What a site has of its own: pages of content/_pages/, files of static/, and which of them are in newsgen's way."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from newsgen.model.errors import Problem
from newsgen.model.pages import Copied, Need, Page, WrittenPage
from newsgen.model.site_files import OwnPage, StaticFile
from newsgen.plan import units
from newsgen.plan.kind import PageKind, nothing
from newsgen.plan.scope import Scope
from newsgen.text.address import RESERVED_ROOTS

__all__ = ["FILE_KIND", "KIND", "own_addresses", "own_problems", "own_units"]

_PAGES_OF_OURS = (".html", ".htm", ".xml", ".txt", ".json", "/")  # how the addresses of newsgen's pages end


def _owner(url: str, scope: Scope) -> str:
    """What newsgen itself needs an address for; "" where it does not."""
    first = url.split("/")[1]
    if url == "/" or first.partition(".")[0] in RESERVED_ROOTS or first.startswith(("_", "manifest.")):
        return "pages of its own"
    if url.endswith(_PAGES_OF_OURS):
        if scope.index.count(("section", first)):
            return f"the section {scope.index.display_name(('section', first))}"
        if len(first) == 4 and first.isdigit():
            return "the pages of years and days"
    return ""


def own_problems(scope: Scope) -> tuple[Problem, ...]:
    """An error for each page or file of a site's own whose address newsgen needs: it is left out."""
    own: tuple[OwnPage | StaticFile, ...] = (*scope.own.pages, *scope.own.statics)
    owners = ((each, _owner(each.url, scope)) for each in own)
    return tuple(Problem("own-in-the-way", each.path, values=(each.url, owner)) for each, owner in owners if owner)


def _page_of(path: str, scope: Scope) -> OwnPage | None:
    found = next((page for page in scope.own.pages if page.path == path), None)
    return found if found and not _owner(found.url, scope) else None


def own_addresses(path: str, scope: Scope) -> tuple[str, ...]:
    """Where a page of content/_pages/ goes; () where newsgen needs its address itself."""
    page = _page_of(path, scope)
    return (page.url,) if page else ()


def _page(unit: str, path: str, scope: Scope) -> tuple[Page, ...]:
    """A page of content/_pages/."""
    page = _page_of(path, scope)
    if page is None:
        return ()
    at_hand = {file.url: file.picture for file in scope.own.statics if file.picture}
    pictures = tuple((name, replace(at_hand[name], alt=alt)) for name, alt in page.pictures if name in at_hand)
    data = WrittenPage(page.url, page.title, page.description or page.title, page.language, page.path, pictures)
    return (Page(page.url, page.template, data, unit, (Need(path, page.digest),)),)


def _file_of(path: str, scope: Scope) -> StaticFile | None:
    found = next((file for file in scope.own.statics if file.path == path), None)
    return found if found and not _owner(found.url, scope) else None


def _file_addresses(path: str, scope: Scope) -> tuple[str, ...]:
    file = _file_of(path, scope)
    return (file.url,) if file else ()


def _file(unit: str, path: str, scope: Scope) -> tuple[Page, ...]:
    """A file of static/."""
    file = _file_of(path, scope)
    return (Page(file.url, "", Copied(path, is_whole=True), unit, (Need(path, file.digest),)),) if file else ()


KIND = PageKind(
    "page",
    own_addresses,
    _page,
    units=lambda scope: (units.own_page(page.path) for page in scope.own.pages),
    affected=nothing,  # the engine asks `units_of`
)
FILE_KIND = PageKind(
    "file",
    _file_addresses,
    _file,
    units=lambda scope: (units.static_file(file.path) for file in scope.own.statics),
    affected=nothing,
)


def own_units(scope: Scope, sections: Collection[str] | None = None) -> Iterator[str]:
    """The units of all own pages and files; with `sections` of those at addresses below these sections' alone."""
    for page in scope.own.pages:
        if sections is None or page.url.split("/")[1] in sections:
            yield units.own_page(page.path)
    for file in scope.own.statics:
        if sections is None or file.url.split("/")[1] in sections:
            yield units.static_file(file.path)
