"""A story's list by its id, wherever it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsgen.related.lookup import ListsOnDemand, RelatedLists, StoredLists
from newsgen.store import NewRows, RelatedRow, RelatedRows, Store


@pytest.fixture
def store() -> Iterator[Store]:
    rows = [RelatedRow(0, 1, "a", "", 8, ("b",), ()), RelatedRow(1, 2, "b", "", 8, ("a",), ())]
    with Store(":memory:") as store:
        for _step in store.learn(NewRows(is_all=True, related=RelatedRows(is_all=True, rows=rows))):
            pass
        yield store


def test_a_story_that_has_no_list() -> None:
    assert RelatedLists({"a": ("b",)}).of("a") == ("b",)
    assert RelatedLists({"a": ("b",)}).of("b") == ()


def test_new_lists_lie_over_those_of_the_store(store: Store) -> None:
    lists = StoredLists({"a": ("c",)}, frozenset(["a"]), store)
    assert (lists.of("a"), lists.of("b"), lists.of("c")) == (("c",), ("a",), ())
    assert lists.changed == {"a"}


def test_loaded_lists_need_no_store(store: Store) -> None:
    lists = StoredLists({"a": ("c",)}, frozenset(), store)
    lists.load()
    store.close()
    assert (lists.of("a"), lists.of("b"), lists.of("c")) == (("c",), ("a",), ())


def test_a_list_is_found_once() -> None:
    asked = []

    def find(story_id: str) -> tuple[str, ...]:
        asked.append(story_id)
        return (f"{story_id}2",)

    lists = ListsOnDemand(find)
    assert [lists.of("a"), lists.of("b"), lists.of("a")] == [("a2",), ("b2",), ("a2",)]
    assert asked == ["a", "b"]
