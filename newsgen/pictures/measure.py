"""A picture file as it will stand in the output: its address, media type and size in pixels. Owns imagesize."""

from __future__ import annotations

from io import BytesIO

from newsgen.model.card import Picture
from newsgen.model.files import short_digest
from newsgen.text.address import slug_of_headline

__all__ = ["picture"]

_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif",
    "avif": "image/avif",
}  # fmt: skip


def picture(path: str, data: bytes, digest: str) -> Picture | None:
    """The picture in a file; None where the bytes are no picture.

    Its address holds a digest of place and content: it never means another picture, and no two files share it.
    """
    import imagesize  # where there is a picture to read: it brings an HTTP client with it, 26 ms

    try:
        width, height = imagesize.get(BytesIO(data))
    except (OSError, ValueError):
        return None
    if not (isinstance(width, int) and isinstance(height, int)) or width <= 0 or height <= 0:
        return None
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    name = f"{slug_of_headline(stem)[:60]}-{short_digest(f'{path} {digest}')}.{ending.lower()}"
    return Picture(f"/media/{name}", width, height, type=_TYPES[ending.lower()])
