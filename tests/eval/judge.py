"""How many of the listed stories have a topic in common with the story whose list it is."""

from __future__ import annotations

from collections.abc import Sequence

from newsgen.model.value import value
from tests.eval.methods import PLACES, Lists
from tests.eval.stories import Judged

__all__ = ["Verdict", "judge"]

_EASY = frozenset(["earn", "acq"])  # the topics of two thirds of the stories
_FEWEST = 6  # stories that a topic must have to be judged by itself


@value
class Verdict:
    """Shares of five; a place that is empty counts as a miss."""

    micro: float  # over the stories with a topic other than earn and acq, which must be shared
    micro_all: float  # over all stories with a topic
    macro: float  # the mean over topics with at least six stories
    empty: int  # lists with no story
    short: int  # lists with fewer than five


def judge(stories: Sequence[Judged], lists: Lists) -> Verdict:
    """Judge lists by topics."""
    topics = [story.topics for story in stories]
    hard = [found - _EASY for found in topics]
    by_topic: dict[str, list[int]] = {}
    for at, found in enumerate(topics):
        for topic in found:
            by_topic.setdefault(topic, []).append(at)
    shares = [
        _mean([sum(topic in topics[other] for other in lists[at]) for at in members])
        for topic, members in sorted(by_topic.items())
        if len(members) >= _FEWEST
    ]
    return Verdict(
        _shared(hard, lists),
        _shared(topics, lists),
        sum(shares) / max(1, len(shares)),
        sum(not one for one in lists),
        sum(len(one) < PLACES for one in lists),
    )


def _shared(topics: Sequence[frozenset[str]], lists: Lists) -> float:
    return _mean(
        [
            sum(not found.isdisjoint(topics[other]) for other in one)
            for found, one in zip(topics, lists, strict=True)
            if found
        ]
    )


def _mean(hits: Sequence[int]) -> float:
    return sum(hits) / max(1, len(hits) * PLACES)
