"""A story's list after other stories came, went or changed, from what it was chosen from.

Exact, or not at all: where the candidates do not tell, the archive has to be asked (`lists.find_list`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsgen.related.blocks import Row
from newsgen.related.lists import CANDIDATES, NO_WISH, Limits, RelatedList, Scored, choose_list, rank_candidates
from newsgen.related.similarity import score

__all__ = ["amend"]


def amend(
    row: Row, before: RelatedList, unchanged: Mapping[str, Row], arrived: Sequence[Scored], limits: Limits
) -> RelatedList | None:
    """The list of a story that did not change and has no wish; None where only the archive can tell.

    `unchanged` are those of its candidates that are as they were, by id; `arrived` are the stories that changed, as
    they are now, with their scores.
    """
    if len(before.ids) < limits.stories:
        return None
    scored = [(score(row[2], other[2]), other) for other in unchanged.values()]
    best = rank_candidates(row, [*scored, *arrived], limits)
    while best and best[-1][1][1] not in unchanged and best[-1][0] <= before.threshold:
        best.pop()  # who else has such a score is not known
    chosen = choose_list(row, best[: CANDIDATES[-1]], NO_WISH, limits)
    return chosen if chosen.threshold else None
