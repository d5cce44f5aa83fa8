"""What of the archive decides a publication: what may not be read any more, what appears next, what leads where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsgen.commands.archive import read_archive, read_outline
from newsgen.commands.schedule import events
from newsgen.engine.changes import SourceChanges
from newsgen.engine.request import BuildRequest
from newsgen.model.pages import Moved
from newsgen.model.story import Photo
from newsgen.plan import Scope, plan, units
from newsgen.publish.remembered import Remembered, mark, name_mark
from newsgen.publish.withdrawn import Withdrawn, paths_of, withdrawn_of
from newsgen.source.ledger import with_shown
from newsgen.text.address import output_path, page_url

__all__ = ["Situation", "expired_photos", "read_situation"]


@dataclass(frozen=True, slots=True)
class Situation:
    """The archive as a publication sees it."""

    withdrawn: tuple[Withdrawn, ...]
    next_release: int | None  # the next instant at which the clock alone changes the site, in seconds
    redirects: Mapping[str, str]  # path of each page that leads on, and where to, as of `Release`
    shown: Mapping[str, str]  # the id of the story at each address that has a page
    remembered: Remembered  # what is known here of what was withdrawn
    requests_digest: str  # of the log of requests
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
        due = min(instants, default=None)
        remembered = _remembered(changes, shown, archive.delisted)
        return Situation(withdrawn, due, redirects, shown, remembered, changes.requests.digest, is_recorded)


def expired_photos(request: BuildRequest) -> tuple[Withdrawn, ...]:
    """The pages of stories that are shown without a photo, for the right to show it has ended.

    An earlier publication with other bytes there may have the photo. Reads every card: only for going back.
    """
    with read_archive(request) as archive:
        shown = (card for card, state in archive.stories.values() if not state)
        urls = {card.item.url for card in shown if any(_has_ended(photo, request.clock) for photo in card.photos)}
        return tuple(Withdrawn(output_path(page_url(url)), is_shared=True) for url in sorted(urls))


def _has_ended(photo: Photo | None, clock: int) -> bool:
    """Whether the right to show a photo has ended; a card has None for one of which it had when it was made."""
    return photo is None or (photo.expires is not None and photo.expires <= clock)


def _remembered(changes: SourceChanges, shown: Mapping[str, str], delisted: frozenset[str]) -> Remembered:
    """What is known here; of deleted stories also those that are shown again."""
    deleted = {line.id for line in changes.ledger.lines if line.state == "removed"}
    deleted |= {row.subject for row in changes.requests.rows if row.kind == "delete"}
    killed, names = changes.killed, changes.requests.names
    gone = killed | deleted
    urls = {line.url for line in changes.ledger.lines if line.url and line.id in gone}
    urls = urls.difference(shown).union(url for url, story_id in shown.items() if story_id in delisted)
    return Remembered(
        killed=frozenset(map(mark, killed)),
        deleted=frozenset(map(mark, deleted - killed)),
        delisted=frozenset(map(mark, delisted)),
        names=frozenset(map(name_mark, names)) - {""},
        paths=frozenset(mark(path) for url in urls for path in paths_of(url)),
    )


def _redirects(scope: Scope) -> Iterator[tuple[str, str]]:
    """The pages that lead on, as they are planned: old addresses where the host has no rules, and short ones."""
    short = map(units.short, scope.index.ids()) if scope.makes("id") else ()
    for unit in (*(units.moved(redirect.url) for redirect in scope.redirects.stubs), *short):
        for page in plan(unit, scope):
            if isinstance(page.data, Moved):
                yield output_path(page.url), f"{scope.site.prefix}{page.data.to}"
