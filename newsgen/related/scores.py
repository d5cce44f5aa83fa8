"""The scores of many stories at once, where SciPy is installed: the same numbers that `related` finds, much faster."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newsgen.related.blocks import HEAVY, Row, grouped, second

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Best = tuple[int, list[tuple[int, int]]]  # a story; the scores of others, and their numbers

__all__ = ["Matrix", "is_here"]

_PART = 256  # stories compared at once
_SCORES = 256  # a score is less, see `terms.choose`


def is_here() -> bool:
    """Whether SciPy and NumPy are installed."""
    try:
        import scipy.sparse
    except ImportError:
        return False
    return scipy.sparse is not None


class Matrix:
    """The terms of all stories as sparse matrices: one row a story."""

    def __init__(self, rows: Sequence[Row], terms: Collection[str], few: Iterable[str]) -> None:
        """`few` are the terms by which stories are found however far apart they lie."""
        import numpy as np
        from scipy.sparse import csr_array

        numbers = {term: number for number, term in enumerate(terms)}
        found: list[int] = []
        weights: list[int] = []
        ends = [0]
        for _spot, _id, told in rows:
            for weight, group in grouped(told):
                found += map(numbers.__getitem__, group)
                weights += [weight] * len(group)
            ends.append(len(found))
        self._seconds = np.array([second(row[0]) for row in rows], np.int64)
        shape = (len(rows), len(numbers))
        columns, starts = np.array(found, np.int32), np.array(ends, np.int32)
        self._all: csr_array = csr_array((np.array(weights, np.int16), columns, starts), shape=shape)
        self._all.sort_indices()  # whose products are found faster
        columns, values = self._all.indices, self._all.data
        is_few = np.zeros(len(numbers), bool)
        is_few[[numbers[term] for term in few]] = True
        marks = np.where(is_few[columns], np.where(values >= HEAVY, 2, 1), 0).astype(np.int16)
        self._few: csr_array = csr_array((marks, columns, self._all.indptr), shape=shape, copy=True)
        self._few.eliminate_zeros()
        self._by_few = self._few.T.tocsr()
        self._window = range(0)
        self._near = self._all[:0].T.tocsr()  # who has each term, of the stories in the window

    def candidates(self, stories: Sequence[int], window: range, most: int, floor: int, shared: int) -> Iterator[Best]:
        """For each of some stories that have one window: its number, and who comes first for its list.

        The `most` best, by score, then the nearest in time, then the earliest: of the window, and of those outside it
        that have enough `shared`. None that scores less than `floor`.
        """
        if stories and window != self._window:
            self._window, self._near = window, self._all[window.start : window.stop].T.tocsr()
        for start in range(0, len(stories), _PART):
            yield from self._some(stories[start : start + _PART], most, floor, shared)

    def _some(self, stories: Sequence[int], most: int, floor: int, shared: int) -> Iterator[Best]:
        import numpy as np

        numbers = np.array(stories)
        count = len(numbers)
        own = self._all[numbers]
        window = self._window
        scores = own @ self._near
        good = np.flatnonzero(scores.data >= floor)
        who = np.repeat(np.arange(count), np.diff(np.searchsorted(good, scores.indptr)))
        values = scores.data[good]
        others = scores.indices[good] + window.start
        is_other = others != numbers[who]
        who, values, others = who[is_other], values[is_other], others[is_other]
        # How many score as much, or more: the least score with which a story is among the best.
        heard = np.bincount(who * _SCORES + values, minlength=count * _SCORES).reshape(count, _SCORES)
        low = np.maximum(_SCORES - 1 - (heard[:, ::-1].cumsum(axis=1) < most).sum(axis=1), floor)
        is_best = values >= low[who]
        who, values, others = who[is_best], values[is_best], others[is_best]
        common = (self._few[numbers] @ self._by_few).tocoo()
        is_far = (common.data >= shared) & ((common.col < window.start) | (common.col >= window.stop))
        one, other = common.row[is_far], common.col[is_far]
        far = np.asarray((own[one] * self._all[other]).sum(axis=1)).ravel()
        is_enough = far >= low[one]  # below that, the window alone has `most` that are better
        who = np.concatenate([who, one[is_enough]])
        values = np.concatenate([values, far[is_enough]])
        others = np.concatenate([others, other[is_enough]])
        away = np.abs(self._seconds[others] - self._seconds[numbers[who]])
        order = np.lexsort((others, away, -values, who))
        ranked = list(zip(values[order].tolist(), others[order].tolist(), strict=True))
        cuts = np.searchsorted(who[order], np.arange(count + 1)).tolist()
        for number, start, end in zip(stories, cuts, cuts[1:], strict=False):
            yield number, ranked[start : min(end, start + most)]
