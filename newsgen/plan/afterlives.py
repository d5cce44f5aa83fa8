"""What is told of a story after it was published: corrections, withdrawals, the addresses that it had."""

from __future__ import annotations

import json

from newsgen import codec
from newsgen.address import period_path, slug_of_name
from newsgen.cards import join_names
from newsgen.model import Card, Details, Link, short_digest
from newsgen.pages import Corrected, Corrections, Moved, Page, Redirects, Tombstone, Withdrawal, Withdrawn
from newsgen.parts import Brief
from newsgen.plan.feeds import entry_id, stamp
from newsgen.plan.scope import Scope
from newsgen.ways import Gone, find
from newsgen.words import period_name

__all__ = [
    "CORRECTIONS", "WITHDRAWN", "corrections", "corrections_address", "gone", "gone_addresses", "moved",
    "moved_address", "redirects", "redirects_address", "short", "short_address", "withdrawn",
    "withdrawn_addresses",
]  # fmt: skip

CORRECTIONS = "/corrections/"
WITHDRAWN = ("/withdrawn/", "/withdrawn/feed.xml")
LATEST = 100  # corrections on the first page


# --- corrections ----------------------------------------------------------------------------------------------------


def corrections_address(month: str, scope: Scope) -> str:
    """Where the corrections of a month are told; of "", the latest. "" for a month without."""
    if not scope.makes("corrections"):
        return ""
    if not month:
        return CORRECTIONS
    return f"{CORRECTIONS}{period_path(month)}" if scope.index.corrected(month) else ""


def corrections(unit: str, month: str, scope: Scope) -> tuple[Page, ...]:
    """The latest corrections, or those of a month."""
    url = corrections_address(month, scope)
    if not url:
        return ()
    if month:
        title = f"Corrections, {period_name(month)}"
        crumbs = (Link("Corrections", CORRECTIONS),)
        data = Corrections(url, title, month, tuple(_corrected(month, scope)), (), crumbs)
        return (Page(url, "corrections.html.j2", data, unit),)
    counts: list[Brief] = []
    found: list[Corrected] = []
    for known in reversed(scope.index.held("corrected")):
        entries = _corrected(known, scope)
        counts.append(Brief(period_name(known), corrections_address(known, scope), len(entries)))
        if len(found) < LATEST:
            found.extend(entries)
    data = Corrections(url, "Corrections", "", tuple(found[:LATEST]), tuple(counts), ())
    return (Page(url, "corrections.html.j2", data, unit),)


def _corrected(month: str, scope: Scope) -> list[Corrected]:
    """The corrections of a month, newest first."""
    found: list[Corrected] = []
    for card in scope.index.corrected(month):
        shown = _newest(card, scope)
        found.extend(Corrected(shown.item, note) for note in card.corrections if note.date.day.startswith(month))
    found.sort(key=lambda one: (one.note.date.instant, one.item.id, one.note.text), reverse=True)
    return list(dict.fromkeys(found))  # versions of a story tell of the same one


def _newest(card: Card, scope: Scope) -> Card:
    return (scope.index.card(card.newest) if card.newest else None) or card


# --- addresses ------------------------------------------------------------------------------------------------------


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
    return Redirects(moved, tuple((one.url, _answer(one.url)) for one in scope.ways.gone if one.state == "killed"))


def _answer(url: str) -> str:
    """Where the page lies that a host sends with its 410: a rule that leads to its own address is none."""
    return f"{WITHDRAWN[0]}{short_digest(url)}.html"


def _gone(rest: str, scope: Scope) -> Gone | None:
    return find(scope.ways.gone, f"/{rest}")


def gone_addresses(rest: str, scope: Scope) -> tuple[str, ...]:
    """Where the tombstone of an address goes."""
    one = _gone(rest, scope)
    if one is None:
        return ()
    return (one.url, _answer(one.url)) if one.state == "killed" and scope.ways.has_410 else (one.url,)


def gone(unit: str, rest: str, scope: Scope) -> tuple[Page, ...]:
    """The tombstone of an address."""
    one = _gone(rest, scope)
    if one is None:
        return ()
    data = Tombstone(one.url, one.state, one.since, one.reason, one.headline, one.iso, _credit(one))
    return tuple(Page(url, "tombstone.html.j2", data, unit) for url in gone_addresses(rest, scope))


def _credit(one: Gone) -> str:
    """What stays of an expired story beside its headline: whose it was."""
    if not one.details:
        return ""
    details = codec.decode(Details, json.loads(one.details))
    return details.credit or join_names((*details.byline, *details.agency))


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
    return (Page(url, "moved.html.j2", Moved(url, _newest(card, scope).item.url), unit),)


# --- withdrawals ----------------------------------------------------------------------------------------------------


def withdrawn_addresses(scope: Scope) -> tuple[str, ...]:
    """Where the list of what was withdrawn goes, and its feed; none where the settings do not ask for it."""
    return WITHDRAWN if scope.makes("withdrawn") else ()


def withdrawn(unit: str, scope: Scope) -> tuple[Page, ...]:
    """The list of what was withdrawn after it was published, for readers and for subscribers' programs."""
    if not scope.makes("withdrawn"):
        return ()
    base_url = scope.site.base_url
    urls: dict[str, list[Gone]] = {}
    for one in scope.ways.gone:
        if one.state == "killed":
            urls.setdefault(one.id, []).append(one)
    entries = []
    for story_id, its in urls.items():
        last = max(its, key=lambda one: (one.since, one.reason))
        when = stamp(last.since) if last.since else "1970-01-01T00:00:00Z"
        entries.append(
            Withdrawal(
                entry_id(base_url, f"withdrawn {story_id}"), entry_id(base_url, story_id),
                tuple(one.url for one in its), last.since, when, last.reason,
            )
        )  # fmt: skip
    entries.sort(key=lambda entry: (entry.since, entry.uid), reverse=True)
    updated = max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z")
    data = Withdrawn(WITHDRAWN[0], entry_id(base_url, "feed withdrawn"), updated, tuple(entries))
    return (
        Page(WITHDRAWN[0], "withdrawn.html.j2", data, unit),
        Page(WITHDRAWN[1], "withdrawn.xml.j2", data, unit),
    )
