"""A site as it is while somebody works on it: kept up to date change by change, its pages rendered when asked for.

The steps are those of a build, with one that is left out: no page is written. What the record keeps of a page is its
address and its unit. So a page here is the one that a build would write, and there is nothing that could be stale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, replace

from newsgen import plan
from newsgen.disk import FileStat
from newsgen.engine.changes import Changes, changes
from newsgen.engine.decide import Decision, decide, scope_of
from newsgen.engine.guard import Guard, guard
from newsgen.engine.job import Job, theme_digest
from newsgen.engine.reindex import Survey, survey
from newsgen.engine.relate import asked
from newsgen.engine.save import beside, saved, seal_of
from newsgen.engine.templates import compiling
from newsgen.index.index import Index
from newsgen.leaks.finder import Finder
from newsgen.model.errors import NewsgenError, Problem, SystemFault
from newsgen.model.pages import Page
from newsgen.related.block_cache import Memory
from newsgen.related.lists import Lists
from newsgen.render.fingerprint import site_mark
from newsgen.render.renderer import Renderer, renderer, sources
from newsgen.render.templates.theme import Theme
from newsgen.source.listing import Listing
from newsgen.store import DamagedError, PageRow, Span, Store
from newsgen.text.address import collision_key

__all__ = ["Live", "View"]

_CARDS = 1500  # that are kept at hand: some 6 MB
_ROOM = 8 * 2**20  # bytes for what is printed on many pages, of which a preview renders few


@dataclass(slots=True)
class View:
    """The site at one instant."""

    clock: int
    scope: plan.Scope
    seen: Survey
    finder: Finder | None
    renderer: Renderer
    urls: Mapping[str, str]  # pages that the record does not know at this instant, with their units
    gone: Collection[str]  # pages that it knows, and that are not there at this instant
    is_whole: bool = False  # `urls` has all pages: the record does not know them yet


class Live:
    """A site that is kept up to date in its record. `now` is its view at the clock of the last change.

    Everything here may raise ContentError, for what a user can mend: then all is as it was before.
    """

    def __init__(self, store: Store, settled: Callable[[], object] = lambda: None) -> None:
        """`settled` is called whenever the record has learned everything anew, and when it first has what is here."""
        self._store = store
        self._settled = settled
        self._job: Job | None = None
        self._found: Changes | None = None
        self._index: Index | None = None
        self._memory = Memory()
        self._codes: Mapping[str, bytes] = {}  # the templates, compiled
        self._renderers: dict[tuple[str, str, str], Renderer] = {}  # by the digests of theme, site and context
        self._stable = Span()
        self._rest: Iterator[None] | None = None  # what is left to do for the record
        self._is_large = False  # whether that is much
        self._fault: NewsgenError | None = None  # why the record could not learn it
        self.is_anew = False  # whether the last change was a reading of everything
        self.problems: tuple[Problem, ...] = ()  # of the stories and the files beside them
        self.now: View | None = None

    @property
    def job(self) -> Job:
        """What the site was last brought up to date with."""
        assert self._job is not None
        return self._job

    def is_due(self, clock: int) -> bool:
        """Whether a story appears or goes between the last change and an instant, so that `bring` has to be called."""
        return not self._stable.covers(clock)

    def bring(
        self, job: Job, listed: Listing, among: Mapping[str, FileStat | None] | None = None
    ) -> AbstractSet[str] | None:
        """Bring the site up to date; `among` as for `state.changes`.

        Gives the units whose pages may be others now, None for all. Not the stories whose related lists are others:
        these are found when a page is planned.

        After a reading of everything the record has yet to `learn` it, at the latest for what needs it first.
        """
        self.settle()
        before = self._job, self._found, self.problems, self.is_anew
        try:
            return self._bring(job, listed, among)
        except BaseException:
            self._recover()
            self._job, self._found, self.problems, self.is_anew = before
            if self.now is not None and not self.now.is_whole:
                with suppress(NewsgenError, DamagedError):  # what cannot be read now is read when it is asked for
                    self._stand()
            raise

    def _recover(self) -> None:
        """The shelves may be half changed; the record goes back by itself."""
        self._index, self._memory, self._rest, self._is_large = None, Memory(), None, False
        self._store.recover()

    def _bring(self, job: Job, listed: Listing, among: Mapping[str, FileStat | None] | None) -> AbstractSet[str] | None:
        store = self._store
        new: dict[str, bytes] = {}
        codes: dict[str, bytes] = {}
        is_known = self._job is not None and self._job.theme is job.theme
        templates = iter(()) if is_known else compiling(job, store, codes, new)
        is_same = self._job is not None and self._job.settings == job.settings
        found = changes(job, store, listed, templates, among=among, before=self._found if is_same else None)
        for _template in templates:
            pass
        if not is_known:
            self._codes = codes
        seen = survey(job, store, found, None if found.is_all else self._index)
        scope = scope_of(job, found, seen, Lists({}, self._related))
        guarded = guard(job, store, found, seen, scope)
        before = store.seal.last
        decision = decide(job, store, found, seen, scope, {}, is_made=False)
        drawn = self._renderer(job, found, scope)
        self._job, self._found = job, found.unchanged()  # not with the cards of a reading of everything
        self.problems = (*beside(job, found, seen), *seen.problems)
        self.is_anew = found.is_all
        self._is_large = found.is_all or self.now is None
        self._rest = self._learned(job, found, seen, scope, guarded, decision, new)
        if found.is_all:
            self._stable = Span()
            self.now = View(job.clock, scope, seen, guarded.finder, drawn, decision.urls, frozenset(), is_whole=True)
            return None
        self.settle()
        sealed = store.seal.last
        marks = [(told.theme_digest, told.site_digest, told.site_notes_digest) for told in (before, sealed)]
        return None if marks[0] != marks[1] else {unit for unit, _rows in decision.units}

    def _learned(
        self,
        job: Job,
        found: Changes,
        seen: Survey,
        scope: plan.Scope,
        guarded: Guard,
        decision: Decision,
        codes: Mapping[str, bytes],
    ) -> Iterator[None]:
        """Have the record learn a change, step by step; then the site stands on it."""
        store = self._store
        relations = asked(job, store, found, seen, self._memory)
        yield
        store.begin(())
        yield from store.learn(saved(found, seen, relations.saved, codes))
        sealed = seal_of(job, store, scope, found, seen, (), {}, {}, ())  # all that can fail comes before the end
        sealed = replace(sealed, page_count=decision.planned)
        rows = [PageRow(url, unit, "", "", 0, 0, "") for url, unit in decision.urls.items()]
        store.finish(rows, [row.url for row in decision.gone if row.url not in decision.urls])
        store.seal.write(sealed)
        if relations.stock:
            relations.stock.settle()
        else:
            self._memory = Memory()
        self._stable = sealed.stable
        if found.is_all or relations.saved.is_all or seen.index.cards_fetched > _CARDS:
            self._stand()
        else:
            self._index = seen.index
            scope = replace(scope, related=relations.lists)
            drawn = self._renderer(job, found, scope)
            self.now = View(job.clock, scope, seen, guarded.finder, drawn, {}, frozenset())

    def _stand(self) -> None:
        """Show what the record has; it holds little."""
        seen, scope, finder = self._at_hand(self.job)
        self._index = seen.index
        assert self._found is not None
        drawn = self._renderer(self.job, self._found, scope)
        self.now = View(self.job.clock, scope, seen, finder, drawn, {}, frozenset())

    def lighten(self) -> None:
        """Let go of stories that were fetched for pages, if they are many."""
        if self.is_settled and self._index is not None and self._index.cards_fetched > _CARDS:
            self._stand()

    def _related(self, story_id: str) -> tuple[str, ...]:
        """A story's list, for a view that the record has yet to learn."""
        return self._learned_view().scope.related.of(story_id)

    def _learned_view(self) -> View:
        """The site as the record has it. SystemFault where the record could not learn it."""
        self.settle()
        assert self.now is not None
        if self.now.is_whole:
            raise self._fault or SystemFault(Problem("record-fault", self._store.path, values=("damaged",)))
        return self.now

    @property
    def is_settled(self) -> bool:
        """Whether the record has all that there is to learn."""
        return self._rest is None

    def settle(self) -> None:
        """Have the record learn all that there is to learn. SystemFault where it cannot be written."""
        while self.learn():
            pass

    def learn(self) -> bool:
        """Have the record learn some of that; whether more is to be done."""
        if self._rest is None:
            return False
        try:
            if next(self._rest, self) is not self:
                return True
        except BaseException as error:
            self._fault = error if isinstance(error, NewsgenError) else None
            if self._is_large:  # it knows nothing of what was read: the next change reads everything
                self._store.clear()
            self._recover()
            raise
        self._rest = None
        if self._is_large:
            self._is_large = False
            self._settled()
        return False

    def _at_hand(self, job: Job) -> tuple[Survey, plan.Scope, Finder | None]:
        """What the record has, at the clock of a job, fetched as it is needed."""
        found = self._found
        assert found is not None
        seen = survey(job, self._store, found)
        scope = scope_of(job, found, seen, asked(job, self._store, found, seen, self._memory).lists)
        return seen, scope, guard(job, self._store, found, seen, scope).finder

    def _renderer(self, job: Job, found: Changes, scope: plan.Scope) -> Renderer:
        """One is kept for each theme and site: what it has printed serves the next page."""
        made = theme_digest(job), site_mark(scope.site, job.stamp), found.site_notes.digest
        if made not in self._renderers:
            if len(self._renderers) > 1:
                self._renderers.clear()
            theme = Theme(dict(job.theme.templates), self._codes, _ROOM)
            self._renderers[made] = renderer(scope.site, found.site_notes, theme, job.theme)
        return self._renderers[made]

    def warm(self) -> bool:
        """Get ready for the first changes, a little at each call; whether more is to be done."""
        return self._job is not None and self._job.settings.related.stories > 0 and self._memory.fill(self._store)

    def at(self, clock: int) -> View:
        """The site as it would be at another instant. Nothing is kept of it."""
        self._learned_view()
        assert self._found is not None
        job = replace(self.job, clock=clock)
        store = self._store
        found = self._found
        seen, scope, finder = self._at_hand(job)
        decision = decide(job, store, found, seen, scope, {}, is_made=False)
        gone = {row.url for row in decision.gone} - decision.urls.keys()
        return View(clock, scope, seen, finder, self._renderer(job, found, scope), decision.urls, gone)

    def held(self, url: str) -> list[tuple[str, str, str, int | None]]:
        """The stories that have an address, and are not shown now: file, id, state, until."""
        self._learned_view()
        return self._store.stories.held_at(f"url {collision_key(url)}")

    def unit(self, url: str, view: View) -> str:
        """The unit that plans the page at an address; "" where there is none."""
        if url in view.gone:
            return ""
        if unit := view.urls.get(url):
            return unit
        row = None if view.is_whole else self._store.pages.row(url)
        return row.unit if row else ""

    def page(self, url: str, view: View) -> Page | None:
        """The page at an address, not rendered; None where there is none."""
        unit = self.unit(url, view)
        pages = plan.plan(unit, view.scope) if unit else ()
        return next((page for page in pages if page.url == url), None)

    def render(self, page: Page, view: View) -> bytes:
        """The bytes of a page. ContentError where a template fails, or a story's file is not as it was read."""
        read = sources(self.job.site, page)
        data = view.renderer.render(page, read)
        if view.finder:
            view.finder.check(page, read, data)
        return data
