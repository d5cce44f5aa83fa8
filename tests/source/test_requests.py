"""The private log of requests: bytes to rows and back."""

from __future__ import annotations

import pytest

from newsgen.source import requests
from newsgen.source.requests import Request

ROWS = (
    Request("2020-01-01", "anonymise", "Mara Quill", "a farmer", "Asked by letter."),
    Request("2020-01-02", "note", "g1", "The court agreed.", ""),
    Request("2020-01-03", "anonymise", "Mara Quill", "a woman", "Asked again."),
)


def test_bytes_and_rows() -> None:
    data = requests.to_bytes(ROWS)
    log = requests.read(data)
    assert (log.rows, log.problems) == (ROWS, ())
    assert log.names == ("Mara Quill",)
    assert requests.read(b"\xef\xbb\xbf" + data + b"\n").rows == ROWS


def test_blanks_cannot_make_another_column_or_line() -> None:
    odd = Request("2020-01-01", "note", "g1", "one\ttwo\nthree", "a  b")
    assert requests.read(requests.to_bytes([odd])).rows == (
        Request("2020-01-01", "note", "g1", "one two three", "a b"),
    )


@pytest.mark.parametrize("line", [
    "2020-01-01\tforget\tg1\t\t",
    "2020-01-01\tnote\t \ta\tb", "2020-01-01\tnote\tg1\ta", "2020-01-01\tnote\tg1\ta\tb\tc",
    "2020-01-01\tanonymise\t---\ta man\tAsked.", "2020-01-01\tanonymise\tB.\ta man\tAsked.", "Ann Lee", "\t",
    "2020-01-01\tanonymise\t\u3164 \u3164\ta man\tAsked.", "2020-01-01\tanonymise\t4 2\ta man\tAsked.",
])  # fmt: skip
def test_wrong_lines(line: str) -> None:
    log = requests.read(requests.to_bytes(ROWS[:1]) + line.encode() + b"\n")
    assert log.rows == ROWS[:1]
    assert [(problem.rule, problem.line) for problem in log.problems] == [("request-line", 2)]


def test_only_a_line_end_ends_a_line() -> None:
    """Not U+2028, nor a form feed, which a note may have; their numbers are those of an editor."""
    log = requests.read("2020-01-01\tnote\tg1\ta\u2028b\x0cc\td\r\nwrong\n".encode())
    assert [row.value for row in log.rows] == ["a\u2028b\x0cc"]
    assert [problem.line for problem in log.problems] == [2]


def test_bytes_that_are_no_text() -> None:
    log = requests.read(b"2020-01-01\tnote\tg1\ta\xff\tb\n")
    assert log.rows == ()
    assert [(problem.rule, problem.line) for problem in log.problems] == [("not-utf-8", 1)]


@pytest.mark.parametrize(("line", "names"), [
    ("2020-01-01\tanonymise\tMara Quill", ("Mara Quill",)), ("anonymise\tMara Quill\ta farmer", ("Mara Quill",)),
    ("2020-01-01\tAnonymise \tMara Quill\ta\tb\tc\td", ("Mara Quill",)), ("2020-01-01\tanonymise", ()),
    ("2020-01-01\tnote\tMara Quill", ()),
])  # fmt: skip
def test_a_name_in_a_wrong_line_is_looked_for_too(line: str, names: tuple[str, ...]) -> None:
    log = requests.read(f"{line}\n".encode())
    assert log.names == names
    assert [(problem.rule, problem.line) for problem in log.problems] == [("request-line", 1)]
