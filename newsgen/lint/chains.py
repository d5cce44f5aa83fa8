"""Stories joined into chains, each the versions of one story: who replaces whom, in a line, without circles."""

from __future__ import annotations

__all__ = ["Chains"]


class Chains:
    """Stories, known by their positions in order of time, joined into lines: a union-find.

    Each chain has one newest story, which is the only one of it that may still be replaced.
    """

    def __init__(self, size: int) -> None:
        self._above = list(range(size))
        self._newest = list(range(size))
        self._is_replaced = bytearray(size)
        self.replaces_another = bytearray(size)

    def root(self, at: int) -> int:
        """The same for all stories of a chain, until it is joined to another."""
        above = self._above
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    def newest(self, at: int) -> int:
        """The newest story of a story's chain."""
        return self._newest[self.root(at)]

    def join(self, earlier: int, later: int) -> bool:
        """Let one story replace another; False where that would close a circle."""
        earlier_root, later_root = self.root(earlier), self.root(later)
        if earlier_root == later_root:
            return False
        newest = self._newest[later_root]
        if self._is_replaced[earlier]:  # a fork, which only `updates` can make: the later one is its newest
            newest = max(newest, self._newest[earlier_root])
        self._above[earlier_root] = later_root
        self._newest[later_root] = newest
        self._is_replaced[earlier] = self.replaces_another[later] = 1
        return True
