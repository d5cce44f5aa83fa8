"""Connections that ask for nothing: they are closed after a while, so that other readers find room.

A browser opens connections ahead, and a scanner of ports or a dead network leaves them half open. uvicorn waits for
ever for the first request of a connection, and for the rest of one that has begun; in the end no file can be opened.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

from uvicorn.protocols.http.h11_impl import H11Protocol

from newsgen.model.value import value

__all__ = ["BACKLOG", "ConnectionLimits", "allow_many_files", "protocol"]

# Connections that asyncio takes at once, before anything is done with one: as many as 2,048 would leave no files.
BACKLOG = 100
_MOST_FILES = 16_384


@value
class ConnectionLimits:
    """How long, and for how many connections, a request is waited for."""

    wait_s: float = 10.0  # for a whole request
    most_waiting: int = 200  # with more, the oldest is closed: a process may often open no more than 1,024 files


def protocol(limits: ConnectionLimits) -> type[H11Protocol]:
    """What talks to the connections of one server."""
    waiting: dict[Connection, None] = {}  # by age

    class Connection(H11Protocol):
        timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self.end_wait()
            elif self.timer is None:  # after an answer, a part of another request
                self.wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self.end_wait()
            super().connection_lost(exc)

        def wait(self) -> None:
            self.timer = self.loop.call_later(limits.wait_s, self.give_up)
            waiting[self] = None
            if len(waiting) > limits.most_waiting:
                next(iter(waiting)).give_up()

        def end_wait(self) -> None:
            waiting.pop(self, None)
            if self.timer is not None:
                self.timer.cancel()
                self.timer = None

        def give_up(self) -> None:
            self.end_wait()
            self.transport.abort()

    return Connection


def allow_many_files() -> None:
    """Let this process open more files than the usual 1,024, as far as the system allows it."""
    if sys.platform == "win32":  # which has no such limit
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
