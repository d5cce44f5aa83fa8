"""Which stories are related: those whose terms overlap most.

The score of two stories is the sum, over the terms that both have, of the products of their weights (`terms`): a whole
number, the same whichever of the two is asked, and changed by no third story. Two stories are compared where they are
in the same block of time or in neighbouring ones (`blocks`), or have two rare terms in common.

So a list takes the same time among ten thousand stories and among a million, and a story that comes, goes or changes
touches only the lists that it is on, or could be on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Protocol

from newsgen.model.value import value
from newsgen.related.blocks import Block, Row, posting_counts, second_of, term_groups
from newsgen.related.similarity import is_among, is_same_text, vector
from newsgen.related.terms import term_weights

__all__ = [
    "CANDIDATES", "MIN_SCORE", "MIN_SHARED", "NO_WISH", "UNREACHABLE", "Limits", "RelatedList", "Scored", "StorySource",
    "Wish", "choose_list", "find_list", "rank_candidates", "similar_stories", "with_room",
]  # fmt: skip

MIN_SCORE = 8  # of a related story: two rare words in common, or one that both use much
UNREACHABLE = 256  # a score that no two stories have
# What stories far apart must have in common: four rare terms, or two that are heavy in one of them, or one in both.
MIN_SHARED = 4
# Candidates looked at for one list: more than it holds, for copies of one text may crowd it; if so, still more.
CANDIDATES = (12, 60)
_RESERVE = 4  # candidates remembered that come after the last of a list: when one on it goes, the next is at hand

_BYTES_BELOW = [bytes(range(low)) for low in range(256)]

Scored = tuple[int, Row]  # a story with its score


@value
class Limits:
    """What the settings say of related lists."""

    stories: int = 5  # on a list, pinned ones among them
    newer: bool = True  # an older story may list a newer one
    seconds: int = 0  # how far apart in time stories may be; 0 for no limit


@value
class Wish:
    """What an editor says about one story's list."""

    pinned: tuple[tuple[str, str], ...] = ()  # ids with their terms, in order
    excluded: frozenset[str] = frozenset()


NO_WISH = Wish()


@value
class RelatedList:
    """A story's list, and what it was chosen from."""

    ids: tuple[str, ...]
    threshold: int  # the score at which another story could change the list, or the candidates
    candidates: tuple[str, ...] = ()  # who scores best, those left out among them, to a few after the list's last


class StorySource(Protocol):
    """The stories to choose from."""

    def blocks_near(self, key: int) -> Sequence[Block]:
        """The block of a time key and its neighbours, in order of time; empty ones left out."""

    def holders(self, term: str) -> list[int]:
        """The numbers of the stories that have a rare term, twice where it is heavy; none for a term that is not rare.

        Rare is what no more than `Bounds.rare_stories` have.
        """

    def story(self, number: int) -> Row:
        """A story by its number."""


def find_list(row: Row, source: StorySource, wish: Wish, limits: Limits) -> RelatedList:
    """A story's list: what an editor pinned, then who scores best and is neither excluded nor a text already there."""
    blocks = source.blocks_near(row[0])
    groups = term_groups(row[2])
    scores = [(block, block.scores(groups)) for block in blocks]
    distant = list(_distant(row, source, blocks))
    is_free = limits.newer and not limits.seconds  # else those that are not allowed could crowd out others
    for count in CANDIDATES:
        # One more than are looked at, for the story itself is among them.
        near = _best(scores, count + 1) if is_free else list(_at_least(scores, MIN_SCORE))
        candidates = rank_candidates(row, [*near, *distant], limits)[:count]
        chosen = choose_list(row, candidates, wish, limits)
        if chosen.threshold:
            return chosen
        if len(candidates) < count or count == CANDIDATES[-1]:
            return with_room(chosen, candidates, count)
    raise AssertionError("the last look is final")


