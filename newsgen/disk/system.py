"""What not every system has: locks of open files; modes and owners that a new file takes over from an old one."""

from __future__ import annotations

import os
from contextlib import suppress
from stat import S_IMODE

from newsgen.model.value import value

__all__ = ["Rights", "flock", "rights_of"]

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
