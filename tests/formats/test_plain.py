"""Plain copy of an invented agency, in every shape that archives hold."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats.encoding import read_text
from newsgen.formats.item import Failure, Item, Skipped
from newsgen.formats.registry import read_items
from newsgen.formats.to_storyfile import story_file
from newsgen.model.story import Doubt
from newsgen.wire import caption as captions
from newsgen.wire import credits as credit_lines
from tests.support.material import shared
from tests.support.words import lost, words_of

PAGE = """Harwick fair opens with a record number of tractors


  • Farming
  • Tuesday, 04 Jun 2019

FILE PHOTO: Farmers at the fair in Harwick, June 3, 2018. Mara Quill/Pool via REUTERS/File Photo

HARWICK (Northern Wire) -The Harwick fair opened on Tuesday with 412 tractors.

"It is *very* loud," said A. Miller.

(Reporting by Ann Bly; Editing by Tom Ash and Joe Elm)

Follow us on our official channel for breaking news!

Next In Farming

Lund counts its sheep
Rain at last, farmers say

Others Also Read"""

DUMP = """-- UPDATE 1-Harwick mill turns again
-- By  Mara Quill  and  Tom Ash
-- Wed Jun 5, 2019 9:02am EDT
-- http://wire.example/article/2019/06/05/harwick-mill-idNW2019060501

 \n
  (Adds quotes)

 HARWICK  (Northern Wire) - The mill of Harwick ( MIL.H ) turned for the
first time in years.  Farmers cheered. "It goes," one said.  RAIN EXPECTED Rain is
expected. (Reporting by  Mara Quill ; Editing by  Ann Bly ) ($1 = 0.5 crowns)"""

MESSAGE = """nwa00075 3 i 510    nw 1003

/farming/Harwick/fair/
2ND LEAD
Harwick fair closes after quiet week
By Mara Quill, Northern Wire  =

Harwick (Northern Wire) - The fair of Harwick closed on Friday after
a week without rain. Farmers went home.

The mill stays open.

# Notebook

- Adds mill

The following information is not intended for publication

- Editing by: Tom Ash, +44 20 7946 0123, <tom@wire.example>

