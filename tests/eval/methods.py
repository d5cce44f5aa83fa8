"""Ways to choose five related stories: newsgen's, and those that it is compared with. Stories are numbers, by time."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from time import process_time

import numpy as np
from numpy.typing import NDArray

from newsgen.related import terms
from newsgen.related.blocks import time_key
from newsgen.related.bounds import DEFAULT_BOUNDS
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.lists import Limits
from newsgen.related.scores import ArchiveInArrays
from tests.eval.stories import Judged

__all__ = ["PLACES", "Lists", "Vectors", "before", "by_tags", "cosine", "full", "newsgen", "repeats", "scattered"]

Lists = list[list[int]]
PLACES = 5  # in a list
_CANDIDATES = 60  # the best of which five are chosen, so that repeats can be left out
_ALIKE = 0.9  # cosine of TF-IDF above which two stories are one text sent again
_WORD = re.compile(r"[a-z]{2,}")


def scattered(stories: Sequence[Judged]) -> Lists:
    """Five at random."""
    rng = random.Random(1)
    return [rng.sample(range(len(stories)), PLACES) for _ in stories]


def before(stories: Sequence[Judged]) -> Lists:
    """The five that came before."""
    return [[other for other in range(at - 1, at - 1 - PLACES, -1) if other >= 0] for at in range(len(stories))]


def by_tags(stories: Sequence[Judged]) -> Lists:
    """The five with most tags in common, of those the newest: what Hugo does with `related`."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, story in enumerate(stories):
        for tag in story.tags:
            holders[tag].append(at)
    lists: Lists = []
    for at, story in enumerate(stories):
        counts = Counter(other for tag in story.tags for other in holders[tag])
        del counts[at]
        best = sorted(counts, key=lambda other: (-counts[other], -other))
        lists.append(best[:PLACES])
    return lists


class Vectors:
    """The words of every story with their weights, which together have unit length."""

    def __init__(self, rows: Sequence[Mapping[int, float]]) -> None:
        self.rows = rows
        postings: dict[int, list[int]] = defaultdict(list)
        for at, row in enumerate(rows):
            for word in row:
                postings[word].append(at)
        self._postings = {word: np.array(stories) for word, stories in postings.items()}
        self._weights = {word: np.array([rows[at][word] for at in stories]) for word, stories in postings.items()}

    def with_all(self, at: int) -> NDArray[np.float64]:
        """The cosine of a story with every story."""
        stories = [self._postings[word] for word in self.rows[at]]
        products = [weight * self._weights[word] for word, weight in self.rows[at].items()]
        if not stories:
            return np.zeros(len(self.rows))
        return np.bincount(np.concatenate(stories), np.concatenate(products), len(self.rows)).astype(np.float64)

    def between(self, a: int, b: int) -> float:
        """The cosine of two stories."""
        row, other = self.rows[a], self.rows[b]
        return sum([row[word] * other[word] for word in row.keys() & other.keys()])


def full(stories: Sequence[Judged]) -> Vectors:
    """(1 + log tf) times log(N / df) of every word of headline and body, unit length."""
    counts = [Counter(_WORD.findall(f"{story.headline}\n{story.body}".lower())) for story in stories]
    document_counts = Counter(word for words in counts for word in words)
    numbers = {word: number for number, word in enumerate(document_counts)}
    rows = []
    for words in counts:
        row = {
            numbers[word]: (1 + math.log(count)) * math.log(len(stories) / document_counts[word])
            for word, count in words.items()
        }
        length = math.hypot(*row.values()) or 1
        rows.append({word: weight / length for word, weight in row.items()})
    return Vectors(rows)


def cosine(vectors: Vectors, *, leave_out: bool) -> Lists:
    """The five with the greatest cosine; with `leave_out`, none that is a repeat of the story or of one chosen."""
    lists: Lists = []
    for at, (best, values) in enumerate(_nearest(vectors)):
        if not leave_out:
            lists.append(best[:PLACES])
            continue
        chosen: list[int] = []
        for other, value in zip(best, values, strict=True):
            if value <= _ALIKE and not any(vectors.between(other, story) > _ALIKE for story in chosen):
                chosen.append(other)
            if len(chosen) == PLACES:
                break
        lists.append(chosen)
        assert at not in chosen
    return lists


def _nearest(vectors: Vectors) -> Iterator[tuple[list[int], list[float]]]:
    size = len(vectors.rows)
    for at in range(size):
        values = vectors.with_all(at)
        values[at] = -1
        some = np.argpartition(-values, min(_CANDIDATES, size - 1))[:_CANDIDATES]
        best = [int(other) for other in some[np.lexsort((some, -values[some]))] if values[other] > 0]
        yield best, values[best].tolist()


def repeats(vectors: Vectors, lists: Lists) -> int:
    """How many lists hold a repeat of their story or of each other."""
    return sum(
        any(vectors.between(a, b) > _ALIKE for a, b in combinations([at, *chosen], 2))
        for at, chosen in enumerate(lists)
    )


def newsgen(stories: Sequence[Judged]) -> tuple[Lists, dict[str, float]]:
    """newsgen's lists, and the microseconds of a processor that each step takes a story."""
    taken: dict[str, float] = {}
    clock = process_time()

    def lap(step: str) -> None:
        nonlocal clock
        taken[step] = (process_time() - clock) / len(stories) * 1e6
        clock = process_time()

    counts = [terms.word_counts(story.headline, story.body) for story in stories]
    lap("words")
    order = sorted(range(len(stories)), key=lambda at: terms.sample_rank(f"content/world/{stories[at].id}.md"))
    common = terms.common_words([counts[at] for at in order[: DEFAULT_BOUNDS.sample_stories]], "en")
    chosen = [terms.choose_terms(words, common)[0] for words in counts]
    lap("terms")
    archive = ArchiveInMemory(
        (time_key(story.instant, story.id), story.id, text) for story, text in zip(stories, chosen, strict=True)
    )
    arrays = ArchiveInArrays(archive)
    lap("index")
    ids_by_row = [list(related.ids) for related in arrays.lists(range(len(stories)), {}, Limits(PLACES))]
    lap("lists")
    number = {story.id: at for at, story in enumerate(stories)}
    lists: Lists = [[] for _ in stories]
    for row, ids in zip(archive.rows, ids_by_row, strict=True):
        lists[number[row[1]]] = [number[story_id] for story_id in ids]
    return lists, taken
