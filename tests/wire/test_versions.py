"""Versions: what tags, sluglines and file names say, and what only looks as if it did."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.wire import headline, versions
from newsgen.wire.versions import Version, follows, is_notice

HEADLINES = [
    ("Mill turns", Version()),
    ("UPDATE 2-Mill turns", Version(2, "update")),
    ("UPDATE: Mill turns", Version(None, "update")),
    ("CORRECTED-UPDATE 1-Mill turns", Version(1, "corrected")),
    ("REFILE-UPDATE 1-Mill turns", Version(1, "refile")),
    ("RPT-UPDATE 3-Mill turns", Version(3, "repeat")),
    ("Mill turns (REPEAT)", Version(None, "repeat")),
    ("Clarified: Mill turns", Version(None, "corrected")),
    ("WRAPUP 3-Mills turn", Version(3, "wrapup", is_wrapup=True)),
    ("REFILE-WRAPUP 3-Mills turn", Version(3, "refile", is_wrapup=True)),
    ("CORRECTED: FACTBOX: Mills of Harwick", Version(None, "corrected", genre=("Factbox",))),
    ("CORRECTION - MILL TURNS", Version(genre=("Correction",))),
    ("ADVISORY-Mill story withdrawn", Version(genre=("Advisory",))),
]
SLUGLINES = [
    ("", Version()),
    ("BC-HARWICK-MILL", Version(base="harwick-mill")),
    ("BC-EU--Harwick-MillTurn 3rdLd-Writethru", Version(3, "writethru", "eu--harwick-millturn")),
    ("BC-Mill, 1st Ld-Writethru", Version(1, "writethru", "mill")),
    ("BC-Mill, 1st Ld-Writethru,0650", Version(1, "writethru", "mill")),
    ("BC-Mill, Bjt, 1st Ld-Writethru", Version(1, "writethru", "mill")),
    ("BC-Mill, Bjt", Version(base="mill")),
    ("PM-Mill  Fire, 2nd Ld", Version(2, "update", "mill fire")),
    ("AM-MILL-2NDLD-***URGENT", Version(2, "update", "mill")),
    ("AM-MILL-3RDLD-(WRITETHROUGH)", Version(3, "writethru", "mill")),
    ("Mill, Writethru", Version(None, "writethru", "mill")),
    ("UPDATE 2-HARWICK-MILL", Version(2, "update", "harwick-mill")),
    ("BC-CORRECTED---HARWICK-M", Version(None, "corrected", "harwick-m")),
    ("CORRECTED-UPDATE 1-MILL", Version(1, "corrected", "mill")),
    ("HARWICK-MILL/ (UPDATE 2, PICTURE)", Version(2, "update", "harwick-mill")),
    ("HARWICK-MILL/FIRE (WRAPUP 1)", Version(1, "wrapup", "harwick-mill/fire", True)),
    ("HARWICK-MILL/ (PICTURE, TV)", Version(base="harwick-mill")),
    ("HARWICK-MILL/ 3", Version(3, "update", "harwick-mill")),
    ("MILL (LUND)", Version(base="mill (lund)")),
    ("BC-Mill, 1st Add", Version(base="mill, 1st add")),
    ("BC-Mill, Take 2", Version(base="mill, take 2")),
    ("USA-9/11", Version(base="usa-9/11")),
    ("BC-MILL-CO-<MILL>-3RD-QTR", Version(base="mill-co-<mill>-3rd-qtr")),
    ("REPEAT-OFFENDERS", Version(base="repeat-offenders")),
    ("BC-LEAD-ZINC", Version(base="lead-zinc")),
    ("UPDATE 2-", Version(base="update 2")),
    ("BC-Mi\u017f\u017f, 1\u017ft Ld", Version(base="miss, 1st ld")),
]


@pytest.mark.parametrize(("sent", "version"), HEADLINES)
def test_what_a_headline_says(sent: str, version: Version) -> None:
    assert versions.read(headline.parse(sent)[0]) == version


@pytest.mark.parametrize(("slugline", "version"), SLUGLINES)
def test_what_a_slugline_says(slugline: str, version: Version) -> None:
    assert versions.read((), slugline) == version


def test_both_together() -> None:
    assert versions.read(("Corrected",), "BC-Mill, 2nd Ld") == Version(2, "corrected", "mill")
    assert versions.read(("Update 3",), "BC-Mill, 2nd Ld") == Version(3, "update", "mill")


ORDER = [
    "Mill", "CORRECTED-Mill", "UPDATE 1-Mill", "CORRECTED-UPDATE 1-Mill", "UPDATE 2-Mill", "UPDATE 10-Mill"
]  # fmt: skip


def version_of(sent: str) -> Version:
    return versions.read(headline.parse(sent)[0])


def test_the_order_of_versions() -> None:
    for at, one in enumerate(ORDER):
        for there, other in enumerate(ORDER):
            assert follows(version_of(one), version_of(other)) == (at > there), (one, other)
    assert follows(version_of("REFILE-Mill"), version_of("CORRECTED-Mill"))
    assert not follows(version_of("UPDATE: Mill"), version_of("UPDATE: Mill"))


def test_notices_are_no_versions() -> None:
    assert all(is_notice(version_of(f"{tag}-Mill")) for tag in ("CORRECTION", "ADVISORY", "KILL"))
    assert not any(is_notice(version_of(f"{tag}-Mill")) for tag in ("CORRECTED", "FACTBOX"))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("us-mill-idNWKE56S0UO20090729", "NWKE56S0UO"),
        ("archive/20090729/1-us-mill-idNWKE56S0UO20090729.txt", "NWKE56S0UO"),
        ("https://wire.example/a/id-mill-idNW133863120080901", "NW1338631"),
        ("mill-idNWKE56S0UO", ""),
        ("mill-idNWKE56S0UO20091329", ""),
        ("mill-20090729.txt", ""),
        ("", ""),
    ],
)
def test_story_numbers(name: str, number: str) -> None:
    assert versions.story_number(name) == number


PARTS = ["BC-", "UPDATE 2-", "CORRECTED", "-", ", ", " ", "1st Ld", "3RDLD-", "Writethru", "/ 3", "(UPDATE 1", ")", "X",
         "Bjt", "URGENT", "***", "\u0130"]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=14))
def test_any_slugline_is_read(parts: list[str]) -> None:
    version = versions.read((), "".join(parts))
    assert version.number is None or 0 <= version.number < 100
    assert version.base == " ".join(version.base.split())


def taken(slugline: str) -> float:
    start = time.process_time()
    versions.read((), slugline)
    return time.process_time() - start


@pytest.mark.parametrize("part", PARTS)
def test_ten_times_the_slugline_takes_no_more_than_some_ten_times_as_long(part: str) -> None:
    small, large = (min(taken(part * (size // len(part))) for _ in range(3)) for size in (4000, 40_000))
    assert large < max(30 * small, 0.05)
