"""A card as the row that stories are compared by, what its editor wishes for its list, and what the settings allow."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.model.card import Card
from newsgen.model.settings import Settings
from newsgen.related.blocks import Row, spot
from newsgen.related.lists import Limits, Wish
from newsgen.related.pins import kept_out, pinned

__all__ = ["limits_of", "row_of", "wish_of"]

_DAY = 86_400


def limits_of(settings: Settings) -> Limits:
    """What the settings say."""
    related = settings.related
    return Limits(related.stories, related.newer, related.days * _DAY)


def row_of(card: Card) -> Row:
    """A story as it is compared."""
    return spot(card.instant, card.item.id), card.item.id, card.terms


def wish_of(card: Card, index: Index) -> Wish:
    """What an editor says about a story's list."""
    pins = tuple((other.item.id, other.terms) for other in pinned(card, index))
    return Wish(pins, kept_out(card, index))
