"""Bytes -> front matter and body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen import storyfile
from newsgen.model.errors import ContentError
from newsgen.storyfile import front_matter
from newsgen.storyfile.front_matter import Fault, cut


def test_header_body_and_their_lines() -> None:
    parts = cut(b"---\na: 1\nb: 2\n---\n\nText.\n")
    assert (parts.header, parts.header_line) == ("a: 1\nb: 2\n", 2)
    assert (parts.body, parts.body_line) == ("\nText.\n", 5)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf---\na: 1\n---\nText.\n",
        b"---\r\na: 1\r\n---\r\nText.\r\n",
        b"---  \na: 1\n--- \t\nText.\n",
    ],
    ids=["byte-order-mark", "crlf", "blanks-after-fences"],
)
def test_what_editors_do_makes_no_difference(data: bytes) -> None:
    assert (cut(data).header, cut(data).body) == ("a: 1\n", "Text.\n")


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"),
    [
        (b"", "empty-file", 0, 0),
        (b"\n\n \n", "empty-file", 0, 0),
        (b"Text.\n", "no-front-matter", 1, 1),
        (b"\n---\na: 1\n---\n", "no-front-matter", 1, 1),
        (b"----\na: 1\n---\n", "no-front-matter", 1, 1),
        (b"---\na: 1\nText.\n", "no-closing-fence", 1, 1),
        (b"---\na: 1\n---x\n", "no-closing-fence", 1, 1),
        ("---\na: 1\n---\n".encode("utf-16"), "utf-16", 0, 0),
        ("---\na: 1\n---\n".encode("utf-16-le"), "utf-16", 0, 0),
        ("---\na: 1\n---\n".encode("utf-16-be"), "utf-16", 0, 0),
        ("---\na: 1\n---\n".encode("utf-32"), "utf-16", 0, 0),
        (b"---\na: \x93x\x94\n---\n", "not-utf-8", 2, 4),
        ("---\na: é".encode() + b"\xff\n---\n", "not-utf-8", 2, 5),
        (b"---\na: 1\n---\nx\xed\xa0\x80\n", "not-utf-8", 4, 2),
        (b"---\na: 1\n---\nx\x00y\n", "nul", 4, 0),
        (b"---\na: 1\rb: 2\n---\n", "lone-cr", 2, 5),
    ],
)
def test_what_is_refused_and_where(data: bytes, rule: str, line: int, column: int) -> None:
    with pytest.raises(Fault) as caught:
        cut(data)
    assert (caught.value.rule, caught.value.line, caught.value.column) == (rule, line, column)


def test_limits_are_named() -> None:
    with pytest.raises(Fault) as caught:
        cut(b"---\n---\n" + b"x" * front_matter.FILE_LIMIT)
    assert caught.value.rule == "file-too-large"
    with pytest.raises(Fault) as caught:
        cut(b"---\na: " + b"x" * front_matter.HEADER_LIMIT + b"\n---\n")
    assert caught.value.rule == "header-too-large"


def test_forbidden_characters_are_left_out_and_counted() -> None:
    parts = cut("---\n---\na\x0bb\x7fc\x85d\ufdd0e\uffffé\n".encode())
    assert (parts.body, parts.dropped) == ("abc…deé\n", 4)
    assert cut(b"---\n---\na\tb\x1bc\n").body == "a\tbc\n"


@pytest.mark.parametrize("mark", ["\x0b", "\x7f", "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff"])
def test_each_forbidden_character_is_left_out_alone(mark: str) -> None:
    """They are looked for in the bytes first."""
    for text in ("ab", "“a” b"):
        assert cut(f"---\n---\n{text}{mark}c\n".encode()).body == f"{text}c\n"
        assert cut(f"---\n---\n{text}<!-- {mark} -->&#8217;\n".encode()).body == f"{text}&#8217;\n"


def test_tab_newline_and_ordinary_blanks_stay() -> None:
    assert cut("---\n---\na\tb\u00a0c\u2028d\n".encode()).dropped == 0


@given(st.text())
def test_what_is_left_is_allowed_in_xml(text: str) -> None:
    printable = front_matter.drop_unprintable(text)
    assert front_matter.drop_unprintable(printable) == printable
    assert not any(ord(char) < 32 and char not in "\t\n\r" for char in printable)
    if text.isprintable():
        assert printable == text or not text.isascii()


@given(st.binary(max_size=200))
def test_any_bytes_are_cut_or_refused(data: bytes) -> None:
    for candidate in (data, b"---\n" + data, b"---\n---\n" + data):
        try:
            parts = cut(candidate)
        except Fault as fault:
            rule, body_line, body = fault.rule, 2, ""
        else:
            rule, body_line, body = "none", parts.body_line, parts.body
            assert storyfile.read_body(candidate) == body
        assert rule
        assert body_line >= 2
        assert front_matter.drop_unprintable(body) == body


def test_a_body_that_cannot_be_read_names_its_file() -> None:
    with pytest.raises(ContentError) as caught:
        storyfile.read_body(b"no fence", "content/world/x.md")
    assert [(problem.rule, problem.path) for problem in caught.value.problems] == [
        ("no-front-matter", "content/world/x.md")
    ]
