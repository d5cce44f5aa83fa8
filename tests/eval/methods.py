"""Ways to choose five related stories: newsgen's, and those that it is compared with. Stories are numbers, by time."""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from time import process_time

import numpy as np
from scipy.sparse import csr_array, diags_array

from newsgen.related import terms
from newsgen.related.blocks import spot
from newsgen.related.in_memory import Whole
from newsgen.related.lists import Limits
from tests.eval.stories import Judged

__all__ = ["PLACES", "Lists", "before", "by_tags", "cosine", "full", "newsgen", "repeats", "scattered"]

Lists = list[list[int]]
PLACES = 5  # in a list
_LOOKED = 60  # of the best, so that repeats can be left out
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
    found: Lists = []
    for at, story in enumerate(stories):
        counts = Counter(other for tag in story.tags for other in holders[tag])
        del counts[at]
        best = sorted(counts, key=lambda other: (-counts[other], -other))
        found.append(best[:PLACES])
    return found


def full(stories: Sequence[Judged]) -> csr_array:
    """(1 + log tf) times log(N / df) of every word of headline and body, unit length: a row a story."""
    bags = [Counter(_WORD.findall(f"{story.headline}\n{story.body}".lower())) for story in stories]
    spread = Counter(word for bag in bags for word in bag)
    numbers = {word: number for number, word in enumerate(spread)}
    values = [
        (1 + math.log(count)) * math.log(len(stories) / spread[word]) for bag in bags for word, count in bag.items()
    ]
    columns = [numbers[word] for bag in bags for word in bag]
    starts = np.cumsum([0, *map(len, bags)])
    matrix = csr_array((values, columns, starts), shape=(len(stories), len(numbers)))
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    return csr_array(diags_array(1 / np.where(lengths, lengths, 1)) @ matrix)


def cosine(matrix: csr_array, *, leave_out: bool) -> Lists:
    """The five with the greatest cosine; with `leave_out`, none that is a repeat of the story or of one chosen."""
    found: Lists = []
    for at, (best, values) in enumerate(_nearest(matrix)):
        if not leave_out:
            found.append(best[:PLACES])
            continue
        chosen: list[int] = []
        for other, value in zip(best, values, strict=True):
            if value <= _ALIKE and not any(_between(matrix, other, one) > _ALIKE for one in chosen):
                chosen.append(other)
            if len(chosen) == PLACES:
                break
        found.append(chosen)
        assert at not in chosen
    return found


def _nearest(matrix: csr_array) -> Iterator[tuple[list[int], list[float]]]:
    columns = csr_array(matrix.T)
    size = matrix.shape[0]
    for start in range(0, size, 250):
        scores = (matrix[start : start + 250] @ columns).toarray()
        for row, values in enumerate(scores):
            values[start + row] = -1
            some = np.argpartition(-values, min(_LOOKED, size - 1))[:_LOOKED]
            best = [int(one) for one in some[np.lexsort((some, -values[some]))] if values[one] > 0]
            yield best, values[best].tolist()


def _between(matrix: csr_array, one: int, other: int) -> float:
    return float(matrix[[one]].multiply(matrix[[other]]).sum())


def repeats(matrix: csr_array, lists: Lists) -> int:
    """How many lists hold a repeat of their story or of each other."""
    count = 0
    for at, chosen in enumerate(lists):
        rows = matrix[[at, *chosen]]
        cosines = (rows @ rows.T).toarray()
        np.fill_diagonal(cosines, 0)
        count += bool((cosines > _ALIKE).any())
    return count


def newsgen(stories: Sequence[Judged]) -> tuple[Lists, dict[str, float]]:
    """newsgen's lists, and the microseconds of a processor that each step takes a story."""
    taken: dict[str, float] = {}
    clock = process_time()

    def lap(step: str) -> None:
        nonlocal clock
        taken[step] = (process_time() - clock) / len(stories) * 1e6
        clock = process_time()

    bags = [terms.bag(story.headline, story.body) for story in stories]
    lap("words")
    order = sorted(range(len(stories)), key=lambda at: terms.rank(f"content/world/{stories[at].id}.md"))
    common = terms.common([bags[at] for at in order[: terms.SAMPLE]], "en")
    told = [terms.choose(bag, common)[0] for bag in bags]
    lap("terms")
    whole = Whole(
        (spot(story.instant, story.id), story.id, terms_) for story, terms_ in zip(stories, told, strict=True)
    )
    whole.prepare()
    lap("index")
    found = [list(one.ids) for one in whole.lists(range(len(stories)), {}, Limits(PLACES))]
    lap("lists")
    number = {story.id: at for at, story in enumerate(stories)}
    lists: Lists = [[] for _ in stories]
    for row, ids in zip(whole.rows, found, strict=True):
        lists[number[row[1]]] = [number[story_id] for story_id in ids]
    return lists, taken
