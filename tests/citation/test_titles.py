"""Headlines as titles."""

from __future__ import annotations

import pytest

from newsgen.citation.titles import ended, in_quotes, title_case


@pytest.mark.parametrize(
    ("headline", "title"),
    [
        ("fog closes port as ships wait: a day on the sea", "Fog Closes Port as Ships Wait: A Day on the Sea"),
        ("UPDATE 2-grain talks resume", "UPDATE 2-Grain Talks Resume"),
        ("iPhone sales at risk, e-mail shows", "iPhone Sales at Risk, E-Mail Shows"),
        ("don't go, says O'Brien", "Don't Go, Says O'Brien"),
        ("what it is for", "What It Is For"),
        ("BAHIA COCOA", "BAHIA COCOA"),
        ("øst closes 3rd port", "Øst Closes 3rd Port"),
        ("", ""),
    ],
)
def test_chief_words_have_capitals(headline: str, title: str) -> None:
    assert title_case(headline) == title


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Fog lifts", "“Fog lifts.”"),
        ("Who won?", "“Who won?”"),
        ('"No" says he', "“‘No’ says he.”"),
        ('He says "no"', "“He says ‘no.’”"),
        ("He says “no”?", "“He says ‘no’?”"),
        ("Workers' day", "“Workers' day.”"),
    ],
)
def test_a_title_in_quotes_has_one_end(title: str, quoted: str) -> None:
    assert in_quotes(ended(title)) == quoted
