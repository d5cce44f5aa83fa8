"""The alphabet of all tags, people or places: one page while there are few, letters beyond that."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.index.shelves import LIMIT
from newsgen.model.page_parts import Brief
from newsgen.model.pages import Directory, Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import DEPTH
from newsgen.plan.scope import LABELS, ROOTS, Scope

__all__ = ["address", "all_prefixes", "directory"]


def _is_split(index: Index, kind: str, prefix: str) -> bool:
    return len(prefix) < DEPTH and len(index.slugs(kind, prefix)) > LIMIT


def _url(kind: str, prefix: str) -> str:
    return f"/{ROOTS[kind]}/a-z/{prefix}/" if prefix else f"/{ROOTS[kind]}/"


def all_prefixes(index: Index, kind: str, prefix: str = "") -> list[str]:
    """The addresses of every page of a directory."""
    if not index.slugs(kind, prefix):
        return []
    found = [_url(kind, prefix)]
    if _is_split(index, kind, prefix):
        for longer, _count in index.prefixes(kind, prefix):
            found.extend(all_prefixes(index, kind, longer))
    return found


def address(kind: str, prefix: str, scope: Scope) -> str:
    """Where the names of a kind that begin with a prefix are listed; "" where that prefix has no page."""
    index = scope.index
    has_page = all(_is_split(index, kind, prefix[:size]) for size in range(len(prefix)))
    if not index.slugs(kind, prefix) or not has_page or not scope.makes(kind) or kind not in units.DIRECTORY_KINDS:
        return ""
    return _url(kind, prefix)


def directory(unit: str, kind: str, prefix: str, scope: Scope) -> tuple[Page, ...]:
    """The names of a kind that begin with a prefix, where that prefix has a page."""
    index = scope.index
    url = address(kind, prefix, scope)
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
