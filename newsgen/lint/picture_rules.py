"""Rules about picture files, whoever shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from newsgen.model.errors import Problem
from newsgen.model.value import value

__all__ = ["PICTURE_RULES", "PictureFile", "check_pictures"]

# What is found in a file is a rule of its own. Most are of pictures that are published, though not as they should be.
_SEVERITIES: dict[str, Literal["warning", "advice"]] = {
    "photo-animated": "advice",
    "photo-cmyk": "advice",
    "photo-damaged": "warning",
    "photo-deep": "advice",
    "photo-empty": "warning",
    "photo-heic": "warning",
    "photo-svg": "warning",
    "photo-tiff": "warning",
    "photo-tiny": "advice",
    "photo-too-large": "warning",
    "photo-unclear": "warning",
    "photo-unreadable": "warning",
}
PICTURE_RULES = frozenset([*_SEVERITIES, "photo-large", "photo-position", "photo-said", "photos-copied"])

_SHOWN = 20  # pictures of which the same is to be said that are named one by one
_LARGE = 1_000_000  # bytes: 3 seconds on a slow telephone (3 Mbit/s)
_COPIED = 250_000  # bytes of a picture that could be a tenth of that


@value
class PictureFile:
    """A picture file as it was read."""

    path: str
    size: int  # bytes
    found: tuple[str, ...]  # rules that apply: what `pictures.look` found
    is_copied: bool = True  # published as it is; else files are made of it, which are smaller


def check_pictures(pictures: Iterable[PictureFile], *, is_made_smaller: bool) -> Iterator[Problem]:
    """What a person should know of picture files; `is_made_smaller`, whether Pillow is there to make them smaller."""
    copied: list[PictureFile] = []
    positions: list[str] = []
    for picture in pictures:
        for rule in picture.found:
            if rule == "photo-position":
                positions.append(picture.path)
            else:
                yield Problem(rule, picture.path, severity=_SEVERITIES[rule])
        if picture.is_copied and picture.size > (_LARGE if is_made_smaller else _COPIED):
            copied.append(picture)
    yield from _each_or_all("photo-position", [(path, ()) for path in positions])
    large = [each for each in copied if each.size > _LARGE]
    yield from _each_or_all("photo-large", [(each.path, (f"{each.size / 1_000_000:.1f}",)) for each in large])
    if copied and not is_made_smaller:
        yield Problem("photos-copied", copied[0].path, values=(str(len(copied)),), severity="warning")


def _each_or_all(rule: str, found: list[tuple[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """Advice on each file, path and values; where they are many, one piece with their number: photos-large."""
    if len(found) > _SHOWN:
        many = rule.replace("photo-", "photos-")
        yield Problem(many, found[0][0], values=(str(len(found)),), severity="advice")
    else:
        yield from (Problem(rule, path, values=values, severity="advice") for path, values in found)