def similar_stories(row: Row, source: StorySource) -> Iterator[Scored]:
    """Every other story that scores MIN_SCORE or more with one."""
    blocks = source.blocks_near(row[0])
    scores = [(block, block.scores(term_groups(row[2]))) for block in blocks]
    yield from ((score, other) for score, other in _at_least(scores, MIN_SCORE) if other[1] != row[1])
    yield from _distant(row, source, blocks)


def rank_candidates(row: Row, scored: Iterable[Scored], limits: Limits) -> list[Scored]:
    """Those that the settings allow, best first: by score, then the nearest in time, then the earliest."""
    now = second_of(row[0])
    ranked = [(-score, abs(second_of(other[0]) - now), other) for score, other in scored if other[1] != row[1]]
    if not limits.newer:
        ranked = [entry for entry in ranked if second_of(entry[2][0]) <= now]
    if limits.seconds:
        ranked = [entry for entry in ranked if entry[1] <= limits.seconds]
    ranked.sort()
    return [(-score, other) for score, _away, other in ranked]


def choose_list(row: Row, candidates: list[Scored], wish: Wish, limits: Limits) -> RelatedList:
    """The list out of candidates, the best first; its threshold is 0 where there is room left on it."""
    ids = [story_id for story_id, _terms in wish.pinned]
    if len(ids) >= limits.stories:
        return RelatedList(tuple(ids), UNREACHABLE)
    squares = vector(row[2])[1]
    texts = [vector(terms) for _id, terms in wish.pinned]
    for at, (score, (_key, story_id, terms)) in enumerate(candidates):
        if story_id in wish.excluded or story_id in ids:
            continue
        text = vector(terms)
        if is_same_text(score, squares, text[1]) or is_among(text, texts):
            continue
        ids.append(story_id)
        texts.append(text)
        if len(ids) >= limits.stories:
            best = candidates[: min(at + 1 + _RESERVE, CANDIDATES[at >= CANDIDATES[0]])]
            return RelatedList(tuple(ids), best[-1][0], tuple([other[1] for _score, other in best]))
    return RelatedList(tuple(ids), 0)


def with_room(chosen: RelatedList, candidates: Sequence[Scored], count: int) -> RelatedList:
    """A list with room left, chosen from all candidates or the `count` best: what score could change it."""
    return RelatedList(chosen.ids, candidates[-1][0] if len(candidates) == count else MIN_SCORE)


_BlockScores = list[tuple[Block, bytes]]


@lru_cache(256)
def _finder(low: int) -> Callable[[bytes], Iterator[re.Match[bytes]]]:
    """Finds the bytes from a number on."""
    return re.compile(b"[%b-\xff]" % re.escape(bytes([low]))).finditer


def _at_least(scores: _BlockScores, low: int) -> Iterator[Scored]:
    find = _finder(low)
    for block, block_scores in scores:
        for hit in find(block_scores):
            place = hit.start()
            yield block_scores[place], block.rows[place]


def _best(scores: _BlockScores, count: int) -> list[Scored]:
    """The stories with the `count` best scores, and all that score as well as the last of them."""
    all_scores = b"".join([block_scores for _block, block_scores in scores])
    good = all_scores.translate(None, _BYTES_BELOW[3 * MIN_SCORE])
    if len(good) < count:
        good = all_scores.translate(None, _BYTES_BELOW[MIN_SCORE])
    return list(_at_least(scores, sorted(good)[-count] if len(good) > count else MIN_SCORE))


def _distant(row: Row, source: StorySource, blocks: Sequence[Block]) -> Iterator[Scored]:
    """The stories outside these blocks that have enough rare terms in common with one."""
    weights = term_weights(row[2])
    counts = Counter(chain.from_iterable([source.holders(term) * times for term, times in posting_counts(row[2])]))
    numbers = [number for number, count in counts.items() if count >= MIN_SHARED]
    low, high = (blocks[0].rows[0][0], blocks[-1].rows[-1][0]) if blocks else (0, -1)
    for number in numbers:
        other = source.story(number)
        if not low <= other[0] <= high:
            score = 0
            for weight, group in term_groups(other[2]):
                score += weight * sum([weights[term] for term in group if term in weights])
            if score >= MIN_SCORE:
                yield score, other
