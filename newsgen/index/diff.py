"""What a change of cards means to the shelves: which cards moved, and which are only shown otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from newsgen.index.shelves import sort_key
from newsgen.model.card import Card
from newsgen.model.value import value

__all__ = ["CardDiff", "diff"]


@value
class CardDiff:
    """The cards that changed, by what lists can tell of it."""

    edited: tuple[Card, ...]  # nothing: the file's digest, the details or the terms are other
    reworded: tuple[
        tuple[Card, Card], ...
    ]  # as before and as now: in the same places of the same lists, shown otherwise
    moved: tuple[tuple[Card, int], ...]  # every other card that was taken off the shelves (-1) or put on them (+1)


def diff(removed: Iterable[Card], added: Iterable[Card]) -> CardDiff:
    """What changed between the cards as they were and as they are, in order of id."""
    before = {card.item.id: card for card in removed}
    after = {card.item.id: card for card in added}
    edited: list[Card] = []
    reworded: list[tuple[Card, Card]] = []
    moved: list[tuple[Card, int]] = []
    for story_id in sorted(before.keys() | after.keys()):
        old, new = before.get(story_id), after.get(story_id)
        if old and new and _listed(old) == _listed(new):
            edited.append(new)
        elif old and new and _place(old) == _place(new):
            reworded.append((old, new))
        else:
            moved.extend((card, step) for card, step in ((old, -1), (new, +1)) if card)
    return CardDiff(tuple(edited), tuple(reworded), tuple(moved))


def _listed(card: Card) -> Card:
    """What lists can tell of a story."""
    return replace(card, digest="", details="", terms="", borderline_words="")


def _place(card: Card) -> tuple[object, ...]:
    """All that decides in which lists a card is, where, and how these are called; what it pins; its pictures."""
    names = (card.section, card.tags, card.people, card.places, card.storylines)
    story = (card.related, card.photos, card.pictures, card.item.picture, card.corrections)
    return (sort_key(card), *names, *story, bool(card.newest), card.is_brief)
