"""Which words changed between two bodies."""

from __future__ import annotations

from newsgen.model.page_parts import Change
from newsgen.render.word_diff import CONTEXT, word_changes


def test_the_same_words_are_no_change() -> None:
    assert word_changes("One *two* three.", "One\ntwo three.") == ()


def test_a_change_has_some_words_around_it() -> None:
    before = " ".join(f"w{number}" for number in range(30))
    changes = word_changes(before, before.replace("w15", "new"))
    assert changes == (
        Change("omitted", "…"),
        Change("same", "w11 w12 w13 w14"),
        Change("removed", "w15"),
        Change("added", "new"),
        Change("same", "w16 w17 w18 w19"),
        Change("omitted", "…"),
    )
    assert CONTEXT == 4


def test_a_short_run_between_two_changes_is_shown_whole() -> None:
    changes = word_changes("a one two b", "x one two y")
    assert changes is not None
    assert [(change.kind, change.text) for change in changes] == [
        ("removed", "a"), ("added", "x"), ("same", "one two"), ("removed", "b"), ("added", "y"),
    ]  # fmt: skip


def test_texts_that_are_too_long_are_not_compared() -> None:
    assert word_changes("a " * 2001, "b " * 2001) is None
    assert word_changes("a " * 2001, "a " * 2001) == ()
