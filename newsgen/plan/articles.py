"""A story's own page: the story, what came before and after it, its related stories, its other versions.

A brief has no page of its own: `briefs` shows the same of it but for the neighbours in the section.
"""

from __future__ import annotations

from dataclasses import replace

from newsgen.model.card import Card, Item
from newsgen.model.pages import Article, Need, OldVersion, Page
from newsgen.model.story import Link, Moment
from newsgen.plan import units
from newsgen.plan.beside import beside, in_section
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope
from newsgen.plan.story_files import file_pages, file_urls

__all__ = ["KIND", "article_data"]


def _article(unit: str, story_id: str, scope: Scope) -> tuple[Page, ...]:
    """The page of a live story, or of a version that another replaces."""
    card = scope.index.card(story_id)
    if card is None or card.is_brief:
        return ()
    data = article_data(card, scope, has_neighbours=True)
    older = filter(None, map(scope.index.card, card.versions))
    needs = (Need(card.path, card.digest), *[Need(old.path, old.digest) for old in older])
    page = Page(card.item.url, "article.html.j2", data, unit, needs)
    return (page, *file_pages(page, (data,), scope))


def article_data(card: Card, scope: Scope, *, has_neighbours: bool = False) -> Article:
    """What a page shows of a story that stands on it whole; with its neighbours in the section where it has them."""
    newest = scope.index.card(card.newest) if card.newest else None
    item = card.item
    if newest and newest.section.url != card.section.url:  # its section may have no other story
        item = replace(item, section_url="")
    staff = [pair for pair in card.people if pair[0] != "subject"]
    subjects = [person for role, person in card.people if role == "subject"]
    places = list({place.url: place for _role, place in card.places}.values())
    names, people, tags, placed = [person for _role, person in staff], subjects, card.tags, places
    if newest is None:
        names = list(scope.linked("person", names))
        people, tags = list(scope.linked("person", people)), scope.linked("tag", tags)
        placed = list(scope.linked("place", placed))
    else:  # no list counts it, and a list of nothing else has no page
        names, people, placed = _bare(names), _bare(people), _bare(placed)
        tags = tuple(_bare(list(tags)))
    happened_next, happened_before, related = beside(card, scope)
    before: tuple[Item, ...] = ()
    after: tuple[Item, ...] = ()
    if has_neighbours and newest is None:
        before, after = in_section(card, scope, {item.id for item in (*happened_next, *happened_before, *related)})
    older = [old for old in map(scope.index.card, card.versions) if old is not None] if card.versions else []
    return Article(
        item=item,
        date=_date(card),
        modified=card.modified,
        # The day of an old version may have no other story.
        day_url=scope.url(("date", ""), item.day) if newest is None or newest.item.day == item.day else "",
        storylines=card.storylines if newest is None else (),
        happened_next=happened_next,
        happened_before=happened_before,
        related=related,
        next_in_section=after,
        earlier_in_section=before,
        versions=tuple([OldVersion(old.item, _date(old), old.path) for old in older]) if older else (),
        newest=newest.item if newest else None,
        corrections=card.corrections,
        tags=tags,
        people=tuple(people),
        places=tuple(placed),
        persons=tuple(zip([role for role, _person in staff], names, strict=True)),
        pictures=card.pictures,
        photos=tuple([at for at, photo in enumerate(card.photos) if photo is not None]) if card.photos else (),
        crumbs=(newest.section if newest else card.section,),
        state="draft" if card.status == "draft" else "superseded" if newest else "live",
        is_hidden=not card.is_indexable,
        dateline=card.dateline,
        details=card.details,
    )


def _date(card: Card) -> Moment:
    item = card.item
    return Moment(item.iso, card.instant, item.day, item.time, card.zone)


def _bare(links: list[Link]) -> list[Link]:
    return [Link(link.name) for link in links]


def _addresses(story_id: str, scope: Scope) -> tuple[str, ...]:
    """Where a live story's page goes."""
    card = scope.index.card(story_id)
    if card is None or card.is_brief:
        return ()
    return (card.item.url, *file_urls(card.item.url, (card,), scope))


KIND = PageKind(
    "story",
    _addresses,
    _article,
    units=lambda scope: map(units.story, scope.index.ids()),
    affected=lambda change: map(units.story, change.stories),
    is_small=True,
    has_related=True,
)
