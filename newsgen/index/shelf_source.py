"""What an index fetches from: the shelves that the last build left, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from newsgen.model.card import Card, Collection

__all__ = ["EmptySource", "FetchedDict", "ShelfSource"]

Key = TypeVar("Key")
Value = TypeVar("Value")


class ShelfSource(Protocol):
    """The shelves as they were when the last build ended: the store, as the engine shows it to the index."""

    def card(self, story_id: str) -> Card | None:
        """A live card."""

    def cards(self) -> Iterable[Card]:
        """Every live card."""

    def public_texts(self) -> Iterable[tuple[str, str]]:
        """The id of every live story, with its `public_text`."""

    def keys(self, collection: Collection) -> list[str]:
        """A collection's keys, in order; none where there is no such collection."""

    def all_keys(self) -> Iterable[tuple[Collection, list[str]]]:
        """Every collection with its keys."""

    def slugs(self, kind: str) -> list[str]:
        """The collections of a kind, in order."""

    def count_and_newest(self, collection: Collection) -> tuple[int, str]:
        """How many stories a collection holds, and the id of its newest."""

    def names(self, collection: Collection) -> str:
        """The spellings of a collection and the number of their stories, as a JSON object; "" for none."""

    def all_names(self, kind: str) -> Iterable[tuple[Collection, str]]:
        """Every collection of a kind with its spellings; of every kind for ""."""

    def ids_by_facet(self, kind: str, name: str) -> set[str]:
        """The ids of the live stories that have a facet: that pin a story, show a file…"""

    def all_ids_by_facet(self, kind: str) -> Mapping[str, set[str]]:
        """Every name of a kind of facets, with the ids of the live stories that have it."""


class EmptySource:
    """No shelves: what a first build begins with."""

    def card(self, story_id: str) -> Card | None:
        return None

    def cards(self) -> Iterable[Card]:
        return ()

    def public_texts(self) -> Iterable[tuple[str, str]]:
        return ()

    def keys(self, collection: Collection) -> list[str]:
        return []

    def all_keys(self) -> Iterable[tuple[Collection, list[str]]]:
        return ()

    def slugs(self, kind: str) -> list[str]:
        return []

    def count_and_newest(self, collection: Collection) -> tuple[int, str]:
        return 0, ""

    def names(self, collection: Collection) -> str:
        return ""

    def all_names(self, kind: str) -> Iterable[tuple[Collection, str]]:
        return ()

    def ids_by_facet(self, kind: str, name: str) -> set[str]:
        return set()

    def all_ids_by_facet(self, kind: str) -> Mapping[str, set[str]]:
        return {}


class FetchedDict(dict[Key, Value]):
    """A dict that fetches what it does not have, once."""

    def __init__(self, fetch: Callable[[Key], Value]) -> None:
        self._fetch = fetch

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._fetch(key)
        return value
