"""An index gives the same answers made of cards, on top of a store, or loaded from one."""

from __future__ import annotations

import pytest

from newsgen.engine.reindex import _StoredShelves
from newsgen.index.index import Index
from newsgen.index.shelves import KINDS
from newsgen.model.card import Card
from tests.support.sites import Desk, instant, story

DAYS = ["1987-02-26", "1987-02-27", "1987-03-01", "1988-01-01"]


def desk_of(count: int) -> Desk:
    desk = Desk()
    for number in range(count):
        day = DAYS[number % len(DAYS)]
        more = {"tags": f"[grain, {'ships' if number % 3 else 'tides'}]", "byline": f"Mila Hart {number % 2}"}
        if number == 5:
            more["related"] = "[id-1, id-2]"
        text = story(
            f"Story {number}", f"{day}T10:{number:02}", ("World", "Business")[number % 2], id=f"id-{number}", **more
        )
        desk.site.write(f"content/{number}.md", text)
    desk.clock = instant("2000-01-01T00:00")
    desk.build()
    return desk


def stored_shelves(desk: Desk) -> _StoredShelves:
    """The shelves that a desk's last build left in its store."""
    return _StoredShelves(desk.store, desk.clock, {}, drafts=False)


def answers(index: Index) -> list[object]:
    """All that an index can be asked."""
    results: list[object] = [
        index.ids(),
        index.facet_names("picture"),
        index.ids_pinning("id-1"),
        index.ids_pinning("id-3"),
    ]
    for kind in KINDS:
        results.append((kind, index.slugs(kind), index.names(kind)))
        for slug in [*index.slugs(kind), "nothing"]:
            shelf = (kind, slug)
            for period in ("", "1987", "1987-02", "1987-02-26", "1987-02-26T10", "1990"):
                cards = [card.item.id for card in index.all(shelf, period)]
                newest = [[card.item.id for card in index.newest(shelf, limit, period)] for limit in (1, 2, 100)]
                assert newest == [cards[::-1][:limit] for limit in (1, 2, 100)]
                assert index.count(shelf, period) == len(cards)
                results.append((cards, index.first_and_last_day(shelf, period), index.neighbours(shelf, period)))
                smaller = index.children(shelf, period) if len(period) < 13 else []  # an hour has none
                results.append((smaller, index.display_name(shelf), sorted(index.spellings.of(shelf).items())))
    for card in index.cards():
        section = ("section", "world")
        around = [index.around(section, card, before, after) for before, after in ((0, 0), (1, 3), (100, 100))]
        results.append([[[card.item.id for card in side] for side in sides] for sides in around])
    return results


def test_all_kinds_of_index_give_the_same_answers() -> None:
    desk = desk_of(11)
    shelves = stored_shelves(desk)
    made = Index(shelves.cards())
    loaded = Index(source=shelves)
    loaded.load_all()
    assert len(made.ids()) == 11
    assert answers(made) == answers(Index(source=shelves)) == answers(loaded)


@pytest.mark.parametrize("gone", [0, 4, 10])
def test_an_updated_index_is_as_a_new_one(gone: int) -> None:
    desk = desk_of(11)
    shelves = stored_shelves(desk)
    cards = sorted(shelves.cards(), key=lambda card: card.path)
    taken = next(card for card in cards if card.item.id == f"id-{gone}")
    left = [card for card in cards if card is not taken]
    expected = answers(Index(left))
    stored, made, loaded = Index(source=shelves), Index(cards), Index(source=shelves)
    answers(made)  # so that it has cached what it can
    for index in (stored, made, loaded):
        index.update([taken], [])
    loaded.load_all()
    assert answers(stored) == answers(made) == answers(loaded) == expected
    for index in (stored, made, loaded):
        index.update([], [taken])
    assert answers(stored) == answers(made) == answers(loaded) == answers(Index(cards))


def test_neighbours_are_in_order_of_time() -> None:
    desk = desk_of(8)
    index = Index(stored_shelves(desk).cards())
    card = index.card("id-2")  # World holds id-0, id-4 of one day, then id-2, id-6 of another
    assert card is not None
    before, after = index.around(("section", "world"), card, 10, 10)
    assert ([card.item.id for card in before], [card.item.id for card in after]) == (["id-0", "id-4"], ["id-6"])


def test_an_index_on_a_store_fetches_only_the_cards_it_is_asked_for() -> None:
    fetched: list[str] = []

    class Recording(_StoredShelves):
        def card(self, story_id: str) -> Card | None:
            fetched.append(story_id)
            return _StoredShelves.card(self, story_id)

    desk = desk_of(11)
    index = Index(source=Recording(desk.store, desk.clock, {}, drafts=False))
    card = index.card("id-4")
    assert card is not None
    index.around(("section", "world"), card, 1, 1)
    assert fetched == ["id-4", "id-0", "id-8"]
