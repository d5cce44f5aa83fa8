"""Serves a preview: the socket, the thread of the session, and how all of it begins and ends."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from newsgen.model.errors import Problem
from newsgen.model.value import value
from newsgen.preview.access import AllowedHosts
from newsgen.preview.background import Background
from newsgen.preview.connections import BACKLOG, ConnectionLimits, allow_many_files, protocol
from newsgen.preview.debounce import Debouncer
from newsgen.preview.http import app
from newsgen.preview.notify import Notifier
from newsgen.preview.session import Session
from newsgen.preview.tasks import Tasks
from newsgen.preview.terminal import Say, Terminal, worth_saying
from newsgen.preview.thread import SessionThread
from newsgen.preview.watch import Watch, WatchOptions

__all__ = ["Server", "ServerOptions"]


@value
class ServerOptions:
    """How a preview is served."""

    hosts: AllowedHosts
    follow: bool = False  # open pages go to the story that was saved
    watch: WatchOptions = WatchOptions()


class Server:
    """A site that is served while somebody works on it.

    `say` gets what is wrong beside what was wrong at first, whenever that changes.
    """

    def __init__(self, session: Session, root: Path, say: Say, options: ServerOptions) -> None:
        self._is_public = session.is_public
        self._root = root
        self._say = say
        self._options = options
        self._thread = SessionThread(session, lambda changes: self._notifier.changed(changes))
        tasks = Tasks()
        terminal = Terminal(self._thread, tasks, say, worth_saying(session))
        self._notifier = Notifier(self._thread, tasks, terminal, follow=options.follow)

    def run(self, listening: socket.socket, ready: Callable[[str], object]) -> None:
        """Serve until Ctrl-C. `ready` is called first, with the reason why the files are polled against the options."""
        allow_many_files()
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            app(self._thread, self._notifier, self._options.hosts, port, is_public=self._is_public),
            http=protocol(ConnectionLimits()), backlog=BACKLOG, ws="none", lifespan="off",
            log_level="error", access_log=False, timeout_graceful_shutdown=1,
            server_header=False, date_header=False, proxy_headers=False,
        )  # fmt: skip
        try:
            asyncio.run(self._serve(_HttpServer(config, self._notifier.close), listening, ready))
        finally:
            self._thread.stop()

    async def _serve(self, server: uvicorn.Server, listening: socket.socket, ready: Callable[[str], object]) -> None:
        loop, debouncer = asyncio.get_running_loop(), Debouncer()

        def report(path: str, is_open: bool) -> None:  # in the watcher's thread
            loop.call_soon_threadsafe(lambda: debouncer.report(path, is_open=is_open))

        watch = Watch(self._root, report, self._options.watch)
        try:
            ready(watch.reason)
            background = asyncio.create_task(Background(self._thread, debouncer, watch, self._say_polling).run())
            await server.serve(sockets=[listening])
            background.cancel()
        finally:
            watch.stop()

    def _say_polling(self, reason: str) -> None:
        self._say([Problem("watch-polls", str(self._root), values=(reason,), severity="warning")])


class _HttpServer(uvicorn.Server):
    """Closes the streams of open pages when it is to end, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, on_exit: Callable[[], object]) -> None:
        super().__init__(config)
        self._on_exit = on_exit

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._on_exit()
