"""Tasks in batches: by weight, and in order."""

from __future__ import annotations

from newsgen.workers.batches import BATCH_SIZE, in_batches


def test_light_tasks_fill_batches_in_order() -> None:
    batches = list(in_batches(range(3 * BATCH_SIZE + 1), lambda _task: 1))
    assert [len(batch) for batch in batches] == [BATCH_SIZE, BATCH_SIZE, BATCH_SIZE, 1]
    assert [task for batch in batches for task in batch] == list(range(3 * BATCH_SIZE + 1))


def test_a_heavy_task_is_a_batch_of_its_own() -> None:
    batches = in_batches([1, 1, BATCH_SIZE, 1, 5 * BATCH_SIZE, 5 * BATCH_SIZE], lambda task: task)
    assert list(batches) == [[1, 1], [BATCH_SIZE], [1], [5 * BATCH_SIZE], [5 * BATCH_SIZE]]


def test_no_task_makes_no_batch() -> None:
    assert list(in_batches([], lambda _task: 1)) == []
