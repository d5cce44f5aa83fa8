"""/corrections/: the latest corrections, and those of each month."""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.index.shelves import correction_months
from newsgen.model.card import Card
from newsgen.model.page_parts import Sublist
from newsgen.model.pages import Corrected, Corrections, Page
from newsgen.model.story import Link
from newsgen.plan import units
from newsgen.plan.affected import ShelfChange
from newsgen.plan.kind import PageKind
from newsgen.plan.scope import Scope
from newsgen.text.address import period_path

__all__ = ["KIND", "corrections_address", "newest_of"]

_ROOT = "/corrections/"
_LATEST = 100  # corrections on the first page


def corrections_address(month: str, scope: Scope) -> str:
    """Where the corrections of a month are listed; of "", the latest. "" for a month without."""
    if not scope.makes("corrections"):
        return ""
    if not month:
        return _ROOT
    return f"{_ROOT}{period_path(month)}" if scope.index.corrected_in(month) else ""


def _addresses(month: str, scope: Scope) -> tuple[str, ...]:
    url = corrections_address(month, scope)
    return (url,) if url else ()


def _corrections(unit: str, month: str, scope: Scope) -> tuple[Page, ...]:
    """The latest corrections, or those of a month."""
    url = corrections_address(month, scope)
    if not url:
        return ()
    if month:
        title = scope.language.say("corrections_of", period=scope.language.period_name(month))
        crumbs = (Link(scope.language.say("corrections"), _ROOT),)
        data = Corrections(url, title, month, tuple(_of_month(month, scope)), (), crumbs)
        return (Page(url, "corrections.html.j2", data, unit),)
    months: list[Sublist] = []
    latest: list[Corrected] = []
    for each in reversed(scope.index.facet_names("corrected")):
        entries = _of_month(each, scope)
        months.append(Sublist(scope.language.period_name(each), corrections_address(each, scope), len(entries)))
        if len(latest) < _LATEST:
            latest.extend(entries)
    data = Corrections(url, scope.language.say("corrections"), "", tuple(latest[:_LATEST]), tuple(months), ())
    return (Page(url, "corrections.html.j2", data, unit),)


def _of_month(month: str, scope: Scope) -> list[Corrected]:
    """The corrections of a month, newest first."""
    entries: list[Corrected] = []
    for card in scope.index.corrected_in(month):
        shown = newest_of(card, scope)
        entries.extend(Corrected(shown.item, note) for note in card.corrections if note.date.day.startswith(month))
    entries.sort(key=lambda entry: (entry.note.date.instant, entry.item.id, entry.note.text), reverse=True)
    return list(dict.fromkeys(entries))  # versions of a story list the same correction


def newest_of(card: Card, scope: Scope) -> Card:
    """The version that stands for a story."""
    return (scope.index.card(card.newest) if card.newest else None) or card


def _affected(change: ShelfChange) -> Iterator[str]:
    for card in change.shown:
        versions = [card, *(old for version in card.versions if (old := change.index.card(version)))]
        if any(version.corrections for version in versions):
            yield units.CORRECTIONS
            yield from (units.corrections(month) for version in versions for month in correction_months(version))


KIND = PageKind(
    units.CORRECTIONS,
    _addresses,
    _corrections,
    units=lambda scope: (units.CORRECTIONS, *map(units.corrections, scope.index.facet_names("corrected"))),
    affected=_affected,
)
