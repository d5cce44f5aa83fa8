"""How alike two headlines are: whether they differ as those of two versions do, or as those of two stories."""

from __future__ import annotations

import re

from newsgen.model.value import value
from newsgen.text.address import name_key

__all__ = ["HeadlineWords", "headline_words", "is_cut_from", "is_similar", "overlap", "prefix_length", "tokens"]

_ALIKE = 0.6  # of all words of two headlines, those that both have
_FEWEST = 3  # words that both have
_SLUG = 12  # letters; a shorter slug was chosen, not cut
_TOKEN = re.compile(r"[^\W_]+")
_WITHIN = (".", ",", "'", "\u2018", "\u2019", "\u02bc")  # marks inside a word or number: U.S., 4.3, Japan's


@value
class HeadlineWords:
    """A headline to compare by."""

    words: frozenset[str]
    names: frozenset[str]  # words that a later version may add or drop, but not exchange


def _whole(text: str) -> str:
    for mark in _WITHIN:  # a tenth of what str.translate takes
        text = text.replace(mark, "")
    return text


def tokens(headline: str) -> list[str]:
    """The words of a headline, in order, in a form to compare by."""
    return _TOKEN.findall(_whole(name_key(headline)))


def headline_words(headline: str) -> HeadlineWords:
    """Names have a capital or stand first; in a headline all in capitals or small letters every word may be one."""
    written, folded = _TOKEN.findall(_whole(headline)), tokens(headline)
    words = frozenset(folded)
    if len(written) != len(folded) or headline in (headline.upper(), headline.lower()):
        return HeadlineWords(words, frozenset(word for word in words if not word.isdigit()))
    names = {fold for word, fold in zip(written[1:], folded[1:], strict=True) if word != fold and not word.isdigit()}
    return HeadlineWords(words, frozenset([*names, *folded[:1]]))


def overlap(one: HeadlineWords, other: HeadlineWords) -> float:
    """How much of the shorter headline is in the longer one."""
    return len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))


def is_similar(one: HeadlineWords, other: HeadlineWords) -> bool:
    """Whether most words are shared, and no name of one stands where the other has another name; or all are."""
    if one.words == other.words:
        return bool(one.words)
    shared = len(one.words & other.words)
    return (
        shared >= _FEWEST
        and shared >= _ALIKE * len(one.words | other.words)
        and (one.names <= other.words or other.names <= one.words)
    )


def is_cut_from(slug: str, headline: str) -> bool:
    """Whether a slug is nothing but the first words of a headline, cut: then it says no more than that."""
    letters = "".join(tokens(slug))
    return len(letters) >= _SLUG and "".join(tokens(headline)).startswith(letters)


def prefix_length(count: int) -> int:
    """Of how many words, whichever they are, a near headline must have one, where this one has `count`."""
    return count - int(_ALIKE * count) + 1
