"""What a command did, as sentences for a person and as JSON for a program (`--report`)."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsgen.messages.explanation import STATES, instant
from newsgen.messages.problems import printable, sentence
from newsgen.model.errors import Problem
from newsgen.text.english import plural

if TYPE_CHECKING:  # each command brings its own engine
    from newsgen.commands.check import Checked
    from newsgen.commands.ingest import IntakeReport
    from newsgen.commands.kill_notices import Carried
    from newsgen.commands.link import Linked
    from newsgen.commands.schedule import Schedule
    from newsgen.engine.result import BuildResult

__all__ = [
    "build_json",
    "build_summary",
    "check_json",
    "check_summary",
    "import_json",
    "import_problems",
    "import_summary",
    "link_lines",
    "notice_lines",
    "problem_json",
    "schedule_json",
    "schedule_lines",
]

_IMPORTED = {
    "address-taken": "another story had the address, so a digest was added to it",
    "date-from-file": "no date in the copy: dated by the file; check it",
    "date-from-name": "dated by the file's name",
    "date-from-neighbour": "no date that can be read: dated like the item before it; check it",
    "headline-from-text": "no headline in the copy: its first words serve",
    "no-section": "no section in the copy: filed under News; --section files it elsewhere",
}
_NOT_IMPORTED = {
    "already-a-story": "this is a story file already",
    "empty-file": "the file is empty",
    "id-taken": "a story that was not imported has its id",
    "no-newid": "the story has no NEWID",
    "no-stories": "there is no <REUTERS> element in it",
    "no-text": "there is no text in it",
    "not-text": "this is not text",
    "path-taken": "another story has its file",
    "reserved-section": "its section has an address that newsgen needs itself; name another with --section",
    "source-changed": "it was imported from other copy; the story file is kept as it is",
    "unclosed-element": "an element is not closed",
    "unknown-format": "newsgen does not know this shape of copy",
    "unreadable-file": "the file cannot be read",
}
_COUNTED = {**STATES, "draft": "in draft"}
_CRON_DAYS = 360  # a crontab knows no years
_SHARED = {"headline": "headline", "number": "story number", "slugline": "slugline"}
_EVENTS = {"appears": "appears", "expires": "expires", "photo-expires": "loses the photo"}


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem as programs read it."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": sentence(problem),
    }


def build_json(outcome: BuildResult) -> str:
    """The report of a build."""
    return _json(
        {
            "stories": outcome.stories,
            "held": [{"id": id_, "state": state, "until": instant(until)} for id_, state, until in outcome.held],
            "pages": outcome.pages,
            "rendered": outcome.rendered,
            "written": outcome.written,
            "unchanged": outcome.unchanged,
            "removed": outcome.removed,
            "problems": [problem_json(problem) for problem in outcome.problems],
            "seconds": outcome.seconds,
            "peak_rss_bytes": outcome.peak_rss_bytes,
            "jobs": outcome.workers,
        }
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def build_summary(outcome: BuildResult, folder: str, *, drafts: bool, names_held: bool) -> Iterator[str]:
    """What a build did, in a line or two; which stories it held back and why, if asked for."""
    stories = plural(outcome.stories, "story", "stories")
    pages = plural(outcome.pages, "page", "pages")
    done = f"{len(outcome.rendered):,} rendered, {len(outcome.written):,} written, {len(outcome.removed):,} removed"
    seconds = sum(outcome.seconds.values())
    yield f"{stories}, {pages}: {done}, in {seconds:.1f} s."
    if drafts:
        yield "Drafts are in it: do not publish this folder."
    if outcome.held:
        counts: dict[str, int] = {}
        for _id, state, _until in outcome.held:
            counts[state] = counts.get(state, 0) + 1
        yield "Held back: " + ", ".join(f"{n} {_COUNTED[state]}" for state, n in sorted(counts.items())) + "."
    for story_id, state, until in outcome.held if names_held else ():
        when = f" until {instant(until)}" if until is not None else ""
        yield f"  {printable(story_id)}: {STATES[state]}{when}"
    yield f"The site is in {folder}"


def check_summary(checked: Checked) -> str:
    """What a check looked at."""
    stories = plural(checked.stories, "live story", "live stories")
    pages = plural(checked.pages, "page", "pages")
    links = plural(checked.links, "internal link", "internal links")
    said = f"{stories}, {pages}, {links} checked; {_found(checked.problems)}."
    if checked.proved is None:
        return said
    if checked.proved == 0:
        return f"{said} Nothing has been built yet, so there is nothing to prove."
    return f"{said} Compared with a clean build: {plural(checked.proved, 'page', 'pages')} of an incremental one."


def _found(problems: Iterable[Problem]) -> str:
    counts = {"error": 0, "warning": 0, "advice": 0}
    for problem in problems:
        counts[problem.severity] += 1
    errors = plural(counts["error"], "error", "errors")
    warnings = plural(counts["warning"], "warning", "warnings")
    return f"{errors}, {warnings}, {plural(counts['advice'], 'piece of advice', 'pieces of advice')}"


def check_json(checked: Checked) -> str:
    """The report of a check."""
    return _json(
        {
            "stories": checked.stories,
            "pages": checked.pages,
            "links": checked.links,
            "problems": [problem_json(problem) for problem in checked.problems],
        }
    )


def import_problems(report: IntakeReport) -> Iterator[str]:
    """Every item that was not imported, and why."""
    for name in ("failed", "conflicts", "skipped"):
        for entry in getattr(report, name):
            where = f" ({entry.path})" if entry.path else ""
            yield f"{printable(entry.source)}: {_NOT_IMPORTED[entry.reason]}{where}"


def import_summary(report: IntakeReport, *, dry_run: bool) -> Iterator[str]:
    """What an import did, and the files of items that a person should look at."""
    notes: dict[str, list[str]] = {}
    for entry in report.imported:
        for reason in filter(None, entry.reason.split(", ")):
            notes.setdefault(reason, []).append(entry.path)
    for reason, paths in sorted(notes.items()):
        shown = ", ".join(paths[:3]) + (", … (--report names all)" if len(paths) > 3 else "")
        yield f"{plural(len(paths), 'item', 'items')}: {_IMPORTED[reason]}: {shown}"
    counts = (
        f"{len(report.imported):,} imported, {len(report.unchanged):,} unchanged, {len(report.skipped):,} skipped, "
        f"{len(report.conflicts):,} in conflict, {len(report.failed):,} failed"
        + (f", {plural(len(report.notices), 'notice', 'notices')}" if report.notices else "")
    )
    yield f"{plural(report.items, 'item', 'items')}: {counts}." + (" Nothing was written." if dry_run else "")


def notice_lines(carried: Iterable[Carried]) -> Iterator[str]:
    """What became of the notices of an import."""
    for one in carried:
        source = printable(one.source)
        if one.state == "killed":
            yield f"{source}: withdraws {', '.join(one.paths)}. Build and publish now: until then it stays online."
        elif one.state == "done":
            yield f"{source}: carried out before: {one.paths[0]}"
        elif one.state == "unsure":
            yield f"{source}: withdraws a story, and newsgen cannot tell which. If it is one of these, kill it:"
            yield from (
                f"  newsgen kill {shlex.quote(story_id)} --reason …    {path}"
                for story_id, path in zip(one.ids, one.paths, strict=True)
            )
        else:
            yield f"{source}: withdraws a story that is not here"


def import_json(report: IntakeReport, carried: Iterable[Carried]) -> str:
    """The report of an import."""
    told = [{"source": one.source, "state": one.state, "ids": one.ids, "paths": one.paths} for one in carried]
    return _json({**report.as_json(), "notices": told})


def link_lines(done: Linked, *, dry_run: bool) -> Iterator[str]:
    """What `newsgen link` joined, and what it left to a person."""
    for one in done.written:
        yield f"{one.path} replaces {one.replaced_path}: the same {_SHARED[one.rule]}"
    for one in done.left:
        yield f"{one.path} may replace {one.replaced_path}: look at both, then --likely"
    joined = plural(len(done.written), "version", "versions")
    yield f"{joined} joined, {len(done.left):,} left to you." + (" Nothing was written." if dry_run else "")


def schedule_lines(told: Schedule, days: int, zone: str, command: str) -> Iterator[str]:
    """What `newsgen schedule` answers, with times in a zone; and when a build is due, as cron says it too."""
    for event in told.events:
        file = f" {event.file}" if event.file else ""
        yield f"{_local(event.at, zone)}  {_EVENTS[event.kind]}{file}  {event.path}"
    for _id, path in told.on_hold:
        yield f"on hold, without a time    {path}"
    if not told.events:
        yield f"Nothing appears or expires in {plural(days, 'day', 'days')}."
    if told.later:
        yield f"Later: {plural(told.later, 'change', 'changes')} more; --days shows them."
    if told.next is not None:
        yield f"A build is due at {_local(told.next, zone)}."
    if line := _cron(told, command):
        yield f"For cron, in UTC: {line}"


def schedule_json(told: Schedule, command: str) -> str:
    """The same for a program; instants in UTC."""
    return _json(
        {
            "now": instant(told.clock),
            "next": instant(told.next),
            "cron": _cron(told, command),
            "events": [
                {"at": instant(e.at), "kind": e.kind, "id": e.id, "path": e.path, "file": e.file} for e in told.events
            ],
            "later": told.later,
            "on_hold": [{"id": story_id, "path": path} for story_id, path in told.on_hold],
            "problems": [problem_json(problem) for problem in told.problems],
        }
    )


def _local(instant: int, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat()


def _cron(told: Schedule, command: str) -> str | None:
    """A line of a crontab(5): the first minute that does not lie before the next build. None beyond what it can say."""
    if told.next is None or told.next - told.clock > _CRON_DAYS * 86_400:
        return None
    at = datetime.fromtimestamp(-(-told.next // 60) * 60, UTC)
    return f"{at.minute} {at.hour} {at.day} {at.month} * {command}"
