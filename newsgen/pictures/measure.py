"""The address, media type and size in pixels of a picture file. Owns imagesize."""

from __future__ import annotations

from io import BytesIO

from newsgen.model.card import Picture
from newsgen.model.files import short_digest
from newsgen.text.address import slug_of_headline

__all__ = ["read_picture"]

_MEDIA_TYPES = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif",
    "avif": "image/avif",
}  # fmt: skip


def read_picture(path: str, data: bytes, digest: str) -> Picture | None:
    """The picture in the bytes of a file; None where they are no picture. `digest` is that of the bytes.

    `path` is relative to the site; one that does not end as a picture's name does is none. The address holds a digest
    of path and bytes: it never comes to mean another picture, and no two files share it.
    """
    media_type = _MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "")
    if not media_type:
        return None
    import imagesize  # only where there is a picture to read: it imports an HTTP client, which takes 26 ms

    try:
        width, height = imagesize.get(BytesIO(data))
    except (OSError, ValueError):
        return None
    if not (isinstance(width, int) and isinstance(height, int)) or width <= 0 or height <= 0:
        return None
    stem, _, suffix = path.rpartition("/")[2].rpartition(".")
    name = f"{slug_of_headline(stem)[:60]}-{short_digest(f'{path} {digest}')}.{suffix.lower()}"
    return Picture(f"/media/{name}", width, height, type=media_type)
