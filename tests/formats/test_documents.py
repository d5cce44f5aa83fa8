"""Several stories in one file."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from newsgen.formats import documents
from newsgen.formats.item import Item
from newsgen.formats.registry import read_items

ONE = "Mill turns\n\nHARWICK, May 5 (Northern Wire) - The mill of the county turned on Monday after years of rest.\n"
TWO = "Ferry sails\n\nLUND, May 6 (Northern Wire) - The ferry of the county sailed on Tuesday after weeks of strike.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"   1 of 2 DOCUMENTS\n\n{ONE}\n   2 of 2 DOCUMENTS\n\n{TWO}",
        f"Document 1 of 2\n\n{ONE}\nDocument 2 of 2\n\n{TWO}",
        f"{ONE}\n{'=' * 40}\n\n{TWO}",
        f"{ONE}\n{'_' * 60}\n{TWO}{'_' * 60}\n",
        f"{ONE}NNNN\n\n{TWO}NNNN\n",
        f"{ONE}\n{'*' * 12}\n\n{TWO}",
        f"{ONE}\n{'* ' * 12}\n\n{TWO}",
        f"{ONE}\n{'= ' * 12}\n\n{TWO}",
        f"{ONE}\n{'- ' * 24}\n\n{TWO}",
        f"{ONE}\n{'-- ' * 12}\n\n{TWO}",
        f"{ONE}\n{'-' * 30}\n\n{TWO}",
    ],
)
def test_each_story_is_an_item(text: str) -> None:
    first, second = read_items("a.txt", text.encode(), "", "2026-05-05")
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.label, first.headline, first.body[:8]) == ("a.txt#1", "Mill turns", "The mill")
    assert (second.label, second.headline, second.body[:9]) == ("a.txt#2", "Ferry sails", "The ferry")
    assert first.id != second.id
    marks = [word for item in (first, second) for word in str(item.front["source"]).split()]
    assert ("NNNN" in text) == any("NNNN" in mark for mark in marks)
    assert ("of 2" in text.lower()) == ("of" in marks)


@pytest.mark.parametrize(
    "text",
    [
        ONE,
        f"{ONE}NNNN\n",
        f"{ONE}\n{'=' * 40}\nWheat 12\nBarley 9\n",  # a rule above a table
        f"{'*' * 40}\n{ONE}",
        f"{ONE}\n{'-' * 40}\n",
    ],
)
def test_one_story_stays_one(text: str) -> None:
    above, pieces = documents.split(text)
    assert above == ""
    assert pieces in ([text], [ONE], [f"\n{ONE}"], [f"{ONE}\n"])


@pytest.mark.parametrize("search", ["Search Terms: mill\nUser Name: M. Quill\n", "Documents (2)\n\nJob Number: 123\n"])
def test_what_a_data_base_writes_above_its_documents_is_no_story(search: str) -> None:
    text = f"{search}\n   1 of 2 DOCUMENTS\n\n{ONE}\n   2 of 2 DOCUMENTS\n\n{TWO}"
    first, second = read_items("a.txt", text.encode(), "", "2026-05-05")
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.headline, second.headline) == ("Mill turns", "Ferry sails")
    source = first.front["source"]
    assert isinstance(source, Mapping)
    assert set(filter(None, search.split("\n"))) <= set(source["dropped"])  # type: ignore[arg-type]
