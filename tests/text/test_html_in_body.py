"""HTML in the source of a body: what is found, and what stays when comments go."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsgen.text.html_in_body import html_marks, without_html_marks


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<!-- desk: ask Ann -->\n\nThe mill shut.\n", "\n\nThe mill shut.\n"),
        ("The mill <!-- which? --> shut.\n", "The mill shut.\n"),
        ("The mill shut.<!-- ask -->\nIt rained.\n", "The mill shut.\nIt rained.\n"),
        ("The mill shut.  <!-- ask -->\nIt rained.\n", "The mill shut.\nIt rained.\n"),
        ("One.\n\n<!-- ask\n\nAnn\n\nfirst -->\n\nTwo.\n", "One.\n\n\n\n\n\n\n\nTwo.\n"),
        ("One <!-- ask\n\nAnn --> two.\n", "One\n\ntwo.\n"),
        ("<!-- a --><!-- b --> # One\n", "# One\n"),
        ("<!--> One <!---> two\n", "One two\n"),
        ("One\n<!-- ask -->\ntwo\n", "One\n\ntwo\n"),
        ("One <!-- ask\n\nTwo.\n", "One\n\n\n"),
        ("> quoted <!-- ask -->\n> more\n", "> quoted\n> more\n"),
        ("- item <!-- ask -->\n- two\n", "- item\n- two\n"),
        ("| a | <!-- ask --> b |\n", "| a | b |\n"),
        ("5` wide <!-- 6` tall --> here\n", "5` wide here\n"),
        ("- 5` wide <!-- ask -->\n- 6` tall\n", "- 5` wide\n- 6` tall\n"),
        ("| 5` | <!-- ask --> | 6` |\n", "| 5` | | 6` |\n"),
        ("    <!-- ask -->\n\nOne.\n", "\n\nOne.\n"),
        ("```\n<!-- a --> &#146;\n```\n<!-- b -->One\n", "```\n<!-- a --> &#146;\n```\nOne\n"),
        ("> ```\n> <!-- a -->\n\n<!-- b -->One\n", "> ```\n> <!-- a -->\n\nOne\n"),
        ("~~~\n<!-- a -->\n", "~~~\n<!-- a -->\n"),
        ("Write `<!-- x -->` so.\n", "Write `<!-- x -->` so.\n"),
        ("Write ``a ` <!-- x -->`` so.\n", "Write ``a ` <!-- x -->`` so.\n"),
        ("One.\n\n    code <!-- x -->\n", "One.\n\n    code <!-- x -->\n"),
        ("Arrow \\<!-- x -->\n", "Arrow \\<!-- x -->\n"),
        ("It&#146;s &#x93;so&#X94; \\&#146; `&#146;` &#8217;\n", "It’s “so” \\&#146; `&#146;` &#8217;\n"),
        ("<!-- `a -->One `<!-- b -->` two\n", "One `<!-- b -->` two\n"),
        ("One <b>two</b> <!-- x --> three\n", "One <b>two</b> three\n"),
    ],
)
def test_comments_go_and_code_stays(body: str, expected: str) -> None:
    assert without_html_marks(body) == expected
    assert expected.count("\n") == body.count("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A <b>c</b> <br/> <BR> <img src='x'>\n", ["<b>", "</b>", "<br/>", "<BR>", "<img src='x'>"]),
        ("<https://a.example> <a@b.example> <GRNX> <GRN.X> 3 < 4 > 2 \\<b>\n", []),
        ("[a](<b c>) ![a](<p q.png> 'r')\n\n[a]: <b c>\n", []),
        ("`<b>`\n\n```\n<b>\n```\n\n    <b>\n", []),
        ("<!DOCTYPE html>\n<?xml version='1.0'?>\n", ["<!DOCTYPE html>", "<?xml version='1.0'?>"]),
        ("<!-- <b> -->x<i>\n", ["<i>"]),
    ],
)
def test_tags_are_found_outside_code_and_comments(body: str, expected: list[str]) -> None:
    assert [body[mark.start : mark.end] for mark in html_marks(body) if mark.kind == "tag"] == expected


def test_a_comment_without_an_end_reaches_to_the_end_of_the_body() -> None:
    body = "One\n\ntwo <!-- three\n\nfour\n"
    assert [(mark.kind, mark.start, mark.end) for mark in html_marks(body)] == [("unclosed", 9, len(body))]


PIECES = st.sampled_from(
    ["<!--", "-->", "`", "``", "```\n", "~~~", "\n", "\n\n", "a", " ", "> ", "- ", "|", "    ", "\\"]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_left_out_was_in_a_comment(body: str) -> None:
    marks = [mark for mark in html_marks(body) if mark.kind in ("comment", "unclosed")]
    kept = without_html_marks(body)
    assert kept.count("\n") == body.count("\n")
    gone = sum(len("".join(body[mark.start : mark.end].split())) for mark in marks)
    assert len("".join(kept.split())) == len("".join(body.split())) - gone
    assert all(body.startswith("<!--", mark.start) for mark in marks)


@pytest.mark.parametrize(
    "piece", ["<!-- a -->", "<!--", "a <!--\n\n--> ", "> ```\n\n", "`a``", "<b ", "<!", "- ", "<a <!-- > -->", "\\<!--"]
)
def test_many_marks_take_no_longer_for_their_number(piece: str) -> None:
    def seconds(count: int) -> float:
        body = piece * count
        start = time.process_time()
        without_html_marks(body)
        return time.process_time() - start

    tries = [(seconds(2000), seconds(8000)) for _ in range(3)]
    assert any(large < max(6 * small, 0.03) for small, large in tries), tries
