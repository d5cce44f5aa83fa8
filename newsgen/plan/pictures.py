"""The files that are made of a picture, or else the picture itself. Pictures with the same bytes share them."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.shelves import picture_files
from newsgen.model.pages import Copied, Derived, Need, Page
from newsgen.pictures.files import files_of
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = ["KIND"]


def _shown_at(digest: str, scope: Scope) -> str:
    return scope.pictures.shown_at(digest, scope.index, has_people=scope.makes("person"))


def _addresses(digest: str, scope: Scope) -> tuple[str, ...]:
    """Where the files of a picture go; nowhere if nobody shows it."""
    path = _shown_at(digest, scope)
    if not path:
        return ()
    picture, _digest = scope.pictures.by_path[path]
    return tuple([file.url for file in files_of(picture)]) or (picture.url,)


def _pages(unit: str, digest: str, scope: Scope) -> tuple[Page, ...]:
    """The files of a picture."""
    path = _shown_at(digest, scope)
    if not path:
        return ()
    picture, source_digest = scope.pictures.by_path[path]
    needs = (Need(path, source_digest),)
    pages = [
        Page(
            file.url,
            "",
            Derived(path, file.width, file.height, file.format, file.is_crop, picture.said, scope.pictures.encoder),
            unit,
            needs,
        )
        for file in files_of(picture)
    ]
    return tuple(pages) or (Page(picture.url, "", Copied(path), unit, needs),)


def _units(scope: Scope) -> Iterator[str]:
    files = scope.pictures
    shown = files.digests(scope.index.facet_names("picture")) | files.portraits_of(scope.index.slugs("person"))
    return map(units.picture, sorted(shown))


def _affected(change: ShelfChange) -> Iterator[str]:
    """The pictures of stories that came or went, and of persons whose pages did."""
    files = change.pictures
    yield from map(units.picture, files.digests(p for card, _step in change.diff.moved for p in picture_files(card)))
    people = [slug for kind, slug in change.collections if kind == "person"]
    yield from map(units.picture, files.portraits_of(people))


KIND = PageKind("picture", _addresses, _pages, _units, _affected)
