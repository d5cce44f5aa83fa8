"""What editors say about related stories: which come first, which are kept out."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.index import Index
from newsgen.model.card import Card

__all__ = ["kept_out", "pinned"]


def pinned(card: Card, index: Index) -> list[Card]:
    """The live stories that one pins, in order; of a story with versions, the newest."""
    own = {card.item.id, card.newest}
    out = kept_out(card, index)
    wanted = dict.fromkeys(_newest(pin, index) for pin in card.related if not pin.startswith("-"))
    found = (index.card(pin) for pin in wanted if pin not in out and pin not in own)
    return [card for card in found if card is not None]


def kept_out(card: Card, index: Index) -> frozenset[str]:
    """The ids that a story keeps out of its list."""
    return frozenset(_newest(pin[1:], index) for pin in _minus(card))


def _minus(card: Card) -> Iterator[str]:
    return (pin for pin in card.related if pin.startswith("-"))


def _newest(story_id: str, index: Index) -> str:
    card = index.card(story_id)
    return card.newest or story_id if card else story_id
