"""The kind, size and address of a picture file, to judge by its first bytes. Owns imagesize."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from newsgen.model.card import MEDIA, Picture

__all__ = ["ADDRESS_DIGITS", "is_other", "kind_of", "read_picture"]

ADDRESS_DIGITS = 16  # of the digest, in the addresses of a picture's files

# How the files begin that browsers show, and some that they do not.
_KINDS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("jpg", lambda head: head.startswith(b"\xff\xd8\xff")),
    ("png", lambda head: head.startswith(b"\x89PNG\r\n\x1a\n")),
    ("webp", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    ("gif", lambda head: head.startswith((b"GIF87a", b"GIF89a"))),
    ("avif", lambda head: head[4:12] in (b"ftypavif", b"ftypavis") or (head[4:12] == b"ftypmif1" and b"avif" in head)),
    ("heic", lambda head: head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"heim")),
    ("tiff", lambda head: head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"))),
    ("svg", lambda head: b"<svg" in head.lower()),
)
_MEDIA_TYPES = {"jpg": "image/jpeg"}


def kind_of(data: bytes) -> str:
    """What a file is, whatever its name says: jpg, png, webp, gif, avif, heic, tiff, svg; "" for something else."""
    head = data[:512]
    return next((kind for kind, begins in _KINDS if begins(head)), "")


def is_other(kind: str) -> bool:
    """Whether it is a picture of a kind that browsers do not show, or that may do more than be looked at."""
    return kind in ("heic", "tiff", "svg")


def read_picture(data: bytes, digest: str) -> Picture | None:
    """The picture in the bytes of a file, as it is; None where they are none that is shown.

    `digest` is that of the bytes, of which its address has the beginning: it never comes to mean another picture.
    """
    kind = kind_of(data)
    if not kind or is_other(kind):
        return None
    import imagesize  # only where there is a picture to read: it imports an HTTP client, which takes 26 ms

    try:
        width, height = imagesize.get(BytesIO(data), exif_rotation=True)
    except (OSError, ValueError):
        return None
    if not (isinstance(width, int) and isinstance(height, int)) or width <= 0 or height <= 0:
        return None
    mark = digest[:ADDRESS_DIGITS]
    return Picture(f"{MEDIA}{mark}.{kind}", width, height, type=_MEDIA_TYPES.get(kind, f"image/{kind}"), digest=mark)
