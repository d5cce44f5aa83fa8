"""The IPTC's record (IIM 4.2), which agencies write into JPEG: what is published of it, and its texts.

It lies in Photoshop's resources, which are in a segment of the file that begins with `MARK`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

__all__ = ["BYLINE", "CAPTION", "COPYRIGHT", "CREDIT", "MARK", "credits_alone", "texts"]

MARK = b"Photoshop 3.0\0"
BYLINE, CREDIT, COPYRIGHT, CAPTION = 80, 110, 116, 120  # datasets of record 2
_CHARSET = (1, 90)
_UTF8 = b"\x1b%G"
_CREDITS = (BYLINE, CREDIT, COPYRIGHT)
_NUMBER = 0x0404  # of the resource that is the record

_Dataset = tuple[tuple[int, int], bytes, bytes]  # its name, its content, and itself


def credits_alone(resources: bytes) -> bytes | None:
    """Photoshop's resources with the credit and copyright of the IPTC alone; None where there are none."""
    kept, has_credit = b"", False
    for name, _content, whole in _datasets(_record(resources)):
        if name == _CHARSET or (name[0] == 2 and name[1] in _CREDITS):
            kept += whole
            has_credit = has_credit or name != _CHARSET
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(kept)) + kept + bytes(len(kept) % 2)
    return block if has_credit else None


def texts(resources: bytes) -> dict[int, str]:
    """The texts of BYLINE, CREDIT, COPYRIGHT and CAPTION in some resources, those that there are; names are joined."""
    found: dict[int, list[str]] = {}
    encoding = "utf-8"
    for name, content, _whole in _datasets(_record(resources)):
        if name == _CHARSET:
            encoding = "utf-8" if content == _UTF8 else "windows-1252"
        elif name[0] == 2 and name[1] in (*_CREDITS, CAPTION):
            found.setdefault(name[1], []).append(_text(content, encoding))
    return {number: " / ".join(filter(None, parts)) for number, parts in found.items()}


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("windows-1252", "replace")


def _record(resources: bytes) -> bytes:
    """The IPTC's record in Photoshop's resources; b"" for none."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        number = int.from_bytes(resources[at + 4 : at + 6], "big")
        at += 6 + (resources[at + 6] | 1) + 1  # a name, with its length, in an even number of bytes
        size = int.from_bytes(resources[at : at + 4], "big")
        if number == _NUMBER:
            return resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return b""


def _datasets(record: bytes) -> Iterator[_Dataset]:
    at = 0
    while at + 5 <= len(record) and record[at] == 0x1C:
        size = int.from_bytes(record[at + 3 : at + 5], "big")
        if size & 0x8000:  # an extended one: no text is so long
            return
        yield (record[at + 1], record[at + 2]), record[at + 5 : at + 5 + size], record[at : at + 5 + size]
        at += 5 + size
