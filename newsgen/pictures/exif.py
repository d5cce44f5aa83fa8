"""Exif: what a camera writes into a picture (a small TIFF file), and the little of it that is published.

That is the orientation, without which a photo lies on its side, the copyright and the artist. Position, serial numbers,
owner, thumbnail and times stay out.
"""

from __future__ import annotations

import struct

from newsgen.model.value import value

__all__ = ["Exif", "read", "write"]

_ORIENTATION, _ARTIST, _COPYRIGHT, _POSITION = 0x0112, 0x013B, 0x8298, 0x8825  # tags of TIFF 6 and Exif 3
_ASCII, _SHORT, _UTF8 = 2, 3, 129  # types
_TEXT_LIMIT = 4000  # bytes of a text that is kept
_ENTRY_LIMIT = 1000


@value
class Exif:
    """What is published of it, and whether it says where the picture was taken."""

    orientation: int = 1  # 1 to 8; 1 is upright
    artist: bytes = b""
    copyright: bytes = b""
    has_position: bool = False


def read(tiff: bytes) -> Exif:
    """What Exif says; nothing where it cannot be read, for then nothing of it is published either."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 10:
        return Exif()
    start = int(struct.unpack_from(f"{order}I", tiff, 4)[0])
    if start + 2 > len(tiff):
        return Exif()
    count = int(struct.unpack_from(f"{order}H", tiff, start)[0])
    orientation, has_position, texts = 1, False, {_ARTIST: b"", _COPYRIGHT: b""}
    for number in range(min(count, _ENTRY_LIMIT)):
        at = start + 2 + 12 * number
        if at + 12 > len(tiff):
            break
        tag, kind, size, place = struct.unpack_from(f"{order}HHII", tiff, at)
        if tag == _POSITION:
            has_position = True
        elif tag == _ORIENTATION and kind == _SHORT:
            orientation = int(struct.unpack_from(f"{order}H", tiff, at + 8)[0])
        elif tag in texts and kind in (_ASCII, _UTF8):
            begin = at + 8 if size <= 4 else place
            texts[tag] = tiff[begin : begin + min(size, _TEXT_LIMIT)].rstrip(b"\0 ")
    return Exif(orientation if 1 <= orientation <= 8 else 1, texts[_ARTIST], texts[_COPYRIGHT], has_position)


def write(exif: Exif) -> bytes:
    """As a TIFF file of these three; b"" where there is nothing to say."""
    entries = []
    if exif.orientation != 1:
        entries.append((_ORIENTATION, _SHORT, struct.pack(">H", exif.orientation)))
    for tag, text in ((_ARTIST, exif.artist), (_COPYRIGHT, exif.copyright)):
        if text:
            entries.append((tag, _ASCII, text + b"\0"))
    if not entries:
        return b""
    table, texts = struct.pack(">H", len(entries)), b""
    after = 8 + 2 + 12 * len(entries) + 4
    for tag, kind, content in entries:
        count = 1 if kind == _SHORT else len(content)
        place = content.ljust(4, b"\0") if len(content) <= 4 else struct.pack(">I", after + len(texts))
        texts += content if len(content) > 4 else b""
        table += struct.pack(">HHI", tag, kind, count) + place
    return b"MM\0*" + struct.pack(">I", 8) + table + bytes(4) + texts
