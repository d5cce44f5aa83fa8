"""Whether two stories that are alike tell of one matter."""

from __future__ import annotations

import pytest

from newsgen.related import terms
from newsgen.related.similarity import name_one_matter


def words_of(headline: str, body: str) -> tuple[str, str]:
    counts = terms.word_counts(headline, body)
    return headline, terms.choose_terms(counts, terms.common_words([], "en"))[0]


FERRY = words_of("Ferry Meridian sinks", "The Meridian sank when a valve failed. The ferry crew left the ferry.")
INQUIRY = "No ferry had papers, not the Meridian, nor any ferry of that yard, said the crew."


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (("FERRY MERIDIAN INQUIRY ENDS", INQUIRY), True),
        (("Ferry inquiry ends", INQUIRY), False),  # one word may be of another matter
        (("Inquiry ends", INQUIRY), False),
        (
            ("Ferry Meridian wins prize", "Judges praise pilots anchors ropes hulls engines boilers. " * 5),
            False,
        ),  # unlike
        (("Ferry late again", "Fog held the mail back until Tuesday noon. Passengers slept in the chapel."), False),
        (("Apples", "Growers fear that frost takes their apple blossom."), False),
    ],
)
def test_two_words_of_both_headlines_that_both_texts_use_much_are_one_matter(
    other: tuple[str, str], expected: bool
) -> None:
    assert name_one_matter(FERRY, words_of(*other)) is expected
    assert name_one_matter(words_of(*other), FERRY) is expected
