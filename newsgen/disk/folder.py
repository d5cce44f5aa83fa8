"""A folder of the file system: every open, stat, walk, replace and remove of newsgen."""

from __future__ import annotations

import errno
import os
import platform
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsgen.disk.protocol import FileStat
from newsgen.model.errors import BlockedPath, LockHeld, Problem, SystemFault, UsageError
from newsgen.model.files import Source

__all__ = ["FolderDisk"]

_BLOCKED = (
    errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP,
)  # fmt: skip
_LEADS_OUT = "a link leads out of the folder"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows
_TO_READ = os.O_RDONLY | _BINARY | getattr(os, "O_NOFOLLOW", 0)  # a file is never a link: `scan` names none
_TO_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY
_HOST = f"-{platform.node()}"  # workers of two machines may have one number
_STORY, _LARGE = 32 * 1024, 4 * 1024 * 1024  # bytes read at once: what is nearly always enough, and where it is not
_REST = 4096  # to see that there are no more
_TEMPORARY = ".newsgen-tmp"  # the folder, inside a disk, of files being written


def _source(path: str, stat: os.stat_result) -> Source:
    return Source(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


class FolderDisk:
    """A folder of the file system."""

    def __init__(self, root: str | Path, name: str = "") -> None:
        self.root = os.path.abspath(root)
        self.name = name
        self._folders: set[str] = set()  # known to exist
        self._inner: set[str] = set()  # known to lie in the root, links followed

    def _at(self, path: str) -> str:
        if path[:1] == "/" or "\0" in path or (".." in path and ".." in path.split("/")):
            raise ValueError(f"a path may not leave its folder: {path!r}")
        return f"{self.root}/{path}" if path else self.root

    def _inside(self, folder: str) -> bool:
        """Whether a folder, links followed, lies in the root: a link among its parents may lead out."""
        if folder in self._inner:
            return True
        if len(folder) <= len(self.root):
            self._inner.add(folder)
            return True
        if not self._inside(os.path.dirname(folder)):
            return False
        try:
            is_link = (os.lstat(folder).st_mode & 0o170000) == 0o120000
        except OSError:
            return True  # there is nothing yet
        if is_link:
            inside = os.path.realpath(self.root)
            real = os.path.realpath(folder)
            if real != inside and not real.startswith(inside.rstrip(os.sep) + os.sep):
                return False
        self._inner.add(folder)
        return True

    def read(self, path: str) -> bytes:
        target = self._at(path)
        folder = target[: target.rfind("/")]
        if folder not in self._inner and not self._inside(folder):
            raise OSError(errno.ELOOP, _LEADS_OUT, path)
        # A third of the time of open(), which makes three objects; a story is read twice, a page written once.
        descriptor = os.open(target, _TO_READ)
        try:
            data = os.read(descriptor, _STORY)
            # Until there is no more: a file system over a network may give less than was asked for.
            rest = os.read(descriptor, _REST if len(data) < _STORY else _LARGE)
            if not rest:
                return data
            parts = [data, rest]
            while parts[-1]:
                parts.append(os.read(descriptor, _LARGE))
            return b"".join(parts)
        finally:
            os.close(descriptor)

    def write(self, path: str, data: bytes) -> Source:
        target = self._at(path)
        temporary = f"{self.root}/{_TEMPORARY}"
        folders = self._folders
        try:
            folder = target[: target.rfind("/")]
            if folder not in folders:
                self._make(folder)
            if temporary not in folders:
                self._make(temporary)
            half = f"{temporary}/{os.getpid()}-{threading.get_ident()}{_HOST}"
            descriptor = os.open(half, _TO_WRITE, 0o666)
            try:
                written = os.write(descriptor, data)
                while written < len(data):
                    written += os.write(descriptor, data[written:])
                stat = os.fstat(descriptor)  # the time of the last write
            finally:
                os.close(descriptor)
            try:
                os.replace(half, target)
            except FileNotFoundError:  # another process took the folder away, with the last page in it
                self._folders.discard(folder)
                self._inner.discard(folder)
                self._make(folder)
                os.replace(half, target)
        except OSError as error:
            raise self._fault(path, error) from error
        return Source(path, len(data), stat.st_mtime_ns)

    def _make(self, folder: str) -> None:
        """Make a folder inside the root; a link among its parents would lead outside, and is refused."""
        if folder not in self._inner and folder[: folder.rfind("/")] in self._inner:
            try:
                os.mkdir(folder)
            except OSError:
                pass  # something is there
            else:
                self._inner.add(folder)  # a folder just made is no link
                self._folders.add(folder)
                return
        if not self._inside(folder):
            raise OSError(errno.ELOOP, _LEADS_OUT, folder)
        os.makedirs(folder, exist_ok=True)
        self._folders.add(folder)

    def _fault(self, path: str, error: OSError) -> SystemFault:
        shown = f"{self.name}/{path}" if self.name else path
        kind = BlockedPath if error.errno in _BLOCKED else SystemFault
        return kind(Problem("disk-fault", shown, values=(error.strerror or str(error),)))

    def stat(self, path: str) -> Source | None:
        target = self._at(path)
        try:
            found = os.lstat(target)
        except OSError:
            return None
        if not self._inside(os.path.dirname(target)):
            return None
        return _source(path, found) if (found.st_mode & 0o170000) == 0o100000 else None

    def has(self, path: str) -> bool:
        try:
            os.lstat(self._at(path))
        except (OSError, ValueError):
            return False
        return True

    def scan(self, folder: str = "", odd: list[tuple[str, str]] | None = None) -> list[FileStat]:
        found: list[FileStat] = []
        waiting = [folder]
        while waiting:
            self._look(waiting.pop(), found, waiting, odd)
        found.sort()
        if odd:
            odd.sort()
        return found

    def split_scan(self, least: int) -> tuple[list[FileStat], list[str]]:
        found: list[FileStat] = []
        folders = [""]
        while folders and len(folders) < least:
            below: list[str] = []
            for folder in folders:
                self._look(folder, found, below, None)
            folders = below
        return found, folders

    def scan_path(self, path: str, odd: list[tuple[str, str]]) -> list[FileStat]:
        parents = path.split("/")[:-1]
        if any(os.path.islink(self._at("/".join(parents[:end]))) for end in range(1, len(parents) + 1)):
            return []
        try:
            stat = os.lstat(self._at(path))
        except (FileNotFoundError, NotADirectoryError):
            return []
        kind = stat.st_mode & 0o170000
        if kind == 0o100000:
            return [(path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)]
        if kind == 0o040000:
            return self.scan(path, odd)
        odd.append((path, "link" if kind == 0o120000 else "device or pipe"))
        return []

    def _look(self, folder: str, found: list[FileStat], folders: list[str], odd: list[tuple[str, str]] | None) -> None:
        """Put the files and folders in a folder on the lists."""
        start = f"{folder}/" if folder else ""
        try:
            entries = os.scandir(self._at(folder))
        except (FileNotFoundError, NotADirectoryError):
            return  # gone since it was listed, or another thing
        with entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                if entry.is_file(follow_symlinks=False):
                    try:
                        stat = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue
                    found.append((start + name, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(start + name)
                elif odd is not None:
                    odd.append((start + name, "link" if entry.is_symlink() else "device or pipe"))

    def remove(self, path: str) -> None:
        target = self._at(path)
        try:
            if not self._inside(os.path.dirname(target)):
                raise OSError(errno.ELOOP, _LEADS_OUT, path)
            os.unlink(target)
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
            self._folders.discard(folder)
            self._inner.discard(folder)
            folder = os.path.dirname(folder)

    def is_empty(self) -> bool:
        try:
            with os.scandir(self.root) as found:
                return next(iter(found), None) is None
        except FileNotFoundError:
            return True
        except NotADirectoryError:
            raise UsageError(Problem("not-a-folder", self.name or self.root)) from None

    def remove_temporary_files(self) -> None:
        shutil.rmtree(f"{self.root}/{_TEMPORARY}", ignore_errors=True)
        self._folders.discard(f"{self.root}/{_TEMPORARY}")

    @contextmanager
    def lock(self, path: str) -> Iterator[None]:
        """Hold the lock file for the block; LockHeld, naming the holder's process, where another has it.

        The system lets go of it when the holder ends, however it ends.
        """
        target = self._at(path)
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            descriptor = os.open(target, os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
        except OSError as error:
            raise self._fault(path, error) from error
        try:
            self._hold(path, descriptor)
            yield
        finally:
            os.close(descriptor)

    def _hold(self, path: str, descriptor: int) -> None:
        """Take the lock of an open file, and put this process's number into it."""
        if not _take(descriptor):
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            raise LockHeld(Problem("locked", self.name or self.root, values=(holder or "?",)))
        try:
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        except OSError as error:
            raise self._fault(path, error) from error


def _take(descriptor: int) -> bool:
    try:
        import fcntl  # not on Windows
    except ImportError:  # pragma: no cover
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
