"""A preview runs all day: when Python looks for garbage meanwhile, and when memory goes back to the system."""

from __future__ import annotations

import gc
import time
from contextlib import suppress

from newsgen.related import similarity
from newsgen.workers import pool

__all__ = ["MemoryUpkeep"]

# Changes and pages after which memory is released: in a pause, and without one. It takes 50 ms.
_SOME, _MUCH = 50, 500
_PAUSE_S = 2.0


class MemoryUpkeep:
    """Counts the work that was done since memory was last released."""

    def __init__(self) -> None:
        self._work = 0  # changes and pages since then
        self._last = 0.0  # when the last of them was

    def note_work(self, count: int = 1) -> None:
        """Something was done that leaves memory behind."""
        self._work += count
        self._last = time.monotonic()

    def before_reading(self) -> None:
        """Look for garbage rarely while everything is read: all of it stays, and looking took a fifth of the time."""
        gc.set_threshold(*pool.GC_THRESHOLDS)

    def after_reading(self) -> None:
        """Collect what the reading left. What is in memory by now stays, and is never looked through again."""
        self.note_work(_SOME)
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 10)  # little is made from now on

    def freeze(self) -> None:
        """What is in memory now stays, and is not looked through again."""
        gc.freeze()

    def release_if_much(self) -> None:
        """Release memory where much was left behind, or some and there is a pause."""
        is_pause = self._work >= _SOME and time.monotonic() - self._last > _PAUSE_S
        if is_pause or self._work >= _MUCH:
            self._work = 0
            _release()


def _release() -> None:
    """Collect garbage, and give back to the system what glibc keeps in gaps between memory in use."""
    import ctypes

    similarity.clear_cache()
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):  # another library
        ctypes.CDLL(None).malloc_trim(0)
