"""The list of any story, by its id: found by this build, in the store, or found when a page asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from newsgen.store import Store

__all__ = ["ListsOnDemand", "RelatedLists", "StoredLists"]

Ids = tuple[str, ...]


class RelatedLists:
    """The related stories of every story, by ids: all of them are here.

    `changed` are the stories whose list is another than before, or shows a story that is.
    """

    def __init__(self, lists: Mapping[str, Ids], changed: frozenset[str] = frozenset()) -> None:
        self.changed = changed
        self._lists = dict(lists)

    def of(self, story_id: str) -> Ids:
        """A story's list; none for a story that has no list."""
        return self._lists.get(story_id, ())

    def load(self) -> None:
        """Fetch all that is not here yet, so that this can go to a worker."""


class StoredLists(RelatedLists):
    """The lists that a build found, over those that the store has: these are fetched when they are asked for."""

    def __init__(self, lists: Mapping[str, Ids], changed: frozenset[str], store: Store) -> None:
        super().__init__(lists, changed)
        self._store: Store | None = store

    def of(self, story_id: str) -> Ids:
        if story_id not in self._lists and self._store:
            self._lists[story_id] = self._store.related.list_of(story_id)
        return super().of(story_id)

    def load(self) -> None:
        if self._store:
            self._lists = self._store.related.all_lists() | self._lists
        self._store = None


class ListsOnDemand(RelatedLists):
    """Lists that are found one by one, when a page asks for them."""

    def __init__(self, find: Callable[[str], Ids]) -> None:
        super().__init__({})
        self._find = find

    def of(self, story_id: str) -> Ids:
        if story_id not in self._lists:
            self._lists[story_id] = self._find(story_id)
        return super().of(story_id)
