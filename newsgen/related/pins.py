"""What editors say about related stories: which come first, which are excluded."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.model.card import Card

__all__ = ["excluded_ids", "pinned_cards"]


def pinned_cards(card: Card, index: Index) -> list[Card]:
    """The live stories that a story pins, in order; of a story with versions, the newest."""
    itself = {card.item.id, card.newest}
    excluded = excluded_ids(card, index)
    wanted = dict.fromkeys(_newest(pin, index) for pin in card.related if not pin.startswith("-"))
    cards = (index.card(pin) for pin in wanted if pin not in excluded and pin not in itself)
    return [pinned for pinned in cards if pinned is not None]


def excluded_ids(card: Card, index: Index) -> frozenset[str]:
    """The ids that a story excludes from its list, with a minus before them; of a story with versions, the newest."""
    return frozenset(_newest(pin[1:], index) for pin in card.related if pin.startswith("-"))


def _newest(story_id: str, index: Index) -> str:
    card = index.card(story_id)
    return card.newest or story_id if card else story_id
