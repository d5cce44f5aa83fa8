"""Which stories lead a page: a pure choice among the stories that may be seen, and no more of their text than a line.

The lead is the story that an editor pins (`lead` in the settings for the home page, in _section.yaml for a section);
else the newest whose text begins with a sentence, where a picture counts for six hours. No brief leads, no old version,
which is in no list, and no story of a headline or a table alone. Further leads are the next in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from newsgen.index.shelves import collections_of
from newsgen.model.card import Card, Collection
from newsgen.model.page_parts import Teaser
from newsgen.plan.scope import Scope
from newsgen.text.opening import is_prose

__all__ = ["AMONG", "choose", "pinned", "teaser", "without"]

AMONG = 30  # the newest stories of a list, of which the leads are chosen
_PICTURE_S = 6 * 3600  # by how much a picture makes a story newer
_BRIEF = "brief"


def choose(newest: Iterable[Card], most: int, pin: Card | None = None) -> list[Card]:
    """Up to `most` of some stories, newest first, that lead their page, the lead first; `pin` leads, whatever it is."""
    able = filter(_can_lead, sorted(newest, key=_rank, reverse=True))  # of equal rank: as they come
    if pin is None:
        return list(islice(able, most))
    return [pin, *islice((card for card in able if card.item.id != pin.item.id), most)][:most]


def _can_lead(card: Card) -> bool:
    return not card.is_brief and card.item.type != _BRIEF and is_prose(card.summary)


def _rank(card: Card) -> int:
    return card.instant + (_PICTURE_S if card.item.picture else 0)


def pinned(story_id: str, collection: Collection, scope: Scope) -> Card | None:
    """The story that an editor names, if it is live and in the list; of one with versions, the newest."""
    card = scope.index.card(story_id) if story_id else None
    if card and card.newest:
        card = scope.index.card(card.newest)
    return card if card and collection in collections_of(card) else None


def teaser(card: Card, role: str = "") -> Teaser:
    """What a page shows of a story that leads it."""
    return Teaser(card.item, card.summary if is_prose(card.summary) else "", role)


def without(cards: Sequence[Card], leads: Iterable[Card]) -> list[Card]:
    """The stories that do not lead."""
    ids = {card.item.id for card in leads}
    return [card for card in cards if card.item.id not in ids]
