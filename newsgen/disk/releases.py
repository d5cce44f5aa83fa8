"""A folder of releases: each a whole site, and the link `current`, which leads to the one that readers see.

releases/20261129T231500Z-9f86d081/   a release
releases/.partial-9f86d081/           one that is being made: of each its own, for two computers may publish at once
releases/.deleted-20261129T…/         one that is being deleted
current -> releases/20261129T…        replaced by a rename, so that it always leads somewhere; deleted first on Windows

Whatever has another name belongs to somebody else, and is left alone.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from newsgen.disk.folder import FolderDisk
from newsgen.disk.names import entries_by_name
from newsgen.disk.system import may_not_link, patiently, replace
from newsgen.model.errors import Problem, SystemFault

__all__ = ["ReleaseFolder"]

_RELEASES, _CURRENT = "releases", "current"
_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}(?:-\d+)?")
_PARTIAL, _DELETED = ".partial-", ".deleted-"
_FORSAKEN_S = 86_400  # a release that nobody has worked on for a day is not being made any more


class ReleaseFolder:
    """The folder of one site's releases. SystemFault where the disk refuses."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)
        self._releases = f"{self.root}/{_RELEASES}"
        self._partial = ""  # the name of the release that is being made

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SystemFault(Problem("disk-fault", self.root, values=(error.strerror or str(error),))) from error

    def _entries(self) -> list[str]:
        with self._faults():
            try:
                return os.listdir(self._releases)
            except FileNotFoundError:
                return []

    def names(self) -> list[str]:
        """The releases, newest first."""
        return sorted((name for name in self._entries() if _NAME.fullmatch(name)), reverse=True)

    def unfinished(self) -> list[str]:
        """What killed runs left: a release that is half made, and those that are half deleted."""
        return sorted(name for name in self._entries() if name.startswith((_PARTIAL, _DELETED)))

    def current(self) -> str:
        """The release that readers see; "" for none. SystemFault where `current` is no link of ours."""
        link = f"{self.root}/{_CURRENT}"
        if not os.path.lexists(link):
            return ""
        folder, name = os.path.split(os.readlink(link).rstrip("/")) if os.path.islink(link) else ("", "")
        is_ours = os.path.realpath(os.path.join(self.root, folder)) == os.path.realpath(self._releases)
        if not is_ours or not _NAME.fullmatch(name):
            raise SystemFault(Problem("publish-current", link))
        return name if os.path.isdir(f"{self._releases}/{name}") else ""

    def disk(self, name: str) -> FolderDisk:
        """The files of a release."""
        folder = f"{self._releases}/{name}"
        return FolderDisk(folder, folder)

    def files(self, name: str) -> list[str]:
        """Every file of a release, and every link that is no folder of it, hidden ones too; temporary ones aside."""
        found: list[str] = []
        folders = [""]
        with self._faults():
            while folders:
                at = folders.pop()
                with os.scandir(f"{self._releases}/{name}/{at}") as entries:
                    for entry_name, entry in entries_by_name(entries):
                        if not entry.is_dir(follow_symlinks=False):
                            found.append(f"{at}{entry_name}")
                        elif at or entry_name != ".newsgen-tmp":
                            folders.append(f"{at}{entry_name}/")
        return sorted(found)

    # --- making one ---

    def begin(self, digits: str) -> FolderDisk:
        """The release with these eight digits, as a killed run left it; what other runs left is gone, if it is old."""
        self._partial = f"{_PARTIAL}{digits}"
        unfinished = f"{self._releases}/{self._partial}"
        with self._faults():
            os.makedirs(unfinished, exist_ok=True)
            os.utime(unfinished)
            now = os.stat(unfinished).st_mtime
            for name in self.unfinished():
                is_old = os.stat(f"{self._releases}/{name}").st_mtime < now - _FORSAKEN_S
                if name.startswith(_DELETED) or is_old:
                    self.delete(name)
        return self.disk(self._partial)

    def being_made(self) -> list[str]:
        """Every file of the release that is being made."""
        return self.files(self._partial)

    def share(self, name: str, path: str) -> bool:
        """Have a file of a release in the one that is being made too; whether the file system can."""
        source, target = f"{self._releases}/{name}/{path}", f"{self._releases}/{self._partial}/{path}"
        try:
            try:
                os.link(source, target)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.link(source, target)
        except OSError:
            return False
        return True

    def carry(self, name: str, path: str) -> None:
        """Take somebody's file or link of a release over into the one that is being made, as it is."""
        target = f"{self._releases}/{self._partial}/{path}"
        with self._faults():
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with suppress(FileExistsError):
                shutil.copy2(f"{self._releases}/{name}/{path}", target, follow_symlinks=False)

    def drop(self, path: str) -> None:
        """Remove a file or link from the release that is being made, and the folders that this leaves empty."""
        with self._faults():
            patiently(partial(os.unlink, f"{self._releases}/{self._partial}/{path}"))
        folder = os.path.dirname(path)
        with suppress(OSError):
            while folder:
                os.rmdir(f"{self._releases}/{self._partial}/{folder}")
                folder = os.path.dirname(folder)

    def finish(self, name: str) -> None:
        """Make the partial release one with a name. It is not what readers see yet."""
        self.disk(self._partial).remove_temporary_files()
        with self._faults():
            patiently(partial(os.rename, f"{self._releases}/{self._partial}", f"{self._releases}/{name}"))

    def show(self, name: str) -> None:
        """Make a release what readers see, from one moment to the next."""
        temporary = f"{self.root}/.{_CURRENT}-new"
        with self._faults():
            if os.path.lexists(temporary):
                patiently(partial(os.unlink, temporary))
            try:
                os.symlink(f"{_RELEASES}/{name}", temporary, target_is_directory=True)
            except OSError as error:
                if may_not_link(error):
                    raise SystemFault(Problem("publish-no-links", self.root)) from error
                raise
            # Windows replaces no link to a folder: readers miss it for a moment.
            if sys.platform == "win32" and os.path.islink(f"{self.root}/{_CURRENT}"):
                patiently(partial(os.unlink, f"{self.root}/{_CURRENT}"))
            replace(temporary, f"{self.root}/{_CURRENT}")

    def delete(self, name: str) -> None:
        """Delete a release. If that is interrupted, what is left of it is no release any more."""
        doomed = name if name.startswith(_DELETED) else f"{_DELETED}{name.lstrip('.')}"
        with self._faults():
            if doomed != name:
                patiently(partial(os.rename, f"{self._releases}/{name}", f"{self._releases}/{doomed}"))
            patiently(partial(shutil.rmtree, f"{self._releases}/{doomed}", onerror=_unless_gone))


def _unless_gone(_function: object, _path: str, told: tuple[type[BaseException], BaseException, object]) -> None:
    """Another run may delete the same."""
    if not isinstance(told[1], FileNotFoundError):
        raise told[1]
