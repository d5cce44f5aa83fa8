"""Days, periods, numbers and lists of names as readers read them."""

from __future__ import annotations

import pytest

from newsgen.text import english


@pytest.mark.parametrize(
    ("period", "level", "name", "short_name"),
    [
        ("", "all", "", ""),
        ("1987", "year", "1987", "1987"),
        ("1987-02", "month", "February 1987", "February"),
        ("1987-02-06", "day", "6 February 1987", "6 February"),
        ("1987-02-06T15", "hour", "6 February 1987, 15:00 to 15:59", "15:00"),
        ("1987-02-06T--", "untimed", "6 February 1987, no time given", "No time given"),
        ("1987-02-06T--a0", "part", "6 February 1987, no time given: a0…", "a0…"),
    ],
)
def test_periods(period: str, level: str, name: str, short_name: str) -> None:
    assert english.period_level(period) == level
    assert english.period_name(period) == name
    assert english.short_period_name(period) == short_name


def test_days() -> None:
    assert english.long_day("2025-06-03") == "3 June 2025"
    assert english.short_day("2025-09-30") == "30 Sep 2025"
    assert english.month_day("2025-06-03") == "3 June"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 stories"), (1, "1 story"), (2, "2 stories"), (12345, "12,345 stories")]
)
def test_a_count_with_its_noun(count: int, text: str) -> None:
    assert english.plural(count, "story", "stories") == text


@pytest.mark.parametrize(("names", "text"), [("", ""), ("A", "A"), ("AB", "A and B"), ("ABC", "A, B and C")])
def test_joined_names(names: str, text: str) -> None:
    assert english.join_names(names) == text


def test_text_is_cut_between_words() -> None:
    assert english.truncate("Grain talks resume", 18) == "Grain talks resume"
    assert english.truncate("Grain talks resume", 17) == "Grain talks…"
    assert english.truncate("Graintalksresume", 6) == "Grain…"
