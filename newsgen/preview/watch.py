"""Reports which files of a site changed, as the system tells it; where the system cannot, by looking every second.

Nothing else of newsgen knows watchdog. Paths are relative to the site's folder, with /. Too much may be reported, and
files that go on changing: whoever is called looks for itself.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver
from watchdog.utils import BaseThread

from newsgen.disk import composed
from newsgen.model.value import value

__all__ = ["FOLDERS", "Watch", "WatchOptions", "path_in_site"]

_EVENTS = ("created", "modified", "moved", "deleted", "closed")  # not "opened": we open files ourselves
_END_S = 0.5  # how long an observer may take to end
_REPORTS_CLOSE = sys.platform == "linux"  # whether the system reports that a file that was written to is closed

# What watchdog logs (a watch that ends while a last event comes, a flood) is not for the editor: `check` looks for
# watches that are missing, and after a flood everything is looked at.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

FOLDERS = ("content", "templates", "static")
# A path, and whether its writer is still at work: a file that is open for writing, and was just written to.
Report = Callable[[str, bool], None]


@value
class WatchOptions:
    """What is watched, and how."""

    polls: bool = False  # looks every second: for network disks, which report nothing
    poll_s: float = 1.0
    folders: tuple[str, ...] = FOLDERS  # with all below them; of the site's folder its own files
    fdinfo: str = "/proc/self/fdinfo"  # where Linux says what is watched


def path_in_site(path: str, folder: str, name: str, system: type[PurePath] = PurePath) -> str:
    """The path in the site of what a system names in a folder, which `name` is the path of; "" for what lies elsewhere.

    Windows has backslashes in its paths, and says them in another case than they were asked for. Macs may say names in
    NFD.
    """
    parts, above = system(path).parts, system(folder).parts
    if [part.lower() for part in parts[: len(above)]] != [part.lower() for part in above]:
        return ""
    return composed("/".join((*((name,) if name else ()), *parts[len(above) :])))


class Watch:
    """Watches a site's folder from a thread of its own: `report` is called there."""

    def __init__(self, root: Path, report: Report, options: WatchOptions | None = None) -> None:
        self._root = os.path.realpath(root)
        self._report = report
        self._options = options or WatchOptions()
        self.reason = ""  # why it polls though it was not asked to
        self.is_polling = self._options.polls
        self._hook = threading.excepthook
        threading.excepthook = self._on_thread_fault
        self._observer: BaseObserver = self._started()

    def _started(self) -> BaseObserver:
        observer: BaseObserver | None = None
        try:
            observer = PollingObserver(timeout=self._options.poll_s) if self.is_polling else Observer()
            observer.schedule(_Handler(self, self._root, ""), self._root, recursive=False)
            for folder in self._options.folders:
                real = os.path.realpath(f"{self._root}/{folder}")  # it may be a link, which watchdog does not follow
                if os.path.isdir(real):
                    observer.schedule(_Handler(self, real, folder), real, recursive=True)
            observer.start()
            if not self.is_polling and not self._has_all():
                raise OSError(errno.ENOSPC, "inotify watch limit reached")
        except OSError as error:  # no watches left, or none to be had
            if self.is_polling:
                raise
            if observer:
                self._end(observer)
            self.reason = error.strerror or str(error)
            self.is_polling = True
            return self._started()
        return observer

    def _has_all(self) -> bool:
        """Whether every folder is watched: on Linux watchdog passes over those for which there is no watch left."""
        if not os.path.isdir(self._options.fdinfo):
            return True
        text = b""
        for name in os.listdir(self._options.fdinfo):
            with suppress(OSError):  # closed by now
                text += Path(self._options.fdinfo, name).read_bytes()
        watched = set(re.findall(rb"^inotify wd:\w+ ino:(\w+)", text, re.M))
        inodes = {os.stat(self._root).st_ino}
        for top in self._options.folders:
            for folder, _below, _files in os.walk(f"{self._root}/{top}"):
                with suppress(OSError):
                    inodes.add(os.stat(folder).st_ino)
        return {f"{number:x}".encode() for number in inodes} <= watched

    def check(self) -> bool:
        """Whether every change is still reported; else it polls from now on, and `reason` says why."""
        if self.is_polling or self._has_all():
            return True
        self.restart()
        return not self.is_polling

    def restart(self) -> None:
        """Watch again from the start: a folder that was taken away and put back is another one."""
        self._end(self._observer)
        self._observer = self._started()

    def stop(self) -> None:
        """Watch no more. Its threads end by themselves."""
        threading.excepthook = self._hook
        self._end(self._observer)

    @staticmethod
    def _end(observer: BaseObserver) -> None:
        """End an observer. One whose bookkeeping is wrong may fail or never end: nobody waits for that."""

        def stop() -> None:
            with suppress(Exception):
                observer.stop()

        if observer.is_alive():
            ending = threading.Thread(target=stop, daemon=True)
            ending.start()
            ending.join(_END_S)

    def _on_thread_fault(self, fault: threading.ExceptHookArgs) -> None:
        """A thread ended by an exception; one of watchdog's ends all reports, so that watching has to begin anew."""
        if isinstance(fault.thread, BaseThread):
            self._report(self._options.folders[0], False)
        else:
            self._hook(fault)

    def on(self, event: FileSystemEvent, folder: str, name: str) -> None:
        """An event of watchdog's from a folder, which `name` is the path of in the site."""
        if event.event_type not in _EVENTS or (event.is_directory and event.event_type == "modified"):
            return
        if event.is_directory and event.event_type == "moved" and not self.is_polling:
            # Of two folders that were exchanged, watchdog takes one for the other: watch again from the start.
            self._report(self._options.folders[0], False)
        for raw in (event.src_path, event.dest_path):
            path = path_in_site(os.fsdecode(raw), folder, name)
            if path:
                is_written = event.event_type in ("created", "modified") and not event.is_directory and path != name
                self._report(path, is_written and _REPORTS_CLOSE and not self.is_polling)


class _Handler(FileSystemEventHandler):
    """Passes on what happens in one folder, which has a path in the site: "" for the site's own."""

    def __init__(self, watch: Watch, folder: str, name: str) -> None:
        self._watch = watch
        self._folder = folder
        self._name = name

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._watch.on(event, self._folder, self._name)
