"""XMP (ISO 16684): what picture programs write into a picture as XML, and the little of it that is published.

Rights and credit stay; position, place names, serial numbers, history and all else go. The text is not parsed as XML,
which would let a picture choose how long that takes: what is kept is cut out of it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["has_position", "reduced", "written"]

_LIMIT = 65_536  # bytes of a packet that is looked at: a JPEG segment holds no more
_KEPT = b"dc:rights|dc:creator|photoshop:Credit|xmpRights:WebStatement|xmpRights:Marked|xmpRights:UsageTerms"
_OPENING = re.compile(rb"<(%s)>" % _KEPT)
_ATTRIBUTE = re.compile(rb"\s(?:%s)=(?:\"[^\"<>]*\"|'[^'<>]*')" % _KEPT)
_POSITION = re.compile(rb"GPS(?:Latitude|Longitude|Dest|Position|Coordinates)", re.I)
_PACKET = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"%s>%s'
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)

# Properties that are lists: of names in order, of a text in languages.
_LISTS = {"dc:creator": "Seq", "dc:rights": "Alt"}


def has_position(packet: bytes) -> bool:
    """Whether a packet says where the picture was taken."""
    return bool(_POSITION.search(packet))


def reduced(packet: bytes) -> bytes:
    """A packet with the rights and credit of another; b"" where that has none, is too long, or is no plain UTF-8."""
    if len(packet) > _LIMIT or b"<!" in packet or b"\0" in packet:
        return b""
    try:
        packet.decode("utf-8")
    except UnicodeDecodeError:
        return b""
    elements = b"".join(_elements(packet))
    attributes = b"".join(dict.fromkeys(b" " + match[0].strip() for match in _ATTRIBUTE.finditer(packet)))
    if _POSITION.search(elements + attributes):
        return b""
    return _PACKET % (attributes, elements) if elements or attributes else b""


def _elements(packet: bytes) -> Iterator[bytes]:
    """The elements that are kept, as they are."""
    at = 0
    while match := _OPENING.search(packet, at):
        closing = b"</%s>" % match[1]
        end = packet.find(closing, match.end())
        if end < 0:
            return
        at = end + len(closing)
        yield packet[match.start() : at]


def written(properties: Iterable[tuple[str, str]]) -> bytes:
    """A packet of properties, whose texts are escaped already."""
    return _PACKET % (b"", "".join(_element(name, text) for name, text in properties).encode())


def _element(name: str, text: str) -> str:
    if kind := _LISTS.get(name):
        language = ' xml:lang="x-default"' if kind == "Alt" else ""
        text = f"<rdf:{kind}><rdf:li{language}>{text}</rdf:li></rdf:{kind}>"
    return f"<{name}>{text}</{name}>"
