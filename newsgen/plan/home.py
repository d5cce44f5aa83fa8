"""The home page: the lead, the latest stories, the sections, the years."""

from __future__ import annotations

from newsgen.model.page_parts import SectionBlock, Sublist
from newsgen.model.pages import Home, Page
from newsgen.plan import units
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope

__all__ = ["KIND"]

LATEST = 24  # stories of the home page's list
BLOCKS = 12  # sections with stories of their own on the home page; the others are links
IN_BLOCK = 5
LEAD_AMONG = 12  # the newest story with a picture leads, if it is among this many


def _home(unit: str, _rest: str, scope: Scope) -> tuple[Page, ...]:
    """The page at /."""
    everything = ("date", "")
    newest = [card.item for card in scope.index.newest(everything, LATEST + 1)]
    lead = next((item for item in newest[:LEAD_AMONG] if item.picture), newest[0] if newest else None)
    first, last = scope.index.first_and_last_day(everything)
    blocks = []
    for number, (slug, link, count) in enumerate(scope.sections_in_order()):
        cards = scope.index.newest(("section", slug), IN_BLOCK) if number < BLOCKS else []
        blocks.append(SectionBlock(link, count, tuple(card.item for card in cards)))
    years = [
        Sublist(scope.language.period_name(year), scope.url(everything, year), n)
        for year, n in reversed(scope.index.children(everything))
    ]
    data = Home(
        lead=lead,
        latest=tuple(item for item in newest if item is not lead)[:LATEST],
        sections=tuple(blocks),
        years=tuple(years),
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
