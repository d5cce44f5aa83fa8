"""What a page is made of, why it was last rendered, and why a story is on its list of related stories or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsgen import plan
from newsgen.commands.archive import Archive, is_name_of, read_archive
from newsgen.engine.relate import relate_on_demand
from newsgen.engine.request import BuildRequest
from newsgen.index.shelves import KINDS, collections_of
from newsgen.lifecycle import state as lifecycle
from newsgen.model.briefs import Briefs
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.pages import Article, Page, related_ids
from newsgen.plan.periods import periods_with
from newsgen.related.block_cache import BlockCache
from newsgen.related.reasons import NotListed, Reason, reasons, why_not_listed
from newsgen.related.rows import limits_of
from newsgen.store import PageRow, Store
from newsgen.text.address import without_index

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to `newsgen explain`."""

    url: str
    state: str  # live, or why there is no page
    until: int | None = None
    id: str = ""
    path: str = ""  # of the story file
    template: str = ""
    unit: str = ""
    files: tuple[str, ...] = ()
    reason: str = ""  # why it was last rendered: new, template, site, lists, story, output; "" if never
    lists: tuple[str, ...] = ()  # pages that show the story
    related: tuple[Reason, ...] = ()  # the list of related stories, with why each is on it
    other: NotListed | None = None  # why a story that was asked about is not on it


def explain(request: BuildRequest, name: str, other: str = "") -> Explanation:
    """Explain a page by its address, or a story by its id or file.

    `other` is the id of a story that the page's list of related stories does not have: the answer says why.
    UsageError where nothing has that name. SystemFault where a shelf in the store turns out to be damaged.
    """
    with read_archive(request) as archive:
        return _explain(archive, name, other)


def _explain(archive: Archive, name: str, other: str) -> Explanation:
    store = archive.store
    scope = relate_on_demand(archive.snapshot, store, BlockCache()).scope
    url = without_index(name.removeprefix(scope.settings.base_url))
    for card in archive.cards():
        if name == card.item.id or is_name_of(name, card.path) or url == card.item.url:
            return _explain_story(archive, scope, card, other)
    for path, *_stat in archive.changes.listing.stories:
        if is_name_of(name, path):
            return Explanation("", "refused", path=path)
    row = _row(store, url)
    unit = row.unit if row else ""
    page = next((page for page in plan.plan(unit, scope) if page.url == url), None) if unit else None
    if page is None:
        raise UsageError(Problem("nothing-to-explain", name))
    return _explain_page(page, store)


def _explain_story(archive: Archive, scope: plan.Scope, card: Card, other: str) -> Explanation:
    store, clock = archive.store, archive.snapshot.request.clock
    shown = scope.index.card(card.item.id)
    if shown is None or shown.path != card.path:
        state: str = lifecycle.state(card, clock)
        state = "refused" if state == "live" else state
        until = lifecycle.until(card, clock)
        return Explanation(card.item.url, state, until, card.item.id, card.path)
    page, data = _page_of(shown, scope)
    ids = related_ids(data)
    collections = [each for each in collections_of(card) if each[0] in KINDS]  # no list has an old version
    lists = ((each, period) for each in collections for period in periods_with(scope.index, each, card))
    urls = {scope.url(collection, period) for collection, period in lists}
    return replace(
        _explain_page(page, store),
        url=card.item.url,
        state=data.state,
        id=card.item.id,
        path=card.path,
        lists=tuple(sorted(url for url in urls if url)),
        related=reasons(shown, ids, scope.index),
        other=why_not_listed(shown, other, ids, scope.index, limits_of(scope.settings)) if other else None,
    )


def _page_of(card: Card, scope: plan.Scope) -> tuple[Page, Article]:
    """The page on which a story stands whole, and what it shows of it."""
    pages = (page for unit in plan.units_of_story(card.item.id, scope) for page in plan.plan(unit, scope))
    for page in pages:
        data = page.data
        shown = (data,) if isinstance(data, Article) else data.stories if isinstance(data, Briefs) else ()
        if found := next((data for data in shown if data.item.id == card.item.id), None):
            return page, found
    raise AssertionError(f"no page shows {card.item.id}")


def _explain_page(page: Page, store: Store) -> Explanation:
    row = _row(store, page.url)
    files = tuple(need.path for need in page.needs)
    reason = row.reason if row else ""
    return Explanation(page.url, "live", template=page.template, unit=page.unit, files=files, reason=reason)


def _row(store: Store, url: str) -> PageRow | None:
    """What the store has of a page. A store that no build has made is not opened, for that would create its file."""
    return store.pages.row(url) if store.seal.last.exists else None
