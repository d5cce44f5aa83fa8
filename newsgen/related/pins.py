"""What editors say about related stories: which come first, which are excluded."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.model.card import Card

__all__ = ["excluded_ids", "pinned_cards", "pinning_cards"]

_PINNING = 200  # stories that pin one, of which those beside it are chosen; an archive may pin one story everywhere


def pinned_cards(card: Card, index: Index) -> list[Card]:
    """The live stories that a story pins, in order; of a story with versions, the newest."""
    itself = {card.item.id, card.newest}
    excluded = excluded_ids(card, index)
    wanted = dict.fromkeys(_newest(pin, index) for pin in card.related if not pin.startswith("-"))
    cards = (index.card(pin) for pin in wanted if pin not in excluded and pin not in itself)
    return [pinned for pinned in cards if pinned is not None]


def pinning_cards(card: Card, index: Index) -> list[Card]:
    """The live stories that pin a story, or a version that it replaces; of a story with versions, the newest."""
    pinning = sorted({story_id for each in (card.item.id, *card.versions) for story_id in index.ids_pinning(each)})
    found = filter(None, map(index.card, pinning[:_PINNING]))
    itself = {card.item.id, *card.versions}
    names = [other.newest or other.item.id for other in found if not itself.isdisjoint(other.related)]
    kept_out = excluded_ids(card, index) | itself
    cards = map(index.card, dict.fromkeys(name for name in names if name not in kept_out))
    return [other for other in cards if other is not None]


def excluded_ids(card: Card, index: Index) -> frozenset[str]:
    """The ids that a story excludes from its list, with a minus before them; of a story with versions, the newest."""
    return frozenset(_newest(pin[1:], index) for pin in card.related if pin.startswith("-"))


def _newest(story_id: str, index: Index) -> str:
    card = index.card(story_id)
    return card.newest or story_id if card else story_id
