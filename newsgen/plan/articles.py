"""A story's own page: the story, its neighbours in the section, what it pins."""

from __future__ import annotations

from newsgen.model import Card, Moment
from newsgen.pages import Article, Need, Page
from newsgen.plan.scope import Scope

__all__ = ["address", "article"]

NEXT = 10  # stories in "Next in <section>"


def address(story_id: str, scope: Scope) -> str:
    """Where a live story's page goes; "" for no such story."""
    card = scope.index.card(story_id)
    return card.item.url if card else ""


def article(unit: str, story_id: str, scope: Scope) -> tuple[Page, ...]:
    """The page of a live story."""
    card = scope.index.card(story_id)
    if card is None:
        return ()
    item = card.item
    earlier, later = scope.index.around(card, 1, NEXT)
    following = later
    if len(later) < NEXT:
        following = [*later, *scope.index.around(card, NEXT - len(later), 0)[0][::-1]]
    staff = [pair for pair in card.people if pair[0] != "subject"]
    names = scope.linked("person", [person for _role, person in staff])
    day_url = scope.url(("date", ""), item.day)
    data = Article(
        item=item,
        date=Moment(item.iso, card.instant, item.day, item.time, card.zone),
        modified=card.modified,
        day_url=day_url,
        next_in_section=tuple([other.item for other in following]),
        earlier=earlier[0].item if earlier else None,
        later=later[0].item if later else None,
        related=tuple(other.item for other in _pinned(card, scope)) if card.related else (),
        tags=scope.linked("tag", card.tags),
        people=scope.linked("person", [person for role, person in card.people if role == "subject"]),
        places=scope.linked("place", {place.url: place for _role, place in card.places}.values()),
        persons=tuple(zip([role for role, _person in staff], names, strict=True)),
        pictures=card.pictures,
        photos=tuple([at for at, photo in enumerate(card.photos) if photo is not None]) if card.photos else (),
        crumbs=(card.section,),
        state="draft" if card.status == "draft" else "live",
        is_hidden=not card.is_indexable,
        dateline=card.dateline,
        details=card.details,
    )
    return (Page(item.url, "article.html.j2", data, unit, (Need(card.path, card.digest),)),)


def _pinned(story: Card, scope: Scope) -> list[Card]:
    kept_out = {pin[1:] for pin in story.related if pin.startswith("-")}
    wanted = [pin for pin in dict.fromkeys(story.related) if pin not in kept_out and pin != story.item.id]
    return [card for pin in wanted if (card := scope.index.card(pin)) is not None]
