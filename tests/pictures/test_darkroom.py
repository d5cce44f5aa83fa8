"""What is in the files that are made of a picture, beside the picture."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from newsgen.pictures.darkroom import Darkroom
from newsgen.pictures.files import files_of
from newsgen.pictures.look import look
from tests.support.photos import saved, small, with_exif

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
OWN = SRGB.replace("built-in".encode("utf-16-be"), "of Mila.".encode("utf-16-be"))  # sRGB, and who made it
GREY = SRGB[:16] + b"GRAY" + SRGB[20:]  # says that it is of other colours than the files that are made
PICTURE = Image.new("RGB", (130, 87), (200, 90, 30))
TEXT = b"Taken by Mila at home"


def with_a_box(data: bytes) -> bytes:
    """An AVIF that newsgen cannot read through, and Pillow can."""
    return data + struct.pack(">I4s", 24, b"uuid") + bytes(16)


PHOTOS = {
    "a profile of sRGB with a name": saved(PICTURE, "PNG", icc_profile=OWN),
    "the same in a JPEG": saved(PICTURE, icc_profile=OWN),
    "a profile of grey": saved(PICTURE.convert("L"), icc_profile=GREY),
    "what can be seen through": saved(PICTURE.convert("RGBA"), "PNG", icc_profile=OWN),
    "a profile that is none": saved(PICTURE, icc_profile=TEXT),
    "a box that nobody knows": with_a_box(saved(PICTURE, "AVIF", exif=with_exif(), xmp=TEXT, icc_profile=OWN)),
}


@pytest.mark.parametrize("name", PHOTOS)
def test_nothing_that_a_picture_file_says_is_in_what_is_made_of_it(name: str) -> None:
    data = PHOTOS[name]
    picture = look(data, is_made_smaller=True).picture
    assert picture is not None
    files = list(files_of(picture))
    assert files
    for file in files:
        made = Darkroom(None).make(data, picture.digest, file, None)
        assert "Mila".encode("utf-16-be") not in made
        assert b"Mila" not in made
        with Image.open(BytesIO(made)) as image:
            assert image.info.keys().isdisjoint({"icc_profile", "exif", "xmp", "comment"}), (
                file.url,
                image.info.keys(),
            )


def test_what_it_says_of_its_rights_is() -> None:
    seen = look(small(3), is_made_smaller=True).picture
    assert seen is not None
    made = [Darkroom(None).make(small(3), seen.digest, file, seen.said) for file in files_of(seen)]
    assert all(b"Kestrel" in data and b"Mila Hart" in data and b"GPS" not in data for data in made)
