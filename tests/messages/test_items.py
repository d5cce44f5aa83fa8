"""What an import says of a story as JSON."""

from __future__ import annotations

import json

from newsgen.formats.item import Item
from newsgen.formats.registry import read_items
from newsgen.messages.items import item_json

COPY = b"""Mill turns *again*

FILE PHOTO: The mill. NORTHERN WIRE/Mila Hart

HARWICK, June 5 (Northern Wire) - The mill turned <HWK.O> twice.

  1. It rained.

(Reporting by Ann Lee in Lund; Editing by Bo Dahl)
"""


def test_an_item_in_one_line() -> None:
    (item,) = read_items("wire/a.txt", COPY, "", "2019-06-05")
    assert isinstance(item, Item)
    line = item_json(item)
    assert "\n" not in line
    read = json.loads(line)
    assert read["source"] == "wire/a.txt"
    assert "source" not in read["story"]
    assert (read["story"]["headline"], read["story"]["date"]) == ("Mill turns *again*", "2019-06-05")
    assert read["body"] == "The mill turned <HWK.O> twice.\n\n1. It rained."
    assert read["credits"] == [
        {"role": "reporting", "name": "Ann Lee", "place": "Lund"},
        {"role": "editing", "name": "Bo Dahl", "place": ""},
    ]
    (caption,) = read["captions"]
    assert (caption["text"], caption["photographer"], caption["agency"]) == ("The mill.", "Mila Hart", "NORTHERN WIRE")
    assert read["doubts"] == [{"field": "date", "reason": "date-guessed"}]
    assert (read["dropped"], read["unparsed"], read["contacts"]) == ([], [], [])
