"""What every command shares: its options, how it speaks, the site and the clock it works with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import click

from newsgen.model.errors import Problem, UsageError

__all__ = ["Face", "clock", "common", "face_of", "job_of", "site_of", "workers_of", "write_report"]


class Face:
    """What every command shares: where the site is, how much to say."""

    def __init__(self, site: Path | None, *, quiet: bool, verbose: bool, debug: bool) -> None:
        self.site = site
        self.quiet = quiet
        self.verbose = verbose
        self.debug = debug
        self.began = monotonic()
        self._bar: Any = None

    def say(self, *lines: str) -> None:
        """A line for a person, unless --quiet."""
        if not self.quiet:
            for line in lines:
                click.echo(line)

    def problems(self, problems: Iterable[Problem]) -> bool:
        """Show problems on stderr, advice only with --verbose; whether one of them is an error."""
        from newsgen.messages.problems import in_order, show

        found = list(problems)
        self.end_bar()
        for problem in in_order(found):
            if problem.severity == "error" or (not self.quiet and (problem.severity == "warning" or self.verbose)):
                click.echo(show(problem), err=True)
        return any(problem.severity == "error" for problem in found)

    def progress(self, stage: str, done: int, total: int) -> None:
        """A bar on a terminal for anything that takes over a second."""
        if self.quiet or not sys.stderr.isatty() or (self._bar is None and monotonic() - self.began < 1):
            return
        if self._bar is None or self._bar.label != stage:
            self.end_bar()
            self._bar = click.progressbar(length=total, label=stage, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)
        if done >= total:
            self.end_bar()

    def end_bar(self) -> None:
        """Leave the bar, if there is one."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command."""
    for option in (
        click.option("--debug", is_flag=True, help="Show tracebacks."),
        click.option("--verbose", "-v", is_flag=True, help="Say more: advice too."),
        click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong."),
        click.option("--site", type=click.Path(path_type=Path), help="The site's folder. [default: this one or above]"),
    ):
        command = option(command)
    return command


def face_of(options: dict[str, Any]) -> Face:
    """The face of a command from the options that all have."""
    return Face(
        options.pop("site"), quiet=options.pop("quiet"), verbose=options.pop("verbose"), debug=options.pop("debug")
    )


def site_of(face: Face, *, has_content: bool) -> Any:
    """The site that a command is about; with `has_content`, one that has stories to read."""
    from newsgen.source import project

    found = project.find(face.site or Path.cwd(), is_given=face.site is not None)
    if has_content:
        project.require_content(found)
    return found


def clock(now: str | None, timezone: str) -> int:
    """The one clock: --now, else SOURCE_DATE_EPOCH, else the time. UsageError for one that cannot be read."""
    if now is not None:
        try:
            moment = datetime.fromisoformat(now)
        except ValueError:
            raise UsageError(Problem("bad-now", now)) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(timezone))
        return _bounded(int(moment.timestamp()), Problem("bad-now", now))
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None:
        if not epoch.isascii() or not epoch.isdigit() or len(epoch) > 12:
            raise UsageError(Problem("bad-epoch", epoch))
        return _bounded(int(epoch), Problem("bad-epoch", epoch))
    return int(datetime.now(UTC).timestamp())


def _bounded(clock: int, problem: Problem) -> int:
    """A clock within the years that dates may have."""
    if not -11_676_000_000 < clock < 32_503_680_000:  # 1600 to 2999
        raise UsageError(problem)
    return clock


def job_of(face: Face, found: Any, output: Any, read_at_ns: int, options: dict[str, Any]) -> Any:
    """The job of a command."""
    from newsgen.disk import FolderDisk
    from newsgen.engine import request as build_request
    from newsgen.source import project
    from newsgen.source.theme import theme_files

    built = output if isinstance(output, FolderDisk) else project.output_disk(found, None)
    return build_request.BuildRequest(
        site=found.disk,
        output=output,
        settings=found.settings,
        theme=theme_files(found.disk),
        clock=clock(options.get("now"), found.settings.timezone),
        read_at_ns=read_at_ns,
        stamp=project.environment_digest(found.settings.timezone),
        workers=options.get("jobs") or build_request.default_workers(),
        store_path=project.record_path(found, built),
        is_clean=options.get("clean", False),
        drafts=options.get("drafts", False),
        progress=face.progress,
        cluster=options.get("cluster"),
    )


def workers_of(dask: str | None, found: Any) -> AbstractContextManager[Any]:
    """The workers of a Dask cluster, where one was named."""
    if dask is None:
        return nullcontext()
    from newsgen.workers import dask as cluster

    return cluster.connect(dask, found)


def write_report(path: Path | None, text: str) -> None:
    """Write --report, where it was asked for."""
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(Problem("report-unwritable", str(path), values=(error.strerror or str(error),))) from error
