"""What a page is made of, and why it was last rendered."""

from __future__ import annotations

from dataclasses import dataclass

from newsgen import plan
from newsgen.engine.changes import changes
from newsgen.engine.decide import scope_of
from newsgen.engine.job import Job
from newsgen.engine.reindex import survey
from newsgen.engine.relate import asked
from newsgen.index.shelves import collections_of, periods_of
from newsgen.lifecycle import state as lifecycle
from newsgen.model.card import Card
from newsgen.model.errors import Problem, UsageError
from newsgen.model.pages import Article, Page
from newsgen.plan import units
from newsgen.related.block_cache import Memory
from newsgen.related.reasons import Kept, Reason, reasons, why_not
from newsgen.related.rows import limits_of
from newsgen.source.listing import classify, scan_content
from newsgen.store import Store

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
    other: Kept | None = None  # why a story that was asked about is not on it


def explain(job: Job, store: Store, wanted: str, other: str = "") -> Explanation:
    """Explain a page by its address, or a story by its id or file; and why its list does not have another, by its id.

    UsageError where nothing has that name.
    """
    with Store(":memory:") as empty:
        found = changes(job, empty, classify(scan_content(job.site)))
        seen = survey(job, empty, found)
        scope = scope_of(job, found, seen, asked(job, empty, found, seen, Memory()).lists)
    url = wanted.removeprefix(job.settings.base_url).removesuffix("index.html")
    cards = [parsed.card for parsed in found.parsed.values() if parsed.card]
    names = (wanted, wanted.removeprefix("./"), f"content/{wanted}")
    for card in cards:
        if wanted == card.item.id or card.path in names or url == card.item.url:
            return _story(card, other, job, store, scope)
    for path, parsed in found.parsed.items():
        if path in names and parsed.card is None:
            return Explanation("", "refused", path=path)
    row = store.pages.row(url)
    unit = row.unit if row else ""
    page = next((page for page in plan.plan(unit, scope) if page.url == url), None) if unit else None
    if page is None:
        raise UsageError(Problem("nothing-to-explain", wanted))
    return _page(page, store)


def _story(card: Card, other: str, job: Job, store: Store, scope: plan.Scope) -> Explanation:
    shown = scope.index.card(card.item.id)
    if shown is None or shown.path != card.path:
        state: str = lifecycle.state(card, job.clock)
        state = "refused" if state == "live" else state
        until = lifecycle.until(card, job.clock)
        return Explanation(card.item.url, state, until, card.item.id, card.path)
    page = plan.plan(units.story(card.item.id), scope)[0]
    assert isinstance(page.data, Article)
    told = _page(page, store)
    ids = tuple(item.id for item in page.data.related)
    urls = {scope.url(collection, period) for collection in collections_of(card) for period in periods_of(card)}
    return Explanation(
        told.url, page.data.state, None, card.item.id, card.path, told.template, told.unit, told.files, told.reason,
        tuple(sorted(url for url in urls if url)),
        reasons(shown, ids, scope.index),
        why_not(shown, other, ids, scope.index, limits_of(job.settings)) if other else None,
    )  # fmt: skip


def _page(page: Page, store: Store) -> Explanation:
    row = store.pages.row(page.url)
    files = tuple(need.path for need in page.needs)
    reason = row.reason if row else ""
    return Explanation(page.url, "live", template=page.template, unit=page.unit, files=files, reason=reason)
