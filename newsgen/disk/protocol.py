"""What newsgen needs of a folder."""

from __future__ import annotations

from typing import Protocol

from newsgen.model.files import Source

__all__ = ["Disk", "FileStat"]

FileStat = tuple[str, int, int, int]  # a file: path, size, mtime_ns, ctime_ns


class Disk(Protocol):
    """What newsgen needs of a folder."""

    name: str  # as a user knows the folder; goes before paths in messages

    def read(self, path: str) -> bytes:
        """The bytes of a file; FileNotFoundError or another OSError where it cannot be read."""

    def write(self, path: str, data: bytes) -> Source:
        """Put a whole file in place at once, making folders; readers see the old or the new, never a part."""

    def stat(self, path: str) -> Source | None:
        """Size and time of a regular file; None where there is none."""

    def has(self, path: str) -> bool:
        """Whether anything stands at a path: a file, a link wherever it leads, a folder."""

    def scan(self, folder: str = "", odd: list[tuple[str, str]] | None = None) -> list[FileStat]:
        """All regular files below a folder in order of path; names that begin with a dot are passed over.

        So are links, pipes and devices; they are put on the list `odd`: (path, kind).
        """

    def scan_path(self, path: str, odd: list[tuple[str, str]]) -> list[FileStat]:
        """What `scan` would find of one path: the file, the files below the folder, or nothing."""

    def split_scan(self, least: int) -> tuple[list[FileStat], list[str]]:
        """What `scan` finds, for several to find: the files of the upper folders, and `least` folders to scan."""

    def remove(self, path: str) -> None:
        """Take a file away, and the folders that it leaves empty; no error where it is gone already."""

    def is_empty(self) -> bool:
        """Whether the folder does not exist or holds nothing."""

    def remove_temporary_files(self) -> None:
        """Remove what an interrupted write left behind."""
