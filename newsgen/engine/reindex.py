"""From what changed to the shelves as they are now: the engine's first half. It writes nothing.

After a new reading the shelves are filled from every card. Else they stand on the record, and only the stories that may
be seen otherwise than before are looked at: one edit costs the same among a thousand stories and among a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from newsgen.disk import Disk
from newsgen.engine.changes import Changes
from newsgen.engine.job import Job
from newsgen.index.cards import claim_keys, with_pictures
from newsgen.index.index import Index
from newsgen.lifecycle import state as lifecycle
from newsgen.lifecycle.redirects import Later, Place, Ways, ways
from newsgen.lifecycle.resolve import Fate, resolve
from newsgen.model.card import Card, Collection, Picture
from newsgen.model.errors import Problem
from newsgen.store import Store

__all__ = ["Survey", "survey"]

_FEW = 50  # stories that are looked for in the ledger's bytes: 2 ms each in 100,000 lines


@dataclass(frozen=True, slots=True)
class Survey:
    """The shelves, and what changed on them: what the engine's second half decides from."""

    index: Index
    fates: tuple[Fate, ...]  # of the stories that may be other than before; of all after a new reading
    removed: tuple[Card, ...]  # as they were shown
    added: tuple[Card, ...]  # as they are shown
    problems: tuple[Problem, ...]
    ways: Later  # where the addresses of the ledger lead


@dataclass(frozen=True, slots=True)
class _Shelves:
    """What the record kept, as the index wants it: cards as the public may see them now."""

    store: Store
    clock: int
    pictures: Mapping[str, Picture]
    drafts: bool

    def _seen(self, card: Card) -> Card:
        seen = lifecycle.seen(card, self.clock, drafts=self.drafts) or card
        return with_pictures(seen, self.pictures) if seen.photos else seen

    def card(self, story_id: str) -> Card | None:
        found = self.store.stories.shown_card(story_id)
        return self._seen(found) if found else None

    def cards(self) -> Iterable[Card]:
        return (self._seen(card) for card, state in self.store.stories.all_cards() if not state)

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

    def ids_by_facet(self, kind: str, name: str) -> set[str]:
        return self.store.stories.ids_by_facet(kind, name).get(name, set())

    def all_ids_by_facet(self, kind: str) -> Mapping[str, set[str]]:
        return self.store.stories.ids_by_facet(kind)


def survey(job: Job, store: Store, found: Changes, index: Index | None = None) -> Survey:
    """The shelves as they are now, and the cards that differ from what the last build showed.

    `index` has the shelves as they were, and is brought up to date.
    """
    pictures = {path: row.picture for path, row in found.pictures.items() if row.picture}
    own = [problem for parsed in found.parsed.values() for problem in parsed.problems]
    if found.is_all:
        cards = [parsed.card for parsed in found.parsed.values() if parsed.card]
        fates = _resolved(job, found, cards, pictures)
        live = tuple(fate.seen for fate in fates if fate.seen)
        problems = (*own, *(problem for fate in fates for problem in fate.problems))
        return Survey(Index(live), fates, (), live, problems, _later(job, store, found, {}, fates))
    before, now = _candidates(job, store, found)
    fates = _resolved(job, found, now.values(), pictures)
    old_clock = store.seal.last.clock
    old_pictures = {path: row.picture for path, row in store.stories.pictures().items() if row.picture}
    removed: list[Card] = []
    added: list[Card] = []
    shown = {fate.card.path: fate.seen for fate in fates if fate.seen}
    for path in sorted(before.keys() | now.keys()):
        old: Card | None = None
        if path in before and not before[path][1]:
            seen = lifecycle.seen(before[path][0], old_clock, drafts=job.drafts)
            old = with_pictures(seen, old_pictures) if seen else None
        new = shown.get(path)
        if old != new:
            removed.extend([old] if old else [])
            added.extend([new] if new else [])
    shelves = _Shelves(store, job.clock, pictures, job.drafts)
    if index is None:
        index = Index(source=shelves)
    else:
        index.use_source(shelves)
    index.update(removed, added)
    read = {*found.parsed, *found.gone}
    again = {*read, *now}
    # What was wrong with a file that was not read again still is; the claims of these stories were settled anew.
    kept = [p for path, is_own, p in store.stories.problems() if path not in (read if is_own else again)]
    problems = (*kept, *own, *(problem for fate in fates for problem in fate.problems))
    return Survey(index, fates, tuple(removed), tuple(added), problems, _later(job, store, found, before, fates))


