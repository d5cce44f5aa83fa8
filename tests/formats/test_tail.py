"""What stands behind the text of copy."""

from __future__ import annotations

import pytest

from newsgen.formats.blocks import split_blocks
from newsgen.formats.marks import take_marks
from newsgen.formats.tail import date_in, take_tail

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
    assert (tail.bylines, tail.agency, date_in(tail.dropped)) == (["Mara Quill"], "The Canadian Press", "2024-10-25")
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


@pytest.mark.parametrize(
    ("sign", "is_left"),
    [
        ("END/", False), ("AAP mq/ta", False), ("Buy this photo", False), ("Distributed by Northern Features.", False),
        ("Visit the Post on the Web at http://www.post.example", False),
        ("He reads http://www.post.example daily.", True),
        ("al/bd (AFP, dpa)", False), ("(FRANCE 24 with AFP)", False), ("(with rain)", True),
        ("(dpa/mq)", False), ("dpa mq ta", False), ("Document NORP000020260505e86", False),
        ("(The story has been published from a wire feed without changes.)", False), ("(The story has no end.)", True),
        ("(mill/mq)", True), ("Archivado en", False),
    ],
)  # fmt: skip
def test_more_that_stands_behind_text(sign: str, is_left: bool) -> None:
    blocks, _tail = take_tail(split_blocks(f"{TEXT}\n\n{sign}\n"))
    assert (blocks[-1].text == sign) == is_left


def test_names_right_above_contacts_are_theirs() -> None:
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\nMara Quill\nHarwick Mills\n+44 20 7946 0123\nemail us here"))
    assert "\n\n".join(block.text for block in blocks) == TEXT
    assert tail.contacts == ["Mara Quill", "Harwick Mills", "+44 20 7946 0123", "email us here"]


def test_labels_of_a_data_base_behind_text_are_no_table() -> None:
    labels = ["Title: Mill turns", "Pages: A.3", "Publication date: May 5, 2026", "Section: News", "ISSN: 12345678"]
    assert take_marks([TEXT, "", *labels]) == ([TEXT], labels)
    assert take_marks([TEXT, "", "Title: Mill turns"]) == ([TEXT, "", "Title: Mill turns"], [])


@pytest.mark.parametrize("heading", ["Contacts", "Media Contact:", "For further information:", "--"])
def test_contacts_below_their_heading_are_for_editors(heading: str) -> None:
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n{heading}\n\nMara Quill\nHarwick Mills\nmara@wire.example"))
    assert "\n\n".join(block.text for block in blocks) == TEXT
    assert tail.contacts == [heading, "Mara Quill", "Harwick Mills", "mara@wire.example"]


def test_a_heading_of_contacts_without_any_is_text() -> None:
    assert len(take_tail(split_blocks(f"{TEXT}\n\nContacts\n\nMills met."))[0]) > 2


@pytest.mark.parametrize(
    ("lines", "iso"),
    [
        (["Publication date: May 5, 2026", "Last updated: 2026-05-09"], "2026-05-05"),
        (["Last updated: 2026-05-09", "Publication date: May 5, 2026"], "2026-05-05"),
        (["Copyright 2026 Northern Wire, May 9, 2026", "First published May 5, 2026."], "2026-05-05"),
        (["Last updated: 2026-05-09"], "2026-05-09"),
        (["AP-NY-05-05-94 1420EDT"], "1994-05-05T14:20:00-04:00"), ([], ""),
    ],
)  # fmt: skip
def test_the_day_of_a_label_goes_before_others(lines: list[str], iso: str) -> None:
    assert date_in(lines) == iso


def test_a_line_of_the_page_behind_a_credit_on_the_same_line() -> None:
    credit, page = "Reporting by Mara Quill; Editing by Tom Ash", "Our Standards: The Northern Principles."
    blocks, tail = take_tail(split_blocks(f"{TEXT}\n\n{credit}, {page}"))
    assert (blocks[-1].text, tail.dropped) == (credit, [page])
