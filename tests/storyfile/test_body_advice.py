"""What is said of a story whose text is not shown as it is written, and what becomes of the text."""

from __future__ import annotations

import pytest

from newsgen import storyfile
from newsgen.messages.problems import sentence
from newsgen.model.errors import Problem
from newsgen.model.settings import Settings
from newsgen.model.story import Story

SETTINGS = Settings("Archive", "https://archive.example")
HEADER = "---\nid: x\nheadline: Mill shuts\ndate: 1987-02-26T15:01\nsection: World\n"


def read(text: str) -> tuple[Story, tuple[Problem, ...]]:
    story, problems = storyfile.read_story("content/world/x.md", text.encode(), SETTINGS, None)
    assert story is not None, problems
    assert all(sentence(problem) for problem in problems)
    return story, problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in problems]


@pytest.mark.parametrize(
    ("body", "shown", "expected"),
    [
        ("\n<!-- ask Ann -->\n\nThe mill.\n", "\n\n\nThe mill.\n", [("comment-left-out", 8, 1)]),
        ("The <!-- a --> mill <!-- b -->.\n", "The mill .\n", [("comment-left-out", 7, 5)]),
        ("The\nmill <!-- a\n\nb\n", "The\nmill\n\n\n", [("comment-not-closed", 8, 6)]),
        ("The <b>mill</b>.\n", "The <b>mill</b>.\n", [("raw-html", 7, 5)]),
        ("`<!-- a --> <b>`\n", "`<!-- a --> <b>`\n", []),
        ("It&#146;s\n\nand it\u0092s.\n", "It’s\n\nand it’s.\n", [("windows-marks", 9, 7), ("windows-marks", 7, 3)]),
        ("\u0093No\u0094,\u0085 she said.\n", "“No”,… she said.\n", [("windows-marks", 7, 1)]),
        ("Prices of <GRN.X> and \\<b> rose.\n", "Prices of <GRN.X> and \\<b> rose.\n", []),
    ],
)
def test_a_body_with_html_or_marks_of_windows(body: str, shown: str, expected: list[tuple[str, int, int]]) -> None:
    story, problems = read(f"{HEADER}---\n{body}")
    assert (story.body, places(problems)) == (shown, expected)
    assert story.body == storyfile.read_body(f"{HEADER}---\n{body}".encode())


def test_marks_of_windows_in_the_front_matter_are_read_and_named() -> None:
    story, problems = read(
        f"{HEADER}slugline: It\u0092s\nnote: 'We&#x92;ll see'\ncredit: \"a \\x93b\\x94\"\n---\n\nText.\n"
    )
    assert (story.slugline, story.notes, story.credit) == ("It’s", ("We’ll see",), "a “b”")
    assert places(problems) == [("windows-marks", 7, 7), ("windows-marks", 8, 9), ("windows-marks", 6, 13)]


def test_columns_after_a_mark_of_windows_are_those_of_the_file() -> None:
    _story, problems = storyfile.read_story(
        "content/world/x.md", "---\nheadline: It\u0092s\ntags: {\u0085: x}\n---\n".encode(), SETTINGS, None
    )
    assert ("wants-texts", 3, 7) in places(problems)


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("slugline", "slugline: MILL<!-- ask Ann -->"),
        ("note", "note: [MILL <!-- ask Ann -->]"),
        ("photos", "photos:\n  - caption: MILL <!--> <!-- ask\n      Ann -->"),
    ],
)
def test_comments_in_the_front_matter_are_left_out(key: str, line: str) -> None:
    story, problems = read(f"{HEADER}{line}\n---\n\nText.\n")
    texts = {
        "slugline": story.slugline,
        "note": "".join(story.notes),
        "photos": "".join(p.caption for p in story.photos),
    }
    assert texts[key] == "MILL"
    assert [problem.rule for problem in problems] == ["comment-in-key"]
    assert "Ann" not in repr(story)


def test_a_comment_in_a_key_that_is_never_closed_stays_and_is_named() -> None:
    story, problems = read(f"{HEADER}slugline: MILL <!-- ask\n---\n\nText.\n")
    assert story.slugline == "MILL <!-- ask"
    assert places(problems) == [("comment-open-in-key", 6, 16)]
