"""What other systems lack or do otherwise, for the whole of this process: called before newsgen is imported.

On `windows` the modules, functions and signals are missing that Windows has not; a file that is open is neither deleted
nor replaced, and now and then one that is not, as where a scanner looks into it; links are refused. On `macos` names
are listed in NFD, and found in any form and case.

Only newsgen's own modules see that: Python's library and others' know their systems. Paths are those of this system in
both: pathlib could make no others.
"""

from __future__ import annotations

import builtins
import errno
import fcntl
import os
import pathlib
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, Self
from unicodedata import normalize

__all__ = ["PATHS", "become"]

_ROOT = Path(__file__).parents[2]
PATHS = f"{_ROOT}/tests/support/elsewhere:{_ROOT}"  # for PYTHONPATH
_NO_WINDOWS_MODULES = "crypt curses fcntl grp nis posix pty pwd readline resource spwd syslog termios tty".split()
_NO_WINDOWS_NAMES = """
    chown chroot confstr fchdir fchmod fchown fork forkpty fpathconf getegid geteuid getgid getgroups getloadavg
    getpgid getpgrp getpriority getresgid getresuid getsid getuid getxattr initgroups killpg lchown listxattr lockf
    makedev mkfifo mknod nice openpty pathconf pipe2 posix_fadvise posix_fallocate posix_spawn posix_spawnp pread preadv
    pwrite pwritev register_at_fork sched_get_priority_max sched_getaffinity sched_getscheduler sched_setaffinity
    sched_yield sendfile setegid seteuid setgid setpgid setpriority setregid setreuid setsid setuid setxattr statvfs
    sync sysconf tcgetpgrp tcsetpgrp ttyname uname wait wait3 wait4 waitid
""".split()
_WINDOWS_SIGNALS = ("SIGABRT", "SIGFPE", "SIGILL", "SIGINT", "SIGSEGV", "SIGTERM", "SIG_DFL", "SIG_IGN")
_EVERY = 7  # of so many files one is held by a scanner, at the first attempt
_IN_USE, _DENIED, _NO_PRIVILEGE = 32, 5, 1314  # Windows' own numbers of errors


class _Sys(ModuleType):
    """The real `sys`, with another platform."""

    platform = "win32"

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(sys, name, value)


def _copy(module: ModuleType, without: Callable[[str], bool]) -> ModuleType:
    copied = ModuleType(module.__name__)
    copied.__dict__.update({name: value for name, value in vars(module).items() if not without(name)})
    return copied


def _is_missing_signal(name: str) -> bool:
    is_number = name.startswith("SIG") and name.isupper() and name not in _WINDOWS_SIGNALS
    return (
        is_number
        or name.startswith(("pthread_", "sigp", "sigw", "sigt", "sigi"))
        or name in ("alarm", "setitimer", "getitimer", "pause")
    )


def _refusal(number: int, code: int, path: object) -> OSError:
    error = OSError(number, os.strerror(number), path)
    error.winerror = code  # type: ignore[attr-defined]
    return error


def _is_open(path: Any) -> bool:
    """Whether this process has a file open, or one in a folder."""
    try:
        sought = os.lstat(path)
    except OSError:
        return False
    inside = os.path.realpath(path) + "/"
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.path.samestat(os.fstat(int(name)), sought) or os.readlink(f"/proc/self/fd/{name}").startswith(inside):
                return True
        except OSError:  # the listing's own
            continue
    return False


def _guarded(real: Callable[..., Any], counted: list[int]) -> Callable[..., Any]:
    """A call that moves or deletes, as Windows does it: not with an open file."""

    def call(path: Any, *others: Any, **more: Any) -> Any:
        for each in (path, *others):
            if _is_open(each):
                raise _refusal(errno.EACCES, _IN_USE, each)
        if os.path.lexists(path):
            counted[0] += 1
            if counted[0] % _EVERY == 0:
                counted[0] += 1
                raise _refusal(errno.EACCES, _DENIED, path)
        return real(path, *others, **more)

    return call


def _fsync(descriptor: int) -> None:
    if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    os.fsync(descriptor)


def _no_link(_target: Any, path: Any, **_more: Any) -> None:
    raise _refusal(errno.EINVAL, _NO_PRIVILEGE, path)


def _locking(descriptor: int, mode: int, _count: int) -> None:
    """The locks of Microsoft's C library: what is locked nobody else can read, so it may be no part of the file."""
    assert os.lseek(descriptor, 0, os.SEEK_CUR) >= os.fstat(descriptor).st_size
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if mode == 2 else fcntl.LOCK_UN)


