"""/places-map/: the places of which `_places.yaml` says where they are, on an outline of the land.

The map shows the part of the world in which they lie. A circle is the larger, the more stories its place has.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from newsgen.model.pages import MapPoint, Page, PlaceMap
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import LABELS, Scope
from newsgen.text.address import slug_of_name

__all__ = ["KIND", "map_address"]

_URL = "/places-map/"
_MOST = 100  # places: those with most stories
_LEAST_WIDTH = 400  # tenths of a degree: less of the outline is no shape that anybody knows
_MARGIN = 0.2  # of the extent of the places, on each side
_WORLD = (-1800, -900, 3600, 1800)  # x, y, width, height in tenths of a degree; south is down
_SMALLEST, _LARGEST = 0.006, 0.025  # radius of a circle, as a part of the map's width


def map_address(scope: Scope) -> str:
    """Where the map is; "" where no place with stories has a position, or places have no pages."""
    return _URL if scope.makes("place") and any(_placed(scope)) else ""


def _placed(scope: Scope) -> Iterable[tuple[int, str, str, float, float]]:
    """(stories, slug, name, degrees north, degrees east) of each place that has stories and a position."""
    for entry in scope.places.names:
        slug = slug_of_name(entry.name)
        if entry.latitude is None or entry.longitude is None or scope.places.entry(slug) is not entry:
            continue
        if count := scope.index.count(("place", slug)):
            yield count, slug, scope.index.display_name(("place", slug)), entry.latitude, entry.longitude


def _addresses(_rest: str, scope: Scope) -> tuple[str, ...]:
    url = map_address(scope)
    return (url,) if url else ()


def _view(places: list[tuple[int, int]]) -> tuple[int, int, int, int]:
    """The part of the world that shows all places with a margin, twice as wide as high: (x, y, width, height)."""
    left, right = min(x for x, _y in places), max(x for x, _y in places)
    top, bottom = min(y for _x, y in places), max(y for _x, y in places)
    width = max(right - left, 2 * (bottom - top)) * (1 + 2 * _MARGIN)
    width = min(_WORLD[2], max(_LEAST_WIDTH, round(width)))
    height = width // 2
    return (
        _fitted(left + right, width, _WORLD[0], _WORLD[2]),
        _fitted(top + bottom, height, _WORLD[1], _WORLD[3]),
        width,
        height,
    )


def _fitted(twice_middle: int, size: int, start: int, whole: int) -> int:
    """Where a stretch around a middle begins, moved so that it lies within the whole."""
    return max(start, min((twice_middle - size) // 2, start + whole - size))


def _map(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    if not _addresses("", scope):
        return ()
    placed = sorted(_placed(scope), key=lambda place: (-place[0], place[1]))[:_MOST]
    at = [(round(east * 10), -round(north * 10)) for _count, _slug, _name, north, east in placed]
    view = _view(at)
    most = placed[0][0]
    points = []
    for (count, slug, name, _north, _east), (x, y) in zip(placed, at, strict=True):
        size = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(count / most)
        points.append(MapPoint(name, scope.url(("place", slug)), count, x, y, round(view[2] * size)))
    say = scope.language.say
    crumbs = (Link(say(LABELS["place"]), "/places/"),)
    data = PlaceMap(say("places_on_a_map"), say("about_map"), _URL, view, tuple(points), crumbs)
    return (Page(_URL, "map.html.j2", data, unit),)


def _affected(change: ShelfChange) -> Iterable[str]:
    kinds = {kind for kind, _slug in (*change.collections, *change.names)}
    return (units.MAP,) if "place" in kinds else ()


KIND = PageKind(units.MAP, _addresses, _map, units=lambda _scope: (units.MAP,), affected=_affected)
