"""What a command did, as JSON for programs: `--report FILE`, `--format json`. The names of the keys are stable."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsgen.messages.problems import sentence
from newsgen.messages.shown import in_order
from newsgen.messages.times import cron_line, in_utc
from newsgen.model.errors import Problem

if TYPE_CHECKING:  # each command brings its own engine
    from newsgen.commands.check import CheckResult
    from newsgen.commands.import_report import IngestReport
    from newsgen.commands.kill_notices import NoticeResult
    from newsgen.commands.schedule import Schedule
    from newsgen.engine.result import BuildResult

__all__ = ["build_json", "check_json", "import_json", "problem_json", "schedule_json"]


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem, with its sentence as `message`."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": sentence(problem),
    }


def build_json(result: BuildResult) -> str:
    """The report of a build. Seconds by stage; instants in UTC."""
    return _json(
        {
            "stories": result.stories,
            "held": [{"id": id_, "state": state, "until": in_utc(until)} for id_, state, until in result.held],
            "pages": result.pages,
            "rendered": result.rendered,
            "written": result.written,
            "unchanged": result.unchanged,
            "removed": result.removed,
            "problems": [problem_json(problem) for problem in in_order(result.problems)],
            "seconds": result.seconds,
            "peak_rss_bytes": result.peak_rss_bytes,
            "jobs": result.workers,
        }
    )


def check_json(result: CheckResult) -> str:
    """The report of a check."""
    return _json(
        {
            "stories": result.stories,
            "pages": result.pages,
            "links": result.links,
            "problems": [problem_json(problem) for problem in in_order(result.problems)],
        }
    )


def import_json(report: IngestReport, notices: Iterable[NoticeResult]) -> str:
    """The report of an import, with what became of each kill notice."""
    rows = [
        {"source": notice.source, "state": notice.state, "ids": notice.ids, "paths": notice.paths} for notice in notices
    ]
    return _json({**report.as_json(), "notices": rows})


def schedule_json(schedule: Schedule, command: str) -> str:
    """The schedule; instants in UTC, and the crontab line that runs `command` at the next of them."""
    return _json(
        {
            "now": in_utc(schedule.clock),
            "next": in_utc(schedule.next),
            "cron": cron_line(schedule.next, schedule.clock, command),
            "events": [
                {"at": in_utc(event.at), "kind": event.kind, "id": event.id, "path": event.path, "file": event.file}
                for event in schedule.events
            ],
            "later": schedule.later,
            "on_hold": [{"id": story_id, "path": path} for story_id, path in schedule.on_hold],
            "problems": [problem_json(problem) for problem in schedule.problems],
        }
    )


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
