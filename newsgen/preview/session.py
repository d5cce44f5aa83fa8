"""One preview: what the engine knows, and what an address answers. Not for several threads at once."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from newsgen.disk import FolderDisk, MemoryDisk
from newsgen.engine.request import BuildRequest, Progress
from newsgen.model.errors import NewsgenError, Problem, UsageError
from newsgen.model.pages import Article, Page
from newsgen.model.value import value
from newsgen.preview.inputs import after
from newsgen.preview.memory import Upkeep
from newsgen.preview.responses import Answer, Answers
from newsgen.preview.site import LiveSite, View
from newsgen.source import project
from newsgen.source.listing import SETTLE_NS, scan_content
from newsgen.source.live_listing import ChangedFiles, LiveListing
from newsgen.source.theme import theme_files
from newsgen.store import DamagedError, Store
from newsgen.text.address import asset_url

__all__ = ["News", "Session"]

_VIEWS = 4  # instants at which the site is kept in mind
_AGAIN = 3  # times that files are looked at again which were taken away while they were read


@value
class News:
    """Something changed: pages, or what is wrong with the site."""

    assets: tuple[tuple[str, str], ...] = ()  # files of the theme that changed: address before, address now
    story: str = ""  # the address of a story that changed


class Session:
    """The preview of one site."""

    def __init__(self, root: Path, store: Store, clock: Callable[[], int], *, drafts: bool, stamp: str) -> None:
        self._root = root
        self._store = store
        self._clock = clock
        self._drafts = drafts
        self._stamp = stamp
        self._live = LiveSite(store, self._settled)
        self._files: LiveListing
        self._answers = Answers(self)
        self._views: OrderedDict[int, View] = OrderedDict()
        self._news: list[News] = []
        self._touched: set[str] = set()  # files that changed while this preview runs
        self._is_lost = False  # whether something happened that could not be looked at
        self._is_behind = False  # whether a change failed since the site was last brought up to date
        self._waiting: ChangedFiles = {}  # of them those that the site is not up to date with
        self._upkeep = Upkeep()
        self.fault: tuple[Problem, ...] = ()  # why the site could not be brought up to date

    # --- keeping up ---

    def start(self, jobs: int, progress: Progress | None) -> None:
        """Read the site; what an earlier preview knew is read from its record."""
        self._upkeep.begin()
        began_ns = time.time_ns()
        found = project.find(self._root, is_given=True)
        project.require_content(found)
        seen = scan_content(found.disk)
        self._files = LiveListing(seen)
        job = BuildRequest(
            found.disk, MemoryDisk(), found.settings, theme_files(found.disk), self._clock(), began_ns,
            self._stamp, jobs, drafts=self._drafts, is_preview=True, progress=progress,
        )  # fmt: skip
        known = self._store.seal.last
        is_known = known.listing_digest == seen.digest and not known.has_unreadable
        is_same = is_known and seen.newest_ns < known.read_at_ns - SETTLE_NS
        self._store.recover()
        try:
            self._live.update(job, self._files.listing(), {} if is_same else None)
        except DamagedError:
            self._anew(job)

    def _settled(self) -> None:
        """Let go of what a reading of everything left; what is known by now stays, and is not looked through again."""
        self._store.hold()
        self._upkeep.settle()

    def stop(self) -> None:
        """Leave the record so that the next preview can start from it; not where it has yet to learn what was read."""
        if self._live.is_saved:  # what was seen and could not be taken in is to be looked for again
            is_behind = self._waiting or self.fault or self._is_lost
            self._store.release("" if is_behind else self._files.raw().digest)
        self._store.close()

    def changed(self, paths: Iterable[str] | None) -> None:
        """Look again where something happened, everywhere for None, and bring the site up to date."""
        try:
            if self._store.is_deleted():
                raise DamagedError
            news = self._changed(None if paths is None or self._is_lost else set(paths))
        except NewsgenError as error:
            self.fault, self._is_behind = error.problems, True
            news = News()
        except OSError as error:  # a folder that cannot be looked into
            self._is_lost = True
            path = os.path.relpath(os.fsdecode(error.filename or ""), self._root).replace(os.sep, "/")
            self.fault = (Problem("unreadable", path, values=(error.strerror or str(error),)),)
            news = News()
        except DamagedError:  # of the record: everything is read again
            news = self._again_all()
        if news:
            self._news.append(news)

    def news(self) -> list[News]:
        """What changed since this was last asked: a page that is asked for may find that its story was saved."""
        found, self._news = self._news, []
        return found

    def _changed(self, paths: set[str] | None) -> News | None:
        before = self._live.current
        disk = FolderDisk(self._root)  # a new one: it keeps in mind which folders are no links
        now = self._files.rescan_all(disk) if paths is None else self._files.rescan(disk, paths)
        if paths is None:
            self._is_lost = False
        self._touched |= now.keys()
        self._waiting.update(now)
        is_all = paths is None or bool(self.fault)
        job = after(replace(before, site=disk, clock=self._clock()), self._root, None if is_all else paths)
        is_other = job.settings != before.settings or job.theme != before.theme
        if not self._waiting and not is_other and not self.fault and not self._live.is_due(job.clock):
            return None
        return self._brought(job, before)

    def _again_all(self) -> News:
        """Read everything anew, into a new record."""
        try:
            return self._anew(self._live.current)
        except NewsgenError as error:
            self.fault, self._is_behind = error.problems, True
            return News()

    def _anew(self, job: BuildRequest) -> News:
        self._store.clear()
        (self._root / project.STATE).mkdir(exist_ok=True)  # somebody may have taken it away
        live = LiveSite(self._store, self._settled)
        live.update(job, self._files.listing())
        self._live = live
        self.fault, self._waiting, self._is_behind = (), {}, False
        self._views.clear()
        self._answers.forget(None)
        return News()

    def _brought(self, job: BuildRequest, before: BuildRequest) -> News:
        now = dict(self._waiting)
        units = self._live.update(job, self._files.listing(), now)
        for _time in range(_AGAIN):
            unread = [problem.path for problem in self._live.problems if problem.rule == "unreadable"]
            lost = [path for path in unread if not job.site.has(path)]
            if not lost:
                break
            gone = self._files.rescan(job.site, lost)
            more = self._live.update(job, self._files.listing(), gone)
            units = None if units is None or more is None else units | more
            now.update(gone)
        self.fault, self._waiting = (), {}
        self._upkeep.note()
        self._views.clear()
        self._answers.forget(None if self._is_behind else units)  # what changed at a fault is not known
        self._is_behind = False
        was, is_now = dict(before.theme.assets), dict(job.theme.assets)
        swapped = [name for name in was if name in is_now and was[name] != is_now[name]]
        saved = [card.item.url for card in self.view(None).snapshot.added if card.path in now]
        story = saved[-1] if len(now) == 1 and saved else ""
        return News(
            assets=tuple((self._asset(before, name), self._asset(job, name)) for name in swapped),
            story=story,
        )

    def _asset(self, job: BuildRequest, name: str) -> str:
        return self.prefix + asset_url(name, dict(job.theme.assets)[name])

    # --- what is there ---

    @property
    def is_public(self) -> bool:
        """Whether the site is shown as its readers see it, and nobody is told more."""
        return not self._drafts

    @property
    def clock(self) -> int:
        """The instant that is now."""
        return self._clock()

    @property
    def prefix(self) -> str:
        """What goes before every address of the site: "/archive", or ""."""
        return self.view(None).scope.site.prefix

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site."""
        return (*self.fault, *self._live.problems, *self._failed)

    @property
    def _failed(self) -> tuple[Problem, ...]:
        """Why pages that somebody asked for could not be rendered."""
        found = (problem for problems in self._answers.failed.values() for problem in problems)
        return tuple(dict.fromkeys(found))

    def raised(self) -> tuple[Problem, ...]:
        """The errors that stand in the way of what somebody does now: of the theme, and of files that changed."""
        now = {*self.fault, *self._failed}
        return tuple(p for p in self.problems if p.severity == "error" and (p in now or p.path in self._touched))

    def view(self, at: int | None) -> View:
        """The site at an instant; None for now."""
        if at is None:
            assert self._live.now is not None
            return self._live.now
        if at not in self._views:
            self._views[at] = self._live.at(at)
            if len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        return self._views[at]

    def warm(self) -> bool:
        """Get ready for the first changes, a little at each call; whether more is to be done."""
        if self._live.warm():
            return True
        self._upkeep.keep()
        return False

    def learn(self) -> bool:
        """Have the record learn some of what was read; whether more is to be done."""
        try:
            return self._live.save_step()
        except NewsgenError as error:
            self.fault, self._is_behind = error.problems, True
        except DamagedError:
            self._again_all()
        return False

    def catch_up(self) -> None:
        """Bring the site up to date where the clock has passed an instant at which a story appears or goes.

        And let go of memory, and give it back, from time to time.
        """
        if self._live.is_due(self._clock()):
            self.changed(())
        self._live.lighten()
        if self._live.is_saved:
            self._upkeep.tidy()

    # --- what is asked ---

    def answer(self, path: str, at: int | None = None) -> Answer:
        """What a path of the site answers at an instant, as a host would; None for now."""
        try:
            return self._answers.answer(path, at)
        except NewsgenError as error:  # the record cannot be written or read
            return Answer(500, (), b"", is_page=True, problems=error.problems)

    def page(self, url: str, at: int | None) -> Page | None:
        """The page at an address. The files of a story are looked at: the system may not have told of a change yet."""
        page = self._live.page(url, self.view(at))
        if page is not None and self._files.differs(self._live.current.site, [need.path for need in page.needs]):
            self.changed([need.path for need in page.needs])
            page = self._live.page(url, self.view(at))
        return page

    def has_page(self, url: str, at: int | None) -> bool:
        """Whether there is a page at an address."""
        return bool(self._live.unit(url, self.view(at)))

    def render(self, page: Page, at: int | None) -> bytes:
        """The bytes of a page. ContentError where it cannot be rendered."""
        self._upkeep.note()
        return self._live.render(page, self.view(at))

    def article(self, path: str, at: int | None) -> tuple[Article | None, View]:
        """The story whose page stands at a path."""
        page = self._live.page(path.removeprefix(self.prefix), self.view(at))
        data = page.data if page else None
        return data if isinstance(data, Article) else None, self.view(at)

    def held(self, path: str) -> list[tuple[str, str, str, int | None]]:
        """The stories whose page is going to stand, or stood, at a path: file, id, state, until."""
        return self._live.held(path.removeprefix(self.prefix))

    def source(self, path: str) -> bytes:
        """The text of a story's file, by its path in the site. UsageError for what is none."""
        if not self._files.has_story(path):
            raise UsageError(Problem("story-unknown", path))
        return FolderDisk(self._root).read(path)  # a new one, for a file may be a link by now

    @property
    def timezone(self) -> str:
        """The site's time zone."""
        return self._live.current.settings.timezone
