"""Which stories are related: those whose terms overlap most.

The score of two stories is the sum, over the terms that both have, of the products of their weights (`terms`): a whole
number, the same whichever of the two is asked, and changed by no third story. Two stories are compared where they lie
in the same block of time or in neighbouring ones (`blocks`), or have two terms in common that few stories have.

So a list takes the same time among ten thousand stories and among a million, and a story that comes, goes or changes
touches only the lists that it is in, or could be in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import Protocol

from newsgen.model.value import value
from newsgen.related.blocks import HEAVY, Block, Row, grouped, second
from newsgen.related.terms import weights

__all__ = [
    "FEW", "FLOOR", "LOOKED", "NEVER", "NO_WISH", "RESERVE", "SHARED", "Limits", "Listed", "Lists", "Stock", "Wish",
    "alike", "chosen", "forget", "listed", "marks", "ranked", "reached", "score", "unfilled",
]  # fmt: skip

# Stories that may have a term by which stories are found however far apart they lie. One in which it is heavy counts
# twice.
FEW = 128
FLOOR = 8  # the least score of a related story: two rare words in common, or one that both use much
NEVER = 256  # a score that no two stories have
SHARED = 4  # what stories far apart must have in common: four such terms, or two that are heavy in one, or one in both
# Candidates looked at for one list: more than it holds, for copies of one text may crowd it; if so, still more.
LOOKED = (12, 60)
RESERVE = 4  # stories kept in mind that come after a list: when one on it goes, the next is at hand
# Two stories are one text sent again where the cosine of their weights is above this. So it is wherever that of their
# whole texts, weighed by TF-IDF, is above 0.9 (measured on 11,000 stories by `make eval`).
_ALIKE = 69  # hundredths

_BELOW = [bytes(range(low)) for low in range(256)]


@value
class Limits:
    """What the settings say of related lists."""

    stories: int = 5  # in a list, pinned ones among them
    newer: bool = True  # an older story may list a newer one
    seconds: int = 0  # how far apart in time stories may lie; 0 for no limit


@value
class Wish:
    """What an editor says about one story's list."""

    pinned: tuple[tuple[str, str], ...] = ()  # ids with their terms, in order
    kept_out: frozenset[str] = frozenset()


NO_WISH = Wish()


@value
class Listed:
    """A story's list, and what it was chosen from."""

    ids: tuple[str, ...]
    least: int  # the score at which another story could change the list, or the best
    best: tuple[str, ...] = ()  # the stories that come first, those left out among them, to a few after the list's last


_Scored = list[tuple[Block, bytes]]


class Stock(Protocol):
    """The stories to choose from."""

    def near(self, at: int) -> Sequence[Block]:
        """The block of a spot and its neighbours, in order of time; those that hold nothing left out."""

    def holders(self, term: str) -> list[int]:
        """The numbers of the stories that have a term, twice where it is heavy; none where they are more than FEW."""

    def story(self, number: int) -> Row:
        """A story by its number."""


def marks(terms: str) -> Iterator[tuple[str, int]]:
    """The terms of a story, each with how often it counts towards FEW."""
    for weight, group in grouped(terms):
        for term in group:
            yield term, 2 if weight >= HEAVY else 1


class Lists:
    """The related stories of every story, by ids. Those that a build did not look at are fetched when asked for."""

    def __init__(
        self,
        found: Mapping[str, tuple[str, ...]],
        fetch: Callable[[str], tuple[str, ...]] | None = None,
        every: Callable[[], Mapping[str, tuple[str, ...]]] | None = None,
        touched: frozenset[str] = frozenset(),
    ) -> None:
        self.touched = touched  # the stories whose list changed, or shows one that changed
        self._found = dict(found)
        self._fetch = fetch
        self._every = every

    def of(self, story_id: str) -> tuple[str, ...]:
        """A story's list."""
        if story_id not in self._found and self._fetch:
            self._found[story_id] = self._fetch(story_id)
        return self._found.get(story_id, ())

    def load(self) -> None:
        """Fetch everything: what lists stand on cannot go to a worker."""
        if self._every:
            self._found = {**self._every(), **self._found}
        self._fetch = self._every = None


_Read = tuple[dict[str, int], int, frozenset[str]]


@lru_cache(1 << 16)  # 1.6 KB each: among copies of many texts, a story is looked at from far away
def _read(terms: str) -> _Read:
    """The weights of terms, the sum of their squares, and the terms alone."""
    found: dict[str, int] = {}
    squares = 0
    for weight, group in grouped(terms):
        found.update(dict.fromkeys(map(intern, group), weight))
        squares += weight * weight * len(group)
    return found, squares, frozenset(found)


def forget() -> None:
    """Let go of what is kept in mind of stories that were looked at, up to 100 MB: it is read again where needed."""
    _read.cache_clear()


def alike(one: str, other: str) -> bool:
    """Whether two stories are one text sent again, by their terms."""
    return _is_among(_read(one), (_read(other),))


def score(one: str, other: str) -> int:
    """The score of two stories, by their terms."""
    (a, _squares, these), (b, _others, those) = _read(one), _read(other)
    return sum([a[term] * b[term] for term in these & those])


def _is_among(one: _Read, others: Iterable[_Read]) -> bool:
    """Whether one of others is the text of one story, sent again."""
    a, squares, these = one
    half = len(these) / 2
    for b, more, those in others:
        common = these & those
        if len(common) < half and 2 * len(common) < len(those):  # as with nearly all
            continue
        if _is_repeat(sum([a[term] * b[term] for term in common]), squares, more):
            return True
    return False


