"""The thread that a session lives on: it does one thing after another, while the event loop goes on serving."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from newsgen.preview.session import Session
from newsgen.preview.update import Change

__all__ = ["SessionThread"]

T = TypeVar("T")


class SessionThread:
    """Lets a session work, one request at a time, and passes on what changed meanwhile.

    `on_changes` is called in the event loop whenever a request brought changes: any request may, for a page that is
    asked for may find that its story was saved.
    """

    def __init__(self, session: Session, on_changes: Callable[[list[Change]], object]) -> None:
        self._session = session
        self._on_changes = on_changes
        self._executor = ThreadPoolExecutor(1, "newsgen")

    async def ask(self, work: Callable[[Session], T]) -> T:
        """What some work with the session gives, when its turn has come. Raises what the work raises."""
        result, changes = await asyncio.get_running_loop().run_in_executor(self._executor, self._do, work)
        if changes:
            self._on_changes(changes)
        return result

    def _do(self, work: Callable[[Session], T]) -> tuple[T, list[Change]]:
        return work(self._session), self._session.take_changes()

    def stop(self) -> None:
        """Let the session end what it does and leave its record in order."""
        self._executor.submit(self._session.stop).result()
        self._executor.shutdown()
