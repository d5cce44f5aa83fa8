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
        ("By Mara Quill with agencies", ("Mara Quill",)),
        ("By Mara Quill + Tom Ash", ("Mara Quill", "Tom Ash")),
        ("By MARA QUILL Harwick Correspondent", ("MARA QUILL",)),
        ("Texte : Mara Quill", ("Mara Quill",)),
        ("By Mara Quill; Edited by Tom Ash", ("Mara Quill",)),
        ("Story by Mara Quill, photos by Tom Ash", ("Mara Quill",)),
        ("By Mara Quill, with additional reporting from Tom Ash", ("Mara Quill",)),
        ("By Mara Quill, Farms Correspondent, in Lund", ("Mara Quill",)),
        ("By Mara Quill, auto correspondent", ("Mara Quill",)),
        ("    by Mara Quill, Reuters", ("Mara Quill",)),
        ("BY MARA QUILL AND TOM ASH, REUTERS", ("MARA QUILL", "TOM ASH")),
        ("By Mara Quill and Tom Ash - Analysis", ("Mara Quill", "Tom Ash")),
        ("By Pedro da Costa", ("Pedro da Costa",)),
        ("By The Associated Press", ("The Associated Press",)),
        ("^By MARA QUILL=", ("MARA QUILL",)),
        ("By: Mara Quill", ("Mara Quill",)),
        ("By Mara Quill | Northern Wire", ("Mara Quill",)),
        ("By MARA QUILL, AP Business Writer", ("MARA QUILL",)),
        ("By MARA QUILL Associated Press Writer", ("MARA QUILL",)),
        ("By Mara Quill in London", ("Mara Quill",)),
        ("By Dr. Mara Quill Jr.", ("Dr. Mara Quill Jr.",)),
        ("By Jean-Paul d'Orsay & Tom Ash", ("Jean-Paul d'Orsay", "Tom Ash")),
        ("By Freiherr Otto von und zu Lund", ("Freiherr Otto von und zu Lund",)),
        ("By Carmen Ortiz y Vega", ("Carmen Ortiz y Vega",)),
        ("By Reuters Staff", ("Reuters Staff",)),
        ("By Xinhua writers Mara Quill, Tom Ash", ("Mara Quill", "Tom Ash")),
        ("By Mara Quill @maraquill", ("Mara Quill",)),
        ("By Mara Quill (Reuters)", ("Mara Quill",)),
        ("Reported by Mara Quill", ("Mara Quill",)),
        ("Von Mara Quill, dpa", ("Mara Quill",)),
        ("Por Mara Quill", ("Mara Quill",)),
        ("di Mara Quill e Tom Ash", ("Mara Quill", "Tom Ash")),
        ("Oleh Mara Quill", ("Mara Quill",)),
        ("By MARA QUILL Staff Writer", ("MARA QUILL",)),
        ("Por Mara Quill, Lund", ("Mara Quill",)),
        ("By Mara Quill of The Associated Press", ("Mara Quill",)),
        ("By Mara Quill and Tom Ash for Northern Wire", ("Mara Quill", "Tom Ash")),
        ("By the Rev. Tom Ash", ("the Rev. Tom Ash",)),
        ("De notre envoyée spéciale Mara Quill", ("Mara Quill",)),
        ("Von unserem Korrespondenten Tom Ash", ("Tom Ash",)),
        ("Dal nostro inviato Tom Ash", ("Tom Ash",)),
        ("文/林小河", ("林小河",)),
        ("（记者林小河）", ("林小河",)),
        ("김가람 이누리 기자", ("김가람", "이누리")),
        ("", ()),
    ],
)
def test_bylines(line: str, persons: tuple[str, ...]) -> None:
    assert byline.parse(line) == persons
    assert byline.is_byline(line) == bool(persons)


@pytest.mark.parametrize(
    "line",
    [
        "By the time he came, all was sold.", "By 2010 the barn was full", "Byways of Lund", "From Lund with love",
        "De Gaulle met Adenauer", "Par for the course", "Von der Leyen", "A Harwick mill turns",
    ],
)  # fmt: skip
def test_a_sentence_is_no_byline(line: str) -> None:
    assert not byline.is_byline(line)


