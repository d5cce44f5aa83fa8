"""The files in a zip or tar archive, one after the other: nothing is unpacked to disk, and one at a time is in memory.

An archive comes from elsewhere. Names are only names: nothing is ever written by them. What is packed so tightly that
it must be meant to fill a memory or a disk is refused, and so is what is larger than a caller wants.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple, cast

__all__ = ["ARCHIVE_ENDINGS", "Member", "is_archive", "members"]

ARCHIVE_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
_OFFICE = (b"[Content_Types].xml", b"mimetype")  # the first member of documents and books that are zip files too
_TAR_MARK = slice(257, 262)
_RATIO = 200  # text is packed to a tenth, tables to a fiftieth
_SMALL = 1 << 20  # bytes: what is no larger may be packed as tightly as it likes
_SWOLLEN = 1 << 25  # the same of an archive
_READ = 1 << 24  # bytes that a header may ask for at once
_CHUNK = 1 << 20
_ENCRYPTED = 1  # bit of a zip file's flags
_FAULTS = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError, tarfile.TarError,
    zipfile.BadZipFile,
)  # fmt: skip


class Member(NamedTuple):
    """A file of an archive; or what is wrong with it, or with the archive, whose name is ""."""

    name: str
    data: bytes = b""
    mtime_ns: int = 0
    fault: str = ""  # member-encrypted, member-too-large, member-damaged, packed-too-tightly, archive-damaged
    size: int = 0  # bytes of a member that is too large


class _TooTight(Exception):
    """An archive is packed more tightly than text ever is."""


def is_archive(name: str, start: bytes) -> bool:
    """Whether a file is a zip or tar archive, to judge by its first 512 bytes, and of a packed tar by its name too."""
    if start.startswith(_ZIP):
        return start[30:].startswith(_OFFICE) is False
    if start[_TAR_MARK] == b"ustar":
        return True
    return name.lower().endswith(ARCHIVE_ENDINGS) and (start.startswith(_PACKED) or name.lower().endswith(".tar"))


def members(file: BinaryIO, limit: int) -> Iterator[Member]:
    """The files of an archive, without folders and links; of those above `limit` bytes only that they are too large.

    What cannot be read is named, and the others come all the same, as far as the archive can be read.
    """
    start = file.read(4)
    file.seek(0)
    try:
        yield from _of_zip(file, limit) if start in _ZIP else _of_tar(file, limit)
    except _TooTight:
        yield Member("", fault="packed-too-tightly")
    except _FAULTS:
        yield Member("", fault="archive-damaged")


def _of_zip(file: BinaryIO, limit: int) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename.split("/")):
            if not info.is_dir() and (info.external_attr >> 28) != 0xA:  # a link
                yield _zip_member(archive, info, limit)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Member:
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():  # often UTF-8 that does not say so
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    if info.flag_bits & _ENCRYPTED:
        return Member(name, fault="member-encrypted")
    if info.file_size > _SMALL and info.file_size > _RATIO * info.compress_size:
        return Member(name, fault="packed-too-tightly")
    if info.file_size > limit:
        return Member(name, fault="member-too-large", size=info.file_size)
    try:
        with archive.open(info) as packed:
            data = packed.read(limit + 1)
        time = int(datetime(*info.date_time, tzinfo=UTC).timestamp()) * 1_000_000_000
    except _FAULTS:
        return Member(name, fault="member-damaged")
    return Member(name, data, time)


def _of_tar(file: BinaryIO, limit: int) -> Iterator[Member]:
    stream = _Forward(file)
    with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r:") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined] # it would keep every header of the archive
            if not info.isreg():
                continue
            if info.size > limit:
                yield Member(info.name, fault="member-too-large", size=info.size)
                continue
            packed = archive.extractfile(info)
            data = packed.read() if packed else b""
            yield Member(info.name, data, int(info.mtime) * 1_000_000_000)


class _Forward:
    """An archive as it is when unpacked, read from the front. _TooTight where it is more than text ever is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacked = _unpacked(file)
        self._at = 0

    def read(self, size: int) -> bytes:
        if size > _READ:
            raise _TooTight
        data = self._unpacked.read(size)
        self._at += len(data)
        if self._at > _RATIO * self._file.tell() + _SWOLLEN:
            raise _TooTight
        return data

    def seek(self, at: int) -> None:
        if self._unpacked is self._file:
            self._file.seek(at)
            self._at = at
        if at < self._at:
            raise tarfile.ReadError("an archive is read from the front")
        while self._at < at and self.read(min(_CHUNK, at - self._at)):
            pass

    def tell(self) -> int:
        return self._at


def _unpacked(file: BinaryIO) -> BinaryIO:
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    if start.startswith(b"BZh"):
        return cast("BinaryIO", bz2.BZ2File(file))
    if start.startswith(b"\xfd7zXZ"):
        return cast("BinaryIO", io.BufferedReader(lzma.LZMAFile(file)))
    return file
