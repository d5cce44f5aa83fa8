"""/places-map/: places where `_places.yaml` says they are, with the part of the world that shows them."""

from __future__ import annotations

import re

import pytest

from tests.support.sites import Desk, assert_same, story

POSITIONS = {"Aldmoor": (57.7, -15.1), "Lindmouth": (57.2, -14.6), "Suva": (-18.1, 178.4), "Apia": (-13.8, -171.8)}


def register(positions: dict[str, tuple[float, float]]) -> bytes:
    rows = (f"- name: {name}\n  latitude: {at[0]}\n  longitude: {at[1]}\n" for name, at in positions.items())
    return "".join(rows).encode()


def desk_of(*places: str, positions: dict[str, tuple[float, float]] = POSITIONS) -> Desk:
    """A site with a story for each place."""
    desk = Desk(
        {
            f"content/news/{number}.md": story(f"Item {number}", id=f"s{number}", places=f"[{place}]")
            for number, place in enumerate(places)
        }
    )
    desk.site.write("content/_places.yaml", register(positions))
    desk.build()
    return desk


def page(desk: Desk) -> str:
    return desk.output.read("places-map/index.html").decode()


def view(desk: Desk) -> list[int]:
    found = re.search(r'viewBox="([-0-9 ]+)" aria-hidden', page(desk))
    assert found
    return [int(number) for number in found[1].split()]


def circles(desk: Desk) -> list[tuple[str, int, int, int]]:
    """(address, x, y, radius) of each place on the map."""
    found = re.findall(r'<a href="([^"]+)" tabindex="-1"><circle cx="(\S+)" cy="(\S+)" r="(\S+)"/>', page(desk))
    return [(url, int(x), int(y), int(radius)) for url, x, y, radius in found]


def test_places_stand_where_they_are() -> None:
    desk = desk_of("Aldmoor", "Aldmoor", "Lindmouth", "Elsewhere")
    aldmoor, lindmouth = circles(desk)
    assert aldmoor[:3] == ("/places/aldmoor/", -151, -577)
    assert lindmouth[:3] == ("/places/lindmouth/", -146, -572)
    assert aldmoor[3] > lindmouth[3]
    left, top, width, height = view(desk)
    for _url, x, y, _radius in circles(desk):
        assert left < x < left + width
        assert top < y < top + height
    assert width == 400
    assert 'href="/places-map/"' in desk.output.read("places/index.html").decode()
    assert "/places-map/" in desk.output.read("sitemaps/sitemap-pages.xml").decode()


def test_the_whole_world_is_the_most_that_is_shown() -> None:
    assert view(desk_of("Apia", "Suva")) == [-1800, -900, 3600, 1800]


@pytest.mark.parametrize("places", [("Suva",), ("Suva", "Suva")])
def test_at_an_edge_of_the_world_the_view_lies_within_it(places: tuple[str, ...]) -> None:
    left, _top, width, _height = view(desk_of(*places))
    assert left + width == 1800


def test_there_is_no_map_without_a_position() -> None:
    desk = desk_of("Elsewhere")
    assert "places-map/index.html" not in desk.output.files
    assert "/places-map/" not in desk.output.read("places/index.html").decode()
    desk.site.write("content/news/0.md", story("Item", id="s0", places="[Aldmoor]"))
    desk.build()
    assert circles(desk)
    assert_same(desk.output.files, desk.clean())


def test_a_held_story_is_not_counted() -> None:
    desk = desk_of("Aldmoor", "Lindmouth")
    desk.site.write("content/news/1.md", story("Item 1", id="s1", places="[Lindmouth]", status="draft"))
    desk.build()
    assert [url for url, *_at in circles(desk)] == ["/places/aldmoor/"]
    assert_same(desk.output.files, desk.clean())


def test_a_place_that_moves() -> None:
    desk = desk_of("Aldmoor")
    desk.site.write("content/_places.yaml", register({"Aldmoor": (10.0, 20.0)}))
    desk.build()
    assert circles(desk)[0][1:3] == (200, -100)
    assert_same(desk.output.files, desk.clean())
