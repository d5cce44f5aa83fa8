"""Bylines, notes and page furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire import byline, furniture, notes


@pytest.mark.parametrize(
    ("line", "persons"),
    [
        ("By Mara Quill", ("Mara Quill",)),
        ("By  Mara Quill  and  Tom Ash", ("Mara Quill", "Tom Ash")),
        ("By Mara Quill , Tom Ash and Ann Bly", ("Mara Quill", "Tom Ash", "Ann Bly")),
        ("By Mara Quill, auto correspondent", ("Mara Quill",)),
        ("    by Mara Quill, Reuters", ("Mara Quill",)),
        ("BY MARA QUILL AND TOM ASH, REUTERS", ("MARA QUILL", "TOM ASH")),
        ("By Mara Quill and Tom Ash - Analysis", ("Mara Quill", "Tom Ash")),
        ("By Pedro da Costa", ("Pedro da Costa",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("^By MARA QUILL=", ("MARA QUILL",)),
        ("", ()),
    ],
)
def test_bylines(line: str, persons: tuple[str, ...]) -> None:
    assert byline.parse(line) == persons
    assert byline.is_byline(line) == bool(persons)


@pytest.mark.parametrize("line", ["By the time he came, all was sold.", "By 2010 the barn was full", "Byways of Lund"])
def test_a_sentence_is_no_byline(line: str) -> None:
    assert not byline.is_byline(line)


@pytest.mark.parametrize(
    ("text", "kind", "is_public"),
    [
        ("(Corrects name of miller in paragraph 2)", "correction", True),
        ("Corrects wheat/barley ratio.", "correction", True),
        ("(In May 3 item, corrects trade of miller in paragraph 5)", "correction", True),
        ("(Clarifies that the barn is empty)", "clarification", True),
        ("(Refiles to fix spelling)", "refile", True),
        ("(Removes quote)", "correction", True),
        ("(Adds details, quotes)", "update", False),
        ("(Recasts throughout. Adds comment.)", "update", False),
        ("Eds: UPDATES: with quotes.", "update", False),
        ("(Repeats to more subscribers)", "repeat", False),
        ("(Attention strong language in paragraph 15)", "advisory", False),
    ],
)
def test_notes(text: str, kind: str, is_public: bool) -> None:
    assert notes.note(text) == notes.Note(text, kind, is_public)


def test_copy_is_taken_apart_in_order() -> None:
    copy = (
        "(Adds quotes)",
        "Farmers met.",
        "Corrections were made to the barn, a farmer said, and the roof no longer leaks.",
        "(Reporting by Mara Quill)",
        "($1 = 0.5 crowns)",
        "Keywords: GRAIN/",
        "((mara@wire.example; +44 20 7946 0123))",
    )
    found = notes.split(copy)
    assert [one.kind for one in found.before] == ["update"]
    assert found.body == copy[1:3]
    assert found.credit == copy[3:4]
    assert [one.kind for one in found.after] == ["rates", "keywords", "contacts"]


@given(
    st.lists(
        st.sampled_from(["(Adds x)", "A b.", "(Reporting by A B)", "($1 = 2 crowns)", "Keywords: X", ""]), max_size=8
    )
)
def test_every_paragraph_is_somewhere(copy: list[str]) -> None:
    found = notes.split(tuple(copy))
    kept = (
        [one.text for one in found.before] + list(found.body) + list(found.credit) + [one.text for one in found.after]
    )
    assert sorted(kept) == sorted(copy)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("  • World", "breadcrumb"),
        ("Follow us on our official channel for breaking news!", "promo"),
        ("Others Also Read", "heading"),
        ("Next In World", "next"),
        ("Advertisement · Scroll to continue", "advertisement"),
        ("Report this ad", "advertisement"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "trust"),
        ("Sign up here.", "newsletter"),
        ("Share Tweet Email", "share"),
        ("opens new tab", "rights"),
        ("3 min read", "age"),
        ("Farmers met to share a tractor.", ""),
        ("Next in line is the miller, farmers said.", ""),
        ("", ""),
    ],
)
def test_furniture(line: str, kind: str) -> None:
    assert furniture.kind(line) == kind


def test_the_section_of_a_list() -> None:
    assert furniture.next_in("Next In World") == "World"
    assert furniture.bullet("  • World") == "World"
