"""Text taken apart into blocks."""

from __future__ import annotations

import pytest

from newsgen.formats.blocks import clean_text, split_at_double_blanks


@pytest.mark.parametrize("gap", ["  ", "\t ", " \xa0", "\xa0\xa0", "\t\t"])
def test_two_blanks_behind_a_sentence_begin_a_paragraph(gap: str) -> None:
    assert split_at_double_blanks(f" {gap}It turned.{gap}It stopped, \n twice. {gap}") == [
        "It turned.", "It stopped, twice.",
    ]  # fmt: skip
    assert split_at_double_blanks("It turned. It\nstopped.") == ["It turned. It stopped."]
    assert split_at_double_blanks(" \n ") == []


@pytest.mark.parametrize("rest", ["", "é"])
def test_line_ends_and_controls(rest: str) -> None:
    """In ASCII, and in other text."""
    text = f"a\r\nb\rc\u2028d\u2029e\x00f\x1fg\x7fh\ti\x0bj{rest}"
    assert clean_text(text) == f"a\nb\nc\nd\ne f g h\ti j{rest}"
    assert clean_text(f"a\r\nb\x00\tc{rest}") == f"a\nb \tc{rest}"
