"""Headline tags: a closed list, stacked, in any case; never the whole headline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire import headline

CASES = [
    ("Farmers meet in Harwick", (), "Farmers meet in Harwick"),
    ("UPDATE 2-Farmers meet", ("Update 2",), "Farmers meet"),
    ("REFILE-UPDATE 1-Farmers meet", ("Refile", "Update 1"), "Farmers meet"),
    ("CORRECTED: FACTBOX: Farmers of Harwick", ("Corrected", "Factbox"), "Farmers of Harwick"),
    ("Corrected: Farmers meet", ("Corrected",), "Farmers meet"),
    ("CORRECTED - PLOUGH CO <PLO> TO SELL BARN", ("Corrected",), "PLOUGH CO <PLO> TO SELL BARN"),
    ("FARMERS MEET (CORRECTED)", ("Corrected",), "FARMERS MEET"),
    ("FARMERS MEET/CORRECTED", ("Corrected",), "FARMERS MEET"),
    ("WRAPUP 3-Farmers meet", ("Wrapup 3",), "Farmers meet"),
    ("INSTANT VIEW-Farmers meet", ("Instant view",), "Farmers meet"),
    ("Analysis-Why farmers meet", ("Analysis",), "Why farmers meet"),
    ("Advisory: Farmers story withdrawn", ("Advisory",), "Farmers story withdrawn"),
    ("OPEC: farmers of oil", (), "OPEC: farmers of oil"),
    ("NTSB-style talks", (), "NTSB-style talks"),
    ("Poll-topping farmers", (), "Poll-topping farmers"),
    ("Update on farmers", (), "Update on farmers"),
    ("Farmers meet: sources", (), "Farmers meet: sources"),
    ("UPDATE 2-", (), "UPDATE 2-"),
    ("CORRECTED: ...", (), "CORRECTED: ..."),
    ("ANALY\u017fIS: farmers meet", (), "ANALY\u017fIS: farmers meet"),
    ("\u0130nterview: farmers meet", (), "\u0130nterview: farmers meet"),
    ("Farmers meet (REF\u0131LED)", (), "Farmers meet (REF\u0131LED)"),
    ("", (), ""),
]


@pytest.mark.parametrize(("sent", "labels", "shown"), CASES)
def test_tags(sent: str, labels: tuple[str, ...], shown: str) -> None:
    assert headline.parse(sent) == (labels, shown)


@given(st.lists(st.sampled_from(["UPDATE 1-", "CORRECTED: ", "a", "REFILE - ", " ", "/CORRECTED", "(REPEAT)", "B"])))
def test_never_empty(parts: list[str]) -> None:
    sent = "".join(parts)
    labels, shown = headline.parse(sent)
    assert bool(shown) == bool(sent.strip())
    assert len(labels) <= 7
