"""Headlines of versions differ in words added and figures mended; those of two stories, in names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire.headline_match import headline_words, is_cut_from, is_similar, overlap, prefix_length, tokens

PAIRS = [
    ("Harwick mill turns again", "Harwick mill turns again", True),
    ("Harwick mill turns again", "HARWICK  MILL TURNS AGAIN", True),
    ("Harwick mill profit up 4.3 pct", "Harwick mill profit up 5.1 pct", True),
    ("Harwick mill turns", "Harwick mill turns, shares jump", True),
    ("Lund's Harwick mill to raise 4 mln", "Harwick mill to raise 4 mln", True),
    ("Bank of Harwick raises key rate", "Bank of Lund raises key rate", False),
    ("HARWICK CORP 1ST QTR NET", "LUND CORP 1ST QTR NET", False),
    ("Mill of Harwick first quarter net up", "Barn of Harwick first quarter net up", False),
    ("Mill turns", "Mill turns again in rain", False),
    ("Mill", "Mill", True),
    ("...", "!", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), PAIRS)
def test_similar_headlines(one: str, other: str, expected: bool) -> None:
    assert is_similar(headline_words(one), headline_words(other)) == expected
    assert is_similar(headline_words(other), headline_words(one)) == expected


def test_words() -> None:
    assert tokens("U.S. mill\u2019s 4.3 pct: \u00c9T\u00c9") == ["us", "mills", "43", "pct", "\u00e9t\u00e9"]
    assert overlap(headline_words("Mill turns"), headline_words("The mill of Lund turns")) == 1.0
    assert overlap(headline_words(""), headline_words("Mill")) == 0.0


def test_a_slug_cut_from_a_headline_says_no_more_than_it() -> None:
    assert is_cut_from("harwick-mill-<hmi>-4", "HARWICK MILL <HMI> 4TH QTR NET")
    assert not is_cut_from("harwick-fire", "Mill of Harwick burns")
    assert not is_cut_from("mill", "Mill burns")  # chosen


WORDS = st.lists(st.sampled_from("Mill turns again in Harwick and Lund up 3 pct".split()), min_size=1, max_size=9)


@given(WORDS, WORDS)
def test_a_similar_headline_has_one_of_the_first_words(one: list[str], other: list[str]) -> None:
    first, second = headline_words(" ".join(one)), headline_words(" ".join(other))
    if is_similar(first, second):
        for words in (sorted(first.words), sorted(first.words, reverse=True)):
            assert second.words.intersection(words[: prefix_length(len(words))])
