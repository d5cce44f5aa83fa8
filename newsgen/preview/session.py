"""One preview: its site kept up to date, and what an address answers. Not for several threads at once.

A request takes two steps. First the site is brought up to date for it: where the story file behind the page is not as
it was read, the change is taken in, for the system may not have reported it yet. Then the answer is made, which reads.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsgen.engine.request import Progress
from newsgen.model.errors import NewsgenError, Problem, UsageError
from newsgen.preview.memory import MemoryUpkeep
from newsgen.preview.responses import Answer, Responses, Target
from newsgen.preview.update import Change, SessionOptions, Updater
from newsgen.preview.views import Views
from newsgen.source import project
from newsgen.store import DamagedError, Store
from newsgen.text.address import brief_anchor

__all__ = ["Session"]


class Session:
    """The preview of one site. `views` reads its pages."""

    def __init__(self, options: SessionOptions, store: Store) -> None:
        self._options = options
        self._memory = MemoryUpkeep()
        self._updater = Updater(options, store, self._memory.after_reading)
        self.views = Views(self._updater, self._memory.note_work)
        self._responses = Responses(self.views, self.current_errors, is_public=self.is_public)
        self._changes: list[Change] = []

    def start(self, workers: int, progress: Progress | None) -> None:
        """Read the site; what an earlier preview knew comes from its record."""
        self._memory.before_reading()
        self._updater.start(workers, progress)

    def stop(self) -> None:
        """Leave the record so that the next preview can start from it."""
        self._updater.stop()

    # --- keeping up ---

    def update(self, paths: Iterable[str] | None) -> None:
        """Look where something happened, everywhere for None, and bring the site up to date."""
        self._note(self._updater.update(paths))

    def update_if_due(self) -> None:
        """Bring the site up to date where the clock has passed an instant at which a story appears or goes.

        And release memory from time to time.
        """
        if self._updater.is_due():
            self.update(())
        self._updater.live.lighten()
        if self._updater.live.is_saved:
            self._memory.release_if_much()

    def save_step(self) -> bool:
        """Save a part of what was read in the record; whether more is to be saved."""
        try:
            return self._updater.save_step()
        except DamagedError:
            self._note(self._updater.reread())
            return False

    def warm_step(self) -> bool:
        """Get ready for the first changes, a little at each call; whether more is to be done."""
        if self._updater.live.warm():
            return True
        self._memory.freeze()
        return False

    def take_changes(self) -> list[Change]:
        """What changed since this was last asked."""
        changes, self._changes = self._changes, []
        return changes

    def _note(self, change: Change | None) -> None:
        """Forget what a change made stale. Where it failed, others hear of it all the same: something is wrong."""
        if change:
            self._memory.note_work()
            self.views.forget()
            self._responses.forget(change.units)
        elif self.fault:
            change = Change()
        if change:
            self._changes.append(change)

    # --- what is wrong ---

    @property
    def fault(self) -> tuple[Problem, ...]:
        """Why the site could not be brought up to date."""
        return self._updater.fault

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site."""
        return (*self.fault, *self._updater.live.problems, *self._responses.failures())

    def current_errors(self) -> tuple[Problem, ...]:
        """The errors that stand in the way of what somebody does now: of the theme, and of files that changed."""
        failures = set(self._responses.failures())
        return tuple(
            problem
            for problem in self.problems
            if problem.severity == "error" and (problem in failures or self._updater.concerns(problem))
        )

    # --- what is asked ---

    def answer(self, path: str, at: int | None = None, query: str = "") -> Answer:
        """What a path of the site answers at an instant, as a host would; None for now. `query` is what follows a ?."""
        try:
            return self._responses.answer(self._up_to_date(path, at, query))
        except NewsgenError as error:  # the record cannot be written or read
            return Answer(500, (), b"", is_page=True, problems=error.problems)

    def _up_to_date(self, path: str, at: int | None, query: str) -> Target:
        """What a path leads to, after its files were looked at."""
        target = self._responses.find(path, at, query)
        if self._updater.differs(target.files):
            self.update(target.files)
            target = self._responses.find(path, at, query)
        return target

    def story_at(self, path: str, at: int | None) -> str:
        """The id of the story whose own page is at a path, held ones too where nobody is told less; "" for none."""
        try:
            articles = self.views.articles(path, at)
        except NewsgenError:  # a page that cannot be planned just now
            return ""
        if len(articles) == 1 and not brief_anchor(articles[0].item.url):
            return articles[0].item.id
        held = [] if articles or self.is_public or at is not None else self.views.hidden(path)
        return held[0][1] if len(held) == 1 else ""

    def path_of(self, story_id: str, at: int | None) -> str:
        """The path at which a story is now, held ones too where nobody is told less; "" for none."""
        url = self.views.address(story_id, at, with_held=not self.is_public)
        return f"{self.views.prefix}{url}" if url else ""

    def source(self, path: str) -> bytes:
        """The text of a story's file, by its path in the site. UsageError for what is none."""
        if not self._updater.has_story(path):
            raise UsageError(Problem("story-unknown", path))
        return project.site_disk(self._options.root).read(path)  # a new one, for a file may be a link by now

    @property
    def is_public(self) -> bool:
        """Whether the site is shown as its readers see it, and nobody is told more."""
        return not self._options.drafts

    @property
    def clock(self) -> int:
        """The instant that is now, in seconds since 1970."""
        return self._options.clock()

    @property
    def timezone(self) -> str:
        """The site's time zone."""
        return self._updater.live.current.settings.timezone
