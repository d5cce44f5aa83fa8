"""Story files are read in batches, of which none holds too much at once."""

from __future__ import annotations

from newsgen.engine import read_worker
from newsgen.workers import batches


def test_large_files_are_not_held_together() -> None:
    tasks = [(f"{number}.md", size, 0, 0, "") for number, size in enumerate([2_000] * 64 + [4_000_000] * 3)]
    parts = list(batches.in_batches(tasks, read_worker._weight))
    assert [len(part) for part in parts] == [64, 1, 1, 1]
