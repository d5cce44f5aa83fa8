"""All tags, people or places: the most frequent, then all by their letters; beyond 400 a page for each letter.

Of people the page has those who work on stories apart from those whom stories name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from newsgen.index.shelves import SUBJECTS
from newsgen.model.page_parts import Sublist
from newsgen.model.pages import Directory, Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.place_map import map_address
from newsgen.plan.scope import LABELS, ROOTS, Scope

__all__ = ["KIND", "directory_urls"]

FREQUENT = 30  # names with most stories, before the alphabet
_FEW = 60  # names that a reader looks through without them
_Row = tuple[str, str, int]  # slug, name, stories


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
    names = scope.alphabet(kind)
    letters, say = names.title(prefix), scope.language.say
    blocks = () if prefix else _blocks(kind, scope)
    is_whole = bool(blocks) and names.count("") <= _FEW  # the blocks have all names
    groups = [] if is_whole else names.shown(prefix)
    is_short = bool(prefix) or sum(len(rows) for _longer, rows in groups) <= FREQUENT
    title = say(LABELS[kind])
    longer = names.longer(prefix) if names.is_split(prefix) else ()
    data = Directory(
        kind=kind,
        title=say("titled_letters", title=title, letters=letters) if prefix else title,
        url=_url(kind, prefix),
        letter=letters,
        count=names.count(prefix),
        blocks=blocks,
        groups=_one(groups, kind)
        if is_short
        else tuple((names.title(longer), _sublists(kind, rows)) for longer, rows in groups),
        letters=tuple(Sublist(names.title(each), _url(kind, each), count) for each, count in longer),
        crumbs=(Link(title, _url(kind, "")),) if prefix else (),
        map_url=map_address(scope) if kind == "place" and not prefix else "",
    )
    return (Page(data.url, "directory.html.j2", data, unit),)


def _one(groups: list[tuple[str, tuple[_Row, ...]]], kind: str) -> tuple[tuple[str, tuple[Sublist, ...]], ...]:
    """All groups as one without a heading."""
    rows = [row for _longer, rows in groups for row in rows]
    return (("", _sublists(kind, rows)),) if rows else ()


def _sublists(kind: str, rows: Iterable[_Row]) -> tuple[Sublist, ...]:
    return tuple(Sublist(name, f"/{ROOTS[kind]}/{slug}/", count) for slug, name, count in rows)


def _blocks(kind: str, scope: Scope) -> tuple[tuple[str, tuple[Sublist, ...]], ...]:
    """What comes before the alphabet: the key of its heading, and names.

    Those with most stories, where there are many names; of people apart those who work on stories and those whom
    stories name, all of them where they are few.
    """
    rows = scope.index.names(kind)
    if kind != "person":
        return (("most_frequent", _frequent(kind, rows)),) if len(rows) > _FEW else ()
    named = {slug: count for slug, _name, count in scope.index.names(SUBJECTS)}
    writers = [(slug, name, count - named.get(slug, 0)) for slug, name, count in rows if count > named.get(slug, 0)]
    subjects = [(slug, name, named[slug]) for slug, name, _count in rows if slug in named]
    if len(rows) > _FEW:
        lists = [_frequent(kind, writers), _frequent(kind, subjects)]
    else:
        lists = [_sublists(kind, scope.alphabet(kind).in_order(its)) for its in (writers, subjects)]
    return tuple((word, its) for word, its in zip(("writers", "did_subject"), lists, strict=True) if its)


def _frequent(kind: str, rows: list[_Row]) -> tuple[Sublist, ...]:
    return _sublists(kind, sorted(rows, key=lambda row: (-row[2], row[0]))[:FREQUENT])


def _units(scope: Scope) -> Iterator[str]:
    for kind in units.DIRECTORY_KINDS:
        yield from sorted({units.directory(kind, prefix) for prefix in ("", *scope.alphabet(kind).rows)})


def _affected(change: ShelfChange) -> Iterator[str]:
    """Those that count what changed; a directory that crosses the limit makes or drops the pages of all its letters."""
    names: dict[str, set[str]] = defaultdict(set)  # by kind: the names that grew, shrank, came or went
    moved: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for kind, slug in change.collections:
        if kind == SUBJECTS:  # only the first page tells who is a writer
            yield units.directory("person", "")
        elif kind in units.DIRECTORY_KINDS:
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
