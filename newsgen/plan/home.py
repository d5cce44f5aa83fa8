"""The home page: the stories that lead, the latest, the sections, the years, of one year its months."""

from __future__ import annotations

from newsgen.index.shelves import LIMIT
from newsgen.model.page_parts import Group, Sublist
from newsgen.model.pages import Home, Page
from newsgen.plan import units
from newsgen.plan.kind import PageKind
from newsgen.plan.leads import AMONG, choose, pinned, teaser, without
from newsgen.plan.periods import smaller_periods
from newsgen.plan.scope import Scope

__all__ = ["KIND"]

LEADS = 4  # the lead, and three more
LATEST = 20  # stories of the list below them
BLOCKS = 12  # sections with stories of their own on the home page; the others are links
IN_BLOCK = 5


def _home(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The page at /. Each story is on it once."""
    everything = ("date", "")
    newest = scope.index.newest(everything, AMONG)
    leads = choose(newest, LEADS, pinned(scope.settings.lead, everything, scope))
    latest = without(newest, leads)[:LATEST]
    shown = [*leads, *latest]
    first, last = scope.index.first_and_last_day(everything)
    blocks = []
    for number, (slug, link, count) in enumerate(scope.sections_in_order()):
        above = sum(card.section.url == link.url for card in shown)
        cards = scope.index.newest(("section", slug), IN_BLOCK + above) if number < BLOCKS else []
        items = tuple(card.item for card in without(cards, shown)[:IN_BLOCK])
        blocks.append(Group("section", link.name, items, link.url, count))
    periods = [
        Sublist(scope.language.period_name(period), scope.url(everything, period), n)
        for period, n in reversed(smaller_periods(scope.index, everything))
    ]
    is_way = scope.makes("date") and scope.index.count(everything) > LIMIT  # to the month of an archive of one
    data = Home(
        leads=tuple(map(teaser, leads)),
        latest=tuple(card.item for card in latest),
        sections=tuple(blocks),
        periods=tuple(periods) if len(periods) > 1 or is_way else (),
        count=scope.index.count(everything),
        first_day=first,
        last_day=last,
    )
    return (Page("/", "home.html.j2", data, unit),)


KIND = PageKind(
    units.HOME,
    lambda _rest, _scope: ("/",),
    _home,
    units=lambda _scope: (units.HOME,),
    affected=lambda change: (units.HOME,) if change.shown else (),
)
