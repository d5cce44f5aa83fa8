"""From what changed to the shelves as they are now. It writes nothing.

After a full reading the shelves are filled from every card. Else they stand on the store, and only the stories that may
be shown otherwise than before are looked at: one edit costs the same among a thousand stories and among a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from newsgen import plan
from newsgen.disk import Disk
from newsgen.engine.changes import SourceChanges
from newsgen.engine.picture_rows import known_pictures, shown_pictures
from newsgen.engine.request import BuildRequest, settings_digest
from newsgen.engine.snapshot import Snapshot
from newsgen.index.cards import claim_keys, with_pictures
from newsgen.index.index import Index
from newsgen.lifecycle.aliases import aliases_of
from newsgen.lifecycle.redirects import LazyRedirects, Location, Redirects, redirects
from newsgen.lifecycle.resolve import Resolved, resolve
from newsgen.lifecycle.state import public_card
from newsgen.model.card import Card, Collection, Picture
from newsgen.model.errors import Problem
from newsgen.source.ledger import Ledger
from newsgen.store import Seal, Store
from newsgen.text.address import asset_url

__all__ = ["reindex"]

_FEW = 50  # stories that are looked for in the ledger's bytes: 2 ms each in 100,000 lines


@dataclass(frozen=True, slots=True)
class _StoredShelves:
    """What the store has, as the index wants it: cards as the public may see them now."""

    store: Store
    clock: int
    pictures: Mapping[str, Picture]
    drafts: bool

    def _public(self, card: Card) -> Card:
        public = public_card(card, self.clock, drafts=self.drafts) or card
        return with_pictures(public, self.pictures) if public.photos else public

    def card(self, story_id: str) -> Card | None:
        card = self.store.stories.shown_card(story_id)
        return self._public(card) if card else None

    def cards(self) -> Iterable[Card]:
        return (self._public(card) for card, state in self.store.stories.all_cards() if not state)

    def public_texts(self) -> Iterable[tuple[str, str]]:
        return self.store.stories.card_texts()

    def keys(self, collection: Collection) -> list[str]:
        return self.store.stories.shelf_keys(collection)

    def all_keys(self) -> Iterable[tuple[Collection, list[str]]]:
        return self.store.stories.all_shelf_keys()

    def slugs(self, kind: str) -> list[str]:
        return self.store.stories.slugs(kind)

    def count_and_newest(self, collection: Collection) -> tuple[int, str]:
        return self.store.stories.shelf(collection) or (0, "")

    def names(self, collection: Collection) -> str:
        return self.store.stories.shelf_names(collection)

    def all_names(self, kind: str) -> Iterable[tuple[Collection, str]]:
        return self.store.stories.all_shelf_names(kind)

    def ids_by_facet(self, kind: str, name: str) -> set[str]:
        return self.store.stories.ids_by_facet(kind, name).get(name, set())

    def all_ids_by_facet(self, kind: str) -> Mapping[str, set[str]]:
        return self.store.stories.ids_by_facet(kind)


def reindex(request: BuildRequest, store: Store, changes: SourceChanges, index: Index | None = None) -> Snapshot:
    """The shelves as they are now, and the cards that differ from what the last build showed.

    `index` has the shelves as they were, and is brought up to date.
    """
    pictures = shown_pictures(changes.pictures, changes.requests.names)
    problems = [problem for parsed in changes.parsed.values() for problem in parsed.problems]
    if changes.is_all:
        cards = [parsed.card for parsed in changes.parsed.values() if parsed.card]
        resolved = _resolved(request, changes, cards, pictures)
        live = tuple(story.public for story in resolved if story.public)
        problems.extend(problem for story in resolved for problem in story.problems)
        scope = _scope(request, changes, Index(live), _redirects(request, store, changes, {}, resolved))
        return Snapshot(request, changes, scope, resolved, (), live, tuple(problems))
    before, now = _candidates(request, store, changes)
    resolved = _resolved(request, changes, now.values(), pictures)
    removed, added = _shown_otherwise(changes, store.seal.last, before, resolved)
    shelves = _StoredShelves(store, request.clock, pictures, request.drafts)
    if index is None:
        index = Index(source=shelves)
    else:
        index.use_source(shelves)
    index.update(removed, added)
    read = {*changes.parsed, *changes.gone}
    settled = {*read, *now}
    # What was wrong with a file that was not read again still is; the claims of these stories were settled anew.
    known = [p for path, is_own, p in store.stories.problems() if path not in (read if is_own else settled)]
    problems = [*known, *problems, *(problem for story in resolved for problem in story.problems)]
    scope = _scope(request, changes, index, _redirects(request, store, changes, before, resolved))
    return Snapshot(request, changes, scope, resolved, removed, added, tuple(problems))


def _scope(request: BuildRequest, changes: SourceChanges, index: Index, redirects: LazyRedirects) -> plan.Scope:
    """What planning may see; the related lists come later."""
    assets = tuple((name, asset_url(name, data)) for name, data in request.theme.assets)
    registers = changes.site_notes.registers()
    sections = changes.site_notes.section_files()
    shown = shown_pictures(changes.pictures, changes.requests.names)
    by_path = {path: (picture, changes.pictures[path].source.digest) for path, picture in shown.items()}
    has_files = any(picture.widths for picture in shown.values())
    encoder = request.darkroom.encoder if request.darkroom and has_files else ""
    pictures = plan.PictureFiles(by_path, changes.site_notes.people, encoder)
    templates = {name for name, _text in request.theme.templates}
    own = replace(changes.own, pages=tuple(page for page in changes.own.pages if page.template in templates))
    site = plan.site(request.settings, index, sections, assets, own.pages)
    storylines = changes.site_notes.storyline_finder()
    return plan.Scope(
        site, request.settings, index, sections, *registers, storylines, pictures, own, lazy_redirects=redirects
    )


def _shown_otherwise(
    changes: SourceChanges, seal: Seal, before: Mapping[str, tuple[Card, str]], resolved: Iterable[Resolved]
) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The cards that are shown otherwise than before: as they were shown, and as they are."""
    old_pictures = known_pictures(changes.known_pictures, is_sure=changes.is_same_requests)
    shown = {story.card.path: story.public for story in resolved}
    removed: list[Card] = []
    added: list[Card] = []
    for path in sorted(before.keys() | shown.keys()):
        old: Card | None = None
        if path in before and not before[path][1]:
            public = public_card(before[path][0], seal.clock, drafts=seal.drafts)
            old = with_pictures(public, old_pictures) if public else None
        new = shown.get(path)
        if old != new:
            removed.extend([old] if old else [])
            added.extend([new] if new else [])
    return tuple(removed), tuple(added)


