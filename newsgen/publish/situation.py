"""What of the archive decides a publication: what may not be read any more, what appears next, what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsgen.commands.archive import read_outline
from newsgen.commands.schedule import events
from newsgen.engine.request import BuildRequest
from newsgen.model.pages import Moved
from newsgen.plan import Scope, plan, units
from newsgen.publish.withdrawn import Withdrawn, withdrawn_of
from newsgen.source.ledger import with_shown
from newsgen.text.address import output_path

__all__ = ["Situation", "read_situation"]


@dataclass(frozen=True, slots=True)
class Situation:
    """The archive as a publication sees it."""

    withdrawn: tuple[Withdrawn, ...]
    next_release: int | None  # the next instant at which the clock alone changes the site, in seconds
    redirects: Mapping[str, str]  # path of each page that leads on, and where to, as of `Release`
    is_recorded: bool  # the ledger can be read, and has every address that is shown


def read_situation(request: BuildRequest) -> Situation:
    """Read the archive at the request's clock."""
    with read_outline(request) as archive:
        changes, shown = archive.changes, archive.shown
        lines = changes.ledger.lines
        withdrawn = withdrawn_of(lines, shown, changes.requests.rows)
        instants = (event.at for card in archive.changing for event in events(card, request.clock))
        redirects = dict(_redirects(archive.snapshot.scope))
        is_recorded = not changes.ledger.problems and with_shown(lines, shown, "") == lines
        return Situation(withdrawn, min(instants, default=None), redirects, is_recorded)


def _redirects(scope: Scope) -> Iterator[tuple[str, str]]:
    """The pages that lead on, as they are planned: old addresses where the host has no rules, and short ones."""
    short = map(units.short, scope.index.ids()) if scope.makes("id") else ()
    for unit in (*(units.moved(redirect.url) for redirect in scope.redirects.stubs), *short):
        for page in plan(unit, scope):
            if isinstance(page.data, Moved):
                yield output_path(page.url), f"{scope.site.prefix}{page.data.to}"
