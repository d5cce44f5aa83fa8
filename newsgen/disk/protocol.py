"""`Disk`: what newsgen needs of a folder, whether on disk or in memory."""

from __future__ import annotations

from typing import BinaryIO, Protocol

from newsgen.model.files import Source

__all__ = ["Disk", "FileStat"]

FileStat = tuple[str, int, int, int]  # of a file: path, size in bytes, mtime_ns, ctime_ns


class Disk(Protocol):
    """One folder. Paths are relative to it, with /; ValueError for a path that leaves it."""

    name: str  # what a user calls the folder; messages put it before paths

    def read(self, path: str) -> bytes:
        """The bytes of a file; FileNotFoundError or another OSError where it cannot be read."""

    def stream(self, path: str) -> BinaryIO:
        """A file to read piece by piece, for one that may not fit into memory; OSError as of `read`."""

    def write(self, path: str, data: bytes) -> Source:
        """Put a whole file in place, making its folders. Who reads meanwhile gets the old or the new, never a part.

        SystemFault where that fails; BlockedPath where only this path cannot be written.
        """

    def edit(self, path: str, data: bytes, like: str = "", *, is_private: bool = False) -> None:
        """`write` for a file that is the user's: it keeps its mode and, where the system lets us, its owner.

        A new file takes those of the file `like`, if one is named. A private one is for nobody but its owner and group,
        and if it is new for its owner alone.
        """

    def stat(self, path: str) -> Source | None:
        """Size and time of a regular file; None where there is none."""

    def has(self, path: str) -> bool:
        """Whether there is anything at a path: a file, a folder, or a link, wherever that leads."""

    def scan(
        self, folder: str = "", skipped: list[tuple[str, str]] | None = None, unreadable: list[str] | None = None
    ) -> list[FileStat]:
        """All regular files below a folder in order of path, without names that begin with a dot.

        Links, pipes and devices are skipped, and added to the list `skipped` as (path, kind); so is each folder with a
        dot in its name, which may have the name of a file. OSError where a folder cannot be read; with a list
        `unreadable` its path goes there, and the rest is scanned.
        """

    def scan_path(self, path: str, skipped: list[tuple[str, str]]) -> list[FileStat]:
        """What `scan` would return of one path: that file, the files below that folder, or nothing."""

    def split_scan(self, at_least: int) -> tuple[list[FileStat], list[str]]:
        """A `scan` cut in pieces for several processes: the files of the upper folders, and the folders still to scan.

        There are `at_least` so many folders, or none where the tree has fewer.
        """

    def remove(self, path: str) -> None:
        """Remove a file, and the folders that this leaves empty; no error where it is gone already."""

    def is_empty(self) -> bool:
        """Whether the folder does not exist, or holds nothing that anybody wants; UsageError where it is a file."""

    def remove_temporary_files(self) -> None:
        """Remove what interrupted writes left behind."""
