"""What not every system has or does: locks, private folders, modes and owners, files that others hold for a moment."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from stat import S_IMODE, S_ISDIR

from newsgen.model.value import value

__all__ = ["Rights", "may_not_link", "patiently", "private_folder", "replace", "rights_of", "take_lock"]

_ALL = 0o777
_OTHERS = 0o007
_PRIVATE = 0o600
_LOCKED_BYTE = 0x7FFF_0000  # on Windows nobody else can read what is locked: no byte of the file, then
# Windows' numbers of errors: access denied and sharing violation, for as long as somebody has the file open, such as a
# scanner or an indexer that looks into each new one; and that a user may make no links.
_HELD, _NO_PRIVILEGE = (5, 32), 1314
_WAITS_S = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # in all, longer than a scanner takes


@value
class Rights:
    """Who may do what with a file."""

    mode: int
    owner: tuple[int, int] | None  # user and group; None for whoever makes the file

    def give_to(self, path: str) -> None:
        """Let a file have these rights, as far as the system and the file system have and allow them."""
        if sys.platform == "win32":  # a file that is read-only could not be moved into place there
            return
        if self.owner is not None:
            with suppress(PermissionError):  # only root may give a file away
                os.chown(path, *self.owner)
        with suppress(PermissionError):  # a file system without modes
            os.chmod(path, self.mode)


def rights_of(path: str, *, is_private: bool) -> Rights | None:
    """The rights of a file, without those of others if it is private; None for a new one that is not."""
    try:
        stat = os.lstat(path)
    except OSError:
        return Rights(_PRIVATE, None) if is_private else None
    return Rights(S_IMODE(stat.st_mode) & _ALL & ~(_OTHERS if is_private else 0), (stat.st_uid, stat.st_gid))


def take_lock(descriptor: int) -> bool:
    """Whether the lock of an open file is now ours. The system releases it when the file is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def patiently(change: Callable[[], None], waits_s: tuple[float, ...] = _WAITS_S) -> None:
    """Make a change to files, again after a moment where Windows says that somebody has one open."""
    for wait_s in waits_s:
        try:
            return change()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(wait_s)
    return change()


def replace(new: str, old: str) -> None:
    """os.replace, patiently: a file is moved into the place of another, from one moment to the next."""
    try:
        os.replace(new, old)
    except PermissionError:
        patiently(lambda: os.replace(new, old))


def may_not_link(error: OSError) -> bool:
    """Whether Windows lets this user make no links."""
    return getattr(error, "winerror", None) == _NO_PRIVILEGE


def private_folder(env: Mapping[str, str]) -> str:
    """A folder for sockets that only this user can write to: that of the session, or ~/.ssh; "" where there is none."""
    if sys.platform == "win32":  # its ssh has no such sockets
        return ""
    for folder in (env.get("XDG_RUNTIME_DIR", ""), os.path.join(env.get("HOME", "") or "/nonexistent", ".ssh")):
        try:
            stat = os.stat(folder)
        except OSError:
            continue
        if S_ISDIR(stat.st_mode) and stat.st_uid == os.geteuid() and not stat.st_mode & 0o022:
            return folder
    return ""
