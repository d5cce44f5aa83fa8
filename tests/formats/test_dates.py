"""Lines that say when copy was sent, and names of files that do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats import dates
from newsgen.formats.dates import DateLine


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Tuesday, 05 May 2026", "2026-05-05"),
        ("May 5, 2026 10:15 PM", "2026-05-05T22:15:00"),
        ("Publié le 5 mai 2026 à 10h15, modifié le 6 mai 2026 à 11h02", "2026-05-05T10:15:00"),
        ("Posted at 10:15 AM, May 05, 2026 and last updated 11:02 AM, May 06, 2026", "2026-05-05T10:15:00"),
        ("Tuesday 5 May 2026 10:15, UK", "2026-05-05T10:15:00"),
        ("2026. 5. 5.", "2026-05-05"),
        ("May 5, 202610:15 PM UTCUpdated 2 hours ago", "2026-05-05T22:15:00+00:00"),
        ("May 5, 2026 at 10:15 PM GMT+8", "2026-05-05T22:15:00+08:00"),
        ("Published: May 5, 2026 10:15 pm IST", "2026-05-05"),  # three zones are IST
        ("Published May 5, 2026 · Updated May 6, 2026", "2026-05-05"),
        ("Published 10:15 PM EDT, May 5, 2026", "2026-05-05T22:15:00-04:00"),
        ("Tue 5 May 2026 10.15 BST", "2026-05-05T10:15:00+01:00"),
        ("5th May 2026", "2026-05-05"),
        ("2026/05/05", "2026-05-05"),
        ("2026-05-05T10:15:00+05:30", "2026-05-05T10:15:00+05:30"),
        ("05.05.2026, 10:15 Uhr", "2026-05-05T10:15:00"),
        ("5 mai 2026 à 10h15", "2026-05-05T10:15:00"),
        ("Martes, 5 de mayo de 2026 - 10:15 h", "2026-05-05T10:15:00"),
        ("5 мая 2026 г.", "2026-05-05"),
        ("2026年05月05日 10:21:35 来源：北方社", "2026-05-05T10:21:00"),
        ("2026년 5월 5일 10:15", "2026-05-05T10:15:00"),
        ("Mon, May 5, 2025, 10:15 PM 3 min read", "2025-05-05T22:15:00"),
        ("January 5, 2026, 10:15 p.m. ET", "2026-01-05T22:15:00-05:00"),
        ("July 5, 2026, 10:15 p.m. ET", "2026-07-05T22:15:00-04:00"),
        ("Issued: 0001 GMT 5 May 2026", "2026-05-05T00:01:00+00:00"),
        ("Dec 13, 2019 5:49pm", "2019-12-13T17:49:00"),
        ("24/12/2025", "2025-12-24"),
        ("12/24/2025", "2025-12-24"),
        ("20260505", "2026-05-05"),
        ("Updated: May 6, 2026 | Published: May 5, 2026", "2026-05-05"),
        ("Source: Xinhua | 2026-05-05 10:15:00 | Editor: mara", "2026-05-05T10:15:00"),
        ("Published 3 hours ago on May 5, 2026", "2026-05-05"),
        ("May 5, 2026 / 10:15 AM EDT / CBS News", "2026-05-05T10:15:00-04:00"),
        ("2026年05月05日 10時15分", "2026-05-05T10:15:00"),
    ],
)
def test_lines_that_are_a_date(line: str, iso: str) -> None:
    assert dates.read_line(line) == DateLine(iso)


@pytest.mark.parametrize(
    "line",
    [
        "", "2026", "12:30:45", "3 min read", "May 5, 2026 was a fine day", "The mill closed on May 5, 2026.",
        "31/02/2026", "May 45, 2026", "Route 66 2026", "May 5", "LUND, May 5, 2026 (Northern Wire) - Mills met.",
    ],
)  # fmt: skip
def test_lines_that_are_none(line: str) -> None:
    assert dates.read_line(line) is None
    assert dates.parse(line) == ""


def test_a_year_of_two_figures_is_a_guess() -> None:
    assert dates.read_line("Tue, 5 May 98 12:10:00 GMT") == dates.DateLine("1998-05-05T12:10:00+00:00", False, True)
    assert dates.read_line("5-May-26") == dates.DateLine("2026-05-05", False, True)
    assert dates.find_in("HARWICK, 5 May 12 - Mills met.") == ""


def test_a_line_that_names_only_a_change_or_may_mean_two_days() -> None:
    assert dates.read_line("Updated 6:12 PM EDT, May 5, 2026") == DateLine("2026-05-05T18:12:00-04:00", is_update=True)
    assert dates.read_line("03/06/2026") == DateLine("2026-06-03", is_ambiguous=True)
    assert dates.read_line("03/06/2026", month_first=True) == DateLine("2026-03-06")
    assert dates.read_line("03/06/2026", month_first=False) == DateLine("2026-06-03")
    assert dates.read_line("06/13/2026", month_first=False) == DateLine("2026-06-13")
    assert dates.read_line("06/06/2026") == DateLine("2026-06-06")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("harvest-2026-05-05.txt", "2026-05-05"),
        ("NW880212-0001.txt", "1988-02-12"),
        ("wire/1994/03/05/a.txt", "1994-03-05"),
        ("idN1117020061211.txt", "2006-12-11"),
        ("wire/1994/a.txt", ""),
        ("a-20261305.txt", ""),
    ],
)
def test_days_in_names_of_files(name: str, day: str) -> None:
    assert dates.from_file_name(name) == day


@given(st.text(alphabet=st.sampled_from("0123456789/.-: ,APMmayTZ年月日"), max_size=60))
def test_any_line_is_read_or_not(line: str) -> None:
    read = dates.read_line(line)
    assert read is None or read.iso[:4].isdigit()


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("AP-NY-04-28-94 1420EDT", "1994-04-28T14:20:00-04:00"),
        ("AP-WS-12-31-99 0001GMT<", "1999-12-31T00:01:00+00:00"),
        ("101137 GMT Dez 18", "2018-12-10T11:37:00+00:00"), ("AP-NY-14-28-94 1420EDT", ""), ("AP-NY 1420EDT", ""),
    ],
)  # fmt: skip
def test_stamps_behind_wire_messages(line: str, iso: str) -> None:
    assert dates.parse_trailer(line) == iso


def test_figures_that_may_be_two_days_are_a_guess() -> None:
    assert dates.read_line("05.06.26") == dates.DateLine("2026-06-05", False, True)
    assert dates.read_line("05.06.2026") == dates.DateLine("2026-06-05", False, False)
    assert dates.read_line("05-06-2026") == dates.DateLine("2026-06-05", False, True)
