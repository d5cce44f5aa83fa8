"""A desk whose builds can be killed at their nth effect on the disk.

The build runs in a forked process that ends at once, by `os._exit`: no `finally`, no `except`, no `__exit__` of newsgen
runs after it, and SQLite leaves its journal as a power cut would. Effects are what Python's audit hooks report:
every file opened for writing, every rename, removal and new folder, and every statement of a database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsgen.disk import FolderDisk
from newsgen.engine.request import BuildRequest
from newsgen.engine.result import BuildResult
from newsgen.engine.run import build
from newsgen.store import Store
from tests.support.sites import Desk

__all__ = ["FINISHED", "KILLED", "KillableDesk"]

FINISHED, KILLED, FAILED = 0, 9, 1
_EFFECTS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree")
_connect = sqlite3.connect
_WRITING = os.O_WRONLY | os.O_RDWR


class _Killer:
    """Counts effects, and ends the process before the nth."""

    def __init__(self, effects: int) -> None:
        self._left = effects

    def count(self, _statement: str = "") -> None:
        self._left -= 1
        if self._left == 0:
            os._exit(KILLED)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EFFECTS or (event == "open" and arguments[2] & _WRITING):
            self.count()

    def connect(self, *arguments: Any, **named: Any) -> sqlite3.Connection:
        """Replaces sqlite3.connect: every statement is an effect."""
        connection: sqlite3.Connection = _connect(*arguments, **named)
        connection.set_trace_callback(self.count)
        return connection


class KillableDesk(Desk):
    """A site in memory, with output and record in real files."""

    folder: Path

    @classmethod
    def at(cls, folder: Path, files: dict[str, bytes]) -> KillableDesk:
        """A desk whose output and record lie in a folder."""
        desk = cls(files)
        desk.folder = folder
        (folder / "record").mkdir()
        return desk

    @property
    def built(self) -> Path:
        return self.folder / "build"

    def _job(self) -> BuildRequest:
        return replace(self.job(self.output), output=FolderDisk(self.built, "build"))

    def build_here(self) -> BuildResult:
        """Build to the end."""
        with Store(str(self.folder / "record/record.sqlite")) as store:
            return build(self._job(), store)

    def build_until(self, effects: int) -> int:
        """Build in another process that is killed at its nth effect: KILLED, or FINISHED where there are fewer."""
        job = self._job()
        child = os.fork()
        if child == 0:
            try:
                killer = _Killer(effects)
                sys.addaudithook(killer)
                sqlite3.connect = killer.connect  # type: ignore[assignment]
                with Store(str(self.folder / "record/record.sqlite")) as store:
                    build(job, store)
                os._exit(FINISHED)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(FAILED)
        _child, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)

    def reset(self) -> None:
        """Back to before the first build."""
        shutil.rmtree(self.built, ignore_errors=True)
        shutil.rmtree(self.folder / "record")
        (self.folder / "record").mkdir()
