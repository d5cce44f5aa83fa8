"""Addresses that lead on: the rules of the host, pages for those over its limit, and short permanent addresses."""

from __future__ import annotations

from newsgen.lifecycle.redirects import find
from newsgen.model.pages import Moved, Page, Redirects
from newsgen.plan import units
from newsgen.plan.corrections import newest_of
from newsgen.plan.kind import PageKind, nothing
from newsgen.plan.scope import Scope
from newsgen.plan.tombstones import answer_url
from newsgen.text.address import brief_anchor, slug_of_id

__all__ = ["KIND", "MOVED_KIND", "SHORT_KIND"]


def _rules_addresses(_rest: str, scope: Scope) -> tuple[str, ...]:
    rules = _rules(scope)
    return ("/_redirects",) if rules.moved or rules.gone or rules.asked else ()


def _rules_page(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The rules of the host."""
    return tuple(Page(url, "_redirects.j2", _rules(scope), unit) for url in _rules_addresses(rest, scope))


def _rules(scope: Scope) -> Redirects:
    redirects = scope.redirects
    moved = tuple((redirect.url, redirect.to) for redirect in redirects.rules)
    gone = (removed for removed in redirects.removed if removed.state == "killed" and not brief_anchor(removed.url))
    killed = [removed.url for removed in gone] if redirects.has_410 else []
    asked = tuple((*_split_query(redirect.url), redirect.to) for redirect in redirects.asked)
    return Redirects(moved, tuple((url, answer_url(url)) for url in killed), asked)


def _split_query(url: str) -> tuple[str, str]:
    path, _mark, query = url.partition("?")
    return path, query.replace("&", " ")


def _moved_addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    redirect = find(scope.redirects.stubs, f"/{rest}")
    return (redirect.url,) if redirect else ()


def _moved(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """A page that leads on from an address."""
    redirect = find(scope.redirects.stubs, f"/{rest}")
    return (Page(redirect.url, "moved.html.j2", Moved(redirect.url, redirect.to), unit),) if redirect else ()


def _short_addresses(story_id: str, scope: Scope) -> tuple[str, ...]:
    """The short permanent address of a live story; () where the settings do not ask for these."""
    if not scope.makes("id") or scope.index.card(story_id) is None:
        return ()
    return (f"/id/{slug_of_id(story_id)}.html",)


def _short(unit: str, story_id: str, scope: Scope) -> tuple[Page, ...]:
    """The page at /id/<id>, which leads to the story, or to the version that replaces it."""
    card = scope.index.card(story_id)
    if card is None:
        return ()
    to = newest_of(card, scope).item.url
    return tuple(Page(url, "moved.html.j2", Moved(url, to), unit) for url in _short_addresses(story_id, scope))


KIND = PageKind(
    units.REDIRECTS,
    _rules_addresses,
    _rules_page,
    units=lambda _scope: (units.REDIRECTS,),
    affected=nothing,
    follows_redirects=True,
)
MOVED_KIND = PageKind(
    "moved",
    _moved_addresses,
    _moved,
    units=lambda scope: (units.moved(redirect.url) for redirect in scope.redirects.stubs),
    affected=nothing,
    follows_redirects=True,
)
SHORT_KIND = PageKind(
    "short",
    _short_addresses,
    _short,
    units=lambda scope: map(units.short, scope.index.ids()) if scope.makes("id") else (),
    affected=lambda change: map(units.short, change.versions),
)
