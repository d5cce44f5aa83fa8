"""What stands above the text of copy, in whatever order."""

from __future__ import annotations

import pytest

from newsgen.formats import compound_lines
from newsgen.formats.dateline_lines import unread_dateline
from newsgen.formats.head import read_head
from newsgen.formats.head_parts import Head
from newsgen.formats.headline_choice import choose
from newsgen.formats.labels import Label
from newsgen.formats.labels import read as read_label
from newsgen.formats.sluglines import read_slugline

TEXT = "HARWICK, May 5 (Northern Wire) - The mill of the county turned on Monday after years of rest.\n\nIt rained."


def head_of(lines: str, text: str = TEXT) -> Head:
    """The head of some lines above a text, which must begin where the lines end."""
    copy = f"{lines}\n\n{text}".split("\n")
    head, start = read_head(copy)
    assert "\n".join(copy[start:]).strip() == text
    return head


@pytest.mark.parametrize(
    "lines",
    [
        "Mill turns after years",
        "Mill turns after years\nBy Mara Quill\nMay 5, 2026",
        "By Mara Quill\n\nMill turns after years",
        "INDUSTRY\nMill turns after years",
        "Home / World\n\nMill turns after years",
        "Skip to main content\n\nMill turns after years\n\nShare",
        "The Harwick Post\n\nMill turns after years",
        "Mill turns after years | Harwick Post",
        "Mill turns after years - The Harwick Herald",
        "Title: Mill turns after years",
        "BC-HARWICK-MILL\nMill turns after years",
        "https://wire.example/a/mill\n\nMill turns after years",
        "FOR IMMEDIATE RELEASE\n\nMill turns after years\n\nFarmers cheer the wheel",
        "The mill at dawn. NORTHERN WIRE/Mara Quill\n\nMill turns after years",
        "Mill turns\nafter years",
        "Mill turns after years\nBy Mara Quill\nand Tom Ash",
        "Mill turns after years\n\nMara Quill and Tom Ash",
        "Mill turns after years\n\nMara Quill, Associated Press",
        "Mill turns after years\n\nMara Quill | AP",
        "EDS: EMBARGOED UNTIL 0001 GMT MAY 5, 2027\n\nMill turns after years",
        "Mill turns after years\n\nCredit: Mara Quill/AFP",
    ],
)
def test_the_headline(lines: str) -> None:
    assert head_of(lines).headline == "Mill turns after years"


def test_everything_at_once() -> None:
    head = head_of(
        "World > Europe\n\nBC-HARWICK-MILL\n\nMill turns\n\nFarmers cheer the wheel\n\n"
        "By Mara Quill\nNorthern Wire Writer\n\n"
        "Published\nMay 5, 2026, 08:28 AM\nUpdated\nMay 6, 2026, 08:31 AM\n\n"
        "The wheel at dawn | Photo Credit: TOM ASH\n\n* Grain up\n* Rain down\n\n"
        "Embargoed until 0001 GMT May 5, 2027\n\n(Adds quotes)\n\nNewsroom: +44 20 7946 0123"
    )
    assert (head.headline, head.deck, head.slugline) == ("Mill turns", ["Farmers cheer the wheel"], "BC-HARWICK-MILL")
    assert (head.bylines, head.photos) == (["By Mara Quill"], ["The wheel at dawn | Photo Credit: TOM ASH"])
    assert head.date is not None
    assert (head.date.iso, head.date.is_update) == ("2026-05-05T08:28:00", False)
    assert (head.points, head.holds) == (["* Grain up", "* Rain down"], ["Embargoed until 0001 GMT May 5, 2027"])
    assert (head.notes, head.contacts) == (["(Adds quotes)"], ["Newsroom: +44 20 7946 0123"])
    assert head.dropped == [
        "World > Europe", "Northern Wire Writer", "Published", "May 5, 2026, 08:28 AM", "Updated",
        "May 6, 2026, 08:31 AM",
    ]  # fmt: skip


def test_labels_of_a_data_base() -> None:
    head = head_of(
        "Mill turns\n\nBYLINE: Mara Quill\n\nSECTION: GENERAL NEWS\n\nLENGTH: 41 words\n\n"
        "DATELINE: HARWICK, May 5 2026\n\nBODY:",
        "The mill of the county turned on Monday.",
    )
    assert (head.headline, head.bylines, head.section) == ("Mill turns", ["Mara Quill"], "GENERAL NEWS")
    assert (head.dateline, head.dropped) == (
        "HARWICK, May 5 2026",
        ["BYLINE:", "SECTION:", "LENGTH: 41 words", "DATELINE:", "BODY:"],
    )