def _windows() -> dict[str, ModuleType | None]:
    """The modules as newsgen finds them on Windows; None for those that are not there."""
    windows = _copy(
        os, lambda name: name in _NO_WINDOWS_NAMES or name in ("O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "O_CLOEXEC")
    )
    counted = [0]
    for name in ("unlink", "remove", "replace", "rename"):
        setattr(windows, name, _guarded(getattr(os, name), counted))
    windows.__dict__.update(name="nt", fsync=_fsync, symlink=_no_link)
    signals = _copy(signal, _is_missing_signal)
    msvcrt = ModuleType("msvcrt")
    msvcrt.__dict__.update(LK_NBLCK=2, LK_UNLCK=0, locking=_locking)
    for module in (pathlib, shutil):  # they delete files too
        of_library = _copy(os, lambda _name: False)
        of_library.__dict__.update({name: getattr(windows, name) for name in ("unlink", "rename", "replace")})
        module.os = of_library  # type: ignore[attr-defined]
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    missing = dict.fromkeys(_NO_WINDOWS_MODULES)
    return {**missing, "os": windows, "sys": _Sys("sys"), "signal": signals, "msvcrt": msvcrt}


# --- a disk that knows no case, and lists names in NFD ----------------------------------------------------------------


def _key(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())


def _real(path: Any) -> Any:
    """A path as this system has it: each part in whatever form and case it is there."""
    if not isinstance(path, str | os.PathLike) or os.path.lexists(path):
        return path
    folder, name = os.path.split(os.fspath(path).rstrip("/"))
    if not name:
        return path
    folder = _real(folder) if folder else folder
    with suppress(OSError):
        name = next((each for each in os.listdir(folder or ".") if _key(each) == _key(name)), name)
    return os.path.join(folder, name)


class _Entry:
    """An entry of a folder, whose name is in NFD."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self._entry = entry
        self.name = normalize("NFD", entry.name)
        self.path = entry.path

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class _Listing:
    """What os.scandir gives."""

    def __init__(self, path: Any = ".") -> None:
        self._entries = os.scandir(_real(path))

    def __iter__(self) -> Iterator[_Entry]:
        return map(_Entry, self._entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._entries.close()

    def close(self) -> None:
        self._entries.close()


def _resolved(real: Callable[..., Any], paths: int) -> Callable[..., Any]:
    return lambda *given, **more: real(*map(_real, given[:paths]), *given[paths:], **more)


def _macos() -> dict[str, ModuleType | None]:
    """The modules as newsgen finds them on a Mac."""
    mac = _copy(os, lambda name: name == "sched_getaffinity")
    mac_path = _copy(os.path, lambda _name: False)
    for name in ("open", "lstat", "stat", "mkdir", "makedirs", "unlink", "remove", "rmdir", "utime", "chmod", "access"):
        setattr(mac, name, _resolved(getattr(os, name), 1))
    for name in ("replace", "rename", "link"):
        setattr(mac, name, _resolved(getattr(os, name), 2))
    for name in ("lexists", "exists", "isdir", "isfile", "islink", "getsize"):
        setattr(mac_path, name, _resolved(getattr(os.path, name), 1))
    mac_path.__dict__["samefile"] = _resolved(os.path.samefile, 2)
    mac.__dict__.update(
        path=mac_path, scandir=_Listing, listdir=lambda path=".": [normalize("NFD", n) for n in os.listdir(_real(path))]
    )
    fake_sys = _Sys("sys")
    fake_sys.__dict__["platform"] = "darwin"
    for module in (pathlib, shutil):
        module.os = mac  # type: ignore[attr-defined]
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    return {"os": mac, "os.path": mac_path, "sys": fake_sys}


def become(system: str, importers: tuple[str, ...] = ("newsgen",)) -> None:
    """Have the modules of some packages import what another system has."""
    modules = {"windows": _windows, "macos": _macos}[system]()
    real_import = builtins.__import__

    def imported(name: str, globals: Any = None, *rest: Any, **named: Any) -> ModuleType:  # noqa: A002
        importer = (globals or {}).get("__name__", "")
        spec = (globals or {}).get("__spec__")
        if name not in modules or not (importer.startswith(importers) or (spec and spec.name.startswith(importers))):
            return real_import(name, globals, *rest, **named)
        module = modules[name]
        if module is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return module

    builtins.__import__ = imported
    # A text file whose encoding is not named is read in another one elsewhere (with -X warn_default_encoding).
    warnings.filterwarnings("error", category=EncodingWarning, module=r"newsgen(\..*)?")
