"""How much room a text takes in a line."""

from __future__ import annotations

import pytest

from newsgen.text.columns import columns


@pytest.mark.parametrize(("text", "count"), [("Harbour", 7), ("港の灯台", 8), ("e\u0301t", 2), ("ﾊﾞ", 2), ("", 0)])
def test_wide_letters_take_two_columns_and_combining_ones_none(text: str, count: int) -> None:
    assert columns(text) == count
