"""Credit lines: who did what, and nothing of the rest in a name."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire import credits as credit_lines
from tests.support.material import shared

LINES: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("(Reporting by Mara Quill; Editing by Tom Ash)", [("reporting", "Mara Quill", ""), ("editing", "Tom Ash", "")]),
    ("(Reporting By Mara Quill , editing by Tom Ash )", [("reporting", "Mara Quill", ""), ("editing", "Tom Ash", "")]),
    ("(Writing by Mara Quill. Editing by Tom B. Ash)", [("writing", "Mara Quill", ""), ("editing", "Tom B. Ash", "")]),
    (
        "Reporting by Mara Quill and Ann Bly Writing by Tom Ash",
        [("reporting", "Mara Quill", ""), ("reporting", "Ann Bly", ""), ("writing", "Tom Ash", "")],
    ),
    (
        "(Additional reporting by A. Bee and C. Dee in Harwick, and E. Eff in Lund; Editing by G. Gee)",
        [
            ("additional_reporting", "A. Bee", "Harwick"),
            ("additional_reporting", "C. Dee", "Harwick"),
            ("additional_reporting", "E. Eff", "Lund"),
            ("editing", "G. Gee", ""),
        ],
    ),
    (
        "(Additional reporting by Mara Quill in Washington, D.C.)",
        [("additional_reporting", "Mara Quill", "Washington, D.C.")],
    ),
    ("(additonal reporting by Mara Quill)", [("additional_reporting", "Mara Quill", "")]),
    ("(With reporting by Mara Quill aboard the Swan)", [("additional_reporting", "Mara Quill", "the Swan")]),
    ("(Reporting and writing by Mara Quill)", [("reporting", "Mara Quill", ""), ("writing", "Mara Quill", "")]),
    (
        "(Additional reporting and writing by Mara Quill)",
        [("additional_reporting", "Mara Quill", ""), ("additional_writing", "Mara Quill", "")],
    ),
    (
        "(Compiled by Mara Quill; Polling by Harwick Polling Unit)",
        [("compiling", "Mara Quill", ""), ("polling", "Harwick Polling Unit", "")],
    ),
    (
        "(Graphic by Mara Quill; Translated by Tom Ash)",
        [("graphics", "Mara Quill", ""), ("translation", "Tom Ash", "")],
    ),
    (
        "(Additional reporting from Harwick, Tom Ash in Lund)",
        [("additional_reporting", "", "Harwick"), ("additional_reporting", "Tom Ash", "Lund")],
    ),
    (
        "Northern Wire writer Mara Quill in Harwick contributed to this report.",
        [("contributing", "Mara Quill", "Harwick")],
    ),
    (
        "Quill and Ash reported from Harwick. Bly reported from Lund.",
        [("reporting", "Quill", "Harwick"), ("reporting", "Ash", "Harwick"), ("reporting", "Bly", "Lund")],
    ),
    # joints, sentences, and the forms of other languages
    ("(Reporting by Mara Quill / Editing by Tom Ash)", [("reporting", "Mara Quill", ""), ("editing", "Tom Ash", "")]),
    (
        "Associated Press writers Mara Quill in Lund and Tom Ash contributed.",
        [("contributing", "Mara Quill", "Lund"), ("contributing", "Tom Ash", "")],
    ),
    ("WXYZ's Mara Quill contributed to this story.", [("contributing", "Mara Quill", "")]),
    ("(With PTI inputs)", [("contributing", "PTI", "")]),
    ("Mara Quill, of the Harwick Post, contributed to this report.", [("contributing", "Mara Quill", "")]),
    ("Mara Quill in Lund contributed reporting.", [("contributing", "Mara Quill", "Lund")]),
    ("(avec AFP)", [("contributing", "AFP", "")]),
    ("(Por Mara Quill; edição de Tom Ash)", [("reporting", "Mara Quill", ""), ("editing", "Tom Ash", "")]),
    (
        "(Mara Quill et Ann Bly, version française Tom Ash, édité par Ola Fen)",
        [
            ("reporting", "Mara Quill", ""),
            ("reporting", "Ann Bly", ""),
            ("translation", "Tom Ash", ""),
            ("editing", "Ola Fen", ""),
        ],
    ),
    (
        "(Reporte de Mara Quill en Lund; editado por Tom Ash)",
        [("reporting", "Mara Quill", "Lund"), ("editing", "Tom Ash", "")],
    ),
    ("(Tradotto da Mara Quill, editing Tom Ash)", [("translation", "Mara Quill", ""), ("editing", "Tom Ash", "")]),
    (
        "This story was reported by Mara Quill and edited by Tom Ash.",
        [("reporting", "Mara Quill", ""), ("editing", "Tom Ash", "")],
    ),
]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("— Mara Quill contributed reporting.", [("contributing", "Mara Quill")]),
        ("(Reporting by Mara Quill | Editing by Tom Ash)", [("reporting", "Mara Quill"), ("editing", "Tom Ash")]),
        ("(Mara Quill, editing by Tom Ash)", [("reporting", "Mara Quill"), ("editing", "Tom Ash")]),
        ("Report by Mara Quill; editing by Tom Ash", [("reporting", "Mara Quill"), ("editing", "Tom Ash")]),
        ("Edição: Tom Ash", [("editing", "Tom Ash")]),
        ("With reporting from Mara Quill", [("additional_reporting", "Mara Quill")]),
        ("Edited by: Tom Ash", [("editing", "Tom Ash")]),
        ("/By Mara Quill; edited by Tom Ash/", [("reporting", "Mara Quill"), ("editing", "Tom Ash")]),
        ("(Reportage Mara Quill, édité par Tom Ash)", [("reporting", "Mara Quill"), ("editing", "Tom Ash")]),
        ("Mara Quill of The Harwick Post contributed to this report.", [("contributing", "Mara Quill")]),
        ("(Bericht Mara Quill; redigiert von Tom Ash)", [("reporting", "Mara Quill"), ("editing", "Tom Ash")]),
    ],
)
def test_credit_lines_in_other_shapes(line: str, expected: list[tuple[str, str]]) -> None:
    assert credit_lines.is_credit(line)
    assert [(credit.role, credit.name) for credit in credit_lines.parse(line).credits] == expected
    assert not credit_lines.is_credit("By Mara Quill")


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_credit_lines(line: str, expected: list[tuple[str, str, str]]) -> None:
    read = credit_lines.parse(line)
    assert [(credit.role, credit.name, credit.place) for credit in read.credits] == expected
    assert read.raw == line
    assert not read.rest
    assert credit_lines.is_credit(line)


def test_a_desk_is_a_group_and_a_person_is_not() -> None:
    read = credit_lines.parse("(Reporting by Harwick newsroom, Mara Quill; Editing by the grain team)")
    assert [credit.is_group for credit in read.credits] == [True, False, True]


@pytest.mark.parametrize("role", ["Ed\u0131ting", "Wr\u0130ting", "Re\u017fearch"])
def test_a_role_with_letters_that_only_unicode_folds_is_none(role: str) -> None:
    read = credit_lines.parse(f"(Reporting by Mara Quill; {role} by Tom Ash)")
    assert [credit.name for credit in read.credits] == ["Mara Quill"]
    assert read.rest == f"{role} by Tom Ash"


def test_what_follows_a_credit_is_rest() -> None:
    read = credit_lines.parse("(Reporting by Mara Quill; Editing by Tom Ash) Keywords: GRAIN/ ($1 = 0.5 crowns)")
    assert [credit.name for credit in read.credits] == ["Mara Quill", "Tom Ash"]
    assert read.rest == "Keywords: GRAIN/ ($1 = 0.5 crowns)"


def test_contacts_are_taken_out_of_what_is_printed() -> None:
    line = "((Editing by Mara Quill; mara.quill@wire.example; +44 20 7946 0123)"
    read = credit_lines.parse(line)
    assert [(credit.role, credit.name) for credit in read.credits] == [("editing", "Mara Quill")]
    assert read.contacts == ("mara.quill@wire.example", "+44 20 7946 0123")
    assert credit_lines.printable(line) == "(Editing by Mara Quill)"


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Reporting by Mara Quill, mara@wire.example, +44 20 7946 0123; Editing by Tom Ash",
         "Reporting by Mara Quill; Editing by Tom Ash"),
        ("(Reporting by Mara Quill; newsroom +44 20 7946 0123)", "(Reporting by Mara Quill)"),
        ("(Editing by Tom Ash) ((tom@wire.example; Messaging: tom.ash.wire@net.example))", "(Editing by Tom Ash)"),
        ("Editing by Tom Ash, @tomash", "Editing by Tom Ash"),
        ("((tom@wire.example))", ""),
    ],
)  # fmt: skip
def test_lines_with_contacts_as_printed(line: str, printed: str) -> None:
    assert credit_lines.printable(line) == printed


@pytest.mark.parametrize(
    "copy",
    [
        "Reporting by the council has shown that grain fell.",
        "(The fair opened on Monday)",
        "Farmers met.",
        "Editing by hand takes a long time and costs a lot.",
        "(With AP Photos.)",
        "(von der Leyen)",
        "(Mara Quill, who edited the paper)",
        "Harwick and Lund contributed.",
        "This mill was bought by the farmers of the valley.",
        "",
    ],
)
def test_copy_is_no_credit(copy: str) -> None:
    assert not credit_lines.is_credit(copy)


def test_a_credit_at_the_end_of_a_body_in_one_line() -> None:
    body = "Farmers met (on Monday). Rain fell. "
    line = "(Reporting by Mara Quill; Editing by Tom Ash)"
    assert credit_lines.start_of_credit(body + line) == len(body)
    assert credit_lines.start_of_credit(body) == len(body)


PARTS = [*"ABab(),;. @1+", "Ed\u0131ting", " by ", "Reporting", "Editing", " in ", " and ", " reported from "]


@given(st.lists(st.sampled_from(PARTS)))
def test_any_line_is_read_and_kept_as_sent(parts: list[str]) -> None:
    line = "".join(parts)
    assert credit_lines.parse(line).raw == line.strip()
    credit_lines.is_credit(line)
    credit_lines.printable(line)
    assert 0 <= credit_lines.start_of_credit(line) <= len(line)


def test_share_of_real_lines_read_exactly() -> None:
    rows = [json.loads(line) for line in shared("wire-samples/credits.jsonl").read_text("utf-8").splitlines()]
    lines = [row for row in rows if row["kind"] in ("credit", "credit_tail")]
    exact = 0
    for row in lines:
        want = [(role["role"], name, role["place"] or "") for role in row["roles"] for name in role["names"] or [""]]
        exact += want == [
            (credit.role, credit.name, credit.place) for credit in credit_lines.parse(row["text"]).credits
        ]
    assert exact / len(lines) >= 0.97  # 68 of 68 when this was written
