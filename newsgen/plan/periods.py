"""Which periods of a shelf have a page of their own."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.index import Index
from newsgen.index.shelves import LIMIT
from newsgen.model.card import Collection

__all__ = ["every_period", "has_page"]

_FORCED = {"date": 10, "section": 7}  # the length of the smallest period that always has a page


def every_period(index: Index, collection: Collection, period: str = "") -> Iterator[str]:
    """Every period of a collection, below one, that has a page of its own."""
    if len(period) < 13 and (index.count(collection, period) > LIMIT or len(period) < _FORCED.get(collection[0], 0)):
        for child, _count in index.children(collection, period):
            yield child
            yield from every_period(index, collection, child)


def has_page(index: Index, collection: Collection, period: str) -> bool:
    """Whether a shelf has a page: it holds stories, and every larger one is split."""
    if not index.count(collection, period):
        return False
    forced = _FORCED.get(collection[0], 0)
    size = len(period)
    larger = (step for step in (0, 4, 7, 10) if forced <= step < size)
    return all(index.count(collection, period[:step]) > LIMIT for step in larger)