@pytest.mark.parametrize("line", ["BY A STAFF REPORTER", "By Our Correspondent"])
def test_a_byline_without_a_person(line: str) -> None:
    assert byline.is_byline(line)
    assert byline.parse(line) == ()


@pytest.mark.parametrize(
    ("line", "is_name"),
    [("Mara Quill", True), ("The Harwick Bureau", True), ("MARA QUILL", True), ("Mill", False), ("Mill turns", False)],
)
def test_a_name_alone(line: str, is_name: bool) -> None:
    assert byline.is_bare_name(line) == is_name


@pytest.mark.parametrize(
    ("line", "is_byline"),
    [
        ("Mara Quill, Associated Press", True), ("Mara Quill | AP", True), ("Mara Quill, Lund", True),
        ("Mara Quill, Staff Writer", True),
         ("MARA QUILL and TOM ASH", True),
        ("Mara Quill in Lund", True), ("Mara Quill reports from Lund", True),
         ("Mara Quill, Tom Ash and Ann Bly", True), ("Mills and farms", False),
        ("Mara Quill turns the mill", False), ("Northern Wire", False), ("Harwick", False),
    ],
)  # fmt: skip
def test_a_byline_without_by(line: str, is_byline: bool) -> None:
    assert byline.is_bare_byline(line) == is_byline


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("By Mara Quill; Edited by Tom Ash", "Edited by Tom Ash"),
        ("By Mara Quill / Photos by Tom Ash", "Photos by Tom Ash"),
        ("By Mara Quill", ""), ("Mill edited by hand", ""),
    ],
)  # fmt: skip
def test_what_a_byline_says_of_others(line: str, credit: str) -> None:
    assert byline.credit_behind(line) == credit


@pytest.mark.parametrize(
    ("line", "turned"),
    [
        ("Quill, Mara", "Mara Quill"), ("van Ash, Tom; Quill, Mara J.", "Tom van Ash; Mara J. Quill"),
        ("Mara Quill, Tom Ash", "Mara Quill, Tom Ash"),
        ("Mara Quill", "Mara Quill"), ("Quill, Mara, Ash", "Quill, Mara, Ash"),
    ],
)  # fmt: skip
def test_names_as_data_bases_write_them(line: str, turned: str) -> None:
    assert byline.turned_round(line) == turned


@pytest.mark.parametrize(
    ("line", "persons"),
    [
        ("Maximilian Freiherr von und zu Aldmoor", ("Maximilian Freiherr von und zu Aldmoor",)),
        (
            "Karl-Theodor Maria Johann Jacob Philipp Franz Freiherr von und zu Aldmoor",
            ("Karl-Theodor Maria Johann Jacob Philipp Franz Freiherr von und zu Aldmoor",),
        ),
        ("Otto Graf von und zu Lund, Mara Quill und Tom Ash", ("Otto Graf von und zu Lund", "Mara Quill", "Tom Ash")),
        ("María de los Ángeles Ruiz y Vega", ("María de los Ángeles Ruiz y Vega",)),
        ("By Luís e Silva and A. Bly", ("Luís e Silva", "A. Bly")),
        ("Josep Ash i Puig", ("Josep Ash i Puig",)),
        ("Ngũgĩ wa Thiong'o", ("Ngũgĩ wa Thiong'o",)),
        ("mara quill", ("mara quill",)),
        ("Mara Quill, Reuters", ("Mara Quill",)),
        ("By Mara Quill in Lund", ("Mara Quill",)),
        ("Mara Quill and Tom Ash", ("Mara Quill", "Tom Ash")),
        ("Mara Quill (Harwick) and Tom Ash", ("Mara Quill (Harwick) and Tom Ash",)),
    ],
)
def test_a_byline_that_somebody_wrote_down_loses_no_word_of_a_name(line: str, persons: tuple[str, ...]) -> None:
    assert byline.written_names(line) == persons
