"""What is read out of a picture file."""

from __future__ import annotations

import struct

import pytest

from newsgen.pictures.measure import kind_of, read_picture


def png(width: int, height: int) -> bytes:
    """The header of a PNG file, which is all that is read."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0) + bytes(4)


def test_size_media_type_and_address() -> None:
    picture = read_picture(png(640, 480), "0123456789abcdef0123")
    assert picture is not None
    assert (picture.width, picture.height, picture.type) == (640, 480, "image/png")
    assert picture.url == "/media/0123456789abcdef.png"


@pytest.mark.parametrize("data", [b"", b"no picture", png(640, 480)[:12], png(0, 480), b"\xff\xd8\xff"])
def test_what_is_no_picture(data: bytes) -> None:
    assert read_picture(data, "d1") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(1, 1), "png"),
        (b"\xff\xd8\xff\xe1", "jpg"),
        (b"\0\0\0\x20ftypheic", "heic"),
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1heic", "heic"),
        (b"\0\0\0\x20ftypavif", "avif"),
        (b"\0\0\0\x20ftypmif1\0\0\0\0mif1avif", "avif"),
        (b"II*\0", "tiff"),
        (b'<?xml version="1.0"?>\n<SVG>', "svg"),
        (b"<html>", ""),
    ],
)
def test_the_kind_is_told_by_the_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
