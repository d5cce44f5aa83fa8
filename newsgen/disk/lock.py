"""A lock file: one command at a time changes a site."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from newsgen.disk.system import take_lock
from newsgen.model.errors import LockHeld, Problem, SystemFault

__all__ = ["hold"]

_BINARY = getattr(os, "O_BINARY", 0)  # Windows
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def hold(target: str, shown: str, folder: str, *, is_for_reading: bool) -> Iterator[None]:
    """Hold a lock file for the length of the block; LockHeld, with the other's process number, where it is taken.

    It is an flock(2), or a lock of Windows, which the system releases when its holder ends, however it ends. Who only
    reads does without the file in a folder that may not be written, and locks one that is there. Messages call the file
    `shown`.
    """
    is_writable = True
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        descriptor = os.open(target, os.O_RDWR | os.O_CREAT | _BINARY, 0o666)
    except OSError as error:
        if not is_for_reading or error.errno not in _READ_ONLY:
            raise _fault(shown, error) from error
        is_writable = False
        try:
            descriptor = os.open(target, os.O_RDONLY | _BINARY)
        except OSError:
            yield
            return
    try:
        if not take_lock(descriptor):
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            raise LockHeld(Problem("locked", folder, values=(holder or "?",)))
        if is_writable:
            _write_holder(descriptor, shown)
        yield
    finally:
        os.close(descriptor)


def _write_holder(descriptor: int, shown: str) -> None:
    """Write this process's number into the file."""
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
    except OSError as error:
        raise _fault(shown, error) from error


def _fault(shown: str, error: OSError) -> SystemFault:
    return SystemFault(Problem("disk-fault", shown, values=(error.strerror or str(error),)))
