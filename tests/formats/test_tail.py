"""What stands behind the text of copy."""

from __future__ import annotations

import pytest

from newsgen.formats.blocks import split_blocks
from newsgen.formats.tail import take_marks, take_tail

TEXT = "The mill turned on Monday.\n\nIt rained, said the miller."


@pytest.mark.parametrize(
    "behind",
    [
        "--30--", "==Kyodo", "/ritzau/", "(©NTB)", "Lusa/Fim", "OF // BK", "AP-NY-03-03-88 1015EST<",
        "Published in Harwick Post, May 5th, 2026", "Most viewed\n\nTen best ferries",
        "- ENDS -", "XXX", "Más leídas", "Be the first to comment",
                "###", "-30-", "(END)", "NNNN", "___", "--IANS", "sg/vd", "irb/mcd", "(foto)(vídeo)", "责任编辑：周明",
        "Copyright 2026 Northern Wire. All rights reserved.", "(c) Northern Wire 2026", "SOURCE Harwick Mills Inc.",
        "Related topics\n\nmills / rain", "More on this topic\n\nFerry sails\n\nRead more", "LOAD-DATE: May 6, 2026",
        "LANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newswire", "Published - May 5, 2026 01:21 am IST",
        "Companies in this story: (TSX:MIL)", "Follow Mara Quill on Twitter: @maraquill",
        "You might also like\n\nFerry sails",
    ],
)  # fmt: skip
def test_what_is_not_the_text(behind: str) -> None:
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n{behind}"))
    assert "\n\n".join(block.text for block in blocks) == TEXT
    assert tail.dropped == behind.split("\n\n")


@pytest.mark.parametrize(
    "behind",
    ["Up next\n\nHarwick hosts Lund on Friday.", "The end.", "It rained again", "More rain fell on Tuesday, it said."],
)
def test_what_is(behind: str) -> None:
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n{behind}"))
    assert "\n\n".join(block.text for block in blocks) == f"{TEXT}\n\n{behind}"
    assert tail.dropped == []


@pytest.mark.parametrize(
    ("end", "agency", "sign"),
    [(" REUTERS", "REUTERS", "REUTERS"), (" --AFP", "AFP", "--AFP"), ("（完）", "", "（完）"), (" Fin", "", "Fin")],
)
def test_a_sign_off_behind_the_last_sentence(end: str, agency: str, sign: str) -> None:
    blocks, tail = take_tail(split_blocks(TEXT + end))
    assert "\n\n".join(block.text for block in blocks) == TEXT
    assert (tail.agency, tail.dropped) == (agency, [sign])


def test_a_writer_and_a_day_behind_the_text() -> None:
    said = "This report by The Canadian Press was first published Oct. 25, 2024."
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n{said}\n\nMara Quill, The Canadian Press"))
    assert "\n\n".join(block.text for block in blocks) == TEXT
    assert (tail.bylines, tail.agency, tail.date) == (["Mara Quill"], "The Canadian Press", "2024-10-25")
    assert tail.dropped == [said, "Mara Quill, The Canadian Press"]


def test_credits_and_notes_stay_for_the_composer() -> None:
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n(Reporting by Mara Quill)\n\n###"))
    assert blocks[-1].text == "(Reporting by Mara Quill)"
    assert tail.dropped == ["###"]


def test_marks_that_end_a_message_without_a_blank_line() -> None:
    lines = ["It rained, said the miller.", "of/bk", "AFP 051210 GMT MAY 94", "", "NNNN", ""]
    assert take_marks(lines) == (lines[:1], ["of/bk", "AFP 051210 GMT MAY 94", "NNNN"])
    assert take_marks(["NNNN"]) == (["NNNN"], [])


def test_a_mark_above_contacts_and_notes() -> None:
    contacts, note = "CONTACT: Mia Holt, +44 20 7946 0123", "This story has been corrected to say that it rained."
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n-30-\n\n{note}\n\n___\n\n{contacts}"))
    assert [block.text for block in blocks] == [*TEXT.split("\n\n"), note, contacts]
    assert tail.dropped == ["-30-", "___"]
