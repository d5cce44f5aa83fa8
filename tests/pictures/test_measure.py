"""What is read out of a picture file."""

from __future__ import annotations

import re
import struct

import pytest

from newsgen.pictures.measure import read_picture


def png(width: int, height: int) -> bytes:
    """The header of a PNG file, which is all that is read."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0) + bytes(4)


def test_size_media_type_and_address() -> None:
    picture = read_picture("content/world/Grain Silo.PNG", png(640, 480), "d1")
    assert picture is not None
    assert (picture.width, picture.height, picture.type) == (640, 480, "image/png")
    assert re.fullmatch(r"/media/grain-silo-[0-9a-f]{8}\.png", picture.url)


def test_an_address_belongs_to_one_path_and_content() -> None:
    places = [("content/a/x.png", "d1"), ("content/b/x.png", "d1"), ("content/a/x.png", "d2")]
    pictures = [read_picture(path, png(1, 1), digest) for path, digest in places]
    assert len({picture.url for picture in pictures if picture}) == 3


@pytest.mark.parametrize("data", [b"", b"no picture", png(640, 480)[:12], png(0, 480), b"\xff\xd8\xff"])
def test_what_is_no_picture(data: bytes) -> None:
    assert read_picture("content/x.png", data, "d1") is None
