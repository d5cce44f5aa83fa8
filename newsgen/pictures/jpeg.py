"""JPEG without what is private: segments that describe the photo are left out or cut short, the image stays as it is.

A file is a row of segments (ITU-T T.81, B.1), and ends at the end of its first image: phones append a second image, a
film or a trailer, each with the position once more.
"""

from __future__ import annotations

import re
import struct

from newsgen.pictures import exif, iptc, xmp

__all__ = ["cleaned"]

_EXIF, _XMP, _XMP_MORE = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}  # by marker, how a segment begins that stays
_NEXT_MARKER = re.compile(
    rb"\xff[^\x00\xff\xd0-\xd7]", re.S
)  # within the image, which has ff only as ff 00 and ff d0-d7
_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_ALONE = (0x01, *range(0xD0, 0xD8))  # markers without a segment


def cleaned(data: bytes) -> tuple[bytes, bool]:
    """The file without what is private, and whether it said where it was taken. ValueError where it is damaged."""
    parts = [data[:2]]
    at, has_position = 2, False
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker where one belongs")
        while at < len(data) and data[at] == 0xFF:
            at += 1
        marker = data[at] if at < len(data) else _END
        at += 1
        if marker == _END:
            parts.append(b"\xff\xd9")
            break
        if marker in _ALONE or marker == _START:
            parts.append(bytes((0xFF, marker)))
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise ValueError("a segment is longer than the file")
        content, found = _content(marker, data[at + 2 : at + length])
        has_position = has_position or found
        if content is not None:
            parts.append(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content)
        at += length
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, at)
            end = following.start() if following else len(data)  # cut short: browsers show as much as there is
            parts.append(data[at:end])
            at = end
    return b"".join(parts), has_position


def _content(marker: int, content: bytes) -> tuple[bytes | None, bool]:
    """What stays of a segment, None for nothing; and whether it had a position."""
    if not (0xE0 <= marker <= 0xEF or marker == _COMMENT):
        return content, False
    if marker in _KEPT and content.startswith(_KEPT[marker]):
        return content, False
    if marker == 0xE1 and content.startswith(_EXIF):
        read = exif.read(content[len(_EXIF) :])
        written = exif.write(read)
        return (_EXIF + written if written else None), read.has_position
    if marker == 0xE1 and content.startswith(_XMP):
        packet = content[len(_XMP) :]
        written = xmp.reduced(packet)
        return (_XMP + written if written else None), xmp.has_position(packet)
    if marker == 0xE1 and content.startswith(_XMP_MORE):
        return None, xmp.has_position(content)
    if marker == 0xED and content.startswith(iptc.MARK):
        kept = iptc.credits_alone(content[len(iptc.MARK) :])
        return (iptc.MARK + kept if kept else None), False
    return None, False
