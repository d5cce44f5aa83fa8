"""The scores of many stories at once, where SciPy is installed: the same numbers that `related` finds, much faster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newsgen.blocks import Row, grouped, second

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Numbers = NDArray[int64]
    Best = tuple[int, Numbers, Numbers]  # a story; the scores of others, and their numbers

__all__ = ["Matrix", "is_here"]

_PART = 256  # stories compared at once


def is_here() -> bool:
    """Whether SciPy and NumPy are installed."""
    try:
        import scipy.sparse
    except ImportError:
        return False
    return scipy.sparse is not None


class Matrix:
    """The terms of all stories as sparse matrices: one row a story."""

    def __init__(self, rows: Sequence[Row], few: Mapping[str, Sequence[int]]) -> None:
        """`few` are the terms by which stories are found however far apart they lie, with who has them."""
        import numpy as np
        from scipy.sparse import csr_array

        numbers: dict[str, int] = {}
        found: list[int] = []
        weights: list[int] = []
        ends = [0]
        for _spot, _id, told in rows:
            for weight, group in grouped(told):
                found += [numbers.setdefault(term, len(numbers)) for term in group]
                weights += [weight] * len(group)
            ends.append(len(found))
        self._seconds = np.array([second(row[0]) for row in rows], np.int64)
        columns = np.array(found, np.int32)
        values = np.array(weights, np.int16)
        starts = np.array(ends, np.int64)
        shape = (len(rows), len(numbers))
        self._all: csr_array = csr_array((values, columns, starts), shape=shape)
        is_few = np.zeros(len(numbers), bool)
        is_few[[numbers[term] for term in few]] = True
        marks = np.where(is_few[columns], np.where(values > 2, 2, 1), 0).astype(np.int16)
        self._few: csr_array = csr_array((marks, columns, starts), shape=shape, copy=True)
        self._few.eliminate_zeros()
        self._by_few = self._few.T.tocsr()

    def candidates(self, stories: Sequence[int], window: range, most: int, floor: int, shared: int) -> Iterator[Best]:
        """For each of some stories that have one window: its number, and who comes first for its list.

        The `most` best, by score, then the nearest in time, then the earliest: of the window, and of those outside it
        that have enough `shared`. None that scores less than `floor`.
        """
        near = self._all[window.start : window.stop].T.tocsr() if stories else None
        for start in range(0, len(stories), _PART):
            yield from self._some(stories[start : start + _PART], window, near, most, floor, shared)

    def _some(
        self, stories: Sequence[int], window: range, near: csr_array, most: int, floor: int, shared: int
    ) -> Iterator[Best]:
        import numpy as np

        numbers = np.array(stories)
        own = self._all[numbers]
        scores = (own @ near).toarray()
        scores[np.arange(len(numbers)), numbers - window.start] = 0  # the story itself
        low = np.full(len(numbers), floor)
        if most < len(window):
            low = np.maximum(low, np.partition(scores, len(window) - most, axis=1)[:, len(window) - most])
        who, place = np.nonzero(scores >= low[:, None])
        common = (self._few[numbers] @ self._by_few).tocoo()
        is_far = (common.data >= shared) & ((common.col < window.start) | (common.col >= window.stop))
        one, other = common.row[is_far], common.col[is_far]
        far = np.asarray((own[one] * self._all[other]).sum(axis=1)).ravel()
        is_enough = far >= low[one]  # below that, the window alone has `most` that are better
        who = np.concatenate([who, one[is_enough]])
        values = np.concatenate([scores[who[: len(place)], place], far[is_enough]])
        others = np.concatenate([place + window.start, other[is_enough]])
        away = np.abs(self._seconds[others] - self._seconds[numbers[who]])
        order = np.lexsort((others, away, -values, who))
        values, others = values[order], others[order]
        cuts = np.searchsorted(who[order], np.arange(len(numbers) + 1)).tolist()
        for number, start, end in zip(stories, cuts, cuts[1:], strict=False):
            best = slice(start, min(end, start + most))
            yield number, values[best], others[best]
