"""Contacts of those who made the copy: which lines are nothing else, and which numbers are news."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire import contacts


@pytest.mark.parametrize(
    "line",
    [
        "((mara.quill@wire.example; +1 313 555 0100; Reuters Messaging: mara.quill.wire@net.example))",
        "((+44 20 7946 0123))",
        "mara.quill@wire.example",
        "(mara.quill(at)wire.example)",
        "CONTACT: Mia Holt, +1-218-555-0143, mia.holt@wire.example",
        "For more information: Mia Holt, 218-555-0143",
        "Northern Wire newsroom, Harwick, +44 20 7946 0123",
        "Newsroom 020 7946 0123",
        "P: +1 (801) 555-5921",
        "Follow Mara Quill on Twitter: @maraquill",
        "Telegram: @maraquill",
        "Telegram = harwick.mill2",
        "Reuters Messaging: harwick.mill2",
        "To contact the reporter on this story: Mara Quill in Harwick at mara@wire.example",
        "-- Mara Quill can be reached at mara@wire.example",
        "mq/ab/mara@wire.example",
    ],
)
def test_lines_for_editors(line: str) -> None:
    assert contacts.is_contact_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "12 345 678",
        "In 2019 2020 2021 it turned.",
        "If you need help, call 0800 555 0100 at any hour.",
        "The box office is at 020 7946 0123.",
        "The mayor wrote from mayor@harwick.example that the mill would open.",
        "Contact with the ferry was lost on Monday.",
        "(Reporting by Mara Quill; Editing by Ann Bly)",
        "Twitter said it had more users.",
    ],
)
def test_copy_is_no_contact(line: str) -> None:
    assert not contacts.is_contact_line(line)


def test_contacts_are_taken_out_in_order() -> None:
    line = "Ann Bly, +44 20 7946 0123, ann@wire.example, @annbly"
    rest, found = contacts.take_out(line)
    assert found == ("+44 20 7946 0123", "ann@wire.example", "@annbly")
    assert (len(rest), rest.split()) == (len(line), ["Ann", "Bly,", ",", ","])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to ann@wire.example or call.", (9, "ann@wire.example")),
        ("Call +44 20 7946 0123 or ann@wire.example.", (5, "+44 20 7946 0123")),
        ("The tel. 020 7946 0123 rang.", (4, "tel. 020 7946 0123")),
        ("It cost 12 345 678 crowns in 2019.", (-1, "")),
        ("", (-1, "")),
    ],
)
def test_the_first_contact_in_a_text(text: str, found: tuple[int, str]) -> None:
    assert contacts.first_in(text) == found


@given(st.text(alphabet="a@.+ 10(-)t", max_size=60))
def test_any_text_is_read(text: str) -> None:
    rest, _found = contacts.take_out(text)
    assert len(rest) == len(text)
    contacts.is_contact_line(text)
    contacts.first_in(text)
