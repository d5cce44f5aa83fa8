"""What tests of targets need: a clock that no test waits for, small releases, readers."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from newsgen.disk import MemoryDisk
from newsgen.model.files import digest
from newsgen.publish.host_rules import parse_rules
from newsgen.publish.protocol import Surroundings
from newsgen.publish.release import RULE_FILES, File, Release

__all__ = ["FakeTime", "release_with", "surroundings"]


class FakeTime:
    """A clock that moves only when somebody sleeps; for several threads."""

    def __init__(self, now: float = 1_780_000_000.0) -> None:
        self._now = now
        self._lock = threading.Lock()
        self.slept: list[float] = []

    def now(self) -> float:
        """The time, in seconds."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        with self._lock:
            self._now += seconds
            self.slept.append(seconds)


def surroundings(time: FakeTime, env: Mapping[str, str] | None = None, timeout_s: float = 10.0) -> Surroundings:
    """A computer with these variables in its environment."""
    return Surroundings(env or {}, "/nonexistent", int(time.now()), time.sleep, timeout_s)


def release_with(files: Mapping[str, bytes]) -> Release:
    """A release of these files, by path; under assets/ lies what pages need, and index.html is a list."""
    output = MemoryDisk(dict(files), "build")
    rules = parse_rules(*(files.get(name, b"").decode() for name in RULE_FILES))
    made = (File(path, digest(data), len(data)) for path, data in sorted(files.items()))
    return Release(tuple(made), output, "", rules)
