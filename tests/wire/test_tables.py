"""The tables of the wire grammar: one row teaches an agency."""

from __future__ import annotations

import pytest

from newsgen.wire import dateline
from newsgen.wire.names import is_agency, may_be_agency
from newsgen.wire.tables import table


def test_each_name_stands_once() -> None:
    for key in ("names", "words", "never", "unspaced"):
        folded = [name.casefold() for name in table("agencies")[key]]
        assert sorted({name for name in folded if folded.count(name) > 1}) == [], key


@pytest.mark.parametrize("name", table("agencies")["names"])
def test_every_agency_ends_a_dateline(name: str) -> None:
    assert is_agency(name)
    assert may_be_agency(name)
    read, _before, rest = dateline.split(f"HARWICK, June 3 ({name}) - Mills met.")
    assert read is not None
    assert (read.agency, rest) == (name, "Mills met.")


@pytest.mark.parametrize("name", table("agencies")["never"])
def test_what_is_never_an_agency(name: str) -> None:
    assert not may_be_agency(name)
