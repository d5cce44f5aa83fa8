"""AVIF without what is private: Exif and XMP are overwritten where they lie, for all else is found by its place.

The file is a tree of boxes (ISO 14496-12). The box `meta` lists the items of the file (`iinf`) and where the bytes of
each are (`iloc`). An AVIF's orientation is not in its Exif.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from newsgen.pictures import exif, xmp

__all__ = ["cleaned"]

_KNOWN = (b"ftyp", b"meta", b"mdat", b"free", b"skip", b"idat")  # what a still picture has at the top
_XMP_TYPE = b"application/rdf+xml"
_ITEM_LIMIT = 10_000


def cleaned(data: bytes) -> tuple[bytes, bool]:
    """The file without what is private, and whether it said where it was taken.

    ValueError where it is damaged, or has boxes that may hold a position and that newsgen does not know, as films do.
    """
    try:
        return _cleaned(data)
    except (struct.error, IndexError):
        raise ValueError("a box is longer than the file") from None


def _cleaned(data: bytes) -> tuple[bytes, bool]:
    boxes = list(_boxes(data, 0, len(data)))
    if any(kind not in _KNOWN for kind, _start, _end in boxes):
        raise ValueError("it has a box that newsgen does not know")
    meta = next(((start, end) for kind, start, end in boxes if kind == b"meta"), None)
    if meta is None:
        raise ValueError("it has no list of its items")
    within = {kind: (start, end) for kind, start, end in _boxes(data, meta[0] + 4, meta[1])}
    items = dict(_items(data, *within[b"iinf"])) if b"iinf" in within else {}
    changed, has_position, looked_at = bytearray(data), False, 0
    places = _places(data, *within[b"iloc"], within.get(b"idat", (0, 0))[0]) if b"iloc" in within else ()
    for number, extents in places:
        kind = items.pop(number, b"")
        if not kind:
            continue
        looked_at += sum(size for _start, size in extents)
        if looked_at > len(data) or any(not size or start + size > len(data) for start, size in extents):
            raise ValueError("an item lies outside the file")
        content = b"".join(data[start : start + size] for start, size in extents)
        kept, found = _exif(content) if kind == b"Exif" else (xmp.reduced(content), xmp.has_position(content))
        has_position = has_position or found
        padding = b"\0" if kind == b"Exif" else b" "
        left = (kept if len(kept) <= len(content) else b"").ljust(len(content), padding)
        for start, size in extents:
            changed[start : start + size], left = left[:size], left[size:]
    if items:
        raise ValueError("an item is nowhere")
    return bytes(changed), has_position


def _exif(content: bytes) -> tuple[bytes, bool]:
    """An Exif item, which begins with the distance to the TIFF file: what stays; whether it had a position."""
    read = exif.read(content[4 + int.from_bytes(content[:4], "big") :])
    written = exif.write(replace(read, orientation=1))
    return bytes(4) + (written or b"MM\0*\0\0\0\x08" + bytes(6)), read.has_position


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes in a part of a file: type, start and end of what is in each."""
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        start = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, start)
            start += 8
        size = end - at if size == 0 else size
        if size < start - at or at + size > end:
            raise ValueError("a box is longer than the file")
        yield kind, start, at + size
        at += size


def _items(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The numbers of the items that are Exif or XMP, with which of them they are."""
    at = start + (6 if data[start] == 0 else 8)
    for kind, inner, inner_end in _boxes(data, at, end):
        version = data[inner]
        if kind != b"infe" or version < 2:
            continue
        size = 2 if version == 2 else 4
        number = int.from_bytes(data[inner + 4 : inner + 4 + size], "big")
        at = inner + 4 + size + 2
        item_type, texts = data[at : at + 4], data[at + 4 : inner_end].split(b"\0")
        if item_type == b"Exif" or (item_type == b"mime" and _XMP_TYPE in texts[1:2]):
            yield number, item_type


def _places(data: bytes, start: int, end: int, idat: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where the bytes of each item are: its number; start and size of each part."""
    version = data[start]
    sizes = data[start + 4 : start + 6]
    of_offset, of_length, of_base, of_index = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15
    of_number = 4 if version == 2 else 2
    at = start + 6

    def number(size: int) -> int:
        nonlocal at
        at += size
        if at > end:
            raise ValueError("a box is longer than the file")
        return int.from_bytes(data[at - size : at], "big")

    for _item in range(min(number(of_number), _ITEM_LIMIT)):
        item = number(of_number)
        method = number(2) & 15 if version else 0
        number(2)  # which file: this one
        base = number(of_base) + (idat if method == 1 else 0)
        extents: list[tuple[int, int]] = []
        for _extent in range(number(2) if of_length else 0):
            number(of_index if version else 0)
            offset = number(of_offset)
            extents.append((base + offset, number(of_length)))
        yield item, extents
