"""What not every system has: locks of open files, private folders, modes and owners that a new file takes over."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from stat import S_IMODE, S_ISDIR

from newsgen.model.value import value

__all__ = ["Rights", "flock", "private_folder", "rights_of"]

_ALL = 0o777
_OTHERS = 0o007
_PRIVATE = 0o600


@value
class Rights:
    """Who may do what with a file."""

    mode: int
    owner: tuple[int, int] | None  # user and group; None for whoever makes the file

    def give_to(self, path: str) -> None:
        """Let a file have these rights, as far as the system and the file system have and allow them."""
        if os.name == "nt":  # pragma: no cover  (a file that is read-only could not be moved into place there)
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


def flock(descriptor: int) -> bool:
    """Whether the lock of an open file is now ours; always, where the system has no flock."""
    try:
        import fcntl  # not on Windows
    except ImportError:  # pragma: no cover
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def private_folder(env: Mapping[str, str]) -> str:
    """A folder for sockets that only this user can write to: that of the session, or ~/.ssh; "" where there is none."""
    if os.name == "nt":  # pragma: no cover  (its ssh has no such sockets)
        return ""
    for folder in (env.get("XDG_RUNTIME_DIR", ""), os.path.join(env.get("HOME", "") or "/nonexistent", ".ssh")):
        try:
            stat = os.stat(folder)
        except OSError:
            continue
        if S_ISDIR(stat.st_mode) and stat.st_uid == os.geteuid() and not stat.st_mode & 0o022:
            return folder
    return ""
