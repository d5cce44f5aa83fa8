"""Addresses that lead on: the rules of the host, pages for those over its limit, and short permanent addresses."""

from __future__ import annotations

from newsgen.lifecycle.redirects import find
from newsgen.model.pages import Moved, Page, Redirects
from newsgen.plan.corrections import newest_of
from newsgen.plan.scope import Scope
from newsgen.plan.tombstones import answer_url
from newsgen.text.address import slug_of_name

__all__ = ["moved", "moved_address", "redirects", "redirects_address", "short", "short_address"]


def redirects_address(scope: Scope) -> str:
    """Where the rules go; "" where there are none."""
    data = _rules(scope)
    return "/_redirects" if data.moved or data.gone else ""


def redirects(unit: str, scope: Scope) -> tuple[Page, ...]:
    """The rules of the host."""
    url = redirects_address(scope)
    return (Page(url, "_redirects.j2", _rules(scope), unit),) if url else ()


def _rules(scope: Scope) -> Redirects:
    moved = tuple((one.url, one.to) for one in scope.ways.moved)
    if not scope.ways.has_410:
        return Redirects(moved, ())
    return Redirects(moved, tuple((one.url, answer_url(one.url)) for one in scope.ways.gone if one.state == "killed"))


def moved_address(rest: str, scope: Scope) -> str:
    """Where the page goes that leads on from an address."""
    url = f"/{rest}"
    return url if find(scope.ways.stubs, url) else ""


def moved(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """A page that leads on from an address."""
    one = find(scope.ways.stubs, f"/{rest}")
    return (Page(one.url, "moved.html.j2", Moved(one.url, one.to), unit),) if one else ()


def short_address(story_id: str, scope: Scope) -> str:
    """The short permanent address of a live story; "" where none are made."""
    if not scope.makes("id") or scope.index.card(story_id) is None:
        return ""
    return f"/id/{slug_of_name(story_id)}.html"


def short(unit: str, story_id: str, scope: Scope) -> tuple[Page, ...]:
    """The page at /id/<id>, which leads to the story, or to the version that replaces it."""
    url = short_address(story_id, scope)
    card = scope.index.card(story_id)
    if not url or card is None:
        return ()
    return (Page(url, "moved.html.j2", Moved(url, newest_of(card, scope).item.url), unit),)
