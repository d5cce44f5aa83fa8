"""Invented archives of stories, as related lists see them: time keys, ids and terms."""

from __future__ import annotations

import random

from newsgen.related import terms
from newsgen.related.blocks import Row, time_key
from newsgen.related.in_memory import ArchiveInMemory

__all__ = ["WORDS", "an_archive", "random_terms"]

WORDS = [f"{first}{vowel}{last}" for first in "bdfgkl" for vowel in "aeiou" for last in "mnprst"]


def random_terms(rng: random.Random, topic: int) -> str:
    """Terms of an invented story: some of its topic, some of none, some that all stories have."""
    of_topic = [f"{WORDS[topic]}{ending}" for ending in ("al", "er", "ing", "ist", "um", "o")]
    counts = {word: rng.choice([1, 1, 2, 4, 9]) for word in rng.sample(of_topic, 4)}
    counts |= dict.fromkeys(rng.sample(WORDS, 12), 1)
    return terms.choose_terms(counts, terms.CommonWords(frozenset(), frozenset(WORDS[:40])))[0]


def an_archive(count: int, seed: int = 1, copies: float = 0.05) -> ArchiveInMemory:
    """Stories on a sixtieth as many topics, in years that are far apart; the share `copies` of them sent again."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for number in range(count):
        instant = rng.choice([0, 900_000_000, 1_500_000_000]) + rng.randrange(30_000_000)
        is_copy = rows and rng.random() < copies
        text = rows[-1][2] if is_copy else random_terms(rng, rng.randrange(max(1, count // 60)))
        rows.append((time_key(instant, f"s{number}"), f"s{number}", text))
    return ArchiveInMemory(rows)
