"""What of a piece of copy may say something that nobody read."""

from __future__ import annotations

import pytest

from newsgen.formats.item import Item
from newsgen.formats.registry import read_items

LEAD = "HARWICK, May 5 (AP) - The mill of the county turned on Monday after years of rest, and the farmers cheered."


def doubts(copy: str) -> set[tuple[str, str]]:
    (item,) = read_items("a-20260505.txt", copy.encode(), "plain")
    assert isinstance(item, Item)
    return {(doubt.field, doubt.reason) for doubt in item.doubts} - {("date", "date-guessed")}


@pytest.mark.parametrize(
    ("above", "behind", "doubt"),
    [
        ("", "Notes to Mara Quill, reporting desk, Lund", ("credit", "credit-unread")),
        ("", "The name in this report was corrected at noon.", ("note", "note-unread")),
        ("", "Mills of the county", ("body", "body-guessed")),
        ("", "(Reprting by Mara Quill and Tom Ash)", ("credit", "credit-unread")),
        ("", "— Wiht assistance by Mara Quill", ("credit", "credit-unread")),
        ("(Corrcts name in paragraph 2)", "", ("note", "note-unread")),
        ("", "Crrection appended.", ("note", "note-unread")),
        ("A mill in Lund. Phoot by Mara Quill", "", ("photos", "caption-unread")),
        ("EMABRGO: 00:01 GMT, May 5, 2027", "", ("embargo", "embargo-guessed")),
        ("Words and pictures: Mara Quill", "", ("byline", "byline-unread")),
        ("Desk: pls hold this until Sunday", "", ("embargo", "embargo-guessed")),
        ("The mill at dawn. FERRY FOLK/Mara Quill", "", ("photos", "caption-guessed")),
        ("", "(Reporting by Mara Quill for the Post; Editing by Tom Ash)", ("credit", "credit-guessed")),
    ],
)
def test_what_is_not_read_is_a_doubt(above: str, behind: str, doubt: tuple[str, str]) -> None:
    found = doubts(f"Mill turns after years\n\n{above}\n\n{LEAD}\n\nIt rained.\n\n{behind}\n")
    assert doubt in found
    assert doubts(f"Mill turns after years\n\n{LEAD}\n\nIt rained.\n") == set()


@pytest.mark.parametrize(
    ("above", "behind"),
    [
        ("By Mara Quill", "(Reporting by Mara Quill in Lund; Editing by Tom Ash)"),
        ("Farmers cheer in the rain", "He said that the report was written in May."),
        ("The mill at dawn. (AP Photo/Mara Quill)", "(Corrects name in paragraph 2)"),
        ("HOLD FOR RELEASE 6 A.M. SUNDAY", '"We will edit the plan," said Tom Ash.'),
    ],
)
def test_what_is_read_is_none(above: str, behind: str) -> None:
    assert doubts(f"Mill turns after years\n\n{above}\n\n{LEAD}\n\nIt rained.\n\n{behind}\n") == set()


@pytest.mark.parametrize("slip", ["EMABRGO: 00:01 GMT, May 5, 2027", "For relaese at 0600 EDT Wednesday, May 5"])
def test_a_hold_with_a_slip_of_the_keyboard_holds_and_is_no_headline(slip: str) -> None:
    for lines in (f"{slip}\n\nMill turns after years", f"Mill turns after years\n\n{slip}"):
        (item,) = read_items("a.txt", f"{lines}\n\n{LEAD}\n\nIt rained.\n".encode(), "plain")
        assert isinstance(item, Item)
        assert (item.headline, item.front["embargo"]) == ("Mill turns after years", "hold")
