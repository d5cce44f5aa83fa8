"""A picture file as it is read: the picture that is published of it, and what a person should know of the file.

With a darkroom the picture is decoded once: one that can be is published as the files that are made of it, one that
cannot be (damaged, too large, moving) as it is.
"""

from __future__ import annotations

from dataclasses import replace

from newsgen.model.card import Picture
from newsgen.model.files import digest
from newsgen.model.value import value
from newsgen.pictures import measure
from newsgen.pictures.files import widths_of
from newsgen.pictures.published import published
from newsgen.pictures.said import said

__all__ = ["Looked", "look"]

_TINY = 2  # pixels of a side: something that counts readers, or stands for a picture


@value
class Looked:
    """What there is in a picture file."""

    picture: Picture | None  # None where it is none that browsers show
    published: str  # digest of the bytes without what is private
    found: tuple[str, ...] = ()  # rules of `newsgen check`, of lint/picture_rules.py


def look(data: bytes, *, is_made_smaller: bool) -> Looked:
    """What there is in a file; `is_made_smaller`, whether there is a darkroom that makes the files of a picture."""
    public = published(data)
    mark = digest(public.data)
    picture = measure.read_picture(public.data, mark)
    if picture is None:
        return Looked(None, mark, (_why_none(data),))
    found = [f"photo-{public.found}"] if public.found else []
    if min(picture.width, picture.height) <= _TINY:
        found.append("photo-tiny")
    elif is_made_smaller:
        picture, more = _with_files(picture, public.data)
        found += more
    return Looked(replace(picture, said=said(data)), mark, tuple(found))


def _why_none(data: bytes) -> str:
    kind = measure.kind_of(data)
    if measure.is_other(kind):
        return f"photo-{kind}"
    return "photo-unreadable" if data else "photo-empty"


def _with_files(picture: Picture, data: bytes) -> tuple[Picture, list[str]]:
    """The picture with the files that are made of it; the same where none can be, and why."""
    from newsgen.pictures.decode import see  # only where a picture is new: they load Pillow, in 80 ms
    from newsgen.pictures.develop import formats

    try:
        seen = see(data)
    except OverflowError:
        return picture, ["photo-too-large"]
    except ValueError:
        return picture, ["photo-damaged"]
    found = ["photo-cmyk"] if seen.mode == "CMYK" else ["photo-deep"] if seen.mode.startswith("I") else []
    if seen.is_animated:
        return picture, [*found, "photo-animated"]
    widths = widths_of(seen.width)
    if not widths:
        return replace(picture, width=seen.width, height=seen.height), found
    endings = formats(has_alpha=seen.has_alpha or seen.is_drawing)
    height = max(1, round(seen.height * widths[-1] / seen.width))
    made = replace(picture, width=widths[-1], height=height, widths=widths, formats=endings)
    kind = f"image/{endings[-1].replace('jpg', 'jpeg')}"
    return replace(made, url=made.file(widths[-1], endings[-1]), type=kind), found
