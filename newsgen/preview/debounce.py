"""Collects reports of changed files until a save is over, so that each save is taken in once and whole.

One save is reported in several parts within milliseconds, a checkout in thousands. Nothing here looks at a file.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from newsgen.model.value import value

__all__ = ["DebounceLimits", "Debouncer"]


@value
class DebounceLimits:
    """How long changes are collected."""

    quiet_s: float = 0.008  # without a report: then the save is over
    longest_s: float = 0.4  # since the first report: then the files are looked at, whatever goes on
    open_s: float = 0.7  # how long a file that is open for writing is waited for
    most_paths: int = 400  # with more, everything is looked at: the system may have reported only a part
    most_reports: int = 4000  # with more, the system may have dropped some: Linux keeps 16,384


class Debouncer:
    """Reported paths, until somebody takes them with `next`. Belongs to one event loop."""

    def __init__(self, limits: DebounceLimits | None = None) -> None:
        self._limits = limits or DebounceLimits()
        self._ready_at: dict[str, float] = {}  # path -> when it may be read: its writer is waited for until then
        self._first = self._last = 0.0  # when the first and the last of them were reported
        self._reports = 0  # since paths were last taken
        self._reported = asyncio.Event()

    def report(self, path: str, *, is_open: bool) -> None:
        """Something happened at a path; `is_open` where its writer is still at work."""
        now = time.monotonic()
        if not self._ready_at:
            self._first = now
        self._last = now
        self._ready_at[path] = now + self._limits.open_s if is_open else now
        self._reports += 1
        self._reported.set()

    async def next(self) -> set[str] | None:
        """Wait for changes, and then until they are over: the paths to look at, None for everything."""
        while True:
            now = time.monotonic()
            quiet_at = min(self._last + self._limits.quiet_s, self._first + self._limits.longest_s)
            if not self._ready_at:
                self._reported.clear()
                await self._reported.wait()
            elif now < quiet_at:
                await asyncio.sleep(quiet_at - now)
            elif paths := {path for path, ready_at in self._ready_at.items() if ready_at <= now}:
                return self._take(paths, now)
            else:  # all are being written
                await self._next_report(min(self._ready_at.values()) - now)

    def _take(self, paths: set[str], now: float) -> set[str] | None:
        for path in paths:
            del self._ready_at[path]
        is_everything = len(paths) > self._limits.most_paths or self._reports > self._limits.most_reports
        self._first, self._reports = now, 0
        return None if is_everything else paths

    async def _next_report(self, seconds: float) -> None:
        """Sleep until more is reported, for some seconds at most."""
        self._reported.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._reported.wait(), seconds)
