"""The tables of the wire grammar: one row teaches an agency."""

from __future__ import annotations

import pytest

from newsgen.formats import embargo
from newsgen.formats.labels import read as read_label
from newsgen.wire import byline, dateline, furniture, notes
from newsgen.wire import credits as credit_lines
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


@pytest.mark.parametrize("start", table("holds")["starts"])
def test_every_word_of_a_hold_holds_copy_back(start: str) -> None:
    assert embargo.read(f"{start.upper()} MAY 5, 2031") is not None


@pytest.mark.parametrize("lead", table("bylines")["leads"])
def test_every_lead_begins_a_byline(lead: str) -> None:
    assert byline.parse(f"{lead} Mara Quill" if lead.isascii() or lead[0] not in "记記文" else f"{lead}：林小河") != ()


@pytest.mark.parametrize(
    ("role", "phrase"), [(role, p) for role, ps in table("credits")["phrases"].items() for p in ps]
)
def test_every_phrase_of_a_credit_names_its_role(role: str, phrase: str) -> None:
    assert [credit.role for credit in credit_lines.parse(f"{phrase}: Mara Quill").credits] == [role]


@pytest.mark.parametrize("word", table("notes")["correction"])
def test_every_word_of_a_correction_makes_one(word: str) -> None:
    note = notes.note(f"({word.capitalize()}: name of the mill)")
    assert note is not None
    assert note.kind == "correction"


@pytest.mark.parametrize("line", table("furniture")["lines"])
def test_every_line_of_a_page_is_furniture(line: str) -> None:
    assert furniture.kind(line.capitalize()) != ""


@pytest.mark.parametrize(("field", "name"), [(field, n) for field, ns in table("layout")["labels"].items() for n in ns])
def test_every_label_says_its_field(field: str, name: str) -> None:
    label = read_label(f"{name.upper()}: Mills met")
    assert label is not None
    assert label.field == field or name in table("layout")["labels"]["kept"]
