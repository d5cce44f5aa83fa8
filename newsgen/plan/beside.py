"""The lists beside a story: what happened next, what went before, related stories, its neighbours in the section.

Each story stands in one of them. What an editor pinned, in either of two stories, or named as a storyline, is one
matter however far apart it is; so is for some weeks what is alike and shares two words of its headline. What is only
alike is related.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from newsgen.index.shelves import slug_of_url, sort_key
from newsgen.model.card import Card, Item
from newsgen.plan.scope import Scope
from newsgen.related.pins import pinned_cards, pinning_cards
from newsgen.related.similarity import name_one_matter

__all__ = ["ROWS", "WINDOW", "beside", "in_section"]

ROWS = 5  # of a list beside a story
_FEWEST = 2  # neighbours in the section, whatever else stands beside a story
WINDOW = 8  # stories of the section, each way, of which those are shown that stand in no other list
_WEEKS = 8 * 7 * 24 * 3600  # seconds between stories that are alike and tell of one thing

Items = tuple[Item, ...]


def beside(card: Card, scope: Scope) -> tuple[Items, Items, Items]:
    """(what happened next, the oldest first; what went before, the newest first; what is related for other reasons)."""
    one_story = {other.item.id: other for other in _of_one_matter(card, scope)}
    related: list[Card] = []
    if not card.newest and scope.settings.related.stories:
        for other in filter(None, map(scope.index.card, scope.related.of(card.item.id))):
            if abs(other.instant - card.instant) <= _WEEKS and name_one_matter(_words(card), _words(other)):
                one_story.setdefault(other.item.id, other)
            elif other.item.id not in one_story:
                related.append(other)
    key = sort_key(card)
    in_order = sorted(one_story.values(), key=sort_key)
    later = [other.item for other in in_order if sort_key(other) > key]
    earlier = [other.item for other in reversed(in_order) if sort_key(other) < key]
    return tuple(later[:ROWS]), tuple(earlier[:ROWS]), tuple([other.item for other in related[:ROWS]])


def _words(card: Card) -> tuple[str, str]:
    return card.item.headline, card.terms


def _of_one_matter(card: Card, scope: Scope) -> Iterator[Card]:
    """The stories that a story pins, those that pin it, and the nearest of its storylines. Most have none of these."""
    yield from pinned_cards(card, scope.index) if card.related else ()
    if not card.newest and scope.settings.related.newer:
        yield from pinning_cards(card, scope.index)
    for storyline in () if card.newest else card.storylines:
        before, after = scope.index.around(("storyline", slug_of_url(storyline.url)), card, ROWS, ROWS)
        yield from (*before, *after)


def in_section(card: Card, scope: Scope, shown: Collection[str]) -> tuple[Items, Items]:
    """The stories before one in its section, the nearest first, and after it; none that is `shown` already.

    Together ROWS, or fewer where many stand in the other lists: one before and the rest after, or more before where
    fewer follow.
    """
    rows = max(_FEWEST, ROWS - len(shown) // 2)
    section = ("section", slug_of_url(card.section.url))
    earlier, later = scope.index.around(section, card, WINDOW, WINDOW)
    after = [other.item for other in later if other.item.id not in shown]
    before = [other.item for other in reversed(earlier) if other.item.id not in shown]
    count = min(len(after), rows - min(1, len(before)))
    return tuple(before[: rows - count]), tuple(after[:count])
