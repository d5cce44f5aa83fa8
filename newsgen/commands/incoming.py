"""The files that an import is given: files, folders and archives with all that is in them.

What cannot be read is named, and the rest is imported. Links and names that begin with a dot are left out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from newsgen.disk import Disk
from newsgen.disk.packed import ARCHIVE_ENDINGS, is_archive, members
from newsgen.formats.item import Failure
from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import is_litter
from newsgen.source.listing import PICTURES
from newsgen.storyfile import FILE_LIMIT

__all__ = ["Incoming", "SourceFile"]

SourceFile = tuple[str, bytes | Failure, str]  # label, bytes, day of the file

_SURROGATE = re.compile("[\ud800-\udfff]")  # stands for a byte of a name that is not UTF-8
_NUMBERS = tuple(f"-{number}" for number in range(1, 10))
_START = 512  # bytes that tell an archive


class Incoming:
    """The files that paths name, in order; the same each time it is gone through.

    UsageError, when it is gone through, for a path at which there is nothing.
    """

    def __init__(self, paths: Iterable[str], open_folder: Callable[[str], Disk]) -> None:
        self._paths = tuple(paths)
        self._open_folder = open_folder

    def __iter__(self) -> Iterator[SourceFile]:
        for path in self._paths:
            parent_path, _slash, name = path.rstrip("/").rpartition("/")
            if parent_path.endswith(":"):  # C:/a.txt: without its slash, a drive of Windows is another folder
                parent_path += "/"
            parent = self._open_folder(parent_path or ("/" if path.startswith("/") else "."))
            file = parent.stat(name) if name not in ("", ".", "..") else None
            if file:
                yield from _file(parent, name, path, file.mtime_ns)
                yield from self._beside(parent, name, path)
            else:
                yield from self._folder(path)

    def _beside(self, parent: Disk, name: str, path: str) -> Iterator[SourceFile]:
        """The pictures beside a file that is named alone: those of its name, and of that with a number behind it."""
        stem = name.rpartition(".")[0]
        if not stem or name.lower().endswith(PICTURES):
            return
        folder = path[: len(path) - len(name)]
        for each in (f"{stem}{number}{ending}" for number in ("", *_NUMBERS) for ending in PICTURES):
            picture = parent.stat(each)
            if picture and f"{folder}{each}" not in self._paths:
                yield from _file(parent, each, f"{folder}{each}", picture.mtime_ns)

    def _folder(self, path: str) -> Iterator[SourceFile]:
        folder = self._open_folder(path.rstrip("/") or "/")
        unreadable: list[str] = []
        found = folder.scan("", None, unreadable)
        if not found and not unreadable:
            raise UsageError(Problem("nothing-to-import", path))
        for inner in sorted(unreadable):
            label = _printable(f"{path.rstrip('/')}/{inner}".rstrip("/"))
            yield label, Failure(label, "unreadable-folder"), ""
        for inner, _size, mtime_ns, _ctime_ns in sorted(found, key=lambda stat: stat[0].split("/")):
            yield from _file(folder, inner, f"{path.rstrip('/')}/{inner}", mtime_ns)


def _file(folder: Disk, inner: str, path: str, mtime_ns: int) -> Iterator[SourceFile]:
    """A file, or the files of an archive."""
    label = _printable(path)
    try:
        if inner.lower().endswith(ARCHIVE_ENDINGS):
            with folder.stream(inner) as file:
                start = file.read(_START)
                if is_archive(inner, start):
                    file.seek(0)
                    yield from _members(file, label)
                    return
        data = folder.read(inner)
    except OSError:
        yield label, Failure(label, "unreadable-file"), ""
        return
    if is_archive(inner, data[:_START]):
        yield from _members(BytesIO(data), label)
    else:
        yield label, data, _day(mtime_ns)


def _members(file: BinaryIO, archive: str) -> Iterator[SourceFile]:
    for member in members(file, FILE_LIMIT):
        parts = [part for part in member.name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
        if any(part.startswith(".") or is_litter(part) for part in parts):
            continue
        label = _printable("/".join([archive, *parts]))
        if member.fault == "member-too-large":
            yield label, Failure(label, "file-too-large", (f"{member.size:,}", f"{FILE_LIMIT:,}")), ""
        elif member.fault:
            yield label, Failure(label, member.fault), ""
        else:
            yield label, member.data, _day(member.mtime_ns)


def _printable(path: str) -> str:
    """A path in which each byte that is not UTF-8 is written out: `caf\\xe9.txt`."""
    if path.isascii():
        return path
    return _SURROGATE.sub(lambda found: f"\\x{ord(found[0]) & 0xFF:02x}", path)


def _day(mtime_ns: int) -> str:
    """The day of a file, in UTC so that it does not depend on the machine."""
    try:
        return datetime.datetime.fromtimestamp(mtime_ns // 1_000_000_000, datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return "1970-01-01"
