"""Equal values have equal canonical forms, and come back as they were."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest

from newsgen.model import codec
from newsgen.model.card import Card, Item, Picture
from newsgen.model.story import Link, Photo

ITEM = Item(
    id="a", url="/a.html", headline="Barley – up", labels=("Update 2",), day="2019-05-01", time="10:00",
    iso="2019-05-01T10:00:00+00:00", section="World", section_url="/world/", place="Kestrel Bay", byline="Ines Varga",
    type="story", picture=Picture("/p.png", 3, 2, "A boat", "image/png"),
)  # fmt: skip
CARD = Card(
    path="content/a.md", digest="d", item=ITEM, instant=5, hour="10", zone="UTC", section=Link("World", "/world/"),
    tags=(Link("grain", "/tags/grain/"),), people=(("reporting", Link("Ines Varga", "/people/ines-varga/")),),
    photos=(None, Photo("a.png", expires=7)), photographers=(None, Link("Mila Hart")), pictures=(None, None),
)  # fmt: skip


CANONICAL = codec.CanonicalBytes()


def test_a_card_comes_back() -> None:
    assert codec.decode(Card, json.loads(codec.to_json(CARD))) == CARD


def test_equal_values_have_equal_bytes_however_they_were_made() -> None:
    other = codec.decode(Card, json.loads(codec.to_json(CARD)))  # equal, but no string in it is the same object
    assert CANONICAL(other) == CANONICAL(CARD)
    assert codec.to_json(other) == codec.to_json(CARD)


def test_every_field_counts() -> None:
    changed = replace(CARD, item=replace(ITEM, headline="Barley – down"))
    assert CANONICAL(changed) != CANONICAL(CARD)
    assert CANONICAL(replace(CARD, photos=(None, Photo("a.png", expires=8)))) != CANONICAL(CARD)


@pytest.mark.parametrize("data", [[], [1, 2], {"id": "a"}, "text", [None] * 12])
def test_what_does_not_fit_is_refused(data: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        codec.decode(Item, data)


def test_a_value_cannot_be_set_or_grow() -> None:
    with pytest.raises(AttributeError):
        setattr(ITEM, "headline", "another")  # noqa: B010
    with pytest.raises((AttributeError, TypeError)):
        setattr(ITEM, "more", "another")  # noqa: B010
    assert replace(ITEM) == ITEM
    assert hash(replace(ITEM)) == hash(ITEM)
    assert pickle.loads(pickle.dumps(CARD)) == CARD
