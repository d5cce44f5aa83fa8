"""What will change by the clock alone: stories that appear or expire, photos whose right ends. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from newsgen.engine.changes import changes
from newsgen.engine.job import Job
from newsgen.lifecycle import state
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.value import value
from newsgen.source.listing import classify, scan_content
from newsgen.store import Store

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
    later: int  # events after that
    next: int | None  # when a build is due: the first instant at which it would give another site
    on_hold: tuple[tuple[str, str], ...]  # id and file of stories under an embargo without an end
    problems: tuple[Problem, ...]  # errors of stories that cannot be read: what is in them is not scheduled


def schedule(job: Job, days: int) -> Schedule:
    """Read every story and say what will change after the job's clock, for some days."""
    with Store(":memory:") as empty:
        found = changes(job, empty, classify(scan_content(job.site)))
    cards = [parsed.card for parsed in found.parsed.values() if parsed.card]
    coming = sorted((event for card in cards for event in events(card, job.clock)), key=_order)
    shown = tuple(event for event in coming if event.at <= job.clock + days * DAY)
    held = sorted((card.item.id, card.path) for card in cards if _waits(card))
    wrong = (problem for parsed in found.parsed.values() for problem in parsed.problems)
    problems = (*found.site_notes.problems, *(problem for problem in wrong if problem.severity == "error"))
    due = coming[0].at if coming else None
    return Schedule(job.clock, shown, len(coming) - len(shown), due, tuple(held), problems)


def _order(event: Event) -> tuple[int, str, str, str]:
    return event.at, event.kind, event.path, event.file


def _waits(card: Card) -> bool:
    """Whether only an embargo keeps a story back."""
    return card.is_on_hold and card.status == "live"


def events(card: Card, clock: int) -> Iterator[Event]:
    """What happens to a story after `clock` while nobody touches its file.

    Nothing happens to one that is a draft, withheld, killed or on hold; one that expires before its embargo ends never
    appears.
    """
    for at in sorted({moment for moment in state.moments(card) if moment > clock}):
        before, after = state.state(card, at - 1), state.state(card, at)
        if before != "live" and after == "live":
            yield Event(at, "appears", card.item.id, card.path)
        elif before == "live" and after != "live":
            yield Event(at, "expires", card.item.id, card.path)
        elif before == after == "live":
            yield from _photos(card, at)


def _photos(card: Card, at: int) -> Iterable[Event]:
    return (
        Event(at, "photo-expires", card.item.id, card.path, photo.file)
        for photo in card.photos
        if photo and photo.expires == at
    )
