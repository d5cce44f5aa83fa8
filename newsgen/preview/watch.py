"""Tells which files of a site changed, as the system tells it; where it cannot, by looking again and again.

Nothing else of newsgen knows watchdog. Paths are relative to the site's folder, with /. What it tells may be too much,
or of a file that changes further: whoever is told looks for himself.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

__all__ = ["Watch"]

_TREES = ("content", "templates")
_OF_INTEREST = ("created", "modified", "moved", "deleted", "closed")  # not "opened": we open files ourselves
_POLL_S = 1.0
_WATCHED = "/proc/self/fdinfo"  # where Linux says what is watched
_HEARS_CLOSE = sys.platform == "linux"  # whether the system tells when a file that was written to is closed

# What watchdog has to say (a watch that ends while a last event comes, a flood) is not for the editor: `check` looks
# for watches that are missing, and whoever is told of a flood looks at everything.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

# A path, and whether its writer is still at work: a file that is open for writing, and was just written to.
Told = Callable[[str, bool], None]


class Watch:
    """Watches a site's folder, from a thread of its own: `told` is called there."""

    def __init__(self, root: Path, told: Told, *, is_polling: bool) -> None:
        self._root = os.path.realpath(root)
        self._told = told
        self.reason = ""  # why it polls though it was not asked to
        self.is_polling = is_polling
        self._observer: BaseObserver = self._begun(is_polling)

    def _begun(self, is_polling: bool) -> BaseObserver:
        observer: BaseObserver | None = None
        try:
            observer = PollingObserver(timeout=_POLL_S) if is_polling else Observer()
            observer.schedule(_Handler(self), self._root, recursive=False)
            for tree in _TREES:
                if os.path.isdir(f"{self._root}/{tree}"):
                    observer.schedule(_Handler(self), f"{self._root}/{tree}", recursive=True)
            observer.start()
            if not is_polling and not self._has_all():
                raise OSError(errno.ENOSPC, "inotify watch limit reached")
        except OSError as error:  # no watches left, or none to be had
            if is_polling:
                raise
            if observer:
                self._end(observer)
            self.reason = error.strerror or str(error)
            self.is_polling = True
            return self._begun(is_polling=True)
        return observer

    def _has_all(self) -> bool:
        """Whether every folder is watched: on Linux watchdog passes over those for which there is no watch left."""
        if not os.path.isdir(_WATCHED):
            return True
        told = b""
        for name in os.listdir(_WATCHED):
            with suppress(OSError):  # closed by now
                told += Path(_WATCHED, name).read_bytes()
        watched = set(re.findall(rb"^inotify wd:\w+ ino:(\w+)", told, re.M))
        folders = {os.stat(self._root).st_ino}
        for tree in _TREES:
            for folder, _below, _files in os.walk(f"{self._root}/{tree}"):
                with suppress(OSError):
                    folders.add(os.stat(folder).st_ino)
        return {f"{number:x}".encode() for number in folders} <= watched

    def check(self) -> bool:
        """Whether it still hears of everything; else it polls from now on, and `reason` says why."""
        if self.is_polling or self._has_all():
            return True
        self.again()
        return not self.is_polling

    def again(self) -> None:
        """Watch anew: a folder that was taken away and put back is another one."""
        self._end(self._observer)
        self._observer = self._begun(self.is_polling)

    def stop(self) -> None:
        """Watch no more. Its threads end by themselves."""
        self._end(self._observer)

    @staticmethod
    def _end(observer: BaseObserver) -> None:
        if observer.is_alive():
            observer.stop()

    def on(self, event: FileSystemEvent) -> None:
        """What watchdog tells."""
        if event.event_type not in _OF_INTEREST or (event.is_directory and event.event_type == "modified"):
            return
        for path in (event.src_path, event.dest_path):
            name = os.fsdecode(path)
            if name.startswith(f"{self._root}/"):
                is_at_work = event.event_type in ("created", "modified") and not event.is_directory
                self._told(
                    name[len(self._root) + 1 :].replace(os.sep, "/"),
                    is_at_work and _HEARS_CLOSE and not self.is_polling,
                )


class _Handler(FileSystemEventHandler):
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._watch.on(event)
