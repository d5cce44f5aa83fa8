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
_IPTC_FIELDS = {
    iptc.CAPTION: "caption",
    iptc.BYLINE: "creator",
    iptc.CREDIT: "credit",
    iptc.COPYRIGHT: "copyright",
}
_XMP_FIELDS = {
    "caption": "dc:description",
    "creator": "dc:creator",
    "credit": "photoshop:Credit",
    "copyright": "dc:rights",
}
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ITEM = re.compile(r"<rdf:li[^<>]*>([^<>]*)</rdf:li>")
# What cameras call every photo: "OLYMPUS DIGITAL CAMERA", "SONY DSC", "IMG_2041".
_NAMES_OF_CAMERAS = re.compile(
    r"\W*(?:[\w ]*\bdigital camera|sony dsc|dcim|dav|untitled|default|photo|image|\w*\d+)\W*", re.I
)


def said(data: bytes) -> PictureText | None:
    """The texts of a picture file; None where it says nothing."""
    sources = (("IPTC", _by_agency(data)), ("XMP", _by_program(data)), ("Exif", _by_camera(data)))
    found: dict[str, str] = {}
    kinds: list[str] = []
    for kind, texts in sources:
        for field, text in texts.items():
            line = _BLANKS.sub(" ", text).strip()[:_LIMIT]
            if line and field not in found and not _NAMES_OF_CAMERAS.fullmatch(line):
                found[field] = line
                kinds.append(kind)
    return PictureText(**found, kind=kinds[0]) if found else None


def _by_agency(data: bytes) -> dict[str, str]:
    at = data.find(iptc.MARK)
    texts = iptc.texts(data[at + len(iptc.MARK) : at + _SEGMENT]) if at >= 0 else {}
    return {_IPTC_FIELDS[number]: text for number, text in texts.items()}


def _by_program(data: bytes) -> dict[str, str]:
    packet = _packet(data)
    return {field: _of_xmp(packet, name) for field, name in _XMP_FIELDS.items()} if packet else {}


def _by_camera(data: bytes) -> dict[str, str]:
    at = data.find(b"Exif\0\0")
    read = exif.read(data[at + 6 : at + _SEGMENT]) if at >= 0 else exif.Exif()
    return {"creator": _exif_text(read.artist), "copyright": _exif_text(read.copyright)}


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