def _later(
    job: Job, store: Store, found: Changes, before: Mapping[str, tuple[Card, str]], fates: tuple[Fate, ...]
) -> Later:
    """Where the addresses of the ledger lead; asked for only where one of them may lead elsewhere than it did.

    `before` has the stories of `fates` as they were, and those that are no more.
    """
    kept = None
    if not found.is_all and found.is_same_ledger:
        was = {path: (card.item.id, card.item.url, state) for path, (card, state) in before.items()}
        now = {f.card.path: (f.card.item.id, f.card.item.url, f.state) for f in fates}
        other = [
            row
            for path in was.keys() | now.keys()
            for row in (was.get(path), now.get(path))
            if was.get(path) != now.get(path) or (row and row[2] in ("killed", "expired"))
        ]  # tombstones tell more
        if len(other) < _FEW and not any(row and found.ledger.mentions(row[0], row[1]) for row in other):
            kept = (store.seal.last.redirects_digest, store.seal.last.address_problems)
    again = {*before, *found.parsed, *found.gone}
    return Later(lambda: _ways(job, store, found, fates, again), found.ledger, kept)


def _ways(job: Job, store: Store, found: Changes, fates: tuple[Fate, ...], again: set[str]) -> Ways:
    """`again` are the files of which the record does not know what became."""
    if not found.ledger.lines:
        return Ways()
    places: dict[str, Place] = {}
    known = [] if found.is_all else [row for row in store.stories.addresses() if row[3] not in again]
    for story_id, url, state, path in (
        *known,
        *((f.card.item.id, f.card.item.url, f.state, f.card.path) for f in fates),
    ):
        place = (url, state, path)
        if story_id not in places or _claim(place) < _claim(places[story_id]):  # an id that two claim is its owner's
            places[story_id] = place
    cards = {fate.card.path: fate.card for fate in fates}

    def read(paths: Iterable[str]) -> Mapping[str, Card]:
        asked = [path for path in paths if path not in cards]
        return cards | {card.path: card for card, _state in (store.stories.cards(asked) if asked else ())}

    return ways(found.ledger.lines, places, read, job.settings.host)


def _claim(place: Place) -> tuple[bool, bool, bool, str]:
    """Of two stories with one id the lesser has it: as `fates` settles it."""
    _url, state, path = place
    return state == "refused", state != "", state != "killed", path


def _resolved(job: Job, found: Changes, cards: Iterable[Card], pictures: Mapping[str, Picture]) -> tuple[Fate, ...]:
    fates = resolve(cards, job.clock, pictures, drafts=job.drafts, killed=found.killed)
    return tuple(
        replace(fate, problems=tuple(_located(job.site, p) for p in fate.problems)) if fate.problems else fate
        for fate in fates
    )


def _candidates(job: Job, store: Store, found: Changes) -> tuple[dict[str, tuple[Card, str]], dict[str, Card]]:
    """The stories that may be seen otherwise than before: their cards as recorded, with their state; and as they are.

    Those that were read again or are gone, those that the clock, a picture or the ledger changes, and all that claim
    an id or an address in common with one of these, or are versions of one story with it.
    """
    seal = store.seal.last
    low, high = sorted((seal.clock, job.clock))
    stories = store.stories
    paths = {*found.parsed, *found.gone, *stories.changing_between(low, high)}
    paths |= stories.with_pictures(found.changed_pictures)
    paths |= stories.claiming(found.killed.symmetric_difference(seal.killed), ())
    before: dict[str, tuple[Card, str]] = {}
    now: dict[str, Card] = {}
    fresh = paths
    while fresh:
        rows = {card.path: (card, state) for card, state in stories.cards(sorted(fresh))}
        before.update(rows)
        claims = [card for card, _state in rows.values()]
        for path in fresh:
            if path in found.parsed:
                card = found.parsed[path].card
                if card:
                    now[path] = card
                    claims.append(card)
            elif path in rows and path not in found.gone:
                now[path] = rows[path][0]
        ids = {card.item.id for card in claims}
        places = {claim_keys(card)[1] for card in claims if card.item.url}
        versions = stories.updating(ids) | stories.claiming({card.updates for card in claims if card.updates}, ())
        fresh = (stories.claiming(ids, places) | versions) - paths
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
