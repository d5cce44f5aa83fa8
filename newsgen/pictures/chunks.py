"""PNG, WebP and GIF without what is private: what shows or colours the image stays, other chunks and blocks do not."""

from __future__ import annotations

import struct
import zlib

from newsgen.pictures import exif, xmp

__all__ = ["cleaned_gif", "cleaned_png", "cleaned_webp"]

# Of PNG (W3C, third edition): what is needed is in capitals; beside it, what tells of colour, size and animation.
_PNG_KEPT = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
_PNG_DESCRIPTIONS = frozenset(b"eXIf tEXt iTXt zTXt tIME".split())
_PNG_TEXTS = (b"Copyright\0", b"Author\0")
_PNG_XMP = b"XML:com.adobe.xmp\0"
_UNPACKED_LIMIT = 65_536  # bytes of a compressed text that are looked at
_WEBP_KEPT = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04  # flags of VP8X
_GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")  # application blocks: repetition and colour profile


def cleaned_png(data: bytes) -> tuple[bytes, bool]:
    """The file without what is private, and whether it said where it was taken. ValueError where it is damaged."""
    parts, at, has_position = [data[:8]], 8, False
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at) if at + 8 <= len(data) else (0, b"IDAT")
        content = data[at + 8 : at + 8 + size]
        is_cut = at + 12 + size > len(data)  # browsers show as much of it as there is
        if not kind[0] & 0x20 or kind in _PNG_KEPT:
            parts.append(data[at : at + 12 + size])
        elif is_cut and kind not in _PNG_DESCRIPTIONS:
            raise ValueError("a chunk is longer than the file")
        else:
            kept, found = _png_description(kind, content)
            has_position = has_position or found
            if is_cut:
                break
            if kept == content:
                parts.append(data[at : at + 12 + size])
            elif kept:
                parts.append(struct.pack(">I4s", len(kept), kind) + kept + struct.pack(">I", zlib.crc32(kind + kept)))
        at += 12 + size
        if kind == b"IEND":
            break
    return b"".join(parts), has_position


def _png_description(kind: bytes, content: bytes) -> tuple[bytes, bool]:
    """What stays of a chunk that describes the image, b"" for nothing; and whether it had a position."""
    if kind == b"eXIf":
        read = exif.read(content)
        return exif.write(read), read.has_position
    if kind == b"iTXt" and content.startswith(_PNG_XMP):
        is_packed = content[len(_PNG_XMP) : len(_PNG_XMP) + 1] == b"\1"
        packet = content[len(_PNG_XMP) + 2 :].split(b"\0", 2)[-1]
        packet = _unpacked(packet) if is_packed else packet
        kept = xmp.reduced(packet)
        return (_PNG_XMP + bytes(4) + kept if kept else b""), xmp.has_position(packet)
    if kind in (b"tEXt", b"iTXt", b"zTXt") and content.startswith(_PNG_TEXTS):
        return content, False
    return b"", False


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _UNPACKED_LIMIT)
    except zlib.error:
        return b""


def cleaned_webp(data: bytes) -> tuple[bytes, bool]:
    """The file without what is private, and whether it said where it was taken. ValueError where it is damaged."""
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data) + 1:
        raise ValueError("the file is cut short")
    chunks: list[tuple[bytes, bytes]] = []
    at, has_position = 12, False
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", data, at)
        content = data[at + 8 : at + 8 + size]
        if len(content) < size:
            raise ValueError("a chunk is longer than the file")
        if kind == b"EXIF":
            read = exif.read(content.removeprefix(b"Exif\0\0"))
            has_position = has_position or read.has_position
            content = exif.write(read)
        elif kind == b"XMP ":
            has_position = has_position or xmp.has_position(content)
            content = xmp.reduced(content)
        elif kind not in _WEBP_KEPT:
            content = b""
        if content:
            chunks.append((kind, content))
        at += 8 + size + size % 2
    kinds = {kind for kind, _content in chunks}
    gone = (0 if b"EXIF" in kinds else _WEBP_EXIF) | (0 if b"XMP " in kinds else _WEBP_XMP)
    body = b"".join(
        struct.pack("<4sI", kind, len(content))
        + (bytes((content[0] & ~gone,)) + content[1:] if kind == b"VP8X" else content)
        + bytes(len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body, has_position


def cleaned_gif(data: bytes) -> tuple[bytes, bool]:
    """The file without what is private, and whether it said where it was taken. ValueError where it is damaged."""
    try:
        at = 13 + _colours(data[10])
        parts, has_position = [data[:at]], False
        while data[at] != 0x3B:
            start, is_kept = at, True
            if data[at] == 0x2C:  # an image
                at += 10 + _colours(data[at + 9]) + 1
            elif data[at] == 0x21:
                is_application = data[at + 1] == 0xFF
                is_kept = data[at + 1] != 0xFE and (not is_application or data[at + 3 : at + 14] in _GIF_KEPT)
                at += 2
            else:
                raise ValueError("no block where one belongs")
            while data[at]:
                at += 1 + data[at]
            at += 1
            if is_kept:
                parts.append(data[start:at])
            else:
                has_position = has_position or xmp.has_position(data[start:at])
    except IndexError:
        raise ValueError("the file is cut short") from None
    return b"".join((*parts, b"\x3b")), has_position


def _colours(flags: int) -> int:
    """The bytes of a table of colours, by the flags before it."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