def test_codes_of_a_data_base() -> None:
    head = head_of(
        "HD Mill turns\nBY By Mara Quill\nWC 41 words\nPD 5 May 2026\nSN Northern Wire\nLA English\n\nLP",
        "The mill of the county turned on Monday.",
    )
    assert (head.headline, head.bylines, head.is_coded) == ("Mill turns", ["By Mara Quill"], True)
    assert head.dropped == ["HD", "BY", "WC 41 words", "PD 5 May 2026", "SN Northern Wire", "LA English", "LP"]


def test_a_text_behind_its_label() -> None:
    copy = ["Mill turns", "", "Full text: The mill of the county turned on Monday after years of rest, and it rained."]
    head, start = read_head(copy)
    assert (head.headline, head.first[:8], start) == ("Mill turns", "The mill", 3)
    assert head.dropped == ["Full text:"]


@pytest.mark.parametrize(
    ("line", "slug"),
    [
        ("BC-HARWICK-MILL", "BC-HARWICK-MILL"), ("BC-EU--Harwick-Mill, 1st Ld-Writethru,0345",) * 2,
        ("AM-Harwick-Mill, 1st Ld - Writethru,0123",) * 2, ("r i BC-Mill 06-03 0123", "BC-Mill 06-03 0123"),
        ("Mill turns, 2 farmers cheer", ""), ("Harwick-born miller leads", ""), ("US-Lund talks fail", ""),
    ],
)  # fmt: skip
def test_sluglines(line: str, slug: str) -> None:
    assert read_slugline(line) == slug


def test_codes_of_a_message_stand_above_its_headline() -> None:
    head = head_of("ZCZC NWA123 4 I\nYY TDR\nnw rr\nMill turns after years")
    assert (head.headline, head.dropped) == ("Mill turns after years", ["ZCZC NWA123 4 I", "YY TDR", "nw rr"])


@pytest.mark.parametrize(
    ("lines", "byline"),
    [
        ("Mill turns after years\n\nMara Quill in Lund\nMay 5, 2026", "Mara Quill in Lund"),
        ("Mill turns\n\nBy Mara Quill", ""),
    ],
)
def test_a_byline_without_by_is_a_guess(lines: str, byline: str) -> None:
    assert head_of(lines).guessed_byline == byline


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("New Harwick: The mill turned.", "New Harwick"), ("Lund, 11 - The mill turned.", "Lund, 11"),
        ("Port Lund (Wattle) The mill turned.", "Port Lund (Wattle)"), ("Answer: The mill turned.", ""),
        ("The mill turned (again) on Monday.", ""), ("Mills of Lund turned - farmers cheered.", ""),
    ],
)  # fmt: skip
def test_a_start_that_may_be_a_dateline(text: str, start: str) -> None:
    assert unread_dateline(text) == start


def test_a_dateline_in_a_line_of_its_own() -> None:
    text = "The mill of the county turned on Monday after years of rest, and the farmers of the valley cheered."
    assert head_of("Mill turns\n\nHARWICK, May 5 /PRNewswire/ --", text).dateline == "HARWICK, May 5 /PRNewswire/"


@pytest.mark.parametrize(
    ("copy", "headline", "text"),
    [
        ("Mill turns\n\nIt turned", "Mill turns", "It turned"),
        ("Grain\n\nWheat up\n\nBarley up", "Grain", "Wheat up\n\nBarley up"),
        ("Mill turns\n\nIt turned today, to the joy of all.", "Mill turns", "It turned today, to the joy of all."),
        ("水車が回る\n\n郡の水車が月曜日に再び回り始めた。", "水車が回る", "郡の水車が月曜日に再び回り始めた。"),
    ],
)  # fmt: skip
def test_short_copy_has_a_text(copy: str, headline: str, text: str) -> None:
    lines = copy.split("\n")
    head, start = read_head(lines)
    assert (head.headline, "\n".join(lines[start:]).strip()) == (headline, text)


