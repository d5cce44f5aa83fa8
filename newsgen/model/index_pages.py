"""The pages by which readers look stories up: directories of names, the grid of dates, the map of places."""

from __future__ import annotations

from newsgen.model.card import Item
from newsgen.model.page_parts import Sublist
from newsgen.model.story import Link
from newsgen.model.value import value

__all__ = ["Dates", "DaysOfYear", "Directory", "MapPoint", "OnThisDay", "PlaceMap", "SameDay"]


@value
class Directory:
    """directory.html.j2: /tags/, /people/ and /places/, and a page for each letter where one has over 400 names."""

    kind: str
    title: str
    url: str
    letter: str  # "" for all letters
    count: int
    blocks: tuple[tuple[str, tuple[Sublist, ...]], ...]  # names that come first, by the key of their heading's word
    groups: tuple[tuple[str, tuple[Sublist, ...]], ...]  # the names, by letter; "" where they stand without headings
    letters: tuple[Sublist, ...]
    crumbs: tuple[Link, ...]
    map_url: str = ""  # of places, on the first page: where they are on a map


@value
class Dates:
    """dates.html.j2: /dates/, the years and months that have stories. Of more than 40 years, these by decade."""

    title: str
    description: str
    url: str
    count: int
    first_day: str
    last_day: str
    years: tuple[tuple[Sublist, tuple[Sublist, ...]], ...]  # newest first, each with its months in order
    decades: tuple[tuple[str, tuple[Sublist, ...]], ...]  # newest first, each with its ten years in order
    oldest: Item  # the first story
    crumbs: tuple[Link, ...]


@value
class DaysOfYear:
    """days-of-year.html.j2: /on-this-day/, the days of the year that have stories."""

    title: str
    description: str
    url: str
    months: tuple[tuple[Link, tuple[Link, ...]], ...]  # January …, without addresses, each with its days
    crumbs: tuple[Link, ...]


@value
class SameDay:
    """A day of one year on the page of a day of the year."""

    year: Link  # its name, and the address of the day's page
    count: int  # stories of the day
    items: tuple[Item, ...]  # the newest of them


@value
class OnThisDay:
    """on-this-day.html.j2: /on-this-day/02-26/, what was published on a day in all years."""

    title: str
    description: str
    url: str
    years: tuple[SameDay, ...]  # newest first
    crumbs: tuple[Link, ...]


@value
class MapPoint:
    """A place on a map; x, y and radius are in the units of its view."""

    name: str
    url: str
    count: int  # of its stories
    x: int  # tenths of a degree east
    y: int  # tenths of a degree south
    radius: int


@value
class PlaceMap:
    """map.html.j2: /places-map/, the places of which `_places.yaml` says where they are."""

    title: str
    description: str
    url: str
    view: tuple[int, int, int, int]  # x, y, width, height of the part of the world that is shown
    points: tuple[MapPoint, ...]  # those with most stories, at most a hundred
    crumbs: tuple[Link, ...]
