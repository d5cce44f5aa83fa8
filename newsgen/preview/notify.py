"""What open pages are told: that they changed, that a style sheet did, that a story moved, and what is wrong.

A page is told at once after a save, and after a burst of them when it is over. What is served is new in any case.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from newsgen.model.errors import Problem
from newsgen.preview.bar import problems_json
from newsgen.preview.responses import Answer, digest_of
from newsgen.preview.session import Session
from newsgen.preview.stylesheets import StyleSheets
from newsgen.preview.tasks import Tasks
from newsgen.preview.terminal import Terminal
from newsgen.preview.thread import SessionThread
from newsgen.preview.update import Change

__all__ = ["Notifier", "OpenPage"]

_BURST_S = 0.5  # after a change: another one within this belongs to a burst
_PAUSE_S = 0.15  # without a change: then a burst is over
_PATIENCE_S = 5.0  # how long pages wait for the end of a burst


class OpenPage:
    """A page that is open in a browser. `events` waits to be sent: name and data; None closes the stream."""

    def __init__(self, path: str, at: int | None, shown: str) -> None:
        self.path = path
        self.at = at
        self.shown = shown  # the digest of the answer that the browser shows
        self.story = ""  # the id of the story whose own page it is
        self.events: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue()


class _Burst:
    """Decides when pages are told of a change."""

    def __init__(self) -> None:
        self._changed_at = 0.0
        self._told_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def note_told(self) -> None:
        """A page was told that it changed."""
        self._told_at = time.monotonic()

    def when_over(self, tell: Callable[[], object]) -> None:
        """Something changed: call `tell` at once, or in a burst when that is over."""
        if self._timer:
            self._timer.cancel()
        now = time.monotonic()
        is_burst = now - self._changed_at < _BURST_S and now - self._told_at < _PATIENCE_S
        self._changed_at = now
        if is_burst:
            self._timer = asyncio.get_running_loop().call_later(_PAUSE_S, tell)
        else:
            tell()


class Notifier:
    """Tells open pages what concerns them. With `follow`, all go to the story that was saved."""

    def __init__(self, thread: SessionThread, tasks: Tasks, terminal: Terminal, *, follow: bool) -> None:
        self._thread = thread
        self._tasks = tasks
        self._terminal = terminal
        self._follow = follow
        self._pages: set[OpenPage] = set()
        self._sheets = StyleSheets()
        self._burst = _Burst()
        self._errors: tuple[Problem, ...] = ()  # that pages were last told of
        self._stories: dict[str, str] = {}  # of the stories' pages that were opened: path, id

    async def enter(self, page: OpenPage) -> None:
        """A page was opened: tell it what it has missed, and from now on what changes."""
        self._pages.add(page)
        story_id = await self._thread.ask(partial(_story_at, page))
        page.story = story_id or self._stories.get(page.path, "")  # it may have moved while the page was on its way
        self._stories[page.path] = page.story
        await self._send_state([page])
        await self._tell([page])

    def leave(self, page: OpenPage) -> None:
        """It was closed."""
        self._pages.discard(page)

    def close(self) -> None:
        """Close the streams of all pages."""
        for page in self._pages:
            page.events.put_nowait(None)

    def changed(self, changes: list[Change]) -> None:
        """The site changed: tell everybody whom it concerns."""
        self._tasks.start(self._changed(changes))

    async def _changed(self, changes: list[Change]) -> None:
        self._terminal.say_soon()
        await self._send_state(self._pages)
        self._sheets.note(pair for change in changes for pair in change.assets)
        if self._follow and changes[-1].story:
            for page in self._pages:
                page.events.put_nowait(("go", changes[-1].story))
        self._burst.when_over(lambda: self._tasks.start(self._tell(list(self._pages))))

    async def _tell(self, pages: Collection[OpenPage]) -> None:
        """Tell those pages that differ from what they show; and all, if one of them cannot be rendered."""
        errors = self._errors
        for page in pages:
            answer, path, errors = await self._thread.ask(partial(_answer_for, page))
            digest = digest_of(answer)
            if path:
                page.events.put_nowait(("moved", path))
                continue
            if digest == page.shown:
                continue
            swapped = self._sheets.swapped(answer, page.shown)
            page.shown = digest
            self._burst.note_told()
            page.events.put_nowait(("css", swapped) if swapped else ("reload", None))
        if errors != self._errors:
            self._terminal.say_soon()
            await self._send_state(self._pages)

    async def _send_state(self, pages: Collection[OpenPage]) -> None:
        """Tell pages what is wrong now. Readers see nothing of it."""
        if not pages:
            return
        self._errors, is_public = await self._thread.ask(_state)
        data = {"errors": [] if is_public else problems_json(self._errors)}
        for page in pages:
            page.events.put_nowait(("state", data))


def _state(session: Session) -> tuple[tuple[Problem, ...], bool]:
    return session.current_errors(), session.is_public


def _story_at(page: OpenPage, session: Session) -> str:
    return session.story_at(page.path, page.at)


def _answer_for(page: OpenPage, session: Session) -> tuple[Answer, str, tuple[Problem, ...]]:
    """What a page answers, the path to which its story has moved ("" for none), and what is wrong."""
    answer = session.answer(page.path, page.at)
    has_gone = page.story != "" and answer.status != 200 and not session.is_public
    path = session.path_of(page.story, page.at) if has_gone else ""
    return answer, "" if path == page.path else path, session.current_errors()
