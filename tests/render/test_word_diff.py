"""Which words changed between two bodies."""

from __future__ import annotations

from newsgen.model.page_parts import Change
from newsgen.render.word_diff import CONTEXT, word_changes
from newsgen.text.typography import typography


def test_the_same_words_are_no_change() -> None:
    assert word_changes("One *two* three.", "One\ntwo three.") == ()


def test_a_change_has_some_words_around_it() -> None:
    before = " ".join(f"w{number}" for number in range(30))
    changes = word_changes(before, before.replace("w15", "new"))
    assert changes == (
        (
            Change("omitted", "…"),
            Change("same", "w11 w12 w13 w14"),
            Change("removed", "w15"),
            Change("added", "new"),
            Change("same", "w16 w17 w18 w19"),
            Change("omitted", "…"),
        ),
    )
    assert CONTEXT == 4


def test_a_short_run_between_two_changes_is_shown_whole() -> None:
    changes = word_changes("a one two b", "x one two y")
    assert changes is not None
    assert [(change.kind, change.text) for change in changes[0]] == [
        ("removed", "a"), ("added", "x"), ("same", "one two"), ("removed", "b"), ("added", "y"),
    ]  # fmt: skip


def test_texts_that_are_too_long_are_not_compared() -> None:
    assert word_changes("a " * 2001, "b " * 2001) is None
    assert word_changes("a " * 2001, "a " * 2001) == ()


def shown(before: str, after: str) -> list[str]:
    """The paragraphs of a difference, with -removed- and +added+ words."""
    marks = {"removed": "-{}-", "added": "+{}+"}
    paragraphs = word_changes(before, after)
    assert paragraphs is not None
    return [" ".join(marks.get(run.kind, "{}").format(run.text) for run in runs) for runs in paragraphs]


def test_paragraphs_stay_apart() -> None:
    before = "One two.\n\nThree four.\n\n" + "Same words here. " * 4 + "\n\nFive six."
    after = before.replace("two", "2").replace("four", "4").replace("six", "6")
    assert shown(before, after) == ["One -two.- +2.+", "Three -four.- +4.+", "Five -six.- +6.+"]
    assert shown("One.\n\nTwo.", "One.\n\nTwo.\n\nNew paragraph.") == ["+New paragraph.+"]
    assert shown("One two three.", "One two.\n\nThree.") == ["One -two three.- +two.+", "+Three.+"]


def test_other_quotation_marks_or_paragraphs_alone_are_no_change() -> None:
    marks = typography("en")
    assert word_changes('Say "no" - now.', "Say “no”\u00a0– now.", marks) == ()
    assert word_changes("One.\n\nTwo.", "One. Two.") == ()
