"""A picture as readers get it: without where it was taken, with which camera and by whom, and not encoded again."""

from __future__ import annotations

from collections.abc import Callable

from newsgen.model.value import value
from newsgen.pictures import avif, chunks, jpeg

__all__ = ["POSITION", "UNCLEAR", "Published", "published"]

POSITION, UNCLEAR = "position", "unclear"
_Cleaner = Callable[[bytes], tuple[bytes, bool]]


@value
class Published:
    """The bytes that are published, and what was found in the file."""

    data: bytes
    found: str = ""  # POSITION; UNCLEAR where nobody can tell: then the bytes are the file's; "" for nothing


def published(data: bytes) -> Published:
    """A picture file without what is private. Orientation, colour profile, copyright and credit stay.

    A file that newsgen cannot read through is published as it is.
    """
    cleaner = _cleaner(data[:12])
    if cleaner is None:
        return Published(data, UNCLEAR)
    try:
        cleaned, has_position = cleaner(data)
    except ValueError:
        return Published(data, UNCLEAR)
    return Published(cleaned, POSITION if has_position else "")


def _cleaner(beginning: bytes) -> _Cleaner | None:
    """Who can read a file, by how it begins: a name may say something else."""
    if beginning.startswith(b"\xff\xd8\xff"):
        return jpeg.cleaned
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return chunks.cleaned_png
    if beginning.startswith(b"RIFF") and beginning[8:] == b"WEBP":
        return chunks.cleaned_webp
    if beginning.startswith((b"GIF87a", b"GIF89a")):
        return chunks.cleaned_gif
    if beginning[4:] in (b"ftypavif", b"ftypmif1"):
        return avif.cleaned
    return None