071137 GMT Jun 19"""


def text_of(data: bytes) -> str:
    found = read_text(data)
    return found.text if found else ""


def one(name: str, copy: str | bytes, day: str = "2020-01-01") -> Item:
    data = copy.encode() if isinstance(copy, str) else copy
    (item,) = read_items(name, data, fallback_day=day)
    assert isinstance(item, Item)
    assert not lost(words_of(text_of(data)), item)
    return item


def front(item: Item) -> dict[str, Any]:
    _start, head, _body = story_file(item).decode().split("---\n", 2)
    front_matter: dict[str, Any] = yaml.safe_load(head)
    return front_matter


def test_a_page_of_the_web() -> None:
    item = one("page.txt", PAGE)
    head = front(item)
    assert list(head)[:4] == ["id", "headline", "date", "section"]
    assert head["headline"] == "Harwick fair opens with a record number of tractors"
    assert head["date"] == datetime.date(2019, 6, 4)
    assert (head["section"], head["dateline"], head["agency"]) == (
        "Farming",
        "HARWICK (Northern Wire)",
        "Northern Wire",
    )
    assert [photo["caption"][:11] for photo in head["photos"]] == ["FILE PHOTO:"]
    assert head["editors"] == ["Tom Ash", "Joe Elm"]
    assert head["extra"]["next_in"] == ["Lund counts its sheep", "Rain at last, farmers say"]
    assert "byline" not in head
    assert head["source"]["dropped"][-3:] == [
        "Follow us on our official channel for breaking news!",
        "Next In Farming",
        "Others Also Read",
    ]
    assert item.body == (
        'The Harwick fair opened on Tuesday with 412 tractors.\n\n"It is \\*very\\* loud," said A. Miller.'
    )


def test_a_dump_with_its_body_in_one_line() -> None:
    item = one("dump.txt", DUMP)
    head = front(item)
    assert item.id == "harwick-mill-idNW2019060501"
    assert item.slug == "harwick-mill-turns-again"
    assert head["headline"] == "UPDATE 1-Harwick mill turns again"
    assert head["byline"] == ["Mara Quill", "Tom Ash"]
    assert story_file(item).decode().count("\ndate: 2019-06-05T09:02:00-04:00\n") == 1
    assert head["note"] == ["(Adds quotes)", "($1 = 0.5 crowns)"]
    assert head["credit"] == "(Reporting by Mara Quill ; Editing by Ann Bly )"
    assert item.body.split("\n\n") == [
        "The mill of Harwick ( MIL.H ) turned for the first time in years.",
        'Farmers cheered. "It goes," one said.',
        "RAIN EXPECTED Rain is expected.",
    ]


def test_a_wire_message() -> None:
    item = one("message.txt", MESSAGE)
    head = front(item)
    assert head["headline"] == "Harwick fair closes after quiet week"
    assert (head["byline"], head["slugline"], head["urgency"]) == ("Mara Quill", "farming/Harwick/fair", 3)
    assert item.day == "2019-06-07"
    assert len(item.body.split("\n\n")) == 2
    assert "tom@wire.example" not in item.body
    assert any("tom@wire.example" in line for line in head["source"]["contacts"])


def test_bytes_of_an_old_code_page_and_controls() -> None:
    title = "\x02Le moulin de Lund tourne: « enfin » = "
    end = "\x03091223 jun 19"
    copy = f"nwf025 3 ec 121   nw 967\r\n{title}\r\n\r\n   Lund (ats afp) Le moulin a tourné. \r\n\r\n{end}\r\n"
    item = one("message.txt", copy.encode("cp1252"))
    assert item.headline == "Le moulin de Lund tourne: « enfin »"
    assert item.body == "Le moulin a tourné."
    assert item.day == "2019-06-09"


@pytest.mark.parametrize(
    "copy",
    [
        b"Ferry \xc2\x93back\xc2\x94\n\nIt\xc2\x92s here, we\xc2\x92ll see\xc2\x85\n",  # UTF-8 made from Latin-1
        b"Ferry &#147;back&#148;\n\nIt&#146;s here, we&#x92;ll see&#133;\n",
        b"Ferry \x93back\x94\n\nIt\x92s here, we\x92ll see\x85\n",
    ],
)
def test_marks_of_windows_1252_are_read_so(copy: bytes) -> None:
    item = one("ferry-2019-06-05.txt", copy)
    assert (item.headline, item.body) == ("Ferry “back”", "It’s here, we’ll see…")


def test_bare_text_keeps_its_first_sentence_in_the_body() -> None:
    item = one("harwick.txt", "HARWICK (Reuters) - The mill turned. It rained.\n\nFarmers cheered.\n", "2019-06-05")
    assert item.headline == "The mill turned"
    assert item.body.startswith("The mill turned. It rained.")
    assert item.doubts == (Doubt("headline", "headline-guessed"), Doubt("date", "date-guessed"))
    assert item.day == "2019-06-05"


@pytest.mark.parametrize("name", ["mill-2019-06-05.txt", "mill20190605.txt", "idNW11170190620190605.txt"])
def test_a_date_in_the_name(name: str) -> None:
    assert one(name, "The mill\n\nIt turned.").day == "2019-06-05"


def test_a_date_in_the_dateline() -> None:
    """Where neither a line nor the name has one; a dateline that has no year does not say which."""
    copy = "Mill turns\n\nLUND, March 3, 1998 (Northern Wire) - It turned."
    item = one("m.txt", copy)
    assert (item.day, item.doubts) == ("1998-03-03", ())
    assert one("m.txt", copy.replace(", 1998", "")).doubts == (Doubt("date", "date-guessed"),)


@pytest.mark.parametrize(
    ("day", "is_guess"),
    [
        ("March 3, 1998", False),
        ("March 3", False),
        ("3 March", False),
        ("March 2", True),
        ("March 3, 1997", True),
        ("Tuesday", True),
    ],
)
def test_a_date_in_the_name_that_the_dateline_says_too(day: str, is_guess: bool) -> None:
    item = one("m-1998-03-03.txt", f"Mill turns\n\nLUND, {day} (Northern Wire) - It turned.")
    assert (item.day, bool(item.doubts)) == ("1998-03-03", is_guess)


_TURNED = (
    "HARWICK (Northern Wire) - The mill turned for the first time in years, to the joy of all who watched it turn."
)


@pytest.mark.parametrize(
    ("before", "behind", "printed"),  # `printed`: byline and credit
    [
        ("", "((mara@wire.example; +1 313 555 0100; Reuters Messaging: mara.wire@net.example))", (None, None)),
        ("", "(Editing by Ann Bly; newsroom +44 20 7946 0123)", (None, "(Editing by Ann Bly)")),
        ("", "Editing by Ann Bly; newsroom +44 20 7946 0123", (None, "Editing by Ann Bly")),
        ("", "It ended. (Editing by Ann Bly) ((ann@wire.example; +44 20 7946 0123))", (None, "(Editing by Ann Bly)")),
        ("", "It ended. ((ann@wire.example; +44 20 7946 0123))", (None, None)),
        ("", "(Editing by Ann Bly)\n\nTwitter: @annbly\n\nTel +44 20 7946 0123", (None, "(Editing by Ann Bly)")),
        ("", "CONTACT: Mia Holt, +44 20 7946 0123, mia.holt@wire.example", (None, None)),
        ("By Mara Quill, mara@wire.example\n\n", "It ended.", ("Mara Quill", None)),
        ("Newsroom: +44 20 7946 0123\n\n", "It ended.", (None, None)),
    ],
)
def test_contacts_at_both_ends_are_for_editors(before: str, behind: str, printed: tuple[str | None, ...]) -> None:
    item = one(
        "m.txt", f"Mill turns\n\nJune 5, 2019\n\n{before}{_TURNED}\n\nCall +44 20 7946 9999.\n\nX.\n\n{behind}\n"
    )
    head = front(item)
    assert (head.get("byline"), head.get("credit")) == printed
    assert item.body.removesuffix("\n\nIt ended.").endswith("Call +44 20 7946 9999.\n\nX.")
    assert any("wire.example" in line or "0123" in line for line in head["source"]["contacts"])
    shown = f"{item.body} {head.get('byline')} {head.get('credit')}"
    assert not [mark for mark in ("@", "0123", "0100", "()") if mark in shown]


def test_a_correction_becomes_one() -> None:
    item = one(
        "m.txt", "CORRECTED-Mill turns\n\nJune 5, 2019\n\n(Corrects name of miller)\n\nLUND (Reuters) - It turned."
    )
    assert front(item)["corrections"] == [
        {"date": datetime.date(2019, 6, 5), "kind": "correction", "text": "(Corrects name of miller)"}
    ]


def test_tables_keep_their_columns() -> None:
    item = one(
        "t.txt", "Grain\n\nPrices were:\n\nWheat      12    13\nBarley      9    10\nRye         7     8\n\nIt rained."
    )
    assert "```text\nWheat      12    13\nBarley      9    10\nRye         7     8\n```" in item.body


def test_short_lines_behind_figures_are_kept() -> None:
    item = one("t.txt", "Grain\n\nWheat up 12\n\nBarley up 9\n\nRye up 7\n\nMore tomorrow\n\nIt rained.")
    assert item.body == "```text\nWheat up 12\nBarley up 9\nRye up 7\n```\n\nMore tomorrow\n\nIt rained."


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"", "empty-file"), (b"  \n", "empty-file"), (b"\x89PNG\0\0\0\0\0\0", "is-picture"),
     (b"\xff\xd8\xff\xe0JFIF and much that looks like text to those who do not know better", "is-picture"),
     (b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj", "is-pdf"),
     (bytes(range(1, 256)) * 3, "not-text"),
     (b"<?xml?><a/>", "is-xml"),
     (b"...", "no-text")],
)  # fmt: skip
def test_what_cannot_be_read_is_a_failure(data: bytes, rule: str) -> None:
    (failure,) = read_items("x", data)
    assert isinstance(failure, Failure)
    assert failure.rule == rule


def test_a_story_file_is_no_copy() -> None:
    assert list(read_items("a.md", b"---\nid: a\nheadline: A\n---\n\nB.")) == [Skipped("a.md", "already-a-story")]


PARTS = [
    "A b c.", "\n", "\n\n", "  ", "HARWICK (AP) — ", "By Mara Quill", "(Reporting by A Bee)", "• World", "1  2   3",
    "Next In World", "-- a", "UPDATE 1-", "FILE PHOTO: x. REUTERS/Y", "*_`#<b>&lt;", "($1 = 2 x)", "Keywords: Z",
    "((a@b.example))", "\t", "é", "=", "---",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_no_word_is_ever_lost(parts: list[str]) -> None:
    data = "".join(parts).encode()
    for item in read_items("x.txt", data, "plain"):
        if isinstance(item, Item):
            assert not lost(words_of(text_of(data)), item, is_strict=False)
            front(item)


WHOLE = [
    "Harwick Post", "", "BC-MILL", "HEADLINE: Mill turns", "BYLINE: By Mara Quill", "and Tom Ash", "DATELINE: HARWICK",
    "Published May 5, 2026 | Updated May 6, 2026", "EMBARGO: 0001 GMT May 5, 2031", "(Adds rain)", "", "> It rained.",
    "Full text: The mill of the county turned on Monday after years of rest, and the farmers cheered.",
    "Wheel at dawn. Tom Ash, AP", "HARWICK, May 5 AAP - Mills met.", "Read the full story here", "[1/2]", "-30-",
    "(With PTI inputs)", "*Corrected: name", "of/bk", "Mara Quill, Associated Press", "ZCZC NWA12", "HD Mill", "LP",
    "WC 4", "mara@wire.example", "==Kyodo", "NNNN",
]  # fmt: skip


@given(st.permutations(WHOLE))
def test_lines_of_every_kind_in_any_order_lose_no_word(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    for item in read_items("x.txt", data, "plain"):
        assert isinstance(item, Item)
        assert not lost(words_of(text_of(data)), item, is_strict=False)


def test_a_mail_that_quotes_its_text() -> None:
    item = one("a.txt", "Subject: Mill turns\n\n> HARWICK (Northern Wire) - The mill turned.\n>\n> It rained.\n")
    assert (item.headline, front(item)["dateline"], item.body) == (
        "Mill turns", "HARWICK (Northern Wire)", "The mill turned.\n\nIt rained.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("copy", "doubt"),
    [
        (
            "Mill turns again\n\nNew Harwick – The mill of the county turned on Monday.\n",
            ("dateline", "dateline-guessed"),
        ),
        (
            "Mill turns again\n\nUpper Harwick, Mid Shire, Lund: The mill of the county turned on Monday.\n",
            ("dateline", "dateline-unread"),
        ),
        (
            "Mill turns again\n\nMara Quill\n\nHARWICK (Northern Wire) - The mill turned.\n",
            ("byline", "byline-guessed"),
        ),
    ],
)
def test_a_guess_is_a_doubt(copy: str, doubt: tuple[str, str]) -> None:
    assert doubt in [(found.field, found.reason) for found in one("a-20260505.txt", copy).doubts]


@given(st.binary(max_size=300))
def test_any_bytes_give_items_or_failures(data: bytes) -> None:
    for item in read_items("x", data):
        if isinstance(item, Item):
            front(item)


def test_the_owners_page() -> None:
    """What the seed page must give; its names are read from it here, so that none stands in the project."""
    data = shared("seed/wire-page.txt").read_bytes()
    text = data.decode()
    matches = {
        key: re.search(pattern, text)
        for key, pattern in {
            "photographer": r"2018\. (.+?)/Pool",
            "writers": r"Writing by (.+?) and (.+?);",
            "editor": r"Editing by (.+?)\)",
        }.items()
    }
    photographer, writers, editor = (match.groups() for match in matches.values() if match)
    item = one("wire-page.txt", data)
    head = front(item)
    assert item.headline == text.splitlines()[0]
    assert (head["section"], head["date"], head["agency"]) == ("World", datetime.date(2025, 6, 3), "Reuters")
    assert (head["dateline"], head["editors"]) == ("MOSCOW (Reuters)", list(editor))
    read = captions.parse(head["photos"][0]["caption"])
    assert (read.photographer, read.agency) == (photographer[0], "REUTERS")
    assert (read.is_pool, read.is_file, read.is_handout) == (True, True, False)
    roles = [(credit.role, credit.name) for credit in credit_lines.parse(head["credit"]).credits]
    assert roles == [("reporting", "Reuters"), *(("writing", name) for name in writers), ("editing", editor[0])]
    assert len(item.body.split("\n\n")) == 8
    assert len(head["extra"]["next_in"]) == 10
    assert len(head["photos"]) == 1
    dropped = "\n".join(head["source"]["dropped"])
    assert "WhatsApp" in dropped
    assert "Others Also Read" in dropped


def test_samples_lose_nothing() -> None:
    paths = sorted(shared("wire-samples/plain-text").glob("*.txt"))
    assert len(paths) == 39
    for path in paths:
        item = one(path.name, path.read_bytes())
        assert item.body
        front(item)
