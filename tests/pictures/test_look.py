"""What is seen in a picture file, in every state in which files reach a desk: a sentence, and never a traceback."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image

from newsgen.messages.problems import sentence
from newsgen.model.card import PictureText
from newsgen.model.errors import Problem
from newsgen.pictures.look import look
from newsgen.pictures.said import said
from tests.support import pictures as made
from tests.support.photos import drawing, photo, saved, with_exif

PHOTO = saved(photo(1000, 700), quality=80)


def huge_png(width: int, height: int) -> bytes:
    """A PNG of so many pixels, of which each row is the same nothing: a bomb of a few kB."""
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def head_of_png(width: int, height: int) -> bytes:
    """The beginning of a PNG, which says its size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n\0\0\0\r" + header + struct.pack(">I", zlib.crc32(header)) + b"\0\0\0\0IDAT"


def moving() -> bytes:
    frames = [photo(400, 300, seed) for seed in (1, 2)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)


def sixteen_bits() -> bytes:
    return saved(Image.new("I;16", (400, 300), 40_000), "PNG")


MADE = {  # of which files are made: bytes, size of the largest, endings, what is said
    "JPEG": (PHOTO, (1000, 700), ("avif", "webp", "jpg"), ()),
    "large JPEG": (saved(photo(2000, 1000)), (1600, 800), ("avif", "webp", "jpg"), ()),
    "JPEG on its side": (
        saved(photo(600, 900), exif=with_exif(6)), (900, 600), ("avif", "webp", "jpg"), ("photo-position",)
    ),
    "CMYK": (saved(photo(400, 300).convert("CMYK")), (400, 300), ("avif", "webp", "jpg"), ("photo-cmyk",)),
    "grey": (saved(photo(400, 300).convert("L")), (400, 300), ("avif", "webp", "jpg"), ()),
    "PNG": (saved(photo(400, 300), "PNG"), (400, 300), ("avif", "webp", "jpg"), ()),
    "PNG to be seen through": (saved(drawing(), "PNG"), (900, 600), ("avif", "webp", "png"), ()),
    "PNG with a palette": (saved(photo(400, 300).convert("P"), "PNG"), (400, 300), ("avif", "webp", "png"), ()),
    "PNG of 16 bits": (sixteen_bits(), (400, 300), ("avif", "webp", "jpg"), ("photo-deep",)),
    "GIF": (saved(photo(400, 300), "GIF"), (400, 300), ("avif", "webp", "png"), ()),
    "WebP": (saved(photo(400, 300), "WEBP"), (400, 300), ("avif", "webp", "jpg"), ()),
    "AVIF": (saved(photo(400, 300), "AVIF", speed=10), (400, 300), ("avif", "webp", "jpg"), ()),
}  # fmt: skip
COPIED = {  # published as they are: bytes, size, what is said
    "moving GIF": (moving(), (400, 300), ("photo-animated",)),
    "JPEG that is cut short": (PHOTO[: len(PHOTO) // 2], (1000, 700), ("photo-damaged",)),
    "PNG that is cut short": (saved(photo(400, 300), "PNG")[:20_000], (400, 300), ("photo-damaged",)),
    "PNG of nonsense": (made.png(), (16, 8), ("photo-damaged",)),
    "PNG of 100 megapixels": (huge_png(10_000, 10_000), (10_000, 10_000), ("photo-too-large",)),
    "PNG that says it has 90,000 megapixels": (head_of_png(300_000, 300_000), (300_000, 300_000), ("photo-too-large",)),
    "one pixel": (saved(Image.new("RGB", (1, 1)), "PNG"), (1, 1), ("photo-tiny",)),
    "small": (saved(photo(100, 60)), (100, 60), ()),
}  # fmt: skip
REFUSED = {
    "no bytes": (b"", "photo-empty"),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(400), "photo-heic"),
    "TIFF": (saved(photo(100, 60), "TIFF"), "photo-tiff"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "photo-svg"),
    "HTML": (b"<!doctype html><title>404</title>", "photo-unreadable"),
    "a head alone": (PHOTO[:11], "photo-unreadable"),
}


@pytest.mark.parametrize("name", MADE)
def test_files_are_made_of_what_can_be_decoded(name: str) -> None:
    data, size, endings, found = MADE[name]
    seen = look(data, is_made_smaller=True)
    assert seen.picture is not None
    assert (seen.picture.width, seen.picture.height) == size
    assert (seen.picture.formats, seen.found) == (endings, found)
    assert seen.picture.widths[-1] == size[0]
    assert seen.picture.url == f"/media/{seen.published[:16]}-{size[0]}.{endings[-1]}"


@pytest.mark.parametrize("name", COPIED)
def test_what_cannot_be_made_smaller_is_published_as_it_is(name: str) -> None:
    data, size, found = COPIED[name]
    seen = look(data, is_made_smaller=True)
    assert seen.picture is not None
    assert (seen.picture.width, seen.picture.height, seen.picture.widths) == (*size, ())
    assert set(found) <= set(seen.found)
    assert seen.picture.url.startswith(f"/media/{seen.published[:16]}.")


@pytest.mark.parametrize("name", REFUSED)
def test_what_browsers_do_not_show_is_refused_with_advice(name: str) -> None:
    data, rule = REFUSED[name]
    seen = look(data, is_made_smaller=True)
    assert (seen.picture, seen.found) == (None, (rule,))
    assert len(sentence(Problem(rule, "content/a.jpg"))) > 40


@pytest.mark.parametrize("name", [*MADE, *COPIED, *REFUSED])
def test_without_pillow_the_same_is_published_as_it_is(name: str) -> None:
    data = (MADE.get(name) or COPIED.get(name) or REFUSED[name])[0]
    assert isinstance(data, bytes)
    seen = look(data, is_made_smaller=False)
    assert (seen.picture is None) == (name in REFUSED)
    if seen.picture:
        upright = seen.picture.width, seen.picture.height
        assert seen.picture.widths == ()
        expected = MADE[name][1] if name in MADE and name != "large JPEG" else upright
        assert upright == expected


def test_damage_anywhere_is_a_sentence() -> None:
    """Every part of a picture overwritten in turn."""
    for data in (PHOTO, saved(drawing(), "PNG"), saved(photo(300, 200), "WEBP"), saved(photo(300, 200), "GIF")):
        for at in range(0, len(data), max(1, len(data) // 24)):
            broken = data[:at] + b"\xff\x00\x7f" * 5 + data[at + 15 :]
            seen = look(broken, is_made_smaller=True)
            assert seen.picture is not None or seen.found


IPTC = made.segment(0xED, made.iptc())
XMP = made.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + made.XMP)
DESCRIBED = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description><dc:description><rdf:Alt><rdf:li xml:lang="x-default">Boats'
    b" &amp; nets</rdf:li></rdf:Alt></dc:description><dc:creator><rdf:Seq><rdf:li>Mila Hart</rdf:li><rdf:li>Tom Arkell"
    b"</rdf:li></rdf:Seq></dc:creator></rdf:Description></x:xmpmeta>"
)


def test_what_a_file_says() -> None:
    with_iptc = saved(photo(100, 60), exif=with_exif())[:2] + IPTC + saved(photo(100, 60))[2:]
    assert said(with_iptc) == PictureText(credit="Northern Wire", copyright="Kestrel", kind="IPTC")
    assert said(made.jpeg(XMP)) == PictureText(credit="Northern Wire", copyright="Kestrel", kind="XMP")
    boats = PictureText("Boats & nets", "Mila Hart / Tom Arkell", kind="XMP")
    assert said(made.webp((b"XMP ", DESCRIBED))) == boats
    camera = saved(photo(100, 60), exif=with_exif())
    assert said(camera) == PictureText(creator="Mila Hart", copyright="Kestrel", kind="Exif")
    assert said(saved(photo(100, 60))) is None


@pytest.mark.parametrize("name", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "IMG_2041", "DSC01234.", "  ", "untitled"])
def test_what_cameras_call_every_photo_is_no_caption(name: str) -> None:
    packet = DESCRIBED.replace(b"Boats &amp; nets", name.encode())
    found = said(made.webp((b"XMP ", packet)))
    assert found is not None
    assert found.caption == ""


def test_captions_of_the_iptc_in_its_encodings() -> None:
    for charset, encoding in ((b"\x1c\x01\x5a\0\3\x1b%G", "utf-8"), (b"", "windows-1252")):
        text = "Fähre in Łindmouth" if charset else "Fähre in Lindmouth"
        content = text.encode(encoding)
        record = charset + struct.pack(">BBBH", 0x1C, 2, 120, len(content)) + content
        block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
        found = said(made.jpeg(made.segment(0xED, b"Photoshop 3.0\0" + block)))
        assert found is not None
        assert (found.caption, found.kind) == (text, "IPTC")
