"""Counts with their nouns, and texts that are cut."""

from __future__ import annotations

import pytest

from newsgen.text import english
from newsgen.text.periods import period_level


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (12345, "12,345 stories")]
)
def test_a_count_with_its_noun(count: int, text: str) -> None:
    assert english.plural(count, "story", "stories") == text


def test_text_is_cut_between_words() -> None:
    assert english.truncate("Grain talks resume", 18) == "Grain talks resume"
    assert english.truncate("Grain talks resume", 17) == "Grain talks…"
    assert english.truncate("Graintalksresume", 6) == "Grain…"


@pytest.mark.parametrize(
    ("period", "level"),
    [
        ("", "all"),
        ("1987", "year"),
        ("1987-02", "month"),
        ("1987-02-06", "day"),
        ("1987-02-06T15", "hour"),
        ("1987-02-06T--", "untimed"),
        ("1987-02-06T--a0", "part"),
    ],
)
def test_how_long_a_period_is(period: str, level: str) -> None:
    assert period_level(period) == level
