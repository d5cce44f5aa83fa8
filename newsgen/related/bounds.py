"""The numbers that say how related lists scale, in one value: tests pass smaller ones, so that a site of some dozens of
stories splits blocks, fills samples and drops terms as one of a hundred thousand does.
"""

from __future__ import annotations

from newsgen.model.value import value

__all__ = ["DEFAULT_BOUNDS", "Bounds"]

_SAMPLE = 512


@value
class Bounds:
    """How many stories and words are looked at. A site's lists are the same for as long as these are."""

    # Stories in a block of time, at most: twice as many give lists that are hardly better.
    block_stories: int = 2048
    # Stories that may have a term by which stories are found however far apart in time they are. One in which it is
    # heavy counts twice.
    rare_stories: int = 128
    # Stories from which on it pays to load NumPy, which takes as long as some hundred lists found one by one: from 800
    # on a processor has less to do, from 1,500 on two of them end sooner.
    numpy_stories: int = 1500
    # Story files in the sample that says how common words are: with 256 the lists are as good, with 2,048 no better.
    sample_stories: int = _SAMPLE
    # Further files whose words are stored: when one of the sample goes, the next is at hand.
    spare_stories: int = 64
    # A word in more stories of the sample than this is everywhere, and no term.
    everywhere: int = _SAMPLE // 8
    # A word in more than this is frequent, and weighs half.
    frequent: int = _SAMPLE // 64
    # A word that is above either bound by no more than this is borderline: it may be below it soon.
    borderline: tuple[int, int] = (8, 4)
    # Terms of a story, at most: with 20 a fiftieth of the good neighbours is lost, with 40 none is won.
    terms: int = 28
    # What the squares of a story's weights may add up to, at most 255: then no two stories score more than 255 (by the
    # inequality of Cauchy and Schwarz), and a score fits into a byte.
    weight_budget: int = 255


DEFAULT_BOUNDS = Bounds()
