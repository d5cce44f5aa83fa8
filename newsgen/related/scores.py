"""The related lists of many stories at once, with NumPy: those that `related` finds one by one, several times as fast.

Every term is a number here, and every story a stretch of two long arrays, which hold its terms and their weights. For
the stories of a block, the terms of all whom they are compared with are sorted: those who have one then stand side by
side. Each product of two weights is added up in a table of bytes, a row a story. That is as fast as SciPy's sparse
matrices, and 35 MB less to download.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from newsgen.model.value import value
from newsgen.related.blocks import HEAVY, Row, grouped, second
from newsgen.related.in_memory import Whole
from newsgen.related.lists import FLOOR, LOOKED, NO_WISH, SHARED, Limits, Listed, Wish, chosen, unfilled

__all__ = ["Many"]

# Products and scores that are worked out together: with half as many NumPy is called too often, with twice as many each
# array is fetched from the system anew. It takes some 40 MB, where thousands of stories have the same words too.
_AT_ONCE = 1 << 20
_SCORES = 256  # a score is less, see `terms.choose`
_SECONDS = 37  # bits of a second, see `blocks.spot`
_PLACES = 32  # bits of a place in a block and its neighbours

_Numbers = NDArray[np.int64]


@value
class _Some:
    """Stories of one block whose lists are looked for together."""

    numbers: _Numbers
    places: _Numbers  # of their terms, in the long arrays
    whose: _Numbers  # which of these stories has the term


@value
class _Window:
    """A block and its neighbours: who has which term."""

    span: range  # the numbers of their stories
    kinds: _Numbers  # of each term of each story, one story after the other: which of the different terms it is
    starts: _Numbers  # of each of the different terms: where those who have it begin
    holders: _Numbers  # who they are, counted from the first story of the window
    weights: NDArray[np.uint8]  # of the term in each of them


@value
class _Pairs:
    """Pairs of stories with their scores."""

    ones: _Numbers  # whose list is looked for: which of the stories that are looked at together
    others: _Numbers  # who may be on it: the number
    scores: _Numbers

    def those(self, wanted: NDArray[np.bool_]) -> _Pairs:
        """Some of the pairs."""
        return _Pairs(self.ones[wanted], self.others[wanted], self.scores[wanted])


class Many:
    """All stories in arrays."""

    def __init__(self, whole: Whole) -> None:
        self._rows = whole.rows
        self._ends = whole.ends
        numbers = {term: number for number, term in enumerate(filter(whole.shared.__contains__, whole.held))}
        terms, weights, starts = array("i"), bytearray(), array("q", [0])
        for _spot, _id, told in whole.rows:
            for weight, group in grouped(told):
                known = [numbers[term] for term in group if term in numbers]
                terms.extend(known)
                weights += bytes((weight,)) * len(known)
            starts.append(len(terms))
        self._terms = np.frombuffer(terms, np.int32)
        self._weights = np.frombuffer(weights, np.uint8)
        self._starts = np.frombuffer(starts, np.int64)  # of each story; then the end
        holders = [whole.holders(term) for term in numbers]
        self._holders = np.fromiter(chain.from_iterable(holders), np.int32)  # of terms that few have
        self._held = np.array([0, *map(len, holders)], np.int64).cumsum()  # where those of each term begin
        self._seconds = np.array([second(row[0]) for row in whole.rows], np.int64)
        self._columns = np.zeros(len(numbers), np.int32)  # see `_scores`; only zeros between two calls
        self._most = LOOKED[0]  # candidates that are looked at first
        self._window: _Window | None = None  # the last, for stories that follow one another have the same

    def lists(self, numbers: Sequence[int], wishes: Mapping[str, Wish], limits: Limits) -> Iterator[Listed]:
        """The lists of some stories that follow one another."""
        at, end = (numbers[0], numbers[-1] + 1) if numbers else (0, 0)
        while at < end:
            block = bisect_right(self._ends, at) - 1
            stop = min(end, self._ends[block + 1])
            window = self._around(block)
            found: dict[int, Listed] = {}
            for most in (self._most, LOOKED[-1]):
                waiting = [number for number in range(at, stop) if number not in found]
                for number, best in self._candidates(waiting, window, most, limits):
                    wish = wishes.get(self._rows[number][1], NO_WISH)
                    told = chosen(self._rows[number], best, wish, limits)
                    if told.least:
                        found[number] = told
                    elif most == LOOKED[-1] or len(best) < most:
                        found[number] = unfilled(told, best, LOOKED[-1])
            if len(waiting) * 4 > stop - at:  # among copies of many texts: to look twice takes longer
                self._most = LOOKED[-1]
            yield from [found[number] for number in range(at, stop)]
            at = stop

    def _around(self, block: int) -> _Window:
        span = range(self._ends[max(0, block - 1)], self._ends[min(block + 2, len(self._ends) - 1)])
        if self._window is None or self._window.span != span:
            self._window = self._made(span)
        return self._window

    def _made(self, span: range) -> _Window:
        starts = self._starts[span.start : span.stop + 1]
        terms = self._terms[starts[0] : starts[-1]]
        keys = terms.astype(np.int64) << _PLACES | np.arange(len(terms), dtype=np.int64)
        keys.sort()  # a third of the time that argsort takes
        order = keys & ((1 << _PLACES) - 1)
        is_first = np.diff(keys >> _PLACES, prepend=-1) != 0
        kinds = np.empty(len(terms), np.int64)
        kinds[order] = is_first.cumsum() - 1
        return _Window(
            span,
            kinds,
            np.append(np.flatnonzero(is_first), len(terms)),
            np.repeat(np.arange(len(span), dtype=np.int64), np.diff(starts))[order],
            self._weights[starts[0] : starts[-1]][order],
        )

    def _candidates(
        self, numbers: Sequence[int], window: _Window, most: int, limits: Limits
    ) -> Iterator[tuple[int, list[tuple[int, Row]]]]:
        """For each of some stories of one block: its number, and who comes first for its list, with scores.

        The `most` best, by score, then the nearest in time, then the earliest: of the window, and of those outside it
        that have enough terms in common that few have. None that scores less than FLOOR.
        """
        rows = self._rows
        for some in self._parts(np.array(numbers, np.int64), window):
            best = self._best(some, window, most, limits)
            scores, others = best.scores.tolist(), [rows[number] for number in best.others.tolist()]
            stops = np.searchsorted(best.ones, np.arange(len(some.numbers)), "right").tolist()
            for number, start, stop in zip(some.numbers.tolist(), [0, *stops], stops, strict=False):
                yield number, list(zip(scores[start:stop], others[start:stop], strict=True))

    def _parts(self, numbers: _Numbers, window: _Window) -> Iterator[_Some]:
        """Stories in parts that are looked at together."""
        places, counts = _spread(self._starts[numbers], self._starts[numbers + 1])
        kinds, terms = window.kinds[places - self._starts[window.span.start]], self._terms[places]
        near = window.starts[kinds + 1] - window.starts[kinds]
        far = self._held[terms + 1] - self._held[terms]
        ends = counts.cumsum()
        work = np.append(0, (near + far).cumsum())[ends] + len(window.span) * np.arange(1, len(numbers) + 1)
        cuts = (np.flatnonzero(np.diff(work // _AT_ONCE)) + 1).tolist()
        for start, stop in zip([0, *cuts], [*cuts, len(numbers)], strict=True):
            if start < stop:
                of_part = slice(ends[start] - counts[start], ends[stop - 1])
                whose = np.repeat(np.arange(stop - start, dtype=np.int64), counts[start:stop])
                yield _Some(numbers[start:stop], places[of_part], whose)

    def _best(self, some: _Some, window: _Window, most: int, limits: Limits) -> _Pairs:
        """The `most` best pairs of each story: by whose list it is, then as on the list."""
        near = self._allowed(self._near(some, window), some, limits)
        # How many score as much, or more: the least score with which a story is among the best.
        heard = np.bincount(near.ones * _SCORES + near.scores, minlength=len(some.numbers) * _SCORES)
        summed = heard.reshape(-1, _SCORES)[:, ::-1].cumsum(axis=1)
        low = np.maximum(_SCORES - 1 - (summed < most).sum(axis=1), FLOOR)
        near = near.those(near.scores >= low[near.ones])
        far = self._far(some, window)
        far = far.those(far.scores >= low[far.ones])  # below that, the window alone has `most` that are better
        far = self._allowed(far, some, limits)
        ones, others, scores = (
            np.concatenate(both)
            for both in ((near.ones, far.ones), (near.others, far.others), (near.scores, far.scores))
        )
        away = np.abs(self._seconds[others] - self._seconds[some.numbers[ones]])
        order = np.lexsort((others, (ones * _SCORES + _SCORES - scores) << _SECONDS | away))
        rank = np.arange(len(order)) - np.searchsorted(ones, np.arange(len(some.numbers)), sorter=order)[ones[order]]
        order = order[rank < most]
        return _Pairs(ones[order], others[order], scores[order])

    def _allowed(self, pairs: _Pairs, some: _Some, limits: Limits) -> _Pairs:
        """Those that the settings let on a list."""
        if limits.newer and not limits.seconds:
            return pairs
        later = self._seconds[pairs.others] - self._seconds[some.numbers[pairs.ones]]
        if not limits.newer:
            pairs, later = pairs.those(later <= 0), later[later <= 0]
        return pairs.those(np.abs(later) <= limits.seconds) if limits.seconds else pairs

    def _near(self, some: _Some, window: _Window) -> _Pairs:
        """The stories of the window that score FLOOR or more."""
        first, width = window.span.start, len(window.span)
        kinds = window.kinds[some.places - self._starts[first]]
        held, counts = _spread(window.starts[kinds], window.starts[kinds + 1])
        scores = np.zeros(len(some.numbers) * width, np.uint8)
        np.add.at(
            scores,
            np.repeat(some.whose * width, counts) + window.holders[held],
            np.repeat(self._weights[some.places], counts) * window.weights[held],
        )
        scores[np.arange(len(some.numbers)) * width + some.numbers - first] = 0  # a story beside itself
        good = np.flatnonzero(scores >= FLOOR)
        ones = good // width
        return _Pairs(ones, good - ones * width + first, scores[good].astype(np.int64))

    def _far(self, some: _Some, window: _Window) -> _Pairs:
        """The stories outside the window that have enough terms in common that few have."""
        terms = self._terms[some.places]
        times = 1 + (self._weights[some.places] >= HEAVY)
        held, counts = _spread(np.repeat(self._held[terms], times), np.repeat(self._held[terms + 1], times))
        keys = np.repeat(np.repeat(some.whose, times), counts) * len(self._rows) + self._holders[held]
        keys.sort()
        keys = keys[SHARED - 1 :][keys[SHARED - 1 :] == keys[: 1 - SHARED]]  # what stands there so often
        keys = keys[np.diff(keys, prepend=-1) != 0]
        ones, others = np.divmod(keys, len(self._rows))
        is_far = (others < window.span.start) | (others >= window.span.stop)
        ones, others = ones[is_far], others[is_far]
        return _Pairs(ones, others, self._scores(some, ones, others))

    def _scores(self, some: _Some, ones: _Numbers, others: _Numbers) -> _Numbers:
        """The scores of pairs: the terms of the others are looked up in a table of weights, a row a story."""
        terms = self._terms[some.places]
        self._columns[terms] = np.arange(1, len(terms) + 1)  # one for each different term; 0 for all that none has
        width = len(terms) + 1
        table = np.zeros(len(some.numbers) * width, np.uint8)
        table[some.whose * width + self._columns[terms]] = self._weights[some.places]
        theirs, counts = _spread(self._starts[others], self._starts[others + 1])
        cells = np.repeat(ones * width, counts) + self._columns[self._terms[theirs]]
        self._columns[terms] = 0
        products = table[cells] * self._weights[theirs]
        return np.add.reduceat(products, counts.cumsum() - counts).astype(np.int64)  # none of them has no terms


def _spread(starts: _Numbers, stops: _Numbers) -> tuple[_Numbers, _Numbers]:
    """All numbers of some ranges, and how many each range has."""
    counts = stops - starts
    ends = counts.cumsum()
    return np.repeat(starts - ends + counts, counts) + np.arange(counts.sum(), dtype=np.int64), counts
