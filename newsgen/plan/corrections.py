"""Corrections, the latest and by month."""

from __future__ import annotations

from newsgen.model.card import Card
from newsgen.model.page_parts import Brief
from newsgen.model.pages import Corrected, Corrections, Page
from newsgen.model.story import Link
from newsgen.plan.scope import Scope
from newsgen.text.address import period_path
from newsgen.text.english import period_name

__all__ = ["CORRECTIONS", "corrections", "corrections_address"]

CORRECTIONS = "/corrections/"
LATEST = 100  # corrections on the first page


def corrections_address(month: str, scope: Scope) -> str:
    """Where the corrections of a month are told; of "", the latest. "" for a month without."""
    if not scope.makes("corrections"):
        return ""
    if not month:
        return CORRECTIONS
    return f"{CORRECTIONS}{period_path(month)}" if scope.index.corrected_in(month) else ""


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
    for known in reversed(scope.index.facet_names("corrected")):
        entries = _corrected(known, scope)
        counts.append(Brief(period_name(known), corrections_address(known, scope), len(entries)))
        if len(found) < LATEST:
            found.extend(entries)
    data = Corrections(url, "Corrections", "", tuple(found[:LATEST]), tuple(counts), ())
    return (Page(url, "corrections.html.j2", data, unit),)


def _corrected(month: str, scope: Scope) -> list[Corrected]:
    """The corrections of a month, newest first."""
    found: list[Corrected] = []
    for card in scope.index.corrected_in(month):
        shown = newest_of(card, scope)
        found.extend(Corrected(shown.item, note) for note in card.corrections if note.date.day.startswith(month))
    found.sort(key=lambda one: (one.note.date.instant, one.item.id, one.note.text), reverse=True)
    return list(dict.fromkeys(found))  # versions of a story tell of the same one


def newest_of(card: Card, scope: Scope) -> Card:
    return (scope.index.card(card.newest) if card.newest else None) or card
