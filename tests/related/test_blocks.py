"""Blocks of time."""

from __future__ import annotations

import random

from newsgen.related.blocks import TIME_KEY_BITS, cut_into_blocks, time_key
from newsgen.related.bounds import DEFAULT_BOUNDS

LIMIT = DEFAULT_BOUNDS.block_stories


def test_blocks_hold_all_and_no_more_than_they_may() -> None:
    rng = random.Random(3)
    keys = sorted(time_key(rng.choice([5, 10**6, -(10**9)]) + rng.randrange(10**5), str(n)) for n in range(9 * LIMIT))
    spans = cut_into_blocks(keys)
    assert sum(count for _start, _bits, count in spans) == len(keys)
    assert all(count <= LIMIT for _start, _bits, count in spans)
    assert [start for start, _bits, _count in spans] == sorted(start for start, _bits, _count in spans)
    assert sum(1 << bits for _start, bits, _count in spans) == 1 << TIME_KEY_BITS  # every moment has its block


def test_a_new_story_moves_no_other_block() -> None:
    rng = random.Random(4)
    keys = sorted(time_key(rng.randrange(10**9), str(n)) for n in range(3 * LIMIT))
    before = {(start, bits) for start, bits, _count in cut_into_blocks(keys)}
    after = {(start, bits) for start, bits, _count in cut_into_blocks(sorted([*keys, time_key(5, "new")]))}
    assert len(before ^ after) <= 3  # none, or one block that became two
