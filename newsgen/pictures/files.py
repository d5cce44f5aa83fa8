"""Which files are made of a picture: their widths, formats and crops. Decides, and encodes nothing.

Widths are those that the theme's columns ask for on screens of one, two and three points a pixel; none is larger than
the original. Each is an AVIF, a WebP and a file that every browser shows: a JPEG, or a PNG where there is something to
see through.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.model.card import THUMB, Picture
from newsgen.model.value import value

__all__ = ["LARGEST", "PictureFile", "files_of", "widths_of"]

_WIDTHS = (400, 800, 1200, 1600)
LARGEST = _WIDTHS[-1]
_ALIKE = 0.85  # of the largest width: one that is nearer to it is not made


@value
class PictureFile:
    """A file that is made of a picture."""

    url: str
    width: int  # pixels
    height: int
    format: str  # avif, webp, jpg, png
    is_crop: bool = False  # the middle of the picture, in that size; else all of it


def widths_of(width: int) -> tuple[int, ...]:
    """The widths of the files that are made of a picture of this width; () for one that is small itself."""
    if width <= THUMB[0] // 2:
        return ()
    largest = min(width, LARGEST)
    return (*(each for each in _WIDTHS if each < largest * _ALIKE), largest)


def files_of(picture: Picture) -> Iterator[PictureFile]:
    """Every file that is made of a picture; none where it is published as it is."""
    for width in picture.widths:
        height = max(1, round(picture.height * width / picture.width))
        for ending in picture.formats:
            yield PictureFile(picture.file(width, ending), width, height, ending)
    if picture.widths:
        yield PictureFile(picture.thumb, *THUMB, "webp", is_crop=True)
    if picture.has_card:
        yield PictureFile(picture.card, *picture.card_size, "jpg", is_crop=True)
