"""Reuters-21578: an invented file in its form, and the collection itself where it lies beside the project."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats import reuters_sgml
from newsgen.formats.item import Failure, Item, Result
from newsgen.formats.registry import read_items
from newsgen.formats.to_storyfile import story_file
from tests.support.material import shared
from tests.support.words import lost, words_of

STORY = """<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="9" NEWID="7">
<DATE> 3-JUN-1987 09:15:05.40</DATE>
<MKNOTE>Moved a tag</MKNOTE>
<TOPICS><D>grain</D><D>wheat</D></TOPICS>
<PLACES><D>harwick</D></PLACES>
<PEOPLE><D>quill</D></PEOPLE>
<ORGS><D>millers</D></ORGS>
<EXCHANGES></EXCHANGES>
<COMPANIES></COMPANIES>
<UNKNOWN>
&#5;&#5;&#5;G C
&#22;&#22;&#1;f0704&#31;reute
u f BC-HARWICK-GRAIN-&lt;MIL>   06-03 0105</UNKNOWN>
<TEXT>&#2;
<TITLE>HARWICK GRAIN &lt;MIL> UP</TITLE>
<AUTHOR>    By Mara Quill and Tom Ash, Reuters</AUTHOR>
<DATELINE>    HARWICK, June 3 - </DATELINE><BODY>Grain rose in Harwick on Wednesday as
millers &lt;MIL> bought.
    Prices:
    Wheat 12 cts vs 11
    Barley 9 cts vs 8
    Rye 7 cts vs 6
    *Rain* is expected &amp; welcome.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
"""
HEAD = '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n'
BRIEF = re.sub(
    r"<TEXT>.*</TEXT>",
    '<TEXT TYPE="BRIEF">&#2;\n******<TITLE>GRAIN UP\n</TITLE>Blah.\n&#3;\n</TEXT>',
    STORY,
    flags=re.S,
)
UNPROC = re.sub(
    r"<TEXT>.*</TEXT>",
    '<TEXT TYPE="UNPROC">&#2;\nCORRECTED - GRAIN\nUP\n    HARWICK, June 3 - It rose.\n REUTER\n&#3;\n</TEXT>',
    STORY,
    flags=re.S,
)


def read(copy: str) -> list[Result]:
    return list(read_items("reut.sgm", (HEAD + copy).encode("latin-1"), fallback_day="1987-01-01"))


def front(item: Item) -> dict[str, Any]:
    front_matter: dict[str, Any] = yaml.safe_load(story_file(item).decode().split("---\n", 2)[1])
    return front_matter


def words_in(raw: str) -> Any:
    """The words of an item's elements and attributes."""
    inner = re.sub(r"</?[A-Z]+(?: [^>]*)?>", " ", raw[raw.index(">") + 1 :])
    return words_of(reuters_sgml.unescape(inner))


def test_a_story() -> None:
    (item,) = read(STORY)
    assert isinstance(item, Item)
    head = front(item)
    assert (item.id, item.label, item.slug) == ("reuters-21578-7", "reut.sgm#7", "harwick-grain-mil-up-7")
    assert "\ndate: 1987-06-03T09:15:05\n" in story_file(item).decode()
    assert (head["section"], head["headline"]) == ("Commodities", "HARWICK GRAIN <MIL> UP")
    assert (head["byline"], head["dateline"], head["agency"]) == (
        ["Mara Quill", "Tom Ash"],
        "HARWICK, June 3",
        "Reuters",
    )
    assert (head["tags"], head["people"], head["places"]) == (["grain", "wheat"], ["quill"], ["harwick"])
    assert (head["organisations"], head["slugline"], head["urgency"]) == (["millers"], "BC-HARWICK-GRAIN-<MIL>", 3)
    assert head["extra"]["reuters"]["note"] == "Moved a tag"
    assert head["extra"]["reuters"]["newid"] == "7"
    assert "Reuter" in head["source"]["dropped"]
    assert item.body.split("\n\n") == [
        "Grain rose in Harwick on Wednesday as millers \\<MIL> bought.",
        "```text\nPrices:\nWheat 12 cts vs 11\nBarley 9 cts vs 8\nRye 7 cts vs 6\n```",
        "\\*Rain\\* is expected & welcome.",
    ]
    assert not lost(words_in(STORY), item)


def test_marks_of_windows_1252_are_read_so() -> None:
    (item,) = read(STORY.replace("*Rain* is", "It&#146;s \x93rain\x94 that is"))
    assert isinstance(item, Item)
    assert item.body.endswith("It’s “rain” that is expected & welcome.")


def test_a_brief_has_a_headline_only() -> None:
    (item,) = read(BRIEF)
    assert isinstance(item, Item)
    assert (item.headline, item.body, front(item)["type"]) == ("GRAIN UP", "", "brief")
    assert not lost(words_in(BRIEF), item)


