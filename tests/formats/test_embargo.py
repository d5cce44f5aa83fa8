"""Lines of copy that hold it back, and lines that only look so."""

from __future__ import annotations

import pytest

from newsgen.formats import embargo
from newsgen.formats.embargo import Hold


@pytest.mark.parametrize(
    ("line", "hold"),
    [
        ("EMBARGO: 00:01 GMT, May 5, 2027", Hold("2027-05-05T00:01:00+00:00", False)),
        ("*** (Strictly embargoed until 6 a.m. EDT, May 5, 2027) ***", Hold("2027-05-05T06:00:00-04:00", False)),
        ("For release at 0600 EST Tuesday, January 5, 2027", Hold("2027-01-05T06:00:00-05:00", False)),
        ("NOT FOR PUBLICATION BEFORE 0001 HOURS ON 5 MAY 2027", Hold("2027-05-05T00:01:00-12:00", False)),
        ("Advance for use Sunday, May 5, 2027, and thereafter", Hold("2027-05-05T23:59:59-12:00", False)),
        ("Embargoed until 05/06/2027", Hold("2027-06-05T23:59:59-12:00", True)),
        ("SPERRFRIST: 5. Mai 2027, 00:01 Uhr", Hold("2027-05-05T00:01:00-12:00", False)),
        ("Sous embargo jusqu'au 5 mai 2027 à 00h01 GMT", Hold("2027-05-05T00:01:00+00:00", False)),
        ("No usar antes de las 06.00 GMT del 5 de mayo de 2027", Hold("2027-05-05T06:00:00+00:00", False)),
        ("HOLD HOLD HOLD", Hold("hold", False)),
        ("HFR", Hold("hold", False)),
        ("Not for release until Sunday", Hold("hold", False)),
        ("Advance for Sunday", Hold("hold", False)),
        ("ADV 05 for use May 5", Hold("hold", False)),
        ("Hold for Wednesday release", Hold("hold", False)),
        ("EMBARGOED UNTIL 6 A.M. MONDAY", Hold("hold", False)),
        ("Do not use before 0001 GMT on Wednesday", Hold("hold", False)),
        # words to editors before it; numbered advances; other languages; a first word in capitals and a day
        ("(Eds: Embargoed until 0001 GMT March 9, 2031)", Hold("2031-03-09T00:01:00+00:00", False)),
        ("This story is embargoed until 0001 GMT March 9, 2031", Hold("2031-03-09T00:01:00+00:00", False)),
        ("ACHTUNG, SPERRFRIST: 9. März", Hold("hold", False)),
        ("$adv09 For Release Thurs PMs March 9", Hold("hold", False)),
        ("^ADVANCE FOR MARCH 9-10<", Hold("hold", False)),
        ("For Thursday AMs, March 9, and thereafter", Hold("hold", False)),
        ("Not for online use until 9 March", Hold("hold", False)),
        ("Embargo expires at noon on March 9", Hold("hold", False)),
        ("Release: 9 March 2031 0001 GMT", Hold("2031-03-09T00:01:00+00:00", False)),
        ("ADVANCE SUNDAY MARCH 9", Hold("hold", False)),
        ("Copy embargoed until 6 a.m.", Hold("hold", False)),
        ("HFR March 9", Hold("hold", False)),
        ("Embargo tot donderdag 6.00 uur", Hold("hold", False)),
        ("Embargo jusqu'à jeudi 06H00 GMT", Hold("hold", False)),
        ("+++ Sperrfrist: Mittwoch, 9. März, 6.00 Uhr +++", Hold("hold", False)),
        ("Media outlets: please hold until 6 a.m. March 9", Hold("hold", True)),
        ("Our mills piece: hold until March 9, 2031", Hold("2031-03-09T23:59:59-12:00", True)),
        ("Release after 6 a.m. Monday", Hold("hold", False)),
        ("This copy is under embargo", Hold("hold", False)),
        ("エンバーゴ：3月9日", Hold("hold", False)),
    ],
)
def test_a_line_that_holds(line: str, hold: Hold) -> None:
    assert embargo.read(line) == hold


@pytest.mark.parametrize(
    "line",
    [
        "FOR IMMEDIATE RELEASE", "Release date: immediate", "Embargo lifted", "Embargo on grain hits Harwick mills",
        "Embargo on grain is lifted", "Advance for women in mills", "Hold music lovers in suspense", "Adventure on ice",
        "The mill said it would hold.", "", "Holdings up in May 2027", "Embargo - a play", "Advance may stall",
        "Lund extends grain embargo until May", "Advance for 3 clubs",
        "Not before time, 5 mills open", "Mills not safe before May, city warns",
        "For May Lund, a hard week", "For 3 years, a city waits",
        "Embargo of Harwick grain to end Monday", "Hold on to 5 apples", "Media embargo angers the press",
    ],
)  # fmt: skip
def test_a_line_that_does_not(line: str) -> None:
    assert embargo.read(line) is None


def test_a_line_of_many_words_takes_no_longer_than_a_short_one() -> None:
    """Words that could be read in many ways once took a time that doubled with every letter."""
    assert embargo.read(
        "Advance for Sunday March 9 and thereafter, moved early for the desks that set their pages"
    ) == (Hold("hold", False))
    assert embargo.read("Embargo " + "ab " * 60) is None


@pytest.mark.parametrize(
    ("line", "may_hold"),
    [
        ("EMABRGO: 00:01 GMT, May 5, 2027", True), ("Sous ebargo jusqu'au 5 mai 2027", True), ("HLD FOR MONDAY", True),
        ("For relaese at 0600 EDT Wednesday", True), ("HOLD FOR MNODAY", True),
        ("Desk: please hold until Sunday", True),
        ("Farmers fear for the summer", False), ("Old mill to turn on Monday", False),
        ("FOR IMMEDIATE RELEASE MAY 5", False),
        ("The embargo was lifted on Monday", False), ("Embargo", False), ("Wheat up 5 percent in May", False),
    ],
)  # fmt: skip
def test_a_line_above_copy_that_may_hold_it(line: str, may_hold: bool) -> None:
    assert embargo.may_hold(line) == may_hold
