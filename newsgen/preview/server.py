"""Holds the preview together: the socket, the files that are watched, the session, and the open pages."""

from __future__ import annotations

import asyncio
import socket
import time
import traceback
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn

from newsgen.model.errors import Problem
from newsgen.preview.bar import problems_json
from newsgen.preview.http import Client, Guests, app
from newsgen.preview.port import Server
from newsgen.preview.responses import Answer, mark_of
from newsgen.preview.session import News, Session
from newsgen.preview.stylesheets import Sheets
from newsgen.preview.watch import Watch

__all__ = ["Preview"]

_QUIET_S = 0.008  # after the last that was told: a save is told in several parts
_LONG_S = 0.4  # from the first: after that it is looked at, whatever goes on
_AT_WORK_S = 0.7  # how long a file that is open for writing is waited for
_MANY = 400  # paths at once, from which on everything is looked at: the system may have told of only a part
_FLOOD = 4000  # told at once, from which on the system may have lost more: Linux keeps 16,384
# Everything is looked at again even where nothing was told: after so long, and this many times what it takes.
_LEAST_S, _SHARE = 5.0, 400
_PAUSE_S = 0.15  # without a change, before a browser that has just reloaded does so again
_RECENT_S = 0.5
_PATIENCE_S = 5.0  # how long browsers wait for the end of a burst
_TICK_S = 1.0
# The terminal is told when nothing has changed for so long, at the latest after so long: files that are written or
# taken away one after another are wrong in between.
_TELL_S, _TELL_LATEST_S = 0.3, 2.0


