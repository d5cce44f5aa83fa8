"""What the terminal is told while a preview runs: what is wrong now and was not before, once changes come to rest.

Files that are written or removed one after another are wrong in between: nobody wants to read of that.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable

from newsgen.model.errors import Problem
from newsgen.preview.session import Session
from newsgen.preview.tasks import Tasks
from newsgen.preview.thread import SessionThread

__all__ = ["Say", "Terminal", "worth_saying"]

Say = Callable[[Iterable[Problem]], object]

_QUIET_S = 0.3  # without a change: then the terminal is told
_LATEST_S = 2.0  # since the first change: told in any case


class Terminal:
    """Says what is wrong. `known` is what was said at first."""

    def __init__(self, thread: SessionThread, tasks: Tasks, say: Say, known: Iterable[Problem]) -> None:
        self._thread = thread
        self._tasks = tasks
        self._say = say
        self._known = frozenset(known)
        self._timer: asyncio.TimerHandle | None = None
        self._latest = 0.0  # when it is told in any case

    def say_soon(self) -> None:
        """Something changed: say what is newly wrong when nothing has changed for a while."""
        now = time.monotonic()
        if self._timer:
            self._timer.cancel()
        else:
            self._latest = now + _LATEST_S
        delay = min(_QUIET_S, max(0.0, self._latest - now))
        self._timer = asyncio.get_running_loop().call_later(delay, lambda: self._tasks.start(self._say_new()))

    async def _say_new(self) -> None:
        self._timer = None
        problems = await self._thread.ask(worth_saying)  # after the changes that wait for their turn
        new = [problem for problem in problems if problem not in self._known]
        self._known = frozenset(problems)
        if new:
            self._say(new)


def worth_saying(session: Session) -> tuple[Problem, ...]:
    """What is wrong with the site; without advice, which stands in the bar."""
    return tuple(problem for problem in session.problems if problem.severity != "advice")
