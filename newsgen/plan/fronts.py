"""The home page, and what every site has: 404, robots.txt, headers, the theme's files, the pictures of stories."""

from __future__ import annotations

from newsgen.pages import Asset, Copied, Headers, Home, Manifest, Need, NotFound, Page, Robots
from newsgen.parts import Brief, SectionBlock
from newsgen.plan.scope import Scope

__all__ = ["CSP", "home", "picture", "picture_address", "static_addresses", "statics"]

LATEST = 24  # stories of the home page's list
BLOCKS = 12  # sections with stories of their own on the home page; the others are links
IN_BLOCK = 5
LEAD_AMONG = 12  # the newest story with a picture leads, if it is among this many
CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; manifest-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def home(unit: str, scope: Scope) -> tuple[Page, ...]:
    """/: the lead, the latest, the sections, the years."""
    everything = ("date", "")
    newest = [card.item for card in scope.index.newest(everything, LATEST + 1)]
    lead = next((item for item in newest[:LEAD_AMONG] if item.picture), newest[0] if newest else None)
    first, last = scope.index.edge_days(everything)
    blocks = []
    for number, (slug, link, count) in enumerate(scope.sections_in_order()):
        cards = scope.index.newest(("section", slug), IN_BLOCK) if number < BLOCKS else []
        blocks.append(SectionBlock(link, count, tuple(card.item for card in cards)))
    years = [Brief(year, scope.url(everything, year), n) for year, n in reversed(scope.index.children(everything))]
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


def static_addresses(scope: Scope) -> tuple[str, ...]:
    """Where what does not depend on any story goes."""
    return (
        "/404.html",
        "/robots.txt",
        "/_headers",
        "/manifest.webmanifest",
        *(url for _name, url in scope.site.assets),
    )


def statics(unit: str, scope: Scope) -> tuple[Page, ...]:
    """What does not depend on any story."""
    fixed = (
        Page("/404.html", "404.html.j2", NotFound(scope.site.nav, scope.site.indexes), unit),
        Page("/robots.txt", "robots.txt.j2", Robots("/sitemap.xml"), unit),
        Page("/_headers", "_headers.j2", Headers(CSP), unit),
        Page("/manifest.webmanifest", "manifest.webmanifest.j2", Manifest(), unit),
    )
    assets = (Page(url, "", Asset(name), unit) for name, url in scope.site.assets)
    return (*fixed, *assets)


def picture_address(path: str, scope: Scope) -> str:
    """Where a picture goes; "" for one that no live story shows."""
    found = scope.pictures.get(path)
    return found[0].url if found and scope.index.showing(path) else ""


def picture(unit: str, path: str, scope: Scope) -> tuple[Page, ...]:
    """A picture that a live story shows."""
    url = picture_address(path, scope)
    return (Page(url, "", Copied(path), unit, (Need(path, scope.pictures[path][1]),)),) if url else ()
