"""Pictures made byte by byte, with what cameras and programs write into them."""

from __future__ import annotations

import struct
import zlib

__all__ = ["IMAGE", "XMP", "avif", "exif", "gif", "iptc", "jpeg", "png", "segment", "webp", "whole_png"]

IMAGE = bytes(range(1, 200)) + b"\xff\0\xff\xd3" + bytes(90)  # stands for what a decoder reads
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="51,30.42N" aux:SerialNumber="X77"'
    b' photoshop:Credit="Northern Wire"><dc:rights><rdf:Alt><rdf:li>Kestrel</rdf:li></rdf:Alt></dc:rights>'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def exif(order: str = ">", *, has_position: bool = True) -> bytes:
    """Exif (as TIFF) of a photo on its side, with artist, copyright, camera, serial number and perhaps a position."""
    mark = b"MM\0*" if order == ">" else b"II*\0"
    texts = [(0x010F, b"Camera Works\0"), (0x013B, b"Mila Hart\0"), (0x8298, b"Kestrel\0"), (0xA431, b"X77-1234\0")]
    rows = [(0x0112, 3, 1, struct.pack(f"{order}HH", 6, 0))]
    after, data = 8 + 2 + 12 * 6 + 4, b""
    for tag, text in texts:
        rows.append((tag, 2, len(text), struct.pack(f"{order}I", after + len(data))))
        data += text
    if has_position:
        rows.append((0x8825, 4, 1, struct.pack(f"{order}I", after + len(data))))
        data += struct.pack(f"{order}HHHII", 1, 2, 5, 3, after + len(data) + 18) + bytes(4)
        data += struct.pack(f"{order}6I", 51, 1, 30, 1, 252, 10)
    table = b"".join(struct.pack(f"{order}HHI", *row[:3]) + row[3] for row in sorted(rows))
    return mark + struct.pack(f"{order}IH", 8, len(rows)) + table + bytes(after - 10 - len(table)) + data


def iptc() -> bytes:
    """Photoshop's resources, with an IPTC record of credit, copyright and city."""
    fields = [(1, 90, b"\x1b%G"), (2, 90, b"Aldmoor"), (2, 110, b"Northern Wire"), (2, 116, b"Kestrel")]
    record = b"".join(struct.pack(">BBBH", 0x1C, a, b, len(text)) + text for a, b, text in fields)
    thumbnail = b"8BIM\x04\x0c\x03abc" + struct.pack(">I", 5) + b"thumb\0"
    return b"Photoshop 3.0\0" + thumbnail + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg(*segments: bytes, trailer: bytes = b"") -> bytes:
    """A JPEG of 16 by 8 with some more segments, in two scans."""
    size = segment(0xC2, struct.pack(">BHHB", 8, 8, 16, 1) + b"\1\x11\0")
    scans = (segment(0xDA, b"\1\1\0\0\x3f\0") + IMAGE) * 2
    head = b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    return head + b"".join(segments) + segment(0xDB, bytes(65)) + size + scans + b"\xff\xd9" + trailer


def png(*chunks: tuple[bytes, bytes], trailer: bytes = b"") -> bytes:
    """A PNG of 16 by 8 with some more chunks."""
    rows = [(b"IHDR", struct.pack(">IIBBBBB", 16, 8, 8, 2, 0, 0, 0)), *chunks, (b"IDAT", IMAGE), (b"IEND", b"")]
    parts = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in rows]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + trailer


def whole_png(grey: int) -> bytes:
    """A picture of one grey, 64 by 48, that can be decoded to its end."""
    rows = zlib.compress((b"\0" + bytes([grey]) * 64) * 48)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", 64, 48, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of 16 by 8 with some more chunks."""
    extended = (b"VP8X", bytes((0x2C, 0, 0, 0, 15, 0, 0, 7, 0, 0)))
    rows = [extended, (b"VP8 ", IMAGE), *chunks]
    body = b"".join(kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2) for kind, data in rows)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def gif(*blocks: bytes) -> bytes:
    """A GIF of 16 by 8 with some blocks before its image."""
    image = b"\x2c" + struct.pack("<HHHHB", 0, 0, 16, 8, 0) + b"\2\3abc\0"
    return b"GIF89a" + struct.pack("<HHBBB", 16, 8, 0x80, 0, 0) + bytes(6) + b"".join(blocks) + image + b"\x3b"


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def avif(tiff: bytes, packet: bytes) -> bytes:
    """An AVIF with an image, an Exif item in `mdat`, and an XMP item in `idat`."""
    types = ((1, b"av01\0"), (2, b"Exif\0"), (3, b"mime\0application/rdf+xml\0"))
    infos = b"".join(_box(b"infe", b"\2\0\0\0" + struct.pack(">HH", n, 0) + kind) for n, kind in types)
    about = bytes(4) + tiff

    def meta(start: int) -> bytes:
        rows = [(1, 0, start, len(IMAGE)), (2, 0, start + len(IMAGE), len(about)), (3, 1, 0, len(packet))]
        places = b"".join(struct.pack(">HHHHII", n, method, 0, 1, at, size) for n, method, at, size in rows)
        iloc = _box(b"iloc", b"\1\0\0\0\x44\0" + struct.pack(">H", len(rows)) + places)
        iinf = _box(b"iinf", bytes(4) + struct.pack(">H", len(types)) + infos)
        return _box(b"meta", bytes(4) + iinf + iloc + _box(b"idat", packet))

    head = _box(b"ftyp", b"avif\0\0\0\0avifmif1")
    return head + meta(len(head) + len(meta(0)) + 8) + _box(b"mdat", IMAGE + about)
