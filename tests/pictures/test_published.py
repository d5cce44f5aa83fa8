"""What of a picture file is published: the image as it is, and nothing of where, by whom and with what it was taken."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.pictures import exif, xmp
from newsgen.pictures.published import POSITION, UNCLEAR, published
from tests.support import pictures as made

TIFF, PACKET = made.exif(), made.XMP
ICC = b"ICC_PROFILE\0\1\1" + bytes(128)
JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
PRIVATE = (
    b"X77",
    b"GPS",
    b"Camera",
    b"Aldmoor",
    b"thumb",
    b"51,30",
    struct.pack(">II", 51, 1),
    struct.pack("<II", 51, 1),
)
WITH_POSITION = {
    "JPEG, Exif": made.jpeg(made.segment(0xE1, b"Exif\0\0" + TIFF)),
    "JPEG, Exif of the other order": made.jpeg(made.segment(0xE1, b"Exif\0\0" + made.exif("<"))),
    "JPEG, XMP": made.jpeg(b"\xff\xff" + made.segment(0xE1, JPEG_XMP + PACKET)),  # after filling bytes
    "JPEG, more XMP": made.jpeg(made.segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + PACKET)),
    "PNG, Exif": made.png((b"eXIf", TIFF)),
    "PNG, XMP": made.png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET)),
    "PNG, packed XMP": made.png((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(PACKET))),
    "WebP, Exif": made.webp((b"EXIF", TIFF)),
    "WebP, Exif with a head": made.webp((b"EXIF", b"Exif\0\0" + TIFF)),
    "WebP, XMP": made.webp((b"XMP ", PACKET)),
    "GIF, XMP": made.gif(b"\x21\xff\x0bXMP DataXMP\x0cGPSLatitude=\0"),
    "AVIF": made.avif(TIFF, b"<x/>".ljust(900)),
    "AVIF, XMP": made.avif(made.exif(has_position=False), PACKET + b" " * 500),
}
WITHOUT = {
    "JPEG": made.jpeg(),
    "JPEG with a colour profile": made.jpeg(made.segment(0xE2, ICC), made.segment(0xEE, b"Adobe\0d\0\0\0\0\1")),
    "JPEG that is cut short": made.jpeg()[:-60],
    "PNG": made.png(),
    "PNG with colours": made.png((b"gAMA", bytes(4)), (b"iCCP", b"x\0\0" + bytes(9)), (b"tEXt", b"Copyright\0Kestrel")),
    "PNG without an end": made.png()[:-12],
    "PNG that is cut short": made.png()[:-80],
    "PNG with a stray byte": made.png()[:-12] + b"x",
    "GIF": made.gif(),
    "GIF that repeats": made.gif(b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0", b"\x21\xf9\4\0\0\0\0\0"),
}


@pytest.mark.parametrize("name", WITH_POSITION)
def test_a_position_is_found_and_left_out(name: str) -> None:
    data = WITH_POSITION[name]
    public = published(data)
    assert public.found == POSITION
    assert [private for private in PRIVATE if private in public.data] == []
    image = made.IMAGE if "GIF" not in name else b"\2\3abc\0"
    assert public.data.count(image) == data.count(image) > 0
    assert published(public.data).data == public.data
    assert published(public.data).found == ""


@pytest.mark.parametrize("name", WITHOUT)
def test_a_picture_that_says_nothing_private_is_published_as_it_is(name: str) -> None:
    assert (published(WITHOUT[name]).data, published(WITHOUT[name]).found) == (WITHOUT[name], "")


@pytest.mark.parametrize(
    "data",
    [
        made.jpeg(made.segment(0xE1, b"Exif\0\0" + TIFF)),
        made.jpeg(made.segment(0xE1, b"Exif\0\0" + made.exif("<", has_position=False))),
        made.png((b"eXIf", TIFF)),
        made.webp((b"EXIF", TIFF)),
    ],
)
def test_orientation_artist_and_copyright_stay(data: bytes) -> None:
    public = published(data).data
    kept = exif.read(public[public.index(b"MM\0*") :])
    assert kept == exif.Exif(6, b"Mila Hart", b"Kestrel")


@pytest.mark.parametrize("name", ["JPEG, XMP", "PNG, XMP", "PNG, packed XMP", "WebP, XMP", "AVIF, XMP"])
def test_rights_and_credit_of_xmp_stay(name: str) -> None:
    public = published(WITH_POSITION[name]).data
    assert b'photoshop:Credit="Northern Wire"' in public
    assert b"<dc:rights><rdf:Alt><rdf:li>Kestrel</rdf:li></rdf:Alt></dc:rights>" in public


def test_credit_and_copyright_of_the_iptc_stay() -> None:
    public = published(made.jpeg(made.segment(0xED, made.iptc()))).data
    assert b"Northern Wire" in public
    assert b"Kestrel" in public
    assert b"Aldmoor" not in public
    assert b"thumb" not in public


@pytest.mark.parametrize(
    "private",
    [
        made.segment(0xFE, b"X77"),
        made.segment(0xE2, b"MPF\0X77"),
        made.segment(0xEB, b"JP\0\0X77"),
        made.segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\xff"),
    ],
)
def test_other_segments_of_a_jpeg_go(private: bytes) -> None:
    assert published(made.jpeg(private)).data == made.jpeg()


def test_what_follows_an_image_goes() -> None:
    second = made.jpeg(made.segment(0xE1, b"Exif\0\0" + TIFF))
    assert published(made.jpeg(trailer=second)).data == made.jpeg()
    assert published(made.png(trailer=second)).data == made.png()
    assert published(made.png((b"tIME", bytes(7)), (b"zTXt", b"Raw profile type exif\0\0x"))).data == made.png()
    assert published(made.gif(b"\x21\xfe\3X77\0") + second).data == made.gif()
    assert published(made.webp((b"X77 ", b"X77")) + second).data == published(made.webp()).data


def test_a_description_that_is_cut_short_goes() -> None:
    data = made.png((b"tEXt", b"Comment\0X77"), (b"eXIf", TIFF))
    public = published(data[: data.index(TIFF) + 100])
    assert (public.data, public.found) == (made.png()[:33], POSITION)


def test_the_flags_of_a_webp_say_what_it_has() -> None:
    flags = {name: published(made.webp(*chunks)).data[20] for name, chunks in {
        "nothing": [], "exif": [(b"EXIF", TIFF)], "xmp": [(b"XMP ", PACKET)], "bare": [(b"EXIF", b"II*\0\0\0\0\0")],
    }.items()}  # fmt: skip
    assert flags == {"nothing": 0x20, "exif": 0x28, "xmp": 0x24, "bare": 0x20}


def test_an_avif_keeps_the_place_of_everything() -> None:
    data = WITH_POSITION["AVIF"]
    public = published(data).data
    assert len(public) == len(data)
    assert public.index(made.IMAGE) == data.index(made.IMAGE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"II*\0" + TIFF,
        b"\0\0\0\x18ftypheic" + bytes(30),
        b"\0\0\0\x18ftypavis" + bytes(30),
        made.jpeg()[:22],
        made.jpeg(b"junk"),
        made.png((b"teXt", TIFF))[:60],
        made.webp((b"EXIF", TIFF))[:-40],
        made.gif()[:20],
        made.avif(TIFF, PACKET)[:-10],
        made.avif(TIFF, PACKET) + b"\0\0\0\x08uuid",
    ],
)
def test_a_file_that_cannot_be_read_through_is_said_to_be_unclear(data: bytes) -> None:
    public = published(data)
    assert (public.data, public.found) == (data, UNCLEAR)


@given(st.sampled_from([*WITH_POSITION.values(), *WITHOUT.values()]), st.data())
def test_no_file_is_too_damaged_to_be_looked_at(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        damaged[draw.draw(st.integers(0, len(damaged) - 1))] = draw.draw(st.sampled_from([0, 1, 255, 0x2C, 0x80]))
    public = published(bytes(damaged[: draw.draw(st.integers(12, len(damaged)))]))
    assert public.found in ("", POSITION, UNCLEAR)


def test_exif_of_nonsense_says_nothing() -> None:
    for tiff in (b"", b"MM\0*", b"MM\0*\xff\xff\xff\xff\0\0", b"II*\0\x08\0\0\0\xff\xff", b"XX" + TIFF[2:]):
        assert exif.read(tiff) == exif.Exif()
    assert exif.write(exif.Exif()) == b""
    assert exif.read(exif.write(exif.Exif(3, b"A", b"B" * 9))) == exif.Exif(3, b"A", b"B" * 9)


def test_xmp_that_is_no_plain_text_is_left_out_whole() -> None:
    for packet in (
        b"",
        b"<!DOCTYPE x>" + PACKET,
        PACKET + b"\0",
        b"\xff" + PACKET,
        PACKET + b" " * 70_000,
        b"<dc:rights>",
    ):
        assert xmp.reduced(packet) == b""
    assert xmp.reduced(b"<dc:rights>GPSLatitude</dc:rights>") == b""
