"""The XML that an S3 store answers, as values. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import unquote_plus
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from newsgen.model.value import value
from newsgen.publish.protocol import Transient

__all__ = [
    "Listing", "Version", "Versions", "deletion", "read_code", "read_errors", "read_listing",
    "read_versioning", "read_versions",
]  # fmt: skip

_MD5 = re.compile(r"[0-9a-f]{32}")  # else it is a multipart ETag: the digest of digests, and a count
_CODE = re.compile(r"[A-Za-z0-9.]{1,60}")


@value
class Listing:
    """A part of a listing."""

    objects: tuple[tuple[str, str], ...]  # key, and MD5 of the bytes as far as the ETag may be that; else ""
    next: str  # what the next part is asked for with; "" for the last one


@value
class Version:
    """One version of an object, or the mark of its deletion."""

    key: str
    id: str
    at: float  # when it was written, in seconds; most stores round to whole ones
    md5: str  # as of `Listing`
    is_latest: bool
    is_deletion: bool


@value
class Versions:
    """A part of a listing of versions, the newest of each object first."""

    versions: tuple[Version, ...]
    next: tuple[str, str]  # key and version after which the next part begins; two empty texts for the last one


def _root(data: bytes) -> tuple[ElementTree.Element, str]:
    """The document, and what stands before the names of its elements. Transient for an answer that was cut short."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError:
        raise Transient("an answer that is no XML") from None
    head, brace, _name = root.tag.rpartition("}")
    return root, f"{head}{brace}"


def _md5(etag: str | None) -> str:
    text = (etag or "").strip('"')
    return text if _MD5.fullmatch(text) else ""


def _decoder(root: ElementTree.Element, space: str) -> Callable[[str], str]:
    """What makes a key of its text in an answer: some stores do not escape keys, though they are asked to."""
    return unquote_plus if root.findtext(f"{space}EncodingType") == "url" else str


def read_listing(data: bytes) -> Listing:
    """An answer to ListObjectsV2 with `encoding-type=url`."""
    root, space = _root(data)
    key, etag, decoded = f"{space}Key", f"{space}ETag", _decoder(root, space)
    name = f"{space}Contents"
    objects = tuple((decoded(row.findtext(key) or ""), _md5(row.findtext(etag))) for row in root if row.tag == name)
    return Listing(objects, root.findtext(f"{space}NextContinuationToken") or "")


def read_versions(data: bytes) -> Versions:
    """An answer to ListObjectVersions with `encoding-type=url`."""
    root, space = _root(data)
    versions = tuple(_versions(root, space))
    if root.findtext(f"{space}IsTruncated") != "true":
        return Versions(versions, ("", ""))
    marker = _decoder(root, space)(root.findtext(f"{space}NextKeyMarker") or "")
    return Versions(versions, (marker, root.findtext(f"{space}NextVersionIdMarker") or ""))


def _versions(root: ElementTree.Element, space: str) -> Iterator[Version]:
    decoded = _decoder(root, space)
    for row in root:
        name = row.tag.removeprefix(space)
        if name in ("Version", "DeleteMarker"):
            yield Version(
                key=decoded(row.findtext(f"{space}Key") or ""),
                id=row.findtext(f"{space}VersionId") or "null",
                at=_seconds(row.findtext(f"{space}LastModified") or ""),
                md5=_md5(row.findtext(f"{space}ETag")),
                is_latest=row.findtext(f"{space}IsLatest") == "true",
                is_deletion=name == "DeleteMarker",
            )


def _seconds(text: str) -> float:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def read_versioning(data: bytes) -> bool:
    """Whether a bucket has kept versions at any time: an answer to GetBucketVersioning."""
    root, space = _root(data)
    return root.findtext(f"{space}Status") in ("Enabled", "Suspended")


def read_code(data: bytes) -> str:
    """What a store calls its refusal, such as "AccessDenied"; "" for an answer without that. It holds no secret."""
    if not data:
        return ""
    try:
        root, space = _root(data)
    except Transient:
        return ""
    code = root.findtext(f"{space}Code") or ""
    return code if _CODE.fullmatch(code) else ""


def read_errors(data: bytes) -> list[tuple[str, str]]:
    """What was not deleted, as keys with the store's codes: an answer to DeleteObjects."""
    root, space = _root(data)
    rows = root.iterfind(f"{space}Error")
    return [(row.findtext(f"{space}Key") or "", row.findtext(f"{space}Code") or "") for row in rows]


def deletion(entries: Iterator[tuple[str, str]]) -> bytes:
    """The body of DeleteObjects for keys, each with its version or "", of which only failures are told."""
    rows = (f"<Object><Key>{escape(key)}</Key>{_version_id(version)}</Object>" for key, version in entries)
    return f"<Delete><Quiet>true</Quiet>{''.join(rows)}</Delete>".encode()


def _version_id(version: str) -> str:
    return f"<VersionId>{escape(version)}</VersionId>" if version else ""
