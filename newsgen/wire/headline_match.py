"""How similar two headlines are: whether they differ as two versions of a story do, or as two stories do."""

from __future__ import annotations

import re

from newsgen.model.value import value
from newsgen.text.address import name_key

__all__ = ["HeadlineWords", "headline_words", "is_cut_from", "is_similar", "overlap", "prefix_length", "tokens"]

_MIN_SHARED = 0.6  # of all words of two headlines, the part that both must have
_MIN_SHARED_WORDS = 3  # words that both must have
_MIN_SLUG = 12  # letters; a shorter slug was chosen, not cut from a headline
_TOKEN = re.compile(r"[^\W_]+")
_INNER_MARKS = (".", ",", "'", "\u2018", "\u2019", "\u02bc")  # marks inside a word or number: U.S., 4.3, Japan's


@value
class HeadlineWords:
    """The words of a headline, to compare it by."""

    words: frozenset[str]
    names: frozenset[str]  # those of `words` that a later version may add or drop, but not replace by others


def _without_inner_marks(text: str) -> str:
    for mark in _INNER_MARKS:  # takes a tenth of the time of str.translate
        text = text.replace(mark, "")
    return text


def tokens(headline: str) -> list[str]:
    """The words of a headline in order, case folded, without marks inside them: `U.S.` is `us`."""
    return _TOKEN.findall(_without_inner_marks(name_key(headline)))


def headline_words(headline: str) -> HeadlineWords:
    """The words of a headline. Names have a capital or stand first; where all is in one case, any may be a name."""
    written, folded = _TOKEN.findall(_without_inner_marks(headline)), tokens(headline)
    words = frozenset(folded)
    if len(written) != len(folded) or headline in (headline.upper(), headline.lower()):
        return HeadlineWords(words, frozenset(word for word in words if not word.isdigit()))
    pairs = zip(written[1:], folded[1:], strict=True)
    names = {lower for word, lower in pairs if word != lower and not word.isdigit()}
    return HeadlineWords(words, frozenset([*names, *folded[:1]]))


def overlap(one: HeadlineWords, other: HeadlineWords) -> float:
    """The part of the shorter headline's words that the longer one has, 0 to 1: the overlap coefficient."""
    return len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))


def is_similar(one: HeadlineWords, other: HeadlineWords) -> bool:
    """Whether two headlines may be of versions of one story: the same words, or most of them and no other name."""
    if one.words == other.words:
        return bool(one.words)
    shared = len(one.words & other.words)
    return (
        shared >= _MIN_SHARED_WORDS
        and shared >= _MIN_SHARED * len(one.words | other.words)
        and (one.names <= other.words or other.names <= one.words)
    )


def is_cut_from(slug: str, headline: str) -> bool:
    """Whether a slug is only the beginning of a headline, so that it says no more than the headline does."""
    letters = "".join(tokens(slug))
    return len(letters) >= _MIN_SLUG and "".join(tokens(headline)).startswith(letters)


def prefix_length(count: int) -> int:
    """How many words of a headline of `count` words, whichever they are, include one of every similar headline.

    The prefix filter of set similarity joins: only headlines that share one of them need to be compared.
    """
    return count - int(_MIN_SHARED * count) + 1
