"""Whether two texts are one, however they were saved."""

from __future__ import annotations

import pytest

from newsgen.text.same_text import LONG, text_key

LETTERS = "The river at Harwick rose. " * (LONG // 20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It is “high”, he said.", 'It is "high", he said.'),
        ("Café\r\nHarwick", "Cafe\u0301 Harwick"),
        ("THE RIVER", "the  river"),
        ("½ day", "1/2 day"),
        ("Über “alles” – _ja_…", "über alles ja"),
        ("ᴬé b·c", "aé bc"),
    ],
)
def test_marks_and_forms_make_no_difference(one: str, other: str) -> None:
    assert text_key(one) == text_key(other) != text_key(f"{one} x")


def test_a_long_text_is_one_whatever_its_day() -> None:
    assert text_key(LETTERS, "2019-06-05") == text_key(LETTERS, "2019-06-06")
    assert text_key("Rain.", "2019-06-05") != text_key("Rain.", "2019-06-06")


def test_a_text_without_letters_is_like_no_other() -> None:
    assert text_key(" — \n") == b""
