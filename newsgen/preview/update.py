"""Brings the site of a preview up to date with its files, and remembers what it could not take in yet.

Every change of what the preview knows happens here, and nowhere while a page is planned or rendered. Answers nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsgen.disk import MemoryDisk
from newsgen.engine.request import BuildRequest, Progress
from newsgen.engine.run import require_stories
from newsgen.model.errors import LockHeld, NewsgenError, Problem
from newsgen.model.value import value
from newsgen.preview.inputs import reread_inputs
from newsgen.preview.site import LiveSite
from newsgen.source import project
from newsgen.source.listing import SETTLE_NS, scan_content
from newsgen.source.live_listing import ChangedFiles, LiveListing
from newsgen.source.theme import theme_files
from newsgen.store import DamagedError, Store
from newsgen.text.address import asset_url

__all__ = ["Change", "SessionOptions", "Updater"]

_RETRIES = 3  # times that files are looked at again that were taken away while they were read


@value
class SessionOptions:
    """Which site a preview shows, to whom, and as when."""

    root: Path
    clock: Callable[[], int]  # the instant that is now, in seconds since 1970
    stamp: str  # the digest of newsgen and what it runs on
    drafts: bool = True  # as an editor sees it; else as its readers do, and nobody is told more
    settle_ns: int = SETTLE_NS  # a file is trusted by its times only if it was older than this when it was read


@value
class Change:
    """What an update made different: pages, or what is wrong with the site."""

    units: AbstractSet[str] | None = frozenset()  # whose pages may be others now, None for all
    assets: tuple[tuple[str, str], ...] = ()  # files of the theme that changed: address before, address now
    story: str = ""  # the address of the story that changed, where it was one alone


@dataclass(slots=True)
class _Backlog:
    """What happened to the files, and is not on the site yet."""

    files: ChangedFiles = field(default_factory=dict)  # that were seen to differ
    is_elsewhere: bool = False  # something happened that could not be looked at: look everywhere
    is_unsure: bool = False  # an update failed, so that what it touched is not known


class Updater:
    """The site, kept up to date. `fault` is why the last update failed; then the site is as it was before."""

    def __init__(self, options: SessionOptions, store: Store, on_saved: Callable[[], object]) -> None:
        """`on_saved` is called whenever the record has saved a reading of everything."""
        self._options = options
        self.store = store
        self._on_saved = on_saved
        self._files: LiveListing
        self._backlog = _Backlog()
        self._edited: set[str] = set()  # files that changed while this preview runs
        self.live = LiveSite(store, self._hold)
        self.fault: tuple[Problem, ...] = ()

    def _hold(self) -> None:
        self.store.hold()
        self._on_saved()

    # --- from start to stop ---

    def start(self, workers: int, progress: Progress | None) -> None:
        """Read the site; what an earlier preview knew comes from its record, else from that of the last build.

        UsageError for a site without content/; ContentError for a theme that cannot be read.
        """
        began_ns = time.time_ns()
        site = project.find(self._options.root, is_given=True)
        project.require_content(site)
        raw = scan_content(site.disk)
        self._files = LiveListing(raw)
        request = BuildRequest(
            site.disk, MemoryDisk(), site.settings, theme_files(site.disk), self._options.clock(), began_ns,
            self._options.stamp, workers, drafts=self._options.drafts, is_preview=True, progress=progress,
            darkroom=project.darkroom(site),
        )  # fmt: skip
        self._start_from_build(site)
        seal = self.store.seal.last
        is_known = seal.listing_digest == raw.digest and not seal.has_unreadable
        is_same = is_known and raw.newest_ns < seal.read_at_ns - self._options.settle_ns
        self.store.recover()
        try:
            self.live.update(request, self._files.listing(), {} if is_same else None)
        except DamagedError:
            self._reread(request)

    def _start_from_build(self, site: project.Project) -> None:
        """Where no earlier preview left anything, take over what the last build knew: its cards, lists and addresses.

        A build of another newsgen knows nothing of use, and one that is at work is not disturbed.
        """
        seal, stamp = self.store.seal.last, self._options.stamp
        if self.store.database.is_in_memory or (seal.is_finished and seal.stamp == stamp):
            return
        with suppress(LockHeld), project.site_lock(site):
            self.store.copy_from(project.record_path(site, project.output_disk(site, None)))

    def stop(self) -> None:
        """Leave the record so that the next preview can start from it; not where it has yet to save what was read."""
        if self.live.is_saved:  # what was seen and could not be taken in is to be looked for again
            is_behind = self._backlog.files or self.fault or self._backlog.is_elsewhere
            self.store.release("" if is_behind else self._files.raw().digest)
        self.store.close()

    # --- one update ---

    def update(self, paths: Iterable[str] | None) -> Change | None:
        """Look where something happened, everywhere for None, and bring the site up to date.

        What changed; None where nothing did, or where it failed: then `fault` says why.
        """
        try:
            return self._update(None if paths is None or self._backlog.is_elsewhere else set(paths))
        except NewsgenError as error:
            self._fail(error)
        except OSError as error:  # a folder that cannot be looked into
            self._backlog.is_elsewhere = True
            path = os.fsdecode(error.filename or "")
            with suppress(ValueError):  # no path, or one on another drive of Windows
                path = os.path.relpath(path, self._options.root).replace(os.sep, "/")
            self.fault = (Problem("unreadable", path, values=(error.strerror or str(error),)),)
        except DamagedError:
            return self.reread()
        return None

    def reread(self) -> Change | None:
        """Read everything again into a new record: the one that there was is damaged or gone."""
        try:
            return self._reread(self.live.current)
        except NewsgenError as error:
            self._fail(error)
            return None

    def save_step(self) -> bool:
        """Save a part of what was read in the record; whether more is to be saved. DamagedError: `reread`."""
        try:
            return self.live.save_step()
        except NewsgenError as error:
            self._fail(error)
            return False

    def _fail(self, error: NewsgenError) -> None:
        self.fault, self._backlog.is_unsure = error.problems, True

    def _update(self, paths: set[str] | None) -> Change | None:
        before = self.live.current
        disk = project.site_disk(self._options.root)  # a new one: it remembers which folders are no links
        changed = self._files.rescan_all(disk) if paths is None else self._files.rescan(disk, paths)
        if paths is None:
            self._backlog.is_elsewhere = False
        self._edited |= changed.keys()
        self._backlog.files.update(changed)
        if self.store.is_deleted():
            raise DamagedError
        request = replace(before, site=disk, clock=self._options.clock())
        request = reread_inputs(request, self._options.root, None if self.fault else paths)
        is_other = request.settings != before.settings or request.theme != before.theme
        if not self._backlog.files and not is_other and not self.fault and not self.live.is_due(request.clock):
            return None
        if self._files.is_bare:
            self.live.flush()
            require_stories(self._files.listing(), self.store)
        return self._apply(request, before)

    def _apply(self, request: BuildRequest, before: BuildRequest) -> Change:
        changed = dict(self._backlog.files)
        units = self.live.update(request, self._files.listing(), changed)
        for _retry in range(_RETRIES):
            unread = [problem.path for problem in self.live.problems if problem.rule == "unreadable"]
            lost = [path for path in unread if not request.site.has(path)]
            if not lost:
                break
            gone = self._files.rescan(request.site, lost)
            more = self.live.update(request, self._files.listing(), gone)
            units = None if units is None or more is None else units | more
            changed.update(gone)
        if self._backlog.is_unsure:
            units = None
        self.fault, self._backlog = (), _Backlog()
        view = self.live.now
        assert view is not None
        prefix = view.scope.site.prefix
        urls = [card.item.url for card in view.snapshot.added if card.path in changed]
        return Change(units, _swapped(prefix, before, request), prefix + urls[-1] if len(changed) == 1 and urls else "")

    def _reread(self, request: BuildRequest) -> Change:
        self.store.clear()
        (self._options.root / project.STATE).mkdir(exist_ok=True)  # somebody may have taken it away
        live = LiveSite(self.store, self._hold)
        live.update(request, self._files.listing())
        self.live = live
        is_elsewhere = self._backlog.is_elsewhere
        self.fault, self._backlog = (), _Backlog(is_elsewhere=is_elsewhere)
        return Change(None)

    # --- what is known ---

    def is_due(self) -> bool:
        """Whether the clock has passed an instant at which a story appears or goes since the last update."""
        return self.live.is_due(self._options.clock())

    def differs(self, paths: Collection[str]) -> bool:
        """Whether one of some files is no longer as it was when it was last looked at."""
        return self._files.differs(self.live.current.site, paths)

    def has_story(self, path: str) -> bool:
        """Whether there is such a story file."""
        return self._files.has_story(path)

    def concerns(self, problem: Problem) -> bool:
        """Whether a problem is about what somebody does now: the last update, or a file that changed meanwhile."""
        return problem in self.fault or problem.path in self._edited


def _swapped(prefix: str, before: BuildRequest, now: BuildRequest) -> tuple[tuple[str, str], ...]:
    """The addresses of the theme's files that changed, before and now."""
    old, new = dict(before.theme.assets), dict(now.theme.assets)
    names = [name for name in old if name in new and old[name] != new[name]]
    return tuple((prefix + asset_url(name, old[name]), prefix + asset_url(name, new[name])) for name in names)