def _redirects(
    request: BuildRequest,
    store: Store,
    changes: SourceChanges,
    before: Mapping[str, tuple[Card, str]],
    resolved: tuple[Resolved, ...],
) -> LazyRedirects:
    """Where the addresses of the ledger lead; worked out only where one of them may lead elsewhere than it did.

    `before` has the stories of `resolved` as they were, and those that are no more.
    """
    seal, stored, recorded = store.seal.last, None, None
    if not changes.is_all and changes.is_same_ledger:
        recorded = seal.recorded if seal.settings_digest == settings_digest(request) else None
        was = {path: (card.item.id, card.item.url, state) for path, (card, state) in before.items()}
        now = {story.card.path: (story.card.item.id, story.card.item.url, story.state) for story in resolved}
        differing = [
            row
            for path in was.keys() | now.keys()
            for row in (was.get(path), now.get(path))
            if was.get(path) != now.get(path) or (row and row[2] in ("killed", "expired"))
        ]  # tombstones say more
        is_led = any(row and _is_mentioned(changes.ledger, row) for row in differing)
        aliased = [card for card, _state in before.values() if card.aliases]
        aliased += [story.card for story in resolved if story.card.aliases]
        is_far = changes.own.digest != seal.own_digest  # an alias may lead on from where a page is now
        urls = {url for row in differing if row for url in (row[1], row[1][: row[1].find("/", 1) + 1])}
        if len(differing) < _FEW and not (is_led or aliased or is_far or store.stories.has_alias(urls)):
            stored = (seal.redirects_digest, seal.address_problems, seal.brief_pages)
    reread = {*before, *changes.parsed, *changes.gone}
    work = partial(_work_out, request, store, changes, resolved, reread)
    return LazyRedirects(work, changes.ledger, stored, recorded)


def _is_mentioned(ledger: Ledger, row: tuple[str, str, str]) -> bool:
    """Whether the ledger has a story's id or address, or the address of its section's list."""
    story_id, url, _state = row
    return ledger.mentions(story_id, url) or (url != "" and ledger.has_address(url[: url.find("/", 1) + 1]))


