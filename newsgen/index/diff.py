"""What a change of cards means to the shelves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newsgen.index.shelves import key_of
from newsgen.model.card import Card

__all__ = ["Changed", "diff"]

Changed = tuple[list[Card], list[tuple[Card, Card]], list[tuple[Card, int]]]  # what `diff` gives


def diff(removed: Iterable[Card], added: Iterable[Card]) -> Changed:
    """What a change means to the shelves.

    The cards that differ only in what no list can tell (the file's digest, the details, the terms); those that stand
    where they stood, in the same lists under the same names, and are shown otherwise there, each as it was and as it
    is; and every other card taken off (-1) or put on (+1).
    """
    before = {card.item.id: card for card in removed}
    after = {card.item.id: card for card in added}
    edited: list[Card] = []
    reworded: list[tuple[Card, Card]] = []
    moved: list[tuple[Card, int]] = []
    for story_id in sorted(before.keys() | after.keys()):
        old, new = before.get(story_id), after.get(story_id)
        if old and new and _without(old) == _without(new):
            edited.append(new)
        elif old and new and _place(old) == _place(new):
            reworded.append((old, new))
        else:
            moved.extend((card, step) for card, step in ((old, -1), (new, +1)) if card)
    return edited, reworded, moved


def _without(card: Card) -> Card:
    """What lists can tell of a story."""
    return replace(card, digest="", details="", terms="", borderline_words="")


def _place(card: Card) -> tuple[object, ...]:
    """All that says in which lists a card stands, where, and what these are called; what it pins; its pictures."""
    named = (card.section, card.tags, card.people, card.places)
    own = (card.related, card.photos, card.pictures, card.item.picture, card.corrections)
    return (key_of(card), *named, *own, bool(card.newest))
