"""Why a story is on another's list of related stories, or is not."""

from __future__ import annotations

from newsgen.index.index import Index
from newsgen.model.card import Card
from newsgen.model.story import Link
from newsgen.model.value import value
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.lists import MIN_SCORE, Limits, similar_stories
from newsgen.related.pins import excluded_ids, pinned_cards
from newsgen.related.rows import row_of
from newsgen.related.similarity import are_same_text, score
from newsgen.related.terms import term_weights

__all__ = ["NotListed", "Reason", "reasons", "why_not_listed"]

_TERMS_SHOWN = 8  # of those that two stories have in common


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
class NotListed:
    """Why a story is not on a list."""

    id: str
    why: str  # a key of messages.explanation's sentences
    score: int = 0
    other: str = ""  # the id of the story that is the same text
    lowest_score: int = 0  # on the list


def reasons(card: Card, ids: tuple[str, ...], index: Index) -> tuple[Reason, ...]:
    """Why each story of a list is on it."""
    pins = {pinned.item.id for pinned in pinned_cards(card, index)}
    others = (index.card(story_id) for story_id in ids)
    return tuple(_reason(card, other, is_pinned=other.item.id in pins) for other in others if other is not None)


def _reason(card: Card, other: Card, *, is_pinned: bool) -> Reason:
    weights, other_weights = term_weights(card.terms), term_weights(other.terms)
    products = sorted((-weights[term] * other_weights[term], term) for term in weights.keys() & other_weights.keys())
    shown = tuple(term for _product, term in products[:_TERMS_SHOWN])
    return Reason(
        other.item.id,
        other.item.url,
        other.item.headline,
        is_pinned,
        -sum(product for product, _term in products),
        shown,
        len(products) - len(shown),
        _in_common([link for _role, link in card.people], [link for _role, link in other.people]),
        _in_common([link for _role, link in card.places], [link for _role, link in other.places]),
        _in_common(list(card.tags), list(other.tags)),
    )


def _in_common(links: list[Link], other_links: list[Link]) -> tuple[str, ...]:
    urls = {link.url for link in other_links}
    return tuple(dict.fromkeys(link.name for link in links if link.url in urls))


def why_not_listed(card: Card, story_id: str, ids: tuple[str, ...], index: Index, limits: Limits) -> NotListed:
    """Why a story is not on the list of another, whose list has `ids`. It compares with the whole archive."""
    other = index.card(story_id)
    if other is None:
        return NotListed(story_id, "not-live")
    if story_id == card.item.id:
        return NotListed(story_id, "itself")
    if other.newest or story_id in card.versions:
        return NotListed(story_id, "a-version")
    if story_id in excluded_ids(card, index):
        return NotListed(story_id, "excluded")
    if story_id in ids:
        return NotListed(story_id, "listed")
    archive = ArchiveInMemory(row_of(each) for each in index.cards() if not each.newest)
    scores = {row[1]: row_score for row_score, row in similar_stories(row_of(card), archive)}
    its_score = score(card.terms, other.terms)
    if not limits.newer and other.instant > card.instant:
        return NotListed(story_id, "newer", its_score)
    if limits.seconds and abs(other.instant - card.instant) > limits.seconds:
        return NotListed(story_id, "too-far", its_score)
    if story_id not in scores:
        return NotListed(story_id, "too-little" if its_score < MIN_SCORE else "not-compared", its_score)
    listed = [on_list for on_list in map(index.card, ids) if on_list is not None]
    for same in (card, *listed):
        if are_same_text(same.terms, other.terms):
            return NotListed(story_id, "same-text", its_score, same.item.id)
    on_list_scores = [scores[on_list.item.id] for on_list in listed if on_list.item.id in scores]
    return NotListed(story_id, "others-first", its_score, lowest_score=min(on_list_scores, default=0))
