"""A folder of releases: each a whole site, and the link `current`, which leads to the one that readers see.

releases/20261129T231500Z-9f86d081/   a release
releases/.partial/                    one that is being made
current -> releases/20261129T…        replaced by a rename, so that it always leads somewhere
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from newsgen.disk.folder import FolderDisk
from newsgen.model.errors import Problem, SystemFault

__all__ = ["ReleaseFolder"]

_RELEASES, _PARTIAL, _CURRENT = "releases", ".partial", "current"


class ReleaseFolder:
    """The folder of one site's releases. SystemFault where the disk refuses."""

    def __init__(self, root: str) -> None:
        self.root = os.path.abspath(root)
        self._releases = f"{self.root}/{_RELEASES}"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise SystemFault(Problem("disk-fault", self.root, values=(error.strerror or str(error),))) from error

    def names(self) -> list[str]:
        """The releases, newest first."""
        with self._faults():
            try:
                entries = os.listdir(self._releases)
            except FileNotFoundError:
                return []
        return sorted((name for name in entries if not name.startswith(".")), reverse=True)

    def current(self) -> str:
        """The release that readers see; "" for none. SystemFault where `current` is no link of ours."""
        link = f"{self.root}/{_CURRENT}"
        if not os.path.lexists(link):
            return ""
        if not os.path.islink(link):
            raise SystemFault(Problem("publish-current", link))
        folder, name = os.path.split(os.readlink(link).rstrip("/"))
        return name if folder in (_RELEASES, self._releases) and os.path.isdir(f"{self._releases}/{name}") else ""

    def disk(self, name: str) -> FolderDisk:
        """The files of a release."""
        folder = f"{self._releases}/{name}"
        return FolderDisk(folder, folder)

    def partial(self) -> FolderDisk:
        """The files of the release that is being made; what a killed run left is there still."""
        with self._faults():
            os.makedirs(f"{self._releases}/{_PARTIAL}", exist_ok=True)
        return self.disk(_PARTIAL)

    def share(self, name: str, path: str) -> bool:
        """Have a file of a release in the one that is being made too; whether the file system can."""
        source, target = f"{self._releases}/{name}/{path}", f"{self._releases}/{_PARTIAL}/{path}"
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.link(source, target)
        except OSError:
            return False
        return True

    def finish(self, name: str) -> None:
        """Make the partial release one with a name. It is not what readers see yet."""
        self.disk(_PARTIAL).remove_temporary_files()
        with self._faults():
            os.rename(f"{self._releases}/{_PARTIAL}", f"{self._releases}/{name}")

    def show(self, name: str) -> None:
        """Make a release what readers see, from one moment to the next."""
        temporary = f"{self.root}/.{_CURRENT}-new"
        with self._faults():
            if os.path.lexists(temporary):
                os.unlink(temporary)
            os.symlink(f"{_RELEASES}/{name}", temporary)
            os.replace(temporary, f"{self.root}/{_CURRENT}")

    def delete(self, name: str) -> None:
        """Delete a release."""
        with self._faults():
            shutil.rmtree(f"{self._releases}/{name}")