def _is_repeat(score: int, squares: int, more: int) -> bool:
    return score * score * 10_000 > _ALIKE * _ALIKE * squares * more


def reached(row: Row, stock: Stock) -> Iterator[tuple[int, Row]]:
    """Every other story that scores FLOOR or more with one."""
    blocks = stock.near(row[0])
    scored = [(block, block.scores(grouped(row[2]))) for block in blocks]
    yield from ((score, other) for score, other in _above(scored, FLOOR) if other[1] != row[1])
    yield from _far(row, stock, blocks)


@lru_cache(256)
def _places(floor: int) -> Callable[[bytes], Iterator[re.Match[bytes]]]:
    """Finds the bytes from a number on."""
    return re.compile(b"[%b-\xff]" % re.escape(bytes([floor]))).finditer


def _above(scored: _Scored, floor: int) -> Iterator[tuple[int, Row]]:
    hits = _places(floor)
    for block, scores in scored:
        for hit in hits(scores):
            place = hit.start()
            yield scores[place], block.rows[place]


def _best(scored: _Scored, most: int) -> list[tuple[int, Row]]:
    """The stories with the `most` best scores, and all that score as well as the last of them."""
    every = b"".join([scores for _block, scores in scored])
    good = every.translate(None, _BELOW[3 * FLOOR])
    if len(good) < most:
        good = every.translate(None, _BELOW[FLOOR])
    return list(_above(scored, sorted(good)[-most] if len(good) > most else FLOOR))


def _far(row: Row, stock: Stock, blocks: Sequence[Block]) -> Iterator[tuple[int, Row]]:
    """Of the stories that lie far in time, those that have terms in common with this one that few have."""
    own = weights(row[2])
    counts = Counter(chain.from_iterable([stock.holders(term) * times for term, times in marks(row[2])]))
    shared = [number for number, count in counts.items() if count >= SHARED]
    low, high = (blocks[0].rows[0][0], blocks[-1].rows[-1][0]) if blocks else (0, -1)
    for number in shared:
        other = stock.story(number)
        if not low <= other[0] <= high:
            score = 0
            for weight, group in grouped(other[2]):
                score += weight * sum([own[term] for term in group if term in own])
            if score >= FLOOR:
                yield score, other


def listed(row: Row, stock: Stock, wish: Wish, limits: Limits) -> Listed:
    """A story's list: what an editor pinned, then the best that are neither kept out nor a text that is there."""
    blocks = stock.near(row[0])
    groups = grouped(row[2])
    scored = [(block, block.scores(groups)) for block in blocks]
    far = list(_far(row, stock, blocks))
    is_free = limits.newer and not limits.seconds  # else those that are not allowed could crowd out others
    for most in LOOKED:
        near = _best(scored, most + 1) if is_free else list(_above(scored, FLOOR))  # one more: itself is among them
        if (told := _told(row, [*near, *far], most, wish, limits)) is not None:
            return told
    raise AssertionError("the last look is final")


def _told(row: Row, others: list[tuple[int, Row]], most: int, wish: Wish, limits: Limits) -> Listed | None:
    """The list, out of the `most` best of others; None where it has room left, and more should be looked at."""
    found = ranked(row, others, limits)[:most]
    told = chosen(row, found, wish, limits)
    if told.least:
        return told
    return None if len(found) == most != LOOKED[-1] else unfilled(told, found, most)


def unfilled(told: Listed, found: Sequence[tuple[int, Row]], most: int) -> Listed:
    """A list that has room left: what could change it."""
    return Listed(told.ids, found[-1][0] if len(found) == most else FLOOR)


def ranked(row: Row, found: Iterable[tuple[int, Row]], limits: Limits) -> list[tuple[int, Row]]:
    """The best first: by score, then the nearest in time, then the earliest."""
    now = second(row[0])
    rated = [(-score, abs(second(other[0]) - now), other) for score, other in found if other[1] != row[1]]
    if not limits.newer:
        rated = [one for one in rated if second(one[2][0]) <= now]
    if limits.seconds:
        rated = [one for one in rated if one[1] <= limits.seconds]
    rated.sort()
    return [(-score, other) for score, _away, other in rated]


def chosen(row: Row, found: list[tuple[int, Row]], wish: Wish, limits: Limits) -> Listed:
    """What of the best goes on the list; `least` is 0 where there is room left on it."""
    ids = [story_id for story_id, _terms in wish.pinned]
    if len(ids) >= limits.stories:
        return Listed(tuple(ids), NEVER)
    squares = _read(row[2])[1]
    there = [_read(terms) for _id, terms in wish.pinned]
    for at, (rated, (_spot, story_id, terms)) in enumerate(found):
        if story_id in wish.kept_out or story_id in ids:
            continue
        told = _read(terms)
        if _is_repeat(rated, squares, told[1]) or _is_among(told, there):
            continue
        ids.append(story_id)
        there.append(told)
        if len(ids) >= limits.stories:
            best = found[: min(at + 1 + RESERVE, LOOKED[at >= LOOKED[0]])]
            return Listed(tuple(ids), best[-1][0], tuple([other[1] for _rated, other in best]))
    return Listed(tuple(ids), 0)
