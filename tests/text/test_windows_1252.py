"""Marks of Windows-1252 that were taken for Latin-1, as characters and as references."""

from __future__ import annotations

import pytest

from newsgen.text.windows_1252 import read_c1


@pytest.mark.parametrize(
    ("damaged", "read"),
    [
        ("the weir\x92s \x93low\x94 gate", "the weir’s “low” gate"),
        ("the weir&#146;s &#147;low&#148; gate", "the weir’s “low” gate"),
        ("a pause\x85 then 5\x80 and \x99", "a pause… then 5€ and ™"),
        ("1990&#x96;95 &#X2014; &#0151;", "1990–95 &#X2014; —"),
        ("the weir&#146s gate", "the weir’s gate"),
        ("one\x81two&#141;three", "one two three"),  # codes that the page leaves free
    ],
)
def test_marks_are_read_as_windows_1252(damaged: str, read: str) -> None:
    assert read_c1(damaged) == read


@pytest.mark.parametrize("text", ["", "plain", "Ærø’s café\u00a0…", "&#8217; &#1460; &#127; &#160; &#x920;"])
def test_other_text_stays(text: str) -> None:
    assert read_c1(text) == text


def test_a_character_stays_one_character() -> None:
    every = "".join(map(chr, range(0x80, 0xA0)))
    assert len(read_c1(every)) == len(every)
