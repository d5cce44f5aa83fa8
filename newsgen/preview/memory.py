"""The memory of a preview, which runs all day: let go of from time to time, and given back."""

from __future__ import annotations

import gc
import time
from contextlib import suppress

from newsgen.related import lists
from newsgen.workers import pool

__all__ = ["Upkeep"]

# Changes and pages after which memory is let go of: in a pause, and without one. It takes 50 ms.
_SOME, _MUCH = 50, 500
_PAUSE_S = 2.0


class Upkeep:
    """Knows how much was done since memory was last let go of."""

    def __init__(self) -> None:
        self._worked = 0  # changes and pages since then
        self._last = 0.0  # when the last of them was

    def note(self, count: int = 1) -> None:
        """Something was done that leaves memory behind."""
        self._worked += count
        self._last = time.monotonic()

    def begin(self) -> None:
        """Everything is about to be read, and what that makes is kept: a fifth of the time went into looking."""
        gc.set_threshold(*pool.GC_THRESHOLDS)

    def keep(self) -> None:
        """What is at hand now stays, and is not looked through again."""
        gc.freeze()

    def settle(self) -> None:
        """Let go of what a reading of everything left; what is known by now stays."""
        self.note(_SOME)
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 10)  # what is made from now on is little

    def tidy(self) -> None:
        """Let go of memory where much was left behind, or some and there is a pause."""
        is_pause = self._worked >= _SOME and time.monotonic() - self._last > _PAUSE_S
        if is_pause or self._worked >= _MUCH:
            self._worked = 0
            _let_go()


def _let_go() -> None:
    """Let go of what is left behind; and of what glibc keeps of it, in gaps between what is in use."""
    import ctypes

    lists.forget()
    gc.collect()
    with suppress(AttributeError, OSError, TypeError):  # another library
        ctypes.CDLL(None).malloc_trim(0)
