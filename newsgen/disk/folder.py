"""A folder of the file system: every open, stat, walk, replace and remove of newsgen, and the lock of a site."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import BinaryIO

from newsgen.disk.links import home_of, leads_into
from newsgen.disk.lock import hold
from newsgen.disk.names import WELL_KNOWN, entries_by_name, names_more_on_windows, spelled_on_disk
from newsgen.disk.protocol import FileStat
from newsgen.disk.system import Rights, patiently, replace, rights_of
from newsgen.model.errors import BlockedPath, Problem, SystemFault, UsageError
from newsgen.model.files import Source, is_litter

__all__ = ["FolderDisk"]

_BLOCKED = (
    errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP,
)  # fmt: skip
_LINK_OUTSIDE = "a link leads out of the folder"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows
# Links are never followed: `scan` names none. A pipe that has come into a file's place is not waited for.
_READ_FLAGS = os.O_RDONLY | _BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_HOST = f"-{platform.node()}"  # processes of two machines may have the same number
_USUAL, _LARGE = 32 * 1024, 4 * 1024 * 1024  # bytes read at once: enough for nearly every file, and for the rest
_PROBE = 4096  # bytes asked for to see that a file has ended
_TEMPORARY = ".newsgen-tmp"  # a folder inside the root, where files are written before they are moved into place


class FolderDisk:
    """A folder of the file system as a `Disk` (protocol.py); relative paths cannot leave it, nor can links.

    But the folders `follows`, directly in the root, may be links: what they lead to counts as part of the folder.
    OSError in writing and removing is raised as SystemFault, or as BlockedPath where only that path is affected.
    """

    def __init__(self, root: str | Path, name: str = "", follows: tuple[str, ...] = ()) -> None:
        self.root = os.path.abspath(root)
        self.name = name
        self._followed = tuple(f"{self.root}/{folder}" for folder in follows)
        self._existing: set[str] = set()  # folders known to exist, as absolute paths
        self._inside: set[str] = set()  # folders known to lie in the root, with links followed

    def _absolute(self, path: str) -> str:
        if (
            path[:1] == "/"
            or "\0" in path
            or (".." in path and ".." in path.split("/"))
            or (os.sep != "/" and names_more_on_windows(path))
        ):
            raise ValueError(f"a path may not leave its folder: {path!r}")
        if not path.isascii():
            return spelled_on_disk(self.root, path)
        return f"{self.root}/{path}" if path else self.root

    def _is_inside(self, folder: str) -> bool:
        """Whether a folder lies in the root with links followed: one of its parents may be a link to somewhere else."""
        if folder in self._inside:
            return True
        if len(folder) <= len(self.root):
            self._inside.add(folder)
            return True
        if not self._is_inside(os.path.dirname(folder)):
            return False
        try:
            is_link = S_ISLNK(os.lstat(folder).st_mode)
        except OSError:
            return True  # it does not exist yet
        if is_link and folder not in self._followed and not leads_into(folder, (self.root, *self._followed)):
            return False
        self._inside.add(folder)
        return True

    def read(self, path: str) -> bytes:
        target = self._absolute(path)
        folder = target[: target.rfind("/")]
        if folder not in self._inside and not self._is_inside(folder):
            raise OSError(errno.ELOOP, _LINK_OUTSIDE, path)
        # os.open takes a third of the time of open(), which makes three objects. A build reads each story twice.
        descriptor = os.open(target, _READ_FLAGS)
        try:
            data = os.read(descriptor, _USUAL)
            # Read until nothing comes: a network file system may give less than was asked for.
            rest = os.read(descriptor, _PROBE if len(data) < _USUAL else _LARGE)
            if not rest:
                return data
            parts = [data, rest]
            while parts[-1]:
                parts.append(os.read(descriptor, _LARGE))
            return b"".join(parts)
        finally:
            os.close(descriptor)

    def stream(self, path: str) -> BinaryIO:
        if not self._is_inside(os.path.dirname(self._absolute(path))):
            raise OSError(errno.ELOOP, _LINK_OUTSIDE, path)
        return os.fdopen(os.open(self._absolute(path), _READ_FLAGS), "rb")

    def write(self, path: str, data: bytes) -> Source:
        return self._put(path, data, None)

    def edit(self, path: str, data: bytes, like: str = "", *, is_private: bool = False) -> None:
        self._put(path, data, rights_of(self._absolute(like or path), is_private=is_private))

    def _put(self, path: str, data: bytes, rights: Rights | None) -> Source:
        target = self._absolute(path)
        home = home_of(target, self.root, self._followed) if self._followed else self.root
        temporary = f"{home}/{_TEMPORARY}"
        folders = self._existing
        try:
            folder = target[: target.rfind("/")]
            if folder not in folders:
                self._make_folder(folder)
            if temporary not in folders:
                self._make_folder(temporary)
            unfinished = f"{temporary}/{os.getpid()}-{threading.get_ident()}{_HOST}"
            descriptor = os.open(unfinished, _WRITE_FLAGS, 0o600 if rights else 0o666)
            try:
                written = os.write(descriptor, data)
                while written < len(data):
                    written += os.write(descriptor, data[written:])
                stat = os.fstat(descriptor)  # its time is that of the last write
            finally:
                os.close(descriptor)
            if sys.platform == "win32":  # where the time may be settled only when the file is closed
                stat = os.stat(unfinished)
            if rights:
                rights.give_to(unfinished)
            try:
                replace(unfinished, target)
            except FileNotFoundError:  # another process removed the folder with the last page in it
                self._existing.discard(folder)
                self._inside.discard(folder)
                self._make_folder(folder)
                replace(unfinished, target)
        except OSError as error:
            raise self._fault(path, error) from error
        return Source(path, len(data), stat.st_mtime_ns)

    def _make_folder(self, folder: str) -> None:
        """Make a folder inside the root; OSError where a link among its parents leads outside."""
        if folder not in self._inside and folder[: folder.rfind("/")] in self._inside:
            try:
                os.mkdir(folder)
            except OSError:
                pass  # something is there already
            else:
                self._inside.add(folder)  # what was just made is no link
                self._existing.add(folder)
                return
        if not self._is_inside(folder):
            raise OSError(errno.ELOOP, _LINK_OUTSIDE, folder)
        os.makedirs(folder, exist_ok=True)
        self._existing.add(folder)

    def _fault(self, path: str, error: OSError) -> SystemFault:
        shown = f"{self.name}/{path}" if self.name else path
        kind = BlockedPath if error.errno in _BLOCKED else SystemFault
        return kind(Problem("disk-fault", shown, values=(error.strerror or str(error),)))

    def stat(self, path: str) -> Source | None:
        target = self._absolute(path)
        try:
            stat = os.lstat(target)
        except OSError:
            return None
        if not self._is_inside(os.path.dirname(target)):
            return None
        return Source(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) if S_ISREG(stat.st_mode) else None

    def has(self, path: str) -> bool:
        try:
            os.lstat(self._absolute(path))
        except (OSError, ValueError):
            return False
        return True

    def scan(
        self, folder: str = "", skipped: list[tuple[str, str]] | None = None, unreadable: list[str] | None = None
    ) -> list[FileStat]:
        files: list[FileStat] = []
        folders = [folder]
        while folders:
            at = folders.pop()
            try:
                self._list_folder(at, files, folders, skipped)
            except OSError:
                if unreadable is None:
                    raise
                unreadable.append(at)
        files.sort()
        if skipped:
            skipped.sort()
        return files

    def split_scan(self, at_least: int) -> tuple[list[FileStat], list[str]]:
        files: list[FileStat] = []
        folders = [""]
        while folders and len(folders) < at_least:
            below: list[str] = []
            for folder in folders:
                self._list_folder(folder, files, below, None)
            folders = below
        return files, folders

    def scan_path(self, path: str, skipped: list[tuple[str, str]]) -> list[FileStat]:
        parents = path.split("/")[:-1]
        above = (self._absolute("/".join(parents[:end])) for end in range(1, len(parents) + 1))
        if any(os.path.islink(folder) for folder in above if folder not in self._followed):
            return []
        target = self._absolute(path)
        try:
            stat = os.stat(target, follow_symlinks=target in self._followed)
        except (FileNotFoundError, NotADirectoryError):
            return []
        if S_ISREG(stat.st_mode):
            return [(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)]
        if S_ISDIR(stat.st_mode):
            if "." in path.rpartition("/")[2]:
                skipped.append((path, "folder"))
            return self.scan(path, skipped)
        skipped.append((path, "link" if S_ISLNK(stat.st_mode) else "device or pipe"))
        return []

    def _list_folder(
        self, folder: str, files: list[FileStat], folders: list[str], skipped: list[tuple[str, str]] | None
    ) -> None:
        """Add what is directly in a folder to the lists."""
        prefix = f"{folder}/" if folder else ""
        try:
            entries = os.scandir(self._absolute(folder))
        except (FileNotFoundError, NotADirectoryError):
            return  # it has gone since it was listed, or is no folder any more
        with entries:
            for name, entry in entries_by_name(entries):
                if name[0] == "." and name != WELL_KNOWN:
                    continue
                if entry.is_file(follow_symlinks=False):
                    try:
                        stat = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue
                    files.append((prefix + name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(prefix + name)
                    if skipped is not None and "." in name and name != WELL_KNOWN:
                        skipped.append((prefix + name, "folder"))
                elif skipped is not None:
                    skipped.append((prefix + name, "link" if entry.is_symlink() else "device or pipe"))

    def remove(self, path: str) -> None:
        target = self._absolute(path)
        try:
            if not self._is_inside(os.path.dirname(target)):
                raise OSError(errno.ELOOP, _LINK_OUTSIDE, path)
            patiently(lambda: os.unlink(target))
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            raise self._fault(path, error) from error
        folder = os.path.dirname(target)
        while folder != self.root and len(folder) > len(self.root):
            try:
                os.rmdir(folder)
            except OSError:
                break
            self._existing.discard(folder)
            self._inside.discard(folder)
            folder = os.path.dirname(folder)

    def is_empty(self) -> bool:
        try:
            with os.scandir(self.root) as entries:
                return all(is_litter(entry.name) for entry in entries)
        except FileNotFoundError:
            return True
        except NotADirectoryError:
            raise UsageError(Problem("not-a-folder", self.name or self.root)) from None

    def remove_temporary_files(self) -> None:
        for folder in (self.root, *self._followed):
            if os.path.isdir(f"{folder}/{_TEMPORARY}"):  # to look into a pipe would take for ever
                shutil.rmtree(f"{folder}/{_TEMPORARY}", ignore_errors=True)
            self._existing.discard(f"{folder}/{_TEMPORARY}")

    def lock(self, path: str, *, is_for_reading: bool = False) -> AbstractContextManager[None]:
        """Hold a lock file of this folder for the length of a block, as `lock.hold` does."""
        shown = f"{self.name}/{path}" if self.name else path
        return hold(self._absolute(path), shown, self.name or self.root, is_for_reading=is_for_reading)
