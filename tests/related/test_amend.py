"""A list after a change elsewhere, from its candidates: what it would be, or nothing."""

from __future__ import annotations

import random

from newsgen.related.amend import amend
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.lists import NO_WISH, Limits, find_list, similar_stories
from tests.support.archives import an_archive, random_terms


def test_a_list_is_amended_to_what_it_would_be() -> None:
    """Without the archive, where some stories went and another came."""
    before = an_archive(500)
    rng = random.Random(4)
    amended_lists = 0
    for _ in range(12):
        near = find_list(rng.choice(before.rows), before, NO_WISH, Limits()).candidates
        gone = set(rng.sample(near, min(len(near), rng.randint(1, 6))))
        new = (rng.choice(before.rows)[0] + 1, "new", random_terms(rng, rng.randrange(8)))
        after = ArchiveInMemory([*(row for row in before.rows if row[1] not in gone), new])
        rows = {row[1]: row for row in after.rows if row[1] != "new"}
        scores = {other[1]: score for score, other in similar_stories(new, after)}
        for row in [row for row in before.rows[::2] if row[1] not in gone]:
            related = find_list(row, before, NO_WISH, Limits())
            arrived = [(scores[row[1]], new)] if row[1] in scores else []
            unchanged = {name: rows[name] for name in related.candidates if name in rows}
            amended = amend(row, related, unchanged, arrived, Limits())
            if amended is not None:
                amended_lists += amended.ids != related.ids
                assert amended.ids == find_list(row, after, NO_WISH, Limits()).ids
    assert amended_lists > 50
