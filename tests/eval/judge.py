"""How many of the listed stories share a topic with the story whose list it is."""

from __future__ import annotations

from collections.abc import Sequence

from newsgen.model.value import value
from tests.eval.methods import PLACES, Lists
from tests.eval.stories import Judged

__all__ = ["Verdict", "judge"]

_EASY = frozenset(["earn", "acq"])  # two thirds of the stories have one of these topics
_FEWEST = 6  # stories of a topic that is judged by itself


@value
class Verdict:
    """Shares of the five places of a list; an empty place counts as a miss."""

    micro: float  # over the stories with a topic other than earn and acq, which do not count
    micro_all: float  # over all stories with a topic
    macro: float  # the mean over topics with at least six stories
    empty: int  # lists with no story
    short: int  # lists with fewer than five


def judge(stories: Sequence[Judged], lists: Lists) -> Verdict:
    """Judge the lists of some stories, in their order, by topics in common."""
    topics = [story.topics for story in stories]
    hard = [names - _EASY for names in topics]
    by_topic: dict[str, list[int]] = {}
    for at, names in enumerate(topics):
        for topic in names:
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
        sum(not chosen for chosen in lists),
        sum(len(chosen) < PLACES for chosen in lists),
    )


def _shared(topics: Sequence[frozenset[str]], lists: Lists) -> float:
    return _mean(
        [
            sum(not names.isdisjoint(topics[other]) for other in chosen)
            for names, chosen in zip(topics, lists, strict=True)
            if names
        ]
    )


def _mean(hits: Sequence[int]) -> float:
    return sum(hits) / max(1, len(hits) * PLACES)
