"""`MemoryDisk`: the same promises as a folder, in memory."""

from __future__ import annotations

import errno
from io import BytesIO
from typing import BinaryIO

from newsgen.disk.names import composed, is_hidden
from newsgen.disk.protocol import FileStat
from newsgen.model.files import Source

__all__ = ["MemoryDisk"]


class MemoryDisk:
    """A disk in memory. Its clock stands still but for a second with each write."""

    def __init__(self, files: dict[str, bytes] | None = None, name: str = "") -> None:
        self.name = name
        self.files: dict[str, bytes] = {}
        self.times: dict[str, int] = {}
        self.writes: list[str] = []  # paths in order, for tests that assert what was written
        self.odd: dict[str, str] = {}  # links and other things that a scan skips: path -> kind
        self._clock = 1_000_000_000
        for path, data in (files or {}).items():
            self.write(path, data)
        self.writes.clear()

    def read(self, path: str) -> bytes:
        try:
            return self.files[self._spelled(path)]
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, "No such file", path) from None

    def stream(self, path: str) -> BinaryIO:
        return BytesIO(self.read(path))

    def write(self, path: str, data: bytes) -> Source:
        self._clock += 1_000_000_000
        spelled = self._spelled(path)
        self.files[spelled] = data
        self.times[spelled] = self._clock
        self.odd.pop(path, None)
        self.writes.append(path)
        return Source(path, len(data), self._clock)

    def edit(self, path: str, data: bytes, like: str = "", *, is_private: bool = False) -> None:
        """A write: files in memory have no modes."""
        self.write(path, data)

    def stat(self, path: str) -> Source | None:
        spelled = self._spelled(path)
        if spelled not in self.files:
            return None
        return Source(path, len(self.files[spelled]), self.times[spelled])

    def has(self, path: str) -> bool:
        return self._spelled(path) in self.files

    def _spelled(self, path: str) -> str:
        """A path as its file was written: see names.py."""
        if path in self.files or path.isascii():
            return path
        return next((name for name in sorted(self.files) if composed(name) == path), path)

    def _name(self, path: str) -> str:
        """The path of a file as a scan gives it."""
        name = composed(path)
        return name if self._spelled(name) == path else path

    def scan(
        self, folder: str = "", skipped: list[tuple[str, str]] | None = None, unreadable: list[str] | None = None
    ) -> list[FileStat]:
        prefix = f"{folder}/" if folder else ""
        if skipped is not None:
            skipped.extend((path, kind) for path, kind in sorted(self.odd.items()) if path.startswith(prefix))
        paths = (path for path in self.files if self._name(path).startswith(prefix) and not is_hidden(path))
        return sorted((self._name(path), len(self.files[path]), self.times[path], 0) for path in paths)

    def scan_path(self, path: str, skipped: list[tuple[str, str]]) -> list[FileStat]:
        spelled = self._spelled(path)
        if spelled in self.files:
            return [(path, len(self.files[spelled]), self.times[spelled], 0)]
        if path in self.odd:
            skipped.append((path, self.odd[path]))
        return self.scan(path, skipped)

    def split_scan(self, at_least: int) -> tuple[list[FileStat], list[str]]:
        return self.scan(), []

    def remove(self, path: str) -> None:
        spelled = self._spelled(path)
        self.files.pop(spelled, None)
        self.times.pop(spelled, None)

    def is_empty(self) -> bool:
        return not self.files

    def remove_temporary_files(self) -> None:
        """There are none: a write in memory is never interrupted."""

    def now_ns(self) -> int:
        """A time so much later than every write that no time stamp is too young to be trusted."""
        self._clock += 10_000_000_000
        return self._clock
