"""The pictures that stories may show, from the rows of the store: without the names of persons who are anonymous."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from newsgen.leaks.name_finder import NameFinder
from newsgen.model import codec
from newsgen.model.card import Picture, PictureText
from newsgen.source.site_files import STATIC
from newsgen.store import PictureRow

__all__ = ["known_pictures", "shown_pictures"]

_UNKNOWN = PictureText(kind="unknown")


def shown_pictures(rows: Mapping[str, PictureRow], names: tuple[str, ...] = ()) -> dict[str, Picture]:
    """The pictures of content/ by path. What a file says that names one of `names` is left out of its picture."""
    pictures = {path: row.picture for path, row in rows.items() if row.picture and not path.startswith(STATIC)}
    for path in _naming_somebody(rows.values(), names):
        if path in pictures:
            pictures[path] = replace(pictures[path], said=None)
    return pictures


def known_pictures(rows: Mapping[str, PictureRow], *, is_sure: bool) -> dict[str, Picture]:
    """The pictures as they were shown. Where nobody knows which names were left out, what they say differs."""
    pictures = shown_pictures(rows)
    if is_sure:
        return pictures
    return {path: replace(picture, said=picture.said and _UNKNOWN) for path, picture in pictures.items()}


def _naming_somebody(rows: Iterable[PictureRow], names: tuple[str, ...]) -> set[str]:
    """The pictures that say one of some names of themselves: caption, photographer, credit."""
    if not names:
        return set()
    finder = NameFinder(names, thorough=True)
    saying = ((row.source.path, row.picture.said) for row in rows if row.picture and row.picture.said)
    return {path for path, said in saying if finder.has(codec.to_json(said).encode())}
