"""The related lists of many stories at once, with NumPy: the same as `lists` finds one by one, several times as fast.

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
from newsgen.related.blocks import HEAVY, second_of, term_groups
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.lists import (
    CANDIDATES,
    MIN_SCORE,
    MIN_SHARED,
    NO_WISH,
    Limits,
    RelatedList,
    Scored,
    Wish,
    choose_list,
    with_room,
)

__all__ = ["ArchiveInArrays"]

# Products and scores that are worked out together: with half as many NumPy is called too often, with twice as many each
# array is fetched from the system anew. It takes some 40 MB, where thousands of stories have the same words too.
_CHUNK = 1 << 20
_SCORES = 256  # a score is less, see `Bounds.weight_budget`
_SECOND_BITS = 37  # of a second, see `blocks.time_key`
_PLACE_BITS = 32  # of a place in a block and its neighbours

_Numbers = NDArray[np.int64]


@value
class _Batch:
    """Stories of one block whose lists are looked for together, in batch rows 0, 1, 2…"""

    numbers: _Numbers
    places: _Numbers  # of their terms, in the long arrays
    term_rows: _Numbers  # for each of these places, the batch row of the story that has the term


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

    batch_rows: _Numbers  # of the story whose list is looked for
    others: _Numbers  # the number of the story that may be on it
    scores: _Numbers

    def where(self, condition: NDArray[np.bool_]) -> _Pairs:
        """The pairs for which something holds."""
        return _Pairs(self.batch_rows[condition], self.others[condition], self.scores[condition])


class ArchiveInArrays:
    """All stories of an archive in NumPy arrays. `chunk` is how many products are worked out together."""

    def __init__(self, archive: ArchiveInMemory, chunk: int = _CHUNK) -> None:
        self._rows = archive.rows
        self._chunk = chunk
        self._block_ends = archive.block_ends
        term_numbers = {
            term: number for number, term in enumerate(filter(archive.shared_terms.__contains__, archive.postings))
        }
        terms, weights, starts = array("i"), bytearray(), array("q", [0])
        for _key, _id, text in archive.rows:
            for weight, group in term_groups(text):
                numbers = [term_numbers[term] for term in group if term in term_numbers]
                terms.extend(numbers)
                weights += bytes((weight,)) * len(numbers)
            starts.append(len(terms))
        self._terms = np.frombuffer(terms, np.int32)
        self._weights = np.frombuffer(weights, np.uint8)
        self._starts = np.frombuffer(starts, np.int64)  # of each story; then the end
        holders = [archive.holders(term) for term in term_numbers]
        self._holders = np.fromiter(chain.from_iterable(holders), np.int32)  # of rare terms
        self._holder_starts = np.array([0, *map(len, holders)], np.int64).cumsum()  # of each term; then the end
        self._seconds = np.array([second_of(row[0]) for row in archive.rows], np.int64)
        self._columns = np.zeros(len(term_numbers), np.int32)  # see `_scores`; only zeros between two calls
        self._count = CANDIDATES[0]  # candidates that are looked at first
        self._window: _Window | None = None  # the last, for stories that follow one another have the same

    def lists(self, numbers: Sequence[int], wishes: Mapping[str, Wish], limits: Limits) -> Iterator[RelatedList]:
        """The lists of some stories that follow one another, as `ArchiveInMemory.lists` gives them."""
        at, end = (numbers[0], numbers[-1] + 1) if numbers else (0, 0)
        while at < end:
            block = bisect_right(self._block_ends, at) - 1
            stop = min(end, self._block_ends[block + 1])
            window = self._window_of(block)
            lists: dict[int, RelatedList] = {}
            for count in (self._count, CANDIDATES[-1]):
                waiting = [number for number in range(at, stop) if number not in lists]
                for number, candidates in self._candidates(waiting, window, count, limits):
                    wish = wishes.get(self._rows[number][1], NO_WISH)
                    chosen = choose_list(self._rows[number], candidates, wish, limits)
                    if chosen.threshold:
                        lists[number] = chosen
                    elif count == CANDIDATES[-1] or len(candidates) < count:
                        lists[number] = with_room(chosen, candidates, CANDIDATES[-1])
            if len(waiting) * 4 > stop - at:  # among copies of many texts: to look twice takes longer
                self._count = CANDIDATES[-1]
            yield from [lists[number] for number in range(at, stop)]
            at = stop

    def _window_of(self, block: int) -> _Window:
        span = range(self._block_ends[max(0, block - 1)], self._block_ends[min(block + 2, len(self._block_ends) - 1)])
        if self._window is None or self._window.span != span:
            self._window = self._new_window(span)
        return self._window

    def _new_window(self, span: range) -> _Window:
        starts = self._starts[span.start : span.stop + 1]
        terms = self._terms[starts[0] : starts[-1]]
        keys = terms.astype(np.int64) << _PLACE_BITS | np.arange(len(terms), dtype=np.int64)
        keys.sort()  # a third of the time that argsort takes
        order = keys & ((1 << _PLACE_BITS) - 1)
        is_first = np.diff(keys >> _PLACE_BITS, prepend=-1) != 0
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
        self, numbers: Sequence[int], window: _Window, count: int, limits: Limits
    ) -> Iterator[tuple[int, list[Scored]]]:
        """For each of some stories of one block: its number, and the candidates for its list, best first.

        The `count` best, by score, then the nearest in time, then the earliest: of the window, and of those outside it
        that have enough rare terms in common. None that scores less than MIN_SCORE.
        """
        rows = self._rows
        for batch in self._batches(np.array(numbers, np.int64), window):
            best = self._best(batch, window, count, limits)
            scores, others = best.scores.tolist(), [rows[number] for number in best.others.tolist()]
            stops = np.searchsorted(best.batch_rows, np.arange(len(batch.numbers)), "right").tolist()
            for number, start, stop in zip(batch.numbers.tolist(), [0, *stops], stops, strict=False):
                yield number, list(zip(scores[start:stop], others[start:stop], strict=True))

    def _batches(self, numbers: _Numbers, window: _Window) -> Iterator[_Batch]:
        """Stories in batches of about as many products as are worked out together."""
        places, counts = _flat_ranges(self._starts[numbers], self._starts[numbers + 1])
        kinds, terms = window.kinds[places - self._starts[window.span.start]], self._terms[places]
        near = window.starts[kinds + 1] - window.starts[kinds]
        far = self._holder_starts[terms + 1] - self._holder_starts[terms]
        ends = counts.cumsum()
        work = np.append(0, (near + far).cumsum())[ends] + len(window.span) * np.arange(1, len(numbers) + 1)
        cuts = (np.flatnonzero(np.diff(work // self._chunk)) + 1).tolist()
        for start, stop in zip([0, *cuts], [*cuts, len(numbers)], strict=True):
            if start < stop:
                of_part = slice(ends[start] - counts[start], ends[stop - 1])
                term_rows = np.repeat(np.arange(stop - start, dtype=np.int64), counts[start:stop])
                yield _Batch(numbers[start:stop], places[of_part], term_rows)

    def _best(self, batch: _Batch, window: _Window, count: int, limits: Limits) -> _Pairs:
        """The `count` best pairs of each story of a batch, in the order of the batch, best first."""
        near = self._allowed(self._near(batch, window), batch, limits)
        # How many score as much, or more: from that the least score with which a story is among the best.
        histogram = np.bincount(near.batch_rows * _SCORES + near.scores, minlength=len(batch.numbers) * _SCORES)
        at_least = histogram.reshape(-1, _SCORES)[:, ::-1].cumsum(axis=1)
        low = np.maximum(_SCORES - 1 - (at_least < count).sum(axis=1), MIN_SCORE)
        near = near.where(near.scores >= low[near.batch_rows])
        far = self._far(batch, window)
        far = far.where(far.scores >= low[far.batch_rows])  # below that, the window alone has `count` that are better
        far = self._allowed(far, batch, limits)
        batch_rows, others, scores = (
            np.concatenate(both)
            for both in ((near.batch_rows, far.batch_rows), (near.others, far.others), (near.scores, far.scores))
        )
        away = np.abs(self._seconds[others] - self._seconds[batch.numbers[batch_rows]])
        order = np.lexsort((others, (batch_rows * _SCORES + _SCORES - scores) << _SECOND_BITS | away))
        firsts = np.searchsorted(batch_rows, np.arange(len(batch.numbers)), sorter=order)  # of each batch row
        rank = np.arange(len(order)) - firsts[batch_rows[order]]
        order = order[rank < count]
        return _Pairs(batch_rows[order], others[order], scores[order])

    def _allowed(self, pairs: _Pairs, batch: _Batch, limits: Limits) -> _Pairs:
        """The pairs that the settings allow."""
        if limits.newer and not limits.seconds:
            return pairs
        later = self._seconds[pairs.others] - self._seconds[batch.numbers[pairs.batch_rows]]
        if not limits.newer:
            pairs, later = pairs.where(later <= 0), later[later <= 0]
        return pairs.where(np.abs(later) <= limits.seconds) if limits.seconds else pairs

    def _near(self, batch: _Batch, window: _Window) -> _Pairs:
        """The stories of the window that score MIN_SCORE or more."""
        first, width = window.span.start, len(window.span)
        kinds = window.kinds[batch.places - self._starts[first]]
        places, counts = _flat_ranges(window.starts[kinds], window.starts[kinds + 1])
        scores = np.zeros(len(batch.numbers) * width, np.uint8)
        np.add.at(
            scores,
            np.repeat(batch.term_rows * width, counts) + window.holders[places],
            np.repeat(self._weights[batch.places], counts) * window.weights[places],
        )
        scores[np.arange(len(batch.numbers)) * width + batch.numbers - first] = 0  # a story compared with itself
        good = np.flatnonzero(scores >= MIN_SCORE)
        batch_rows = good // width
        return _Pairs(batch_rows, good - batch_rows * width + first, scores[good].astype(np.int64))

    def _far(self, batch: _Batch, window: _Window) -> _Pairs:
        """The stories outside the window that have enough rare terms in common with one of the batch."""
        terms = self._terms[batch.places]
        times = 1 + (self._weights[batch.places] >= HEAVY)
        starts, stops = self._holder_starts[terms], self._holder_starts[terms + 1]
        places, counts = _flat_ranges(np.repeat(starts, times), np.repeat(stops, times))
        keys = np.repeat(np.repeat(batch.term_rows, times), counts) * len(self._rows) + self._holders[places]
        keys.sort()
        keys = keys[MIN_SHARED - 1 :][keys[MIN_SHARED - 1 :] == keys[: 1 - MIN_SHARED]]  # those that are there so often
        keys = keys[np.diff(keys, prepend=-1) != 0]
        batch_rows, others = np.divmod(keys, len(self._rows))
        is_far = (others < window.span.start) | (others >= window.span.stop)
        batch_rows, others = batch_rows[is_far], others[is_far]
        return _Pairs(batch_rows, others, self._scores(batch, batch_rows, others))

    def _scores(self, batch: _Batch, batch_rows: _Numbers, others: _Numbers) -> _Numbers:
        """The scores of pairs: the others' terms are looked up in a table of weights, a row for each of the batch."""
        terms = self._terms[batch.places]
        self._columns[terms] = np.arange(1, len(terms) + 1)  # one a term; 0 for terms that none of the batch has
        width = len(terms) + 1
        table = np.zeros(len(batch.numbers) * width, np.uint8)
        table[batch.term_rows * width + self._columns[terms]] = self._weights[batch.places]
        other_places, counts = _flat_ranges(self._starts[others], self._starts[others + 1])
        cells = np.repeat(batch_rows * width, counts) + self._columns[self._terms[other_places]]
        self._columns[terms] = 0
        products = table[cells] * self._weights[other_places]
        return np.add.reduceat(products, counts.cumsum() - counts).astype(np.int64)  # each of them has terms


def _flat_ranges(starts: _Numbers, stops: _Numbers) -> tuple[_Numbers, _Numbers]:
    """All numbers of some ranges, and how many each range has."""
    counts = stops - starts
    ends = counts.cumsum()
    return np.repeat(starts - ends + counts, counts) + np.arange(counts.sum(), dtype=np.int64), counts
