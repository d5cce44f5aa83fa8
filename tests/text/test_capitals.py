"""Headlines in capitals, and tickers in headlines."""

from __future__ import annotations

import pytest

from newsgen.text.capitals import is_capitals
from newsgen.text.tickers import with_tickers


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("GRAIN TALKS RESUME", True),
        ("GRAIN CO INC <GRN.O> 4TH QTR NET", True),
        ("ÉLECTIONS EN ESTMERE", True),
        ("Grain talks resume", False),
        ("GRAIN talks resume", False),
        ("USDA 1987", False),
        ("港が開く", False),
        ("مرفأ", False),
        ("1987", False),
        ("", False),
    ],
)
def test_capitals(headline: str, expected: bool) -> None:
    assert is_capitals(headline) is expected


@pytest.mark.parametrize(
    ("html", "labels"),
    [
        ("Grain Co &lt;GRN.O&gt; rose", ["&lt;GRN.O&gt;"]),
        ("&lt;GRAIN CO INC&gt; AND &lt;AT&amp;T&gt;", ["&lt;GRAIN CO INC&gt;", "&lt;AT&amp;T&gt;"]),
        ("&lt;O&#39;DAE CO&gt; &lt;O’DAE&gt;", ["&lt;O’DAE&gt;"]),
        ("&lt;Grain Co&gt; &lt;b&gt; a &lt;B and c&gt; 1 &lt; 2 &gt; 0", []),
        ("&lt;12-13&gt; &lt;GRN\nO&gt;", []),
    ],
)
def test_tickers(html: str, labels: list[str]) -> None:
    marked = with_tickers(html)
    assert [f"&lt;{part}" for part in marked.split('<span class="ticker">&lt;')[1:]] == [
        f"{label}</span>{marked.partition(f'{label}</span>')[2].partition('<span')[0]}" for label in labels
    ]
    assert marked.replace('<span class="ticker">', "").replace("</span>", "") == html