def test_raw_text_without_elements() -> None:
    (item,) = read(UNPROC)
    assert isinstance(item, Item)
    assert (item.headline, item.body, front(item)["dateline"]) == (
        "CORRECTED - GRAIN UP",
        "It rose.",
        "HARWICK, June 3",
    )
    assert item.slug == "grain-up-7"
    assert not lost(words_in(UNPROC), item)


def test_a_field_that_comes_twice_is_kept_twice() -> None:
    copy = STORY.replace("<TEXT>", "<UNKNOWN>\nRM second</UNKNOWN>loose\n<TEXT>")
    (item,) = read(copy)
    assert isinstance(item, Item)
    assert not lost(words_in(copy), item)


def test_one_damaged_story_does_not_stop_the_others() -> None:
    broken = STORY.replace("</REUTERS>", "")
    results = read(broken + STORY + STORY.replace('NEWID="7"', "") + STORY.replace("3-JUN-1987", "??"))
    assert [type(result) for result in results] == [Failure, Item, Failure, Item]
    assert isinstance(results[3], Item)
    assert [doubt.reason for doubt in results[3].doubts] == ["date-guessed"]
    assert results[3].day == "1987-06-03"


@given(st.lists(st.sampled_from(re.findall(r"<[^>]*>|[^<]+", STORY)), max_size=40))
def test_any_order_of_pieces_gives_items_or_failures(pieces: list[str]) -> None:
    for result in read("".join(pieces)):
        if isinstance(result, Item):
            front(result)


def _files() -> Iterator[tuple[str, bytes]]:
    (archive,) = shared("reuters-21578").glob("*.tar.xz")
    with tarfile.open(archive) as members:
        for member in members:
            file = members.extractfile(member) if member.name.endswith(".sgm") else None
            if file:
                yield member.name, file.read()


def _prove(name: str, data: bytes) -> None:
    raws = re.findall(r"<REUTERS.*?</REUTERS>", data.decode("latin-1"), re.S)
    results = list(read_items(name, data))
    assert len(raws) == len(results) == 1000
    for raw, item in zip(raws, results, strict=True):
        assert isinstance(item, Item)
        assert not lost(words_in(raw), item), item.label
        assert item.headline
        assert item.slug.endswith(item.id.removeprefix("reuters-21578-"))


def test_a_thousand_stories_lose_nothing() -> None:
    _prove(*next(_files()))


@pytest.mark.long
def test_all_stories_lose_nothing() -> None:
    for name, data in _files():
        _prove(name, data)


@pytest.mark.parametrize(
    ("sent", "line", "start"),
    [
        ("    HARWICK, June 3 - Harwick's oat -", "HARWICK, June 3", "Harwick's oat - Grain rose"),
        ("    HARWICK, June 3 - The oat-", "HARWICK, June 3", "The oat-Grain rose"),
        ("    HARWICK, Jume 3 - ", "HARWICK, Jume 3", "Grain rose"),
    ],
)
def test_copy_in_the_dateline_goes_to_the_body(sent: str, line: str, start: str) -> None:
    (item,) = read(STORY.replace("    HARWICK, June 3 - ", sent))
    assert isinstance(item, Item)
    assert (item.front["dateline"], item.body[: len(start)]) == (line, start)


@pytest.mark.parametrize(
    ("copy", "body"),
    [
        (
            "The Aldmoor Grain Board\nreported the average price for wheat through February 25 as\nfollows -\n"
            "         Loan   Level    Price\n Wheat   2.55   2.40      4.65\n Rye     1.92   1.82      3.15\n",
            "The Aldmoor Grain Board reported the average price for wheat through February 25 as follows -\n\n"
            "```text\n        Loan   Level    Price\nWheat   2.55   2.40      4.65\nRye     1.92   1.82      3.15\n```",
        ),
        (
            "Aldmoor Mills said its board\nvoted to pay its shareholders in grain.\n",
            "Aldmoor Mills said its board voted to pay its shareholders in grain.",
        ),
        ("Mthly div 4.5 cts\n Pay March 13\n", "Mthly div 4.5 cts\n\nPay March 13"),
    ],
)  # fmt: skip
def test_lines_that_a_dateline_made_short_are_one_paragraph(copy: str, body: str) -> None:
    """The dateline stands before them in an element of its own: it is part of the width at which copy was broken."""
    sent = f"<DATELINE>    NORTH HARWICK, Feb 26 - </DATELINE><BODY>{copy} REUTER\n&#3;</BODY></TEXT>"
    (item,) = read(HEAD + re.sub("<DATELINE>.*</TEXT>", lambda _found: sent, STORY, flags=re.S))
    assert isinstance(item, Item)
    assert item.body.strip() == body
