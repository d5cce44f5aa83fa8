"""A card as the row that stories are compared by, what its editor wishes for its list, and what the settings allow."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.model.card import Card
from newsgen.model.settings import Settings
from newsgen.related.blocks import Row, time_key
from newsgen.related.lists import Limits, Wish
from newsgen.related.pins import excluded_ids, pinned_cards

__all__ = ["limits_of", "row_of", "wish_of"]

_DAY = 86_400  # seconds


def limits_of(settings: Settings) -> Limits:
    """What the settings say of related lists."""
    related = settings.related
    return Limits(related.stories, related.newer, related.days * _DAY)


def row_of(card: Card) -> Row:
    """A story as it is compared."""
    return time_key(card.instant, card.item.id), card.item.id, card.terms


def wish_of(card: Card, index: Index) -> Wish:
    """What an editor says about a story's list."""
    pins = tuple((pinned.item.id, pinned.terms) for pinned in pinned_cards(card, index))
    return Wish(pins, excluded_ids(card, index))