class Preview:
    """A site that is served while it is worked on.

    `say` gets what is wrong beside what was wrong at first, whenever that changes.
    """

    def __init__(
        self, session: Session, root: Path, say: Callable[[Iterable[Problem]], object], *, follow: bool, poll: bool
    ) -> None:
        self._session = session
        self._root = root
        self._say = say
        self._follow = follow
        self._poll = poll
        self._engine = ThreadPoolExecutor(1, "newsgen")
        self._clients: set[Client] = set()
        self._told: dict[str, float] = {}  # path -> until when its writer is waited for
        self._first = self._last = 0.0  # when the first and the last of them were told
        self._count = 0  # how often something was told since it was last looked at
        self._looked_at = 0.0  # when everything was last looked at
        self._rest = _LEAST_S  # and how long that is good for
        self._wake: asyncio.Event
        self._loop: asyncio.AbstractEventLoop
        self._sheets = Sheets()
        self._shown = _serious(session)
        self._sent = 0.0  # when browsers were last told to reload
        self._heard = 0.0  # when something last changed
        self._pause: asyncio.TimerHandle | None = None
        self._telling: asyncio.TimerHandle | None = None
        self._due = 0.0  # when the terminal is told at the latest
        self._tasks: set[asyncio.Task[None]] = set()
        self.watch: Watch | None = None

    def run(self, listening: socket.socket, guests: Guests, ready: Callable[[], None]) -> None:
        """Serve until Ctrl-C."""
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            app(self, guests, port, is_public=self._session.is_public),
            lifespan="off", log_level="error", access_log=False, ws="none",
            timeout_graceful_shutdown=1, server_header=False, date_header=False, proxy_headers=False,
        )  # fmt: skip
        server = Server(config, self._end)
        try:
            asyncio.run(self._serve(server, listening, ready))
        finally:
            if self.watch:
                self.watch.stop()
            self._engine.submit(self._session.stop).result()
            self._engine.shutdown()

    async def _serve(self, server: uvicorn.Server, listening: socket.socket, ready: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = asyncio.Event()
        self.watch = Watch(self._root, self._hear, is_polling=self._poll)
        ready()
        work = [asyncio.create_task(self._keep_up()), asyncio.create_task(self._tick())]
        work.append(asyncio.create_task(self._begin()))
        try:
            await server.serve(sockets=[listening])
        finally:
            for task in work:
                task.cancel()

    def _end(self) -> None:
        for client in self._clients:
            client.news.put_nowait(None)

    # --- what HTTP asks ---

    async def ask(self, work: Callable[[Session], Any]) -> Any:
        """Let the session do something, when its turn comes; and pass on what it finds changed meanwhile."""
        result, news = await self._loop.run_in_executor(self._engine, self._do, work)
        if news:
            self._go_on(self._heed(news))
        return result

    def _do(self, work: Callable[[Session], Any]) -> tuple[Any, list[News]]:
        return work(self._session), self._session.news()

    def _go_on(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside what is being done."""
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def enter(self, client: Client) -> None:
        """A page was opened: tell it now what it has missed, and from now on what changes."""
        self._clients.add(client)
        client.news.put_nowait(("state", self._state()))
        await self._tell([client])

    def leave(self, client: Client) -> None:
        """It was closed."""
        self._clients.discard(client)

    # --- what the system tells ---

    def _hear(self, path: str, is_at_work: bool) -> None:  # in the watcher's thread
        self._loop.call_soon_threadsafe(self._note, path, is_at_work)

    def _note(self, path: str, is_at_work: bool) -> None:
        now = time.monotonic()
        if not self._told:
            self._first = now
        self._last = now
        self._told[path] = now + _AT_WORK_S if is_at_work else now
        self._count += 1
        self._wake.set()

    async def _keep_up(self) -> None:
        """Wait until it is quiet, then look at what was told."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._told:
                now = time.monotonic()
                quiet, late = self._last + _QUIET_S, self._first + _LONG_S
                if now < min(quiet, late):
                    await asyncio.sleep(min(quiet, late) - now)
                    continue
                paths = {path for path, until in self._told.items() if until <= now}
                if not paths:  # all are being written
                    await self._until(min(self._told.values()))
                    continue
                for path in paths:
                    del self._told[path]
                self._first = now
                is_flood, self._count = self._count > _FLOOD, 0
                await self._changed(None if is_flood or len(paths) > _MANY else paths)

    async def _until(self, when: float) -> None:
        """Sleep until an instant, or until more is told."""
        try:
            await asyncio.wait_for(self._wake.wait(), max(0.0, when - time.monotonic()))
            self._wake.clear()
        except TimeoutError:
            pass

    async def _changed(self, paths: set[str] | None) -> None:
        """Look where something happened, everywhere for None. What is a fault of ours ends nothing: it looks again."""
        began = time.monotonic()
        try:
            await self._looked(paths)
        except Exception:  # any: a task that ended would leave the site as it is for good
            traceback.print_exc()
            paths = None
        if paths is None:
            self._looked_at = time.monotonic()
            self._rest = max(_LEAST_S, (self._looked_at - began) * _SHARE)

    async def _looked(self, paths: set[str] | None) -> None:
        if paths is not None and not paths.isdisjoint(("content", "templates")) and self.watch:
            await self._loop.run_in_executor(None, self.watch.again)
            paths = None
        await self.ask(lambda session: session.changed(paths))

    async def _begin(self) -> None:
        await asyncio.sleep(_TICK_S)  # the first page comes first
        await self._changed(None)  # what changed while the site was read, before it was watched
        try:
            await self._learn()
            while await self.ask(lambda session: session.warm()):
                pass
        except Exception:  # any: the clock's next tick goes on with it
            traceback.print_exc()

    async def _learn(self) -> None:
        """Let the record learn what was read, between what is asked."""
        while await self.ask(lambda session: session.learn()):
            pass

    async def _tick(self) -> None:
        """The clock: a story may be due."""
        while True:
            await asyncio.sleep(_TICK_S)
            try:
                await self._ticked()
            except Exception:  # any: a clock that stands would keep an embargo for good
                traceback.print_exc()

    async def _ticked(self) -> None:
        await self._learn()
        await self.ask(lambda session: session.catch_up())
        if time.monotonic() - self._looked_at > self._rest:  # the system may have lost what it should have told
            if self.watch and not await self._loop.run_in_executor(None, self.watch.check):
                self._say([Problem("watch-polls", str(self._root), values=(self.watch.reason,), severity="warning")])
            await self._changed(None)

    # --- what browsers are told ---

    async def _heed(self, news: list[News]) -> None:
        self._report()
        self._sheets.note(pair for one in news for pair in one.assets)
        for client in self._clients:
            if self._follow and news[-1].story:
                client.news.put_nowait(("go", self._session.prefix + news[-1].story))
        if self._pause:
            self._pause.cancel()
        at = time.monotonic()
        is_burst = at - self._heard < _RECENT_S and at - self._sent < _PATIENCE_S
        self._heard = at
        if not is_burst:
            await self._tell(list(self._clients))
        else:  # browsers follow when it is over
            self._pause = self._loop.call_later(_PAUSE_S, self._tell_all)

    def _tell_all(self) -> None:
        self._go_on(self._tell(list(self._clients)))

    async def _tell(self, clients: list[Client]) -> None:
        """Tell those whose page is another now; and all, if one of them cannot be rendered."""
        before = self._session.raised()
        for client in clients:
            answer = await self.ask(partial(_answer_for, client))
            mark = mark_of(answer)
            if mark == client.mark:
                continue
            swapped = self._sheets.swapped(answer, client.mark)
            client.mark = mark
            self._sent = time.monotonic()
            client.news.put_nowait(("css", swapped) if swapped else ("reload", None))
        if self._session.raised() != before:
            self._report()

    def _report(self) -> None:
        """What is wrong now, to the terminal and to the browsers."""
        now = time.monotonic()
        if not self._telling:
            self._due = now + _TELL_LATEST_S
        else:
            self._telling.cancel()
        self._telling = self._loop.call_later(
            min(_TELL_S, max(0.0, self._due - now)), lambda: self._go_on(self._say_news())
        )
        for client in self._clients:
            client.news.put_nowait(("state", self._state()))

    async def _say_news(self) -> None:
        """Tell the terminal what is wrong now, and was not when it was last told."""
        self._telling = None
        problems = await self.ask(_serious)  # after the changes that wait for their turn
        known, self._shown = set(self._shown), problems
        if new := [problem for problem in self._shown if problem not in known]:
            self._say(new)

    def _state(self) -> dict[str, Any]:
        return {"errors": [] if self._session.is_public else problems_json(self._session.raised())}


def _serious(session: Session) -> tuple[Problem, ...]:
    return tuple(problem for problem in session.problems if problem.severity != "advice")


def _answer_for(client: Client, session: Session) -> Answer:
    return session.answer(client.path, client.at)
