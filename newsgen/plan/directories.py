"""The alphabet of all tags, people or places: one page while there are few, letters beyond that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newsgen.index.index import Index
from newsgen.index.shelves import LIMIT
from newsgen.model.page_parts import Brief
from newsgen.model.pages import Directory, Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import LABELS, ROOTS, Scope

__all__ = ["KIND", "directory_urls"]

DEPTH = 3  # letters by which a directory may split


def _is_split(index: Index, kind: str, prefix: str) -> bool:
    return len(prefix) < DEPTH and len(index.slugs(kind, prefix)) > LIMIT


def _url(kind: str, prefix: str) -> str:
    return f"/{ROOTS[kind]}/a-z/{prefix}/" if prefix else f"/{ROOTS[kind]}/"


def directory_urls(index: Index, kind: str, prefix: str = "") -> list[str]:
    """The addresses of every page of a directory whose names begin with a prefix."""
    if not index.slugs(kind, prefix):
        return []
    urls = [_url(kind, prefix)]
    if _is_split(index, kind, prefix):
        for longer, _count in index.prefixes(kind, prefix):
            urls.extend(directory_urls(index, kind, longer))
    return urls


def _address(kind: str, prefix: str, scope: Scope) -> str:
    """Where the names of a kind that begin with a prefix are listed; "" where that prefix has no page."""
    index = scope.index
    has_page = all(_is_split(index, kind, prefix[:size]) for size in range(len(prefix)))
    if not index.slugs(kind, prefix) or not has_page or not scope.makes(kind) or kind not in units.DIRECTORY_KINDS:
        return ""
    return _url(kind, prefix)


def _directory(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The names of a kind that begin with a prefix, where that prefix has a page."""
    kind, prefix = rest.split("/")
    index = scope.index
    url = _address(kind, prefix, scope)
    if not url:
        return ()
    slugs = index.slugs(kind, prefix)
    split = _is_split(index, kind, prefix)
    shown = [slug for slug in slugs if slug == prefix] if split else slugs
    data = Directory(
        kind=kind,
        title=f"{LABELS[kind]}: {prefix.upper()}" if prefix else LABELS[kind],
        url=url,
        letter=prefix.upper(),
        count=len(slugs),
        entries=tuple(
            Brief(index.display_name((kind, slug)), f"/{ROOTS[kind]}/{slug}/", index.count((kind, slug)))
            for slug in shown
        ),
        letters=tuple(Brief(p.upper(), _url(kind, p), n) for p, n in index.prefixes(kind, prefix)) if split else (),
        crumbs=(Link(LABELS[kind], _url(kind, "")),) if prefix else (),
    )
    return (Page(data.url, "directory.html.j2", data, unit),)


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    kind, prefix = rest.split("/")
    url = _address(kind, prefix, scope)
    return (url,) if url else ()


def _units_of_name(kind: str, slug: str) -> Iterator[str]:
    """Every unit that may list a name."""
    yield from (units.directory(kind, slug[:size]) for size in range(DEPTH + 1))


def _units(scope: Scope) -> Iterator[str]:
    for kind in units.DIRECTORY_KINDS:
        names = (unit for slug in scope.index.slugs(kind) for unit in _units_of_name(kind, slug))
        yield from sorted({units.directory(kind, ""), *names})


def _affected(change: ShelfChange) -> Iterator[str]:
    """Those that count what changed; a directory that crosses the limit makes or drops the pages of all its letters."""
    for kind, slug in change.collections:
        if kind in units.DIRECTORY_KINDS:
            yield from _units_of_name(kind, slug)
    for kind in units.DIRECTORY_KINDS:
        growth: dict[str, int] = defaultdict(int)
        for slug, step in change.births.get(kind, {}).items():
            for size in range(DEPTH):
                growth[slug[:size]] += step
        for prefix, delta in growth.items():
            now = len(change.index.slugs(kind, prefix))
            if (now > LIMIT) != (now - delta > LIMIT):
                for slug in change.index.slugs(kind, prefix):
                    yield from _units_of_name(kind, slug)


KIND = PageKind("directory", _addresses, _directory, _units, _affected)
