"""Rules about picture files, whoever shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsgen.model.errors import Problem
from newsgen.model.value import value

__all__ = ["PICTURE_RULES", "PictureFile", "check_pictures"]

PICTURE_RULES = frozenset(["photo-large", "photo-position", "photo-unclear"])

_SHOWN = 20  # pictures of which the same is to be said that are named one by one
_LARGE = 1_000_000  # bytes: 3 seconds on a slow telephone (3 Mbit/s)


@value
class PictureFile:
    """A picture file as it was read."""

    path: str
    size: int  # bytes
    found: str  # what `pictures.published` found


def check_pictures(pictures: Iterable[PictureFile]) -> Iterator[Problem]:
    """Advice on pictures that are large or said where they were taken, a warning on those of which nobody can tell."""
    large: list[PictureFile] = []
    positions: list[str] = []
    for picture in pictures:
        if picture.found == "position":
            positions.append(picture.path)
        elif picture.found:
            yield Problem("photo-unclear", picture.path, severity="warning")
        if picture.size > _LARGE:
            large.append(picture)
    yield from _each_or_all("photo-position", [(path, ()) for path in positions])
    yield from _each_or_all("photo-large", [(each.path, (f"{each.size / 1_000_000:.1f}",)) for each in large])


def _each_or_all(rule: str, found: list[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """Advice on each file, path and values; where they are many, one piece with their number: photos-large."""
    if len(found) > _SHOWN:
        many = rule.replace("photo-", "photos-")
        yield Problem(many, found[0][0], values=(str(len(found)),), severity="advice")
    else:
        yield from (Problem(rule, path, values=values, severity="advice") for path, values in found)
