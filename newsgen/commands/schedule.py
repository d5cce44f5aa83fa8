"""What the clock alone will change: stories that appear or expire, photos whose rights end. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from newsgen.commands.archive import Archive, read_archive
from newsgen.engine.request import BuildRequest
from newsgen.lifecycle import state
from newsgen.lifecycle.holds import hold_problems
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.value import value

__all__ = ["DAY", "Event", "Schedule", "events", "schedule"]

DAY = 86_400  # seconds


@value
class Event:
    """One change of one story."""

    at: int  # instant, in seconds since 1970-01-01T00:00Z
    kind: Literal["appears", "expires", "photo-expires"]
    id: str
    path: str  # of the story file
    file: str = ""  # of the photo


@dataclass(frozen=True, slots=True)
class Schedule:
    """The answer to `newsgen schedule`."""

    clock: int
    events: tuple[Event, ...]  # in order of time, up to the last day asked for
    later: int  # how many events come after that
    next: int | None  # when a build is due: the first instant at which it would give another site
    on_hold: tuple[tuple[str, str], ...]  # id and file of stories under an embargo without an end
    problems: tuple[Problem, ...]  # errors of stories that cannot be read: what is in them is not scheduled


def schedule(request: BuildRequest, days: int) -> Schedule:
    """What will change after the request's clock, listed for that many days."""
    with read_archive(request) as archive:
        cards = archive.cards()
        site_notes = archive.changes.site_notes
        held = {path: (name, card.item.url) for path, (card, name) in archive.stories.items()}
        problems = (*hold_problems(site_notes.holds, held), *site_notes.problems, *_unreadable(archive))
    future = sorted((event for card in cards for event in events(card, request.clock)), key=_order)
    listed = tuple(event for event in future if event.at <= request.clock + days * DAY)
    on_hold = sorted((card.item.id, card.path) for card in cards if card.is_on_hold and card.status == "live")
    next_build = future[0].at if future else None
    return Schedule(request.clock, listed, len(future) - len(listed), next_build, tuple(on_hold), problems)


def _unreadable(archive: Archive) -> Iterable[Problem]:
    """The errors of story files that cannot be read."""
    unread = {path for path, *_stat in archive.changes.listing.stories if path not in archive.stories}
    return (p for p in archive.snapshot.problems if p.path in unread and p.severity == "error")


def _order(event: Event) -> tuple[int, str, str, str]:
    return event.at, event.kind, event.path, event.file


def events(card: Card, clock: int) -> Iterator[Event]:
    """What happens to a story after `clock` while nobody touches its file, in order of time.

    Nothing happens to a story that is a draft, withheld, killed or on hold. One that expires before its embargo ends
    never appears.
    """
    for at in sorted({moment for moment in state.moments(card) if moment > clock}):
        before, after = state.state(card, at - 1), state.state(card, at)
        if before != "live" and after == "live":
            yield Event(at, "appears", card.item.id, card.path)
        elif before == "live" and after != "live":
            yield Event(at, "expires", card.item.id, card.path)
        elif before == after == "live":
            yield from _photo_events(card, at)


def _photo_events(card: Card, at: int) -> Iterable[Event]:
    return (
        Event(at, "photo-expires", card.item.id, card.path, photo.file)
        for photo in card.photos
        if photo and photo.expires == at
    )
