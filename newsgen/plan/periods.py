"""Which periods of a shelf have a page of their own."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.index import Index
from newsgen.index.shelves import BRIEFS, limit_of, periods_of
from newsgen.model.card import Card, Collection
from newsgen.text.periods import UNTIMED

__all__ = ["every_period", "has_page", "is_split", "path_to", "periods_with", "smaller_periods"]

_FORCED = {"date": 10, "section": 7, BRIEFS: 10}  # the length of the smallest period that always has a page
_LARGEST = {BRIEFS: 10}  # the length of the largest period that has one
_HOUR = 13  # the length of an hour; what is longer is a part of the stories of a day without hours


def every_period(index: Index, collection: Collection, period: str = "") -> Iterator[str]:
    """Every period of a collection, below one, that has a page of its own."""
    if is_split(index, collection, period):
        for child, _count in index.children(collection, period):
            if len(child) >= _LARGEST.get(collection[0], 0):
                yield child
            yield from every_period(index, collection, child)


def is_split(index: Index, collection: Collection, period: str) -> bool:
    """Whether smaller periods of one have pages."""
    return len(period) < _FORCED.get(collection[0], 0) or index.count(collection, period) > limit_of(collection[0])


def smaller_periods(index: Index, collection: Collection, period: str = "") -> list[tuple[str, int]]:
    """The periods that a page leads to, each with its count: of an archive of one year its months, for there is no
    choice among its years.
    """
    children = index.children(collection, period)
    if len(children) == 1 and not period:
        return index.children(collection, children[0][0])
    return children


def has_page(index: Index, collection: Collection, period: str) -> bool:
    """Whether a shelf has a page: it holds stories, and every larger one is split."""
    size = len(period)
    if size < _LARGEST.get(collection[0], 0):
        return False
    if not all(is_split(index, collection, period[:step]) for step in (0, 4, 7, 10) if step < size):  # most often so
        return False
    return index.count(collection, period) > 0 and (size <= _HOUR or path_to(index, collection, period)[-1] == period)


def periods_with(index: Index, collection: Collection, card: Card) -> tuple[str, ...]:
    """Every period of a collection that a card is in, and the parts of a day without hours that may have its page."""
    periods = periods_of(card)
    return periods if card.hour else (*periods, *path_to(index, collection, periods[-1] + card.item.id)[1:])


def path_to(index: Index, collection: Collection, period: str) -> list[str]:
    """The periods of stories without an hour that lead to one of their parts, or to a story's id, the largest first."""
    path, limit = [period[:_HOUR]], limit_of(collection[0])
    while path[0].endswith(UNTIMED) and path[-1] != period and index.count(collection, path[-1]) > limit:
        nearer = (child for child, _count in index.children(collection, path[-1]) if period.startswith(child))
        child = next(nearer, "")
        if not child:
            break
        path.append(child)
    return path
