"""Joining the versions of a story: what `newsgen link` writes into story files."""

from __future__ import annotations

from newsgen.engine.changes import Changes, changes
from newsgen.engine.job import Job
from newsgen.engine.reindex import survey
from newsgen.lint.proposals import Succession
from newsgen.lint.versions import propose_links
from newsgen.model.card import Card
from newsgen.model.errors import ContentError, Problem, UsageError
from newsgen.model.value import value
from newsgen.source.listing import classify, scan_content
from newsgen.store import Store
from newsgen.storyfile import edit_keys

__all__ = ["Linked", "link", "link_two"]


@value
class Linked:
    """What was joined, and what a person should look at first; each oldest first."""

    written: tuple[Succession, ...]
    left: tuple[Succession, ...]
    failed: tuple[Problem, ...]  # files that cannot be changed without a risk


def link(job: Job, *, likely: bool = False, dry_run: bool = False) -> Linked:
    """Write `updates` into each story that looks like the next version of another; where it is only likely, on request.

    Stories that are killed, or that an error keeps out, are left alone. A dry run writes nothing.
    """
    found, cards = _read(job)
    written: list[Succession] = []
    left: list[Succession] = []
    failed: list[Problem] = []
    for one in propose_links(cards.values()).links:
        if not one.is_certain and not likely:
            left.append(one)
            continue
        try:
            if not dry_run:
                _write(job, found, cards[one.id], one.replaces)
            written.append(one)
        except ContentError as error:
            failed += error.problems
    return Linked(tuple(written), tuple(left), tuple(failed))


def link_two(job: Job, newer: str, older: str) -> tuple[str, str]:
    """Let one story replace another; both by id or file. Their files. UsageError where one is not there."""
    found, _cards = _read(job)
    later, earlier = found.named(newer), found.named(older)
    if later is earlier:
        raise UsageError(Problem("link-itself", later.path))
    _write(job, found, later, earlier.item.id)
    return later.path, earlier.path


def _read(job: Job) -> tuple[Changes, dict[str, Card]]:
    """What was read, and the stories that have a text, by id; held ones too: the next version may be on hold."""
    with Store(":memory:") as empty:
        found = changes(job, empty, classify(scan_content(job.site)))
        seen = survey(job, empty, found)
    return found, {fate.card.item.id: fate.card for fate in seen.fates if fate.state not in ("killed", "refused")}


def _write(job: Job, found: Changes, card: Card, replaces: str) -> None:
    data = job.site.read(card.path)
    sections = found.site_notes.section_files()
    job.site.write(card.path, edit_keys(card.path, data, {"updates": replaces}, job.settings, sections))
