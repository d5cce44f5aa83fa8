"""Commands that are killed before their nth change of a site's files, and are run again."""

from __future__ import annotations

from collections.abc import Callable

from newsgen.disk import MemoryDisk
from newsgen.model.files import Source
from tests.support.sites import Desk

__all__ = ["finishes_when_run_again", "kill_before"]


class _Killed(BaseException):
    """No `except` of newsgen's stops it."""


class _FailingDisk(MemoryDisk):
    """A disk on which only some more changes happen."""

    left = 1_000_000

    def _count(self) -> None:
        if not self.left:
            raise _Killed
        self.left -= 1

    def write(self, path: str, data: bytes) -> Source:
        self._count()
        return super().write(path, data)

    def remove(self, path: str) -> None:
        self._count()
        super().remove(path)


def kill_before(desk: Desk, changes: int, command: Callable[[Desk], object]) -> bool:
    """Run a command on a desk that is killed after some changes of the site's files; whether it was killed."""
    whole = desk.site
    desk.site = disk = _FailingDisk()
    disk.__dict__ = whole.__dict__  # the same files, under both disks
    disk.left = changes
    try:
        command(desk)
    except _Killed:
        return True
    else:
        return False
    finally:
        desk.site = whole
        del disk.left


def finishes_when_run_again(files: dict[str, bytes], command: Callable[[Desk], object]) -> int:
    """Assert that a command does the same in one run and in two, the first of which is killed at any change.

    How many changes it makes. The second run may say that all is done.
    """
    whole = Desk(files)
    command(whole)
    for effects in range(100):
        desk = Desk()
        desk.site = disk = _FailingDisk(files, "site")
        disk.left = effects
        try:
            command(desk)
        except _Killed:
            pass
        else:
            return effects
        disk.left = 1_000_000
        command(desk)
        assert disk.files == whole.site.files, f"killed after {effects} changes"
    raise AssertionError("a command that never ends")
