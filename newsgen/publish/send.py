"""Uploads in parallel, with retries and progress. A few files are in memory at once, however many are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from threading import Event

from newsgen.publish.protocol import Surroundings
from newsgen.publish.release import File
from newsgen.publish.retry import retrying

__all__ = ["NO_PROGRESS", "Meter", "Progress", "Sender", "send_all"]

Progress = Callable[[int, int, int, int], None]  # files sent, of how many; bytes sent, of how many


def NO_PROGRESS(_files: int, _all_files: int, _bytes: int, _all_bytes: int) -> None:  # noqa: N802
    """Tells nobody."""


@dataclass(slots=True)
class Meter:
    """Counts what has been sent of one publication, and tells."""

    progress: Progress
    all_files: int
    all_bytes: int
    files: int = 0
    bytes: int = 0

    def sent(self, file: File) -> None:
        """One more file has been sent."""
        self.files += 1
        self.bytes += file.size
        self.progress(self.files, self.all_files, self.bytes, self.all_bytes)


@dataclass(frozen=True, slots=True)
class Sender:
    """What `send_all` sends with."""

    put: Callable[[File], None]
    surroundings: Surroundings
    place: str

    def send(self, file: File, is_over: Event) -> File:
        """Send one file, again where that fails for a moment. CancelledError after a wait in which it is all over."""

        def sleep(seconds: float) -> None:
            if not is_over.is_set():
                self.surroundings.sleep(seconds)
            if is_over.is_set():
                raise CancelledError

        retrying(lambda: self.put(file), sleep, self.place)
        return file


def send_all(files: Iterable[File], sender: Sender, at_once: int, meter: Meter) -> None:
    """Send every file, in about this order. The first that fails for good ends it: no other is begun or tried again."""
    rest, is_over = iter(files), Event()
    with ThreadPoolExecutor(at_once) as pool:
        running: set[Future[File]] = set()
        try:
            while True:
                for file in rest:
                    running.add(pool.submit(sender.send, file, is_over))
                    if len(running) >= 2 * at_once:
                        break
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    meter.sent(future.result())
        except BaseException:
            is_over.set()
            for future in running:
                future.cancel()
            raise
