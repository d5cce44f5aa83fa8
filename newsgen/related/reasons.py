"""Why a story is on another's list of related stories, or is not."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.model.card import Card
from newsgen.model.story import Link
from newsgen.model.value import value
from newsgen.related.in_memory import Whole
from newsgen.related.lists import FLOOR, Limits, alike, reached
from newsgen.related.pins import kept_out, pinned
from newsgen.related.rows import row_of
from newsgen.related.terms import weights

__all__ = ["Kept", "Reason", "reasons", "why_not"]

_TERMS = 8  # named of those that two stories have in common


@value
class Reason:
    """Why a story is on a list."""

    id: str
    url: str
    headline: str
    is_pinned: bool
    score: int
    terms: tuple[str, ...]  # in common, the heaviest first
    more: int  # terms in common that are not named
    people: tuple[str, ...]  # in common, as shown
    places: tuple[str, ...]
    tags: tuple[str, ...]


@value
class Kept:
    """Why a story is not on a list, in a word that `outcomes` has a sentence for."""

    id: str
    why: str
    score: int = 0
    other: str = ""  # the id of the story that comes before it, or is the same text
    least: int = 0  # what the last on the list scores


def reasons(card: Card, ids: tuple[str, ...], index: Index) -> tuple[Reason, ...]:
    """Why each story of a list is on it."""
    pins = {other.item.id for other in pinned(card, index)}
    found = (index.card(story_id) for story_id in ids)
    return tuple(_reason(card, other, is_pinned=other.item.id in pins) for other in found if other is not None)


def _reason(card: Card, other: Card, *, is_pinned: bool) -> Reason:
    own, theirs = weights(card.terms), weights(other.terms)
    products = sorted((-own[term] * theirs[term], term) for term in own.keys() & theirs.keys())
    named = tuple(term for _product, term in products[:_TERMS])
    return Reason(
        other.item.id,
        other.item.url,
        other.item.headline,
        is_pinned,
        -sum(product for product, _term in products),
        named,
        len(products) - len(named),
        _shared([link for _role, link in card.people], [link for _role, link in other.people]),
        _shared([link for _role, link in card.places], [link for _role, link in other.places]),
        _shared(list(card.tags), list(other.tags)),
    )


def _shared(one: list[Link], other: list[Link]) -> tuple[str, ...]:
    urls = {link.url for link in other}
    return tuple(dict.fromkeys(link.name for link in one if link.url in urls))


def why_not(card: Card, story_id: str, ids: tuple[str, ...], index: Index, limits: Limits) -> Kept:
    """Why a story is not on the list of another, whose list has `ids`."""
    other = index.card(story_id)
    if other is None:
        return Kept(story_id, "not-live")
    if story_id == card.item.id:
        return Kept(story_id, "itself")
    if other.newest or story_id in card.versions:
        return Kept(story_id, "a-version")
    if story_id in kept_out(card, index):
        return Kept(story_id, "kept-out")
    if story_id in ids:
        return Kept(story_id, "listed")
    whole = Whole(row_of(one) for one in index.cards() if not one.newest)
    row = row_of(card)
    scores = {there[1]: score for score, there in reached(row, whole)}
    own, theirs = weights(card.terms), weights(other.terms)
    score = sum(own[term] * theirs[term] for term in own.keys() & theirs.keys())
    if not limits.newer and other.instant > card.instant:
        return Kept(story_id, "newer", score)
    if limits.seconds and abs(other.instant - card.instant) > limits.seconds:
        return Kept(story_id, "too-far", score)
    if story_id not in scores:
        return Kept(story_id, "too-little" if score < FLOOR else "not-compared", score)
    if alike(card.terms, other.terms):
        return Kept(story_id, "same-text", score, card.item.id)
    listed = [one for one in map(index.card, ids) if one is not None]
    for one in listed:
        if alike(one.terms, other.terms):
            return Kept(story_id, "same-text", score, one.item.id)
    least = min((scores.get(one.item.id, 0) for one in listed if one.item.id in scores), default=0)
    return Kept(story_id, "others-first", score, least=least)
