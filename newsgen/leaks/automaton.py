"""Finds many runs of bytes at once (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Automaton"]

_SMALL = 400_000  # bytes to look for, up to which the faster automaton is worth its memory: 100 MB


class Automaton:
    """Looks for some runs of bytes."""

    def __init__(self, runs: Sequence[bytes]) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # most builds look for nothing

        is_small = sum(map(len, runs)) < _SMALL
        kind = Implementation.DFA if is_small else Implementation.ContiguousNFA
        self._machine = BytesAhoCorasick(runs, implementation=kind)

    def find(self, data: bytes) -> list[tuple[int, int, int]]:
        """Where the runs are in some bytes, overlapping ones too: (number of the run, start, end)."""
        return self._machine.find_matches_as_indexes(data, overlapping=True)