def _work_out(
    request: BuildRequest, store: Store, changes: SourceChanges, resolved: tuple[Resolved, ...], reread: set[str]
) -> Redirects:
    """`reread` are the files of which the store does not know what became."""
    cards = {story.card.path: story.card for story in resolved}
    aliased = [] if changes.is_all else sorted(store.stories.with_facet("alias") - reread)
    of_store = [card for card, _state in store.stories.cards(aliased)] if aliased else []
    aliases = aliases_of((*of_store, *cards.values()))
    if not changes.ledger.lines and not aliases:
        return Redirects()
    locations: dict[str, Location] = {}
    known = [] if changes.is_all else [row for row in store.stories.addresses() if row[3] not in reread]
    fresh = ((s.card.item.id, s.card.item.url, s.state, s.card.path) for s in resolved)
    for story_id, url, state, path in (*known, *fresh):
        location = (url, state, path)
        if story_id not in locations or _claim(location) < _claim(locations[story_id]):  # of two claims, the owner's
            locations[story_id] = location

    def read(paths: Iterable[str]) -> Mapping[str, Card]:
        missing = [path for path in paths if path not in cards]
        return cards | {card.path: card for card, _state in (store.stories.cards(missing) if missing else ())}

    own = [page.url for page in changes.own.pages] + [file.url for file in changes.own.statics]
    return redirects(changes.ledger.lines, locations, read, request.settings.host, aliases, own)


def _claim(location: Location) -> tuple[bool, bool, bool, bool, str]:
    """Of two stories with one id the lesser has it, as `lifecycle.resolve` settles it."""
    _url, state, path = location
    return state == "refused", state != "", state != "killed", state != "expired", path


def _resolved(
    request: BuildRequest, changes: SourceChanges, cards: Iterable[Card], pictures: Mapping[str, Picture]
) -> tuple[Resolved, ...]:
    resolved = resolve(cards, request.clock, pictures, drafts=request.drafts, killed=changes.killed)
    return tuple(
        replace(story, problems=tuple(_located(request.site, problem) for problem in story.problems))
        if story.problems
        else story
        for story in resolved
    )


def _candidates(
    request: BuildRequest, store: Store, changes: SourceChanges
) -> tuple[dict[str, tuple[Card, str]], dict[str, Card]]:
    """The stories that may be shown otherwise than before: their cards as stored, with their state; and as they are.

    Those that were read again or are gone; those that the clock, a picture or the ledger changes; the drafts, where
    these are shown now and were not, or the other way; and all that claim an id or an address in common with one of
    these, or are versions of one story with it.
    """
    seal = store.seal.last
    low, high = sorted((seal.clock, request.clock))
    paths = {
        *changes.parsed,
        *changes.gone,
        *store.stories.changing_between(low, high),
        *store.stories.with_pictures(changes.changed_pictures),
    }
    paths |= store.stories.claiming(changes.killed.symmetric_difference(seal.killed), ())
    if seal.drafts != request.drafts:
        paths |= store.stories.with_facet("draft")
    before: dict[str, tuple[Card, str]] = {}
    now: dict[str, Card] = {}
    fresh = paths
    while fresh:
        rows = {card.path: (card, state) for card, state in store.stories.cards(sorted(fresh))}
        before.update(rows)
        claimants = [card for card, _state in rows.values()]
        for path in fresh:
            if path in changes.parsed:
                card = changes.parsed[path].card
                if card:
                    now[path] = card
                    claimants.append(card)
            elif path in rows and path not in changes.gone:
                now[path] = rows[path][0]
        ids = {card.item.id for card in claimants}
        addresses = {claim_keys(card)[1] for card in claimants if card.item.url}
        replaced = {card.updates for card in claimants if card.updates}
        versions = store.stories.updating(ids) | store.stories.claiming(replaced, ())
        fresh = (store.stories.claiming(ids, addresses) | versions) - paths
        paths |= fresh
    return before, now


def _located(site: Disk, problem: Problem) -> Problem:
    """A problem that no reader of one file can see, with the line of the file that it is about."""
    try:
        lines = site.read(problem.path).decode("utf-8", "replace").splitlines()
    except OSError:
        return problem
    marks = {"id-taken": ("id:",), "address-taken": ("slug:", "headline:")}.get(problem.rule, problem.values[:1])
    for mark in marks:
        for number, line in enumerate(lines, 1):
            if line.startswith(mark) if mark.endswith(":") else mark in line:
                return replace(problem, line=number, column=line.index(mark) + 1, excerpt=line)
    return problem
