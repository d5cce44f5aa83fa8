"""Bylines, and sentences that begin as one."""

from __future__ import annotations

import pytest

from newsgen.wire import byline


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
