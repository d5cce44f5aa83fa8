"""Which units of planning a change may touch. May be generous: the fingerprint of each page makes it exact.

What it must never do is miss one: tests/invariants compares every incremental build with a clean one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from newsgen.index.diff import CardDiff
from newsgen.index.index import Index
from newsgen.index.shelves import KINDS, LIMIT, collections_of, correction_months, periods_of, picture_files
from newsgen.lifecycle.redirects import Ways
from newsgen.model.card import Card, Collection
from newsgen.plan import units
from newsgen.plan.periods import every_period

__all__ = ["DEPTH", "all_units", "touched", "way_units"]

WINDOW = 12  # how far in its section a change can reach: ten neighbours, one on each side for earlier and later
DEPTH = 3  # letters by which a directory of names may split


def touched(index: Index, diff: CardDiff) -> set[str]:
    """The units whose pages may differ now that `index` holds the change.

    An edited body touches its own page and the feeds that may carry its text; another headline, what shows it; but no
    count, and no list of lists.
    """
    found: set[str] = set()
    for card in diff.edited:
        found.update((units.story(card.item.id), *_versions(card)))
        found.update(units.feed(c) for c in collections_of(card) if c[0] in units.FEED_KINDS)
    for old, card in diff.reworded:
        found.update((*_stories(index, card), units.HOME))
        if card.newest:
            continue
        if (old.item.url, old.modified, old.is_indexable) != (card.item.url, card.modified, card.is_indexable):
            found.add(units.story_sitemap(card.item.day[:7]))  # which lists thousands
        found.update(units.shelf(c, period) for c in collections_of(card) for period in periods_of(card))
        found.update(units.feed(c) for c in collections_of(card) if c[0] in units.FEED_KINDS)
    found.update(_moved(index, diff.moved))
    return found


def _moved(index: Index, moved: tuple[tuple[Card, int], ...]) -> Iterator[str]:
    deltas: dict[tuple[Collection, str], int] = defaultdict(int)
    for card, step in moved:
        yield from _stories(index, card)
        yield from (units.picture(path) for path in picture_files(card))
        if card.newest:
            continue
        for collection in collections_of(card):
            for period in periods_of(card):
                deltas[collection, period] += step
        yield units.story_sitemap(card.item.day[:7])
    if moved:
        yield from (units.HOME, units.SITEMAP_INDEX, units.PAGES_SITEMAP)
    births: dict[str, dict[str, int]] = defaultdict(dict)  # kind -> slug -> +1 or -1
    for (collection, period), delta in deltas.items():
        yield units.shelf(collection, period)
        now = index.count(collection, period)
        was = now - delta
        if (now == 0) != (was == 0):
            if not period:
                births[collection[0]][collection[1]] = 1 if now else -1
            yield from (units.shelf(collection, near) for near in index.neighbours(collection, period) if near)
        if (now > LIMIT) != (was > LIMIT):
            yield from (units.shelf(collection, smaller) for smaller in _below(index, collection, period))
        if not period:
            yield from _names(collection)
    for kind, changed in births.items():
        yield from _directories(index, kind, changed)


def _versions(card: Card) -> Iterator[str]:
    """The pages of the other versions: the newest shows what changed since the older ones, and these point to it."""
    for story_id in (*card.versions, *([card.newest] if card.newest else [])):
        yield from (units.story(story_id), units.short(story_id))


def _stories(index: Index, card: Card) -> Iterator[str]:
    """The pages that show a story, lists left out. A pin of an old version shows the newest."""
    own = (card.item.id, *card.versions)
    yield from (units.story(card.item.id), units.short(card.item.id), *_versions(card))
    yield from (units.story(story_id) for version in own for story_id in index.ids_pinning(version))
    shown = [card, *(old for version in card.versions if (old := index.card(version)))]
    if any(one.corrections for one in shown):
        yield from (units.CORRECTIONS, *(units.corrections(month) for one in shown for month in correction_months(one)))
    if card.newest:
        return
    earlier, later = index.around(card, WINDOW, WINDOW)
    yield from (units.story(near.item.id) for near in (*earlier, *later))


def _below(index: Index, collection: Collection, period: str) -> Iterator[str]:
    """Every period that gets or loses its page with a change of the larger one's length."""
    if len(period) < 13:
        for child, count in index.children(collection, period):
            yield child
            if count > LIMIT:
                yield from _below(index, collection, child)


def _names(collection: Collection) -> Iterator[str]:
    kind, name = collection
    if kind in units.FEED_KINDS:
        yield units.feed(collection)
    if kind == "date":
        return
    yield units.list_sitemap(kind, name[:1])
    if kind in units.DIRECTORY_KINDS:
        yield from (units.directory(kind, name[:size]) for size in range(DEPTH + 1))


def _directories(index: Index, kind: str, changed: dict[str, int]) -> Iterator[str]:
    """A directory that crosses the limit makes or drops the pages of all its letters."""
    if kind not in units.DIRECTORY_KINDS:
        return
    deltas: dict[str, int] = defaultdict(int)
    for name, step in changed.items():
        for size in range(DEPTH):
            deltas[name[:size]] += step
    for prefix, delta in deltas.items():
        now = len(index.slugs(kind, prefix))
        if (now > LIMIT) != (now - delta > LIMIT):
            for name in index.slugs(kind, prefix):
                yield from (units.directory(kind, name[:size]) for size in range(DEPTH + 1))


def all_units(index: Index, *, ids: bool) -> Iterator[str]:
    """Every unit that a site with these shelves may have pages of, each once; neighbours lie together.

    With `ids`, those of the short addresses.
    """
    yield from (units.HOME, units.SITEMAP_INDEX, units.PAGES_SITEMAP, units.STATICS, units.CORRECTIONS)
    yield from map(units.story, index.ids())
    if ids:
        yield from map(units.short, index.ids())
    yield from map(units.picture, index.facet_names("picture"))
    yield from map(units.corrections, index.facet_names("corrected"))
    names: set[str] = {units.directory(kind, "") for kind in units.DIRECTORY_KINDS} | {units.feed(("date", ""))}
    for kind in KINDS:
        for name in index.slugs(kind):
            yield units.shelf((kind, name), "")
            yield from (units.shelf((kind, name), period) for period in every_period(index, (kind, name)))
            names.update(_names((kind, name)))
    yield from sorted(names)
    months = (period for period in every_period(index, ("date", "")) if len(period) == 7)
    yield from map(units.story_sitemap, months)


def way_units(found: Ways) -> Iterator[str]:
    """Every unit that is planned from ways."""
    yield from (units.REDIRECTS, units.WITHDRAWN)
    yield from (units.gone(one.url) for one in found.gone)
    yield from (units.moved(one.url) for one in found.stubs)
