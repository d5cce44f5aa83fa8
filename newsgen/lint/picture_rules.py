"""Rules about picture files, whoever shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsgen.model.errors import Problem

__all__ = ["PICTURE_RULES", "check_pictures"]

PICTURE_RULES = frozenset(["photo-position", "photo-unclear"])

_SHOWN = 20  # pictures with a position that are named one by one


def check_pictures(pictures: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Advice on the pictures that said where they were taken, a warning on those of which newsgen cannot tell.

    `pictures` has path, and what `pictures.published` found.
    """
    positions: list[str] = []
    for path, found in pictures:
        if found == "position":
            positions.append(path)
        elif found:
            yield Problem("photo-unclear", path, severity="warning")
    if len(positions) > _SHOWN:
        yield Problem("photos-position", positions[0], values=(str(len(positions)),), severity="advice")
    else:
        yield from (Problem("photo-position", path, severity="advice") for path in positions)
