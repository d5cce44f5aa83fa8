"""What a picture file says in words: caption, who took it, whom to credit, who holds the rights.

Agencies write it as IPTC, programs as XMP, cameras as Exif; where several say it, the first of these that does is
believed. Neither XMP nor Exif is parsed further than for these texts, wherever in the file they lie.
"""

from __future__ import annotations

import re
from html import unescape

from newsgen.model.card import PictureText
from newsgen.pictures import exif, iptc

__all__ = ["said"]

_SEGMENT = 65_536  # bytes of one description: a JPEG segment holds no more
_LIMIT = 2000  # characters of a text
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ITEM = re.compile(r"<rdf:li[^<>]*>([^<>]*)</rdf:li>")
# What cameras call every photo: "OLYMPUS DIGITAL CAMERA", "SONY DSC", "IMG_2041".
_BY_CAMERA = re.compile(r"\W*(?:[\w ]*\bdigital camera|sony dsc|dcim|dav|untitled|default|photo|image|\w*\d+)\W*", re.I)


def said(data: bytes) -> PictureText | None:
    """The texts of a picture file; None where it says nothing."""
    by_agency: dict[int, str] = {}
    if (at := data.find(iptc.MARK)) >= 0:
        by_agency = iptc.texts(data[at + len(iptc.MARK) : at + _SEGMENT])
    packet = _packet(data)
    by_camera = exif.Exif()
    if (at := data.find(b"Exif\0\0")) >= 0:
        by_camera = exif.read(data[at + 6 : at + _SEGMENT])
    found = PictureText(
        caption=_first(by_agency.get(iptc.CAPTION, ""), _of_xmp(packet, "dc:description")),
        creator=_first(by_agency.get(iptc.BYLINE, ""), _of_xmp(packet, "dc:creator"), _exif_text(by_camera.artist)),
        credit=_first(by_agency.get(iptc.CREDIT, ""), _of_xmp(packet, "photoshop:Credit")),
        copyright=_first(
            by_agency.get(iptc.COPYRIGHT, ""), _of_xmp(packet, "dc:rights"), _exif_text(by_camera.copyright)
        ),
    )
    return found if found != PictureText() else None


def _packet(data: bytes) -> str:
    """The XMP of a file, as text; "" for none."""
    start = data.find(b"<x:xmpmeta")
    end = data.find(b"</x:xmpmeta>", start, start + _SEGMENT) if start >= 0 else -1
    return data[start:end].decode("utf-8", "replace") if end > 0 else ""


def _of_xmp(packet: str, name: str) -> str:
    """A property of XMP, as an attribute or an element; of a list of names all, of a text in languages the first."""
    if attribute := re.search(rf"\s{name}=(?:\"([^\"<>]*)\"|'([^'<>]*)')", packet):
        return unescape(attribute[1] or attribute[2] or "")
    element = re.search(rf"<{name}>(.*?)</{name}>", packet, re.S)
    if element is None:
        return ""
    items = _ITEM.findall(element[1]) or [element[1]]
    shown = items if name == "dc:creator" else items[:1]
    return " / ".join(unescape(item) for item in shown if "<" not in item)


def _exif_text(content: bytes) -> str:
    return content.partition(b"\0")[0].decode("utf-8", "replace")


def _first(*texts: str) -> str:
    """The first text that says something, in one line; not what a camera calls every photo."""
    for text in texts:
        line = _BLANKS.sub(" ", text).strip()[:_LIMIT]
        if line and not _BY_CAMERA.fullmatch(line):
            return line
    return ""
