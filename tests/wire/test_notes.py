"""Editors' notes, and stories sorted into notes, body, credits and end matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire import notes


@pytest.mark.parametrize(
    ("text", "kind", "is_public"),
    [
        ("(Corrects name of miller in paragraph 2)", "correction", True),
        ("Corrects wheat/barley ratio.", "correction", True),
        ("Correction appended.", "correction", True),
        ("The name of the mill has been corrected in this version.", "correction", True),
        ("A correction was made on May 5, 2026: The mill is in Lund.", "correction", True),
        ("(This is a correction of a story sent earlier.)", "correction", True),
        ("Note: This story has been corrected.", "correction", True),
        ("Note: This story has been updated.", "update", False),
        ("Eds: SUBS 3rd graf to correct name of mill.", "correction", True),
        ("(Delayed)", "advisory", False),
        ("(In May 3 item, corrects trade of miller in paragraph 5)", "correction", True),
        ("(Clarifies that the barn is empty)", "clarification", True),
        ("(Refiles to fix spelling)", "refile", True),
        ("(Removes quote)", "correction", True),
        ("(Adds details, quotes)", "update", False),
        ("(Recasts throughout. Adds comment.)", "update", False),
        ("Eds: UPDATES: with quotes.", "update", False),
        ("(Repeats to more subscribers)", "repeat", False),
        ("(Attention strong language in paragraph 15)", "advisory", False),
        ("(Eds: Corrects name of miller)", "correction", True),
        ("This article has been updated to correct the name of the miller.", "correction", True),
        ("The headline of this story has been corrected.", "correction", True),
        ("Corrected on May 5: The mill turned.", "correction", True),
        ("[Corrects name of miller]", "correction", True),
        ("*This story has been corrected to say that the mill turned.", "correction", True),
        ("CORRECTION (May 5, 2026): The mill turned.", "correction", True),
        ("CORRECCIÓN: El molino giró.", "correction", True),
        ("EDITOR'S NOTE — Mara Quill has covered mills.", "update", False),
        ("ATTN EDITORS: Adds pictures.", "advisory", False),
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
    read = notes.split(copy)
    assert [note.kind for note in read.before] == ["update"]
    assert read.body == copy[1:3]
    assert read.credit == copy[3:4]
    assert [note.kind for note in read.after] == ["rates", "keywords", "contacts"]


@given(
    st.lists(
        st.sampled_from(["(Adds x)", "A b.", "(Reporting by A B)", "($1 = 2 crowns)", "Keywords: X", ""]), max_size=8
    )
)
def test_every_paragraph_is_somewhere(copy: list[str]) -> None:
    read = notes.split(tuple(copy))
    paragraphs = [note.text for note in (*read.before, *read.after)] + [*read.body, *read.credit]
    assert sorted(paragraphs) == sorted(copy)


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        ("EDS: UPDATES with quotes.", True), ("Editor's Note: Mara Quill has covered mills.", True),
        ("UPDATE: Adds quote.", True), ("This story has been updated.", True), ("This report was late.", False),
        ("Update: the mill turned.", False), ("Note: the mill turned.", False),
        ("With AP Photos.", False),
    ],
)  # fmt: skip
def test_a_note_behind_copy(text: str, is_note: bool) -> None:
    assert (notes.after(text) is not None) == is_note
