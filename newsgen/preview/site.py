"""A site as it is while somebody works on it: kept up to date change by change, its pages rendered when asked for.

The steps are those of a build, with one that is left out: no page is written. What the store keeps of a page is its
address and its unit. So a page here is the one that a build would write, and there is nothing that could be stale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, replace

from newsgen import plan
from newsgen.disk import FileStat
from newsgen.engine.changes import SourceChanges, read_changes
from newsgen.engine.decide import Decision, decide
from newsgen.engine.guard import guard
from newsgen.engine.page_maker import PageInputs, PageMaker
from newsgen.engine.reindex import reindex
from newsgen.engine.relate import relate_on_demand
from newsgen.engine.request import BuildRequest
from newsgen.engine.save import learn, seal_of
from newsgen.engine.snapshot import RelatedChange, Snapshot
from newsgen.engine.templates import TemplateCompiler
from newsgen.index.cards import with_pictures
from newsgen.index.index import Index
from newsgen.model.card import Card
from newsgen.model.errors import NewsgenError, Problem, SystemFault
from newsgen.model.pages import Page
from newsgen.plan import Scope, units
from newsgen.preview.renderers import Renderers
from newsgen.related.block_cache import BlockCache
from newsgen.related.lookup import ListsOnDemand
from newsgen.source.listing import Listing
from newsgen.store import DamagedError, PageRow, RelatedRows, Span, Store
from newsgen.text.address import collision_key

__all__ = ["LiveSite", "View"]


@dataclass(frozen=True, slots=True)
class View:
    """The site at one instant."""

    snapshot: Snapshot
    maker: PageMaker
    urls: Mapping[str, str]  # pages that the store does not know at this instant, with their units
    gone: Collection[str]  # pages that it knows, and that are not there at this instant
    is_whole: bool = False  # `urls` has all pages: the store does not know them yet

    @property
    def clock(self) -> int:
        """The instant, in seconds since 1970."""
        return self.snapshot.request.clock

    @property
    def scope(self) -> Scope:
        """What its pages are planned from."""
        return self.snapshot.scope


class LiveSite:
    """A site that is kept up to date in its store. `now` is its view at the clock of the last change.

    Everything here may raise ContentError, for what a user can mend: then all is as it was before.
    """

    def __init__(self, store: Store, saved: Callable[[], object] = lambda: None, most_cards: int = 1500) -> None:
        """`saved` is called whenever the store has learned everything anew, and when it first has what is here."""
        self._store = store
        self._saved = saved
        self._most_cards = most_cards  # that are kept in memory: some 6 MB
        self._changes: SourceChanges | None = None
        self._index: Index | None = None
        self._blocks = BlockCache()
        self._renderers = Renderers()
        self._stable = Span()  # the clocks at which the site is the same
        self._pending: Iterator[None] | None = None  # what the store has yet to learn
        self._is_large = False  # whether that is much
        self._fault: NewsgenError | None = None  # why the store could not learn it
        self.request: BuildRequest | None = None  # what the site was last brought up to date with
        self.was_reread = False  # whether the last change was a reading of everything
        self.problems: tuple[Problem, ...] = ()  # of the stories and the files beside them
        self.now: View | None = None

    @property
    def current(self) -> BuildRequest:
        """What the site was last brought up to date with."""
        assert self.request is not None
        return self.request

    def is_due(self, clock: int) -> bool:
        """Whether a story appears or goes between the last change and an instant, so that `update` has to be called."""
        return not self._stable.covers(clock)

    def update(
        self, request: BuildRequest, listing: Listing, among: Mapping[str, FileStat | None] | None = None
    ) -> AbstractSet[str] | None:
        """Bring the site up to date; `among` as for `engine.changes`.

        Gives the units whose pages may be others now, None for all. Not the stories whose related lists are others:
        these are found when a page is planned.

        After a reading of everything the store has yet to learn it, at the latest for what needs it first.
        """
        self.flush()
        before = self.request, self._changes, self.problems, self.was_reread
        try:
            return self._update(request, listing, among)
        except BaseException:
            self._recover()
            self.request, self._changes, self.problems, self.was_reread = before
            if self.now is not None and not self.now.is_whole:
                with suppress(NewsgenError, DamagedError):  # what cannot be read now is read when it is asked for
                    self._stand_on_store()
            raise

    def _recover(self) -> None:
        """The shelves may be half changed; the store goes back by itself."""
        self._index, self._blocks, self._pending, self._is_large = None, BlockCache(), None, False
        self._store.recover()

    def _update(
        self, request: BuildRequest, listing: Listing, among: Mapping[str, FileStat | None] | None
    ) -> AbstractSet[str] | None:
        store, last = self._store, self.request
        templates = None if last and last.theme is request.theme else TemplateCompiler(request, store)
        before = self._changes if last and last.settings == request.settings else None
        meanwhile = templates.steps if templates else iter(())
        changes = read_changes(request, store, listing, meanwhile, among=among, before=before)
        new_templates: Mapping[str, bytes] = {}
        if templates:
            self._renderers.compiled, new_templates = templates.compiled()
            templates.require_sound()
        snapshot = reindex(request, store, changes, None if changes.is_all else self._index)
        on_demand = RelatedChange(ListsOnDemand(self._related), RelatedRows())  # the store has yet to learn them
        snapshot = guard(snapshot.with_related(on_demand), store)
        seal = store.seal.last
        decision = decide(snapshot, store, {})
        maker = self._maker(snapshot)
        self.request, self._changes = request, changes.as_unchanged()  # not with the cards of a full reading
        self.problems = snapshot.all_problems
        self.was_reread = changes.is_all
        self._is_large = changes.is_all or self.now is None
        self._pending = self._learn(snapshot, decision, new_templates)
        if changes.is_all:
            self._stable = Span()
            self.now = View(snapshot, maker, decision.urls, frozenset(), is_whole=True)
            return None
        self.flush()
        now = store.seal.last
        was = (seal.theme_digest, seal.site_digest, seal.site_notes_digest, seal.requests_digest)
        is_same_site = was == (now.theme_digest, now.site_digest, now.site_notes_digest, now.requests_digest)
        return {unit for unit, _pages in decision.units} if is_same_site else None

    def _learn(self, snapshot: Snapshot, decision: Decision, new_templates: Mapping[str, bytes]) -> Iterator[None]:
        """Have the store learn a change, step by step; then the site stands on it."""
        store = self._store
        snapshot = relate_on_demand(snapshot, store, self._blocks)
        yield
        store.begin(())
        yield from learn(snapshot, store, new_templates)
        seal = seal_of(snapshot, store, decision.planned)  # all that can fail comes before the end
        rows = [PageRow(url, unit, "", "", 0, 0, "") for url, unit in decision.urls.items()]
        store.finish(rows, [row.url for row in decision.gone if row.url not in decision.urls])
        store.seal.write(seal)
        related = snapshot.related
        if related.archive:
            related.archive.rebase()
        else:
            self._blocks = BlockCache()
        self._stable = seal.stable
        if snapshot.changes.is_all or related.rows.is_all or snapshot.index.cards_fetched > self._most_cards:
            self._stand_on_store()
        else:
            self._index = snapshot.index
            self.now = View(snapshot, self._maker(snapshot), {}, frozenset())

    def _stand_on_store(self) -> None:
        """Show what the store has; it holds little."""
        snapshot = self._stored(self.current)
        self._index = snapshot.index
        self.now = View(snapshot, self._maker(snapshot), {}, frozenset())

    def lighten(self) -> None:
        """Let go of stories that were fetched for pages, if they are many."""
        if self.is_saved and self._index is not None and self._index.cards_fetched > self._most_cards:
            self._stand_on_store()

    def _related(self, story_id: str) -> tuple[str, ...]:
        """A story's list, for a view that the store has yet to learn."""
        return self._saved_view().snapshot.scope.related.of(story_id)

    def _saved_view(self) -> View:
        """The site as the store has it. SystemFault where the store could not learn it."""
        self.flush()
        assert self.now is not None
        if self.now.is_whole:
            raise self._fault or SystemFault(Problem("record-fault", self._store.path, values=("damaged",)))
        return self.now

    @property
    def is_saved(self) -> bool:
        """Whether the store has all that there is to learn."""
        return self._pending is None

    def flush(self) -> None:
        """Have the store learn all that there is to learn. SystemFault where it cannot be written."""
        while self.save_step():
            pass

    def save_step(self) -> bool:
        """Have the store learn some of that; whether more is to be done."""
        if self._pending is None:
            return False
        try:
            if next(self._pending, self) is not self:
                return True
        except BaseException as error:
            self._fault = error if isinstance(error, NewsgenError) else None
            if self._is_large:  # it knows nothing of what was read: the next change reads everything
                self._store.clear()
            self._recover()
            raise
        self._pending = None
        if self._is_large:
            self._is_large = False
            self._saved()
        return False

    def _stored(self, request: BuildRequest) -> Snapshot:
        """What the store has, at the clock of a request, fetched as it is needed."""
        assert self._changes is not None
        snapshot = reindex(request, self._store, self._changes)
        return guard(relate_on_demand(snapshot, self._store, self._blocks), self._store)

    def _maker(self, snapshot: Snapshot) -> PageMaker:
        inputs = PageInputs.of(snapshot, self._renderers.compiled)
        return PageMaker(inputs, self._renderers.renderer(snapshot, inputs))

    def warm(self) -> bool:
        """Get ready for the first changes, a little at each call; whether more is to be done."""
        has_lists = self.request is not None and self.request.settings.related.stories > 0
        return has_lists and self._blocks.fill(self._store)

    def at(self, clock: int) -> View:
        """The site as it would be at another instant. Nothing is kept of it."""
        self._saved_view()
        snapshot = self._stored(replace(self.current, clock=clock))
        decision = decide(snapshot, self._store, {})
        gone = {row.url for row in decision.gone} - decision.urls.keys()
        return View(snapshot, self._maker(snapshot), decision.urls, gone)

    def with_held(self, cards: Sequence[Card]) -> View:
        """The site as it would be with stories that are held now, for their pages and pictures alone. Nothing is kept.

        No list of related stories is found for them: they are among none.
        """
        self._saved_view()
        assert self._changes is not None
        snapshot = reindex(self.current, self._store, self._changes)
        snapshot = snapshot.with_related(RelatedChange(ListsOnDemand(self._related), RelatedRows()))
        pictures = {path: picture for path, (picture, _digest) in snapshot.scope.pictures.by_path.items()}
        shown = [with_pictures(card, pictures) for card in cards]
        snapshot.index.update((), shown)
        wanted = {unit for card in shown for unit in plan.units_of_story(card.item.id, snapshot.scope)}
        wanted.update(units.picture(picture.digest) for card in shown for picture in card.pictures if picture)
        urls = {url: unit for unit in sorted(wanted) for url in plan.addresses(unit, snapshot.scope)}
        return View(snapshot, self._maker(snapshot), urls, frozenset())

    def held(self, url: str) -> list[tuple[str, str, str, int | None]]:
        """The stories that have an address, or a place on the page there, and are not shown: file, id, state, until."""
        self._saved_view()
        return self._store.stories.held_at(f"url {collision_key(url)}")

    def with_picture(self, url: str) -> AbstractSet[str]:
        """The files of the stories with the picture of which an address has a file."""
        return self._store.stories.with_pictures(self._saved_view().scope.pictures.paths_at(url))

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
        pages = view.maker.plan(unit) if unit else ()
        return next((page for page in pages if page.url == url), None)

    def render(self, page: Page, view: View) -> bytes:
        """The bytes of a page. ContentError where a template fails, or a story's file is not as it was read."""
        _read, data = view.maker.make(page)
        return data
