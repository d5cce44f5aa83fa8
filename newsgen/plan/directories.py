"""The alphabet of all tags, people or places: one page while there are few, letters beyond that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newsgen.model.page_parts import Sublist
from newsgen.model.pages import Directory, Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.place_map import map_address
from newsgen.plan.scope import LABELS, ROOTS, Scope

__all__ = ["KIND", "directory_urls"]


def _url(kind: str, prefix: str) -> str:
    return f"/{ROOTS[kind]}/a-z/{prefix}/" if prefix else f"/{ROOTS[kind]}/"


def directory_urls(kind: str, scope: Scope) -> list[str]:
    """The addresses of every page of a directory."""
    return [_url(kind, prefix) for prefix in scope.alphabet(kind).pages()]


def _addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the names of a kind that begin with a prefix are listed; nowhere if that prefix has no page."""
    kind, prefix = rest.split("/")
    if not scope.makes(kind) or kind not in units.DIRECTORY_KINDS or not scope.alphabet(kind).has_page(prefix):
        return ()
    return (_url(kind, prefix),)


def _directory(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The names of a kind that begin with a prefix, where that prefix has a page."""
    if not _addresses(rest, scope):
        return ()
    kind, prefix = rest.split("/")
    index, names = scope.index, scope.alphabet(kind)
    letters, say = names.title(prefix), scope.language.say
    title = say(LABELS[kind])
    longer = names.longer(prefix) if names.is_split(prefix) else ()
    data = Directory(
        kind=kind,
        title=say("titled_letters", title=title, letters=letters) if prefix else title,
        url=_url(kind, prefix),
        letter=letters,
        count=names.count(prefix),
        entries=tuple(
            Sublist(name, f"/{ROOTS[kind]}/{slug}/", index.count((kind, slug))) for slug, name in names.shown(prefix)
        ),
        letters=tuple(Sublist(names.title(each), _url(kind, each), count) for each, count in longer),
        crumbs=(Link(title, _url(kind, "")),) if prefix else (),
        map_url=map_address(scope) if kind == "place" and not prefix else "",
    )
    return (Page(data.url, "directory.html.j2", data, unit),)


def _units(scope: Scope) -> Iterator[str]:
    for kind in units.DIRECTORY_KINDS:
        yield from sorted({units.directory(kind, prefix) for prefix in ("", *scope.alphabet(kind).rows)})


def _affected(change: ShelfChange) -> Iterator[str]:
    """Those that count what changed; a directory that crosses the limit makes or drops the pages of all its letters."""
    names: dict[str, set[str]] = defaultdict(set)  # by kind: the names that grew, shrank, came or went
    moved: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for kind, slug in change.collections:
        if kind in units.DIRECTORY_KINDS:
            names[kind].add(change.index.display_name((kind, slug)))
    for (kind, _slug), (before, now) in change.names.items():
        if kind in units.DIRECTORY_KINDS:
            moved[kind] += [(name, step) for name, step in ((before, -1), (now, 1)) if name]
            names[kind].update(name for name, _step in moved[kind])
    for kind in names:
        alphabet = change.alphabet(kind)
        prefixes = {prefix for name in names[kind] for prefix in alphabet.prefixes(name)}
        prefixes.update(alphabet.resplit(moved[kind]))
        yield from (units.directory(kind, prefix) for prefix in prefixes)


KIND = PageKind("directory", _addresses, _directory, _units, _affected)
