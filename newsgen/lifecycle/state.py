"""The one public state of a story, and when it changes. Every output asks here; nothing else filters.

The clock is an instant in seconds since 1970-01-01T00:00Z, one for a whole build. An instant that is reached counts:
at its embargo a story is live, at its `expires` it is expired.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from newsgen.model.card import Card

__all__ = ["State", "desk_card", "moments", "public_card", "state", "until"]

State = Literal["draft", "withheld", "killed", "embargoed", "expired", "live"]


def state(card: Card, clock: int) -> State:
    """What the public may know of a story at `clock`; only a live one may leave any trace."""
    if card.status == "draft":
        return "draft"
    if card.status == "withheld":
        return "withheld"
    if card.status == "killed":
        return "killed"
    if card.is_on_hold or (card.embargo is not None and clock < card.embargo):
        return "embargoed"
    if card.expires is not None and clock >= card.expires:
        return "expired"
    return "live"


def until(card: Card, clock: int) -> int | None:
    """The instant at which an embargoed story becomes live; None where no time is set."""
    if state(card, clock) == "embargoed" and not card.is_on_hold:
        return card.embargo
    return None


def public_card(card: Card, clock: int, *, drafts: bool = False) -> Card | None:
    """The card as the public may see it at `clock`, without photos whose right has expired; None if not live.

    With `drafts`, which is for the desk only, a draft counts as live unless an embargo holds it: every list labels it,
    its page says noindex, and no feed or sitemap has it.
    """
    is_draft = drafts and card.status == "draft"
    if state(replace(card, status="live") if is_draft else card, clock) != "live":
        return None
    if is_draft:
        card = replace(card, is_indexable=False, item=replace(card.item, labels=("Draft", *card.item.labels)))
    return _with_rights(card, clock)


def _with_rights(card: Card, clock: int) -> Card:
    """A card without photos whose right has expired."""
    if not card.photos:
        return card
    photos = tuple(p if p and (p.expires is None or clock < p.expires) else None for p in card.photos)
    return card if photos == card.photos else replace(card, photos=photos)


def desk_card(card: Card, clock: int) -> Card | None:
    """A story that is held at `clock`, as the desk may see it: marked with its state, and without photos whose right
    has expired. None for any other.

    What was killed or has expired is not held, but gone.
    """
    now = state(card, clock)
    if now not in ("draft", "withheld", "embargoed"):
        return None
    item = replace(card.item, labels=(now.capitalize(), *card.item.labels))
    return _with_rights(replace(card, is_indexable=False, item=item), clock)


def moments(card: Card) -> tuple[int, ...]:
    """The instants at which the state of a story, or of one of its photos, changes."""
    if card.embargo is None and card.expires is None and not card.photos:  # nearly all
        return ()
    instants = (card.embargo, card.expires, *(photo.expires for photo in card.photos if photo))
    return tuple(instant for instant in instants if instant is not None)
