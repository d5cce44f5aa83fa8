"""What a preview does without being asked: takes in what the system reports, follows the clock, and now and then looks
at everything, for the system may have lost what it should have reported.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable

from newsgen.model.value import value
from newsgen.preview.debounce import Debouncer
from newsgen.preview.thread import SessionThread
from newsgen.preview.watch import FOLDERS, Watch

__all__ = ["Background", "BackgroundLimits"]


@value
class BackgroundLimits:
    """How often the clock ticks and everything is looked at."""

    tick_s: float = 1.0
    # Everything is looked at again after so long, and after this many times what a look takes.
    scan_s: float = 5.0
    scan_share: int = 400


class Background:
    """The work beside the requests. A fault of ours is printed and ends none of it."""

    def __init__(
        self,
        thread: SessionThread,
        debouncer: Debouncer,
        watch: Watch,
        on_polling: Callable[[str], object],
        limits: BackgroundLimits | None = None,
    ) -> None:
        """`on_polling` is called with the reason when the system no longer reports everything."""
        self._thread = thread
        self._debouncer = debouncer
        self._watch = watch
        self._on_polling = on_polling
        self._limits = limits or BackgroundLimits()
        self._scanned_at = time.monotonic()  # when everything was last looked at
        self._scan_again_s = self._limits.scan_s

    async def run(self) -> None:
        """Work until this is cancelled."""
        await asyncio.gather(self._take_in_changes(), self._prepare(), self._follow_clock())

    async def _take_in_changes(self) -> None:
        while True:
            await self._update(await self._debouncer.next())

    async def _update(self, paths: set[str] | None) -> None:
        """Bring the site up to date where something happened, everywhere for None."""
        began = time.monotonic()
        try:
            if paths is not None and not paths.isdisjoint(FOLDERS):
                await asyncio.get_running_loop().run_in_executor(None, self._watch.restart)
                paths = None
            await self._thread.ask(lambda session: session.update(paths))
        except Exception:  # any: a task that ended would leave the site as it is for good
            traceback.print_exc()
            paths = None
        if paths is None:
            self._scanned_at = time.monotonic()
            self._scan_again_s = max(self._limits.scan_s, (self._scanned_at - began) * self._limits.scan_share)

    async def _prepare(self) -> None:
        """Save what was read at the start, and get ready for the first changes."""
        await asyncio.sleep(self._limits.tick_s)  # the first page comes first
        await self._update(None)  # what changed while the site was read, before it was watched
        try:
            await self._save()
            while await self._thread.ask(lambda session: session.warm_step()):
                pass
        except Exception:  # any: the clock's next tick goes on with it
            traceback.print_exc()

    async def _save(self) -> None:
        """Save in the record what was read, between what is asked."""
        while await self._thread.ask(lambda session: session.save_step()):
            pass

    async def _follow_clock(self) -> None:
        while True:
            await asyncio.sleep(self._limits.tick_s)
            try:
                await self._tick()
            except Exception:  # any: a clock that stands would keep an embargo for good
                traceback.print_exc()

    async def _tick(self) -> None:
        await self._save()
        await self._thread.ask(lambda session: session.update_if_due())  # a story may be due
        if time.monotonic() - self._scanned_at > self._scan_again_s:
            if not await asyncio.get_running_loop().run_in_executor(None, self._watch.check):
                self._on_polling(self._watch.reason)
            await self._update(None)
