"""What `newsgen schedule` answers, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsgen.messages.times import cron_line, in_zone
from newsgen.text.english import plural

if TYPE_CHECKING:  # as in `results`
    from newsgen.commands.schedule import Schedule

__all__ = ["schedule_lines"]

_EVENTS = {"appears": "appears", "expires": "expires", "photo-expires": "loses the photo"}


def schedule_lines(schedule: Schedule, days: int, zone: str, command: str) -> Iterator[str]:
    """What will change within some days, with times in a zone; and when a build is due, for cron too."""
    for event in schedule.events:
        file = f" {event.file}" if event.file else ""
        yield f"{in_zone(event.at, zone)}  {_EVENTS[event.kind]}{file}  {event.path}"
    for _id, path in schedule.on_hold:
        yield f"on hold, without a time    {path}"
    if not schedule.events:
        yield f"Nothing appears or expires in {plural(days, 'day', 'days')}."
    if schedule.later:
        yield f"Later: {plural(schedule.later, 'more change', 'more changes')}; --days shows them."
    if schedule.next is not None:
        yield f"A build is due at {in_zone(schedule.next, zone)}."
    if line := cron_line(schedule.next, schedule.clock, command):
        yield f"For cron, in UTC: {line}"