def test_what_stands_around_a_headline() -> None:
    chosen = choose([(0, "MILLS"), (1, "Mill turns after years | Harwick Post"), (2, "Farmers cheer")])
    assert (chosen.text, chosen.above, chosen.below) == (
        "Mill turns after years", ("MILLS", "| Harwick Post"), ((2, "Farmers cheer"),),
    )  # fmt: skip
    assert choose([(0, "MILLS"), (1, "The Harwick Post")]).is_guess
    assert choose([(0, "nwa 0123 5 pl 55"), (1, "Mill turns after years")]).is_guess
    assert choose([(0, "^Mill turns after years<")]).text == "Mill turns after years"
    assert choose([(0, "** Mill turns after years **")]).text == "Mill turns after years"
    assert choose([(0, "#MillTurns trends in Harwick")]).text == "#MillTurns trends in Harwick"


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("HEADLINE: Mill turns", Label("headline", "Mill turns")),
        ("Byline: Mara Quill", Label("byline", "Mara Quill")),
        ("LENGTH:", Label("kept", "")),
        ("标题：水车", Label("headline", "水车")),
        ("Reuters: Mill turns", None),
        ("Title", None),
        ("note: it rained", None),
        ("Source:", None),
    ],
)
def test_labels(line: str, label: Label | None) -> None:
    assert read_label(line) == label


def test_the_day_of_a_change_is_not_that_of_the_story() -> None:
    head = head_of("Mill turns after years\n\nUpdated\nMay 6, 2026\nPublished\nMay 5, 2026")
    assert head.date is not None
    assert (head.date.iso, head.date.is_update) == ("2026-05-05", False)
    alone = head_of("Mill turns after years\n\nUpdated\nMay 6, 2026").date
    assert alone is not None
    assert (alone.iso, alone.is_update) == ("2026-05-06", True)


@pytest.mark.parametrize(
    ("line", "day", "bylines"),
    [
        ("By Mara Quill | Harwick Post | May 5, 2026", "2026-05-05", ("By Mara Quill",)),
        ("Mara Quill Published May 5, 2026 Updated May 6, 2026", "2026-05-05", ("Mara Quill",)),
        ("AFP - 5 mai 2026 à 10:15 - Temps de lecture : 2 min", "2026-05-05", ()),
        ("Farms | May 5, 2026", "2026-05-05", ()),
        ("NWN | Mara Quill | Updated: May 5, 2026, 10:15 IST", "2026-05-05", ("Mara Quill",)),
        ("Lund - 5 MAY 2026 - 14:14 CEST", "2026-05-05", ()),
        ("Mara Quill · AP · Posted: May 5, 2026 2:14 PM EDT | Last Updated: May 6", "2026-05-05", ("Mara Quill",)),
        ("Quill, Mara. Harwick Post; Harwick [Harwick]05 May 2026: A.3.", "2026-05-05", ("Mara Quill",)),
        ("Mill turns after years | May 5, 2026", None, ()), ("Mill turns | Harwick Post", None, ()),
        ("Mara Quill | Harwick Post", None, ()), ("May 5, 2026", None, ()),
    ],
)  # fmt: skip
def test_lines_that_say_several_things(line: str, day: str | None, bylines: tuple[str, ...]) -> None:
    read = compound_lines.read(line)
    assert (read.date.iso[:10] if read and read.date else None) == day
    assert (read.bylines if read else ()) == bylines


@pytest.mark.parametrize(
    "lines",
    [
        "a0456\nr i\nBC-Harwick-Mill, 1st Ld-Writethru,0210\nMill turns after years",
        "bdt0123 4 pl 210 dpa 0345\n\nMill turns after years",
        "dpa 0123 5 pl 55\nMill turns after years",
        "Story: Mill turns after years",
        "World News:\nMill turns after years",
        "Mara Quill\n\nMill turns after years",
        "Mill turns after years\n\nBy Mara Quill\n41 words\n5 May 2026\n14:14\nNWN\nEnglish\n(c) 2026 Northern Wire",
        "URGENT\nMill turns after years\nMara Quill\nNorthern Wire\nReporting from Lund",
        "Mill turns after years\nBy MARA QUILL\nNorthern Wire Writer",
        "Mill turns after years\nMara Quill\nStaff Writer",
        "Mill turns after years | Lund | Harwick Post",
        "Harwick-Mill (2nd lead)\n\nMill turns after years",
    ],
)
def test_codes_and_titles_are_no_headline_and_no_text(lines: str) -> None:
    text = "HARWICK (AP) _ The mill of the county turned on Monday after years of rest."
    head, start = read_head([*lines.split("\n"), f"   {text}"])
    assert (head.headline, head.deck, start) == ("Mill turns after years", [], lines.count("\n") + 1)
    assert ("ara" in lines or "ARA" in lines) == bool(head.bylines)


def test_a_slugline_is_the_headline_where_there_is_no_other() -> None:
    head, _start = read_head(["Harwick mill turns again, Take 2", "", "HARWICK (AP) _ The mill turned on Monday."])
    assert (head.headline, head.slugline) == ("Harwick mill turns again, Take 2", "")
