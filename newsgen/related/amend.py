"""A story's list after other stories came, went or changed, found from what it was chosen from.

Exact, or not at all: where that does not tell, the archive has to be asked (`related.listed`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsgen.related.blocks import Row
from newsgen.related.lists import LOOKED, NO_WISH, Limits, Listed, chosen, ranked, score

__all__ = ["amended"]


def amended(
    row: Row, before: Listed, others: Mapping[str, Row], arrived: Sequence[tuple[int, Row]], limits: Limits
) -> Listed | None:
    """The list of a story that is what it was and has no wish; None where only the archive can tell.

    `others` are those of the best that are what they were; `arrived` are the stories that changed, as they are now,
    with their scores.
    """
    if len(before.ids) < limits.stories:
        return None
    rated = [(score(row[2], other[2]), other) for other in others.values()]
    best = ranked(row, [*rated, *arrived], limits)
    while best and best[-1][1][1] not in others and best[-1][0] <= before.least:
        best.pop()  # who else stands here is not known
    told = chosen(row, best[: LOOKED[-1]], NO_WISH, limits)
    return told if told.least else None
