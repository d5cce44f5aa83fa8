"""What the commands share: the console, the options of every command, the site, the clock and the build's request."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from newsgen.messages.problems import in_order, show
from newsgen.model.errors import Problem, UsageError

if TYPE_CHECKING:  # a command that fails early, or only shows its help, imports no engine
    from newsgen.disk import Disk
    from newsgen.engine.request import BuildRequest
    from newsgen.model.story import Moment
    from newsgen.source.project import Project
    from newsgen.workers.pool import Cluster

__all__ = [
    "Console",
    "Edit",
    "Verbosity",
    "build_request",
    "clock",
    "common_options",
    "console_of",
    "editing",
    "site_of",
    "workers_of",
    "write_report",
]

_BAR_AFTER_S = 1.0  # a command that is done by then shows no progress bar


class Verbosity(IntEnum):
    """How much a command says."""

    QUIET = 0  # errors only
    NORMAL = 1  # warnings too, and what was done
    VERBOSE = 2  # advice too


class Console:
    """The terminal: what was done on standard output, problems and a progress bar on standard error."""

    def __init__(self, verbosity: Verbosity) -> None:
        self.verbosity = verbosity
        self._began = monotonic()
        self._bar: Any = None  # click publishes no type of its progress bar

    def say(self, *lines: str) -> None:
        """Print what was done, unless --quiet."""
        if self.verbosity > Verbosity.QUIET:
            for line in lines:
                click.echo(line)

    def problems(self, problems: Iterable[Problem]) -> bool:
        """Print errors; warnings unless --quiet; advice with --verbose. Returns whether one of all is an error."""
        levels = {"error": Verbosity.QUIET, "warning": Verbosity.NORMAL, "advice": Verbosity.VERBOSE}
        ordered = in_order(problems)
        self.end_bar()
        for problem in ordered:
            if self.verbosity >= levels[problem.severity]:
                click.echo(show(problem), err=True)
        return any(problem.severity == "error" for problem in ordered)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show a bar, on a terminal, for what takes more than a second."""
        if self.verbosity == Verbosity.QUIET or not sys.stderr.isatty():
            return
        if self._bar is None and monotonic() - self._began < _BAR_AFTER_S:
            return
        if self._bar is None or self._bar.label != stage:
            self.end_bar()
            self._bar = click.progressbar(length=total, label=stage, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)
        if done >= total:
            self.end_bar()

    def end_bar(self) -> None:
        """End the progress bar, if there is one, so that what is printed next has a line of its own."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def common_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that all commands have."""
    for option in (
        click.option("--debug", is_flag=True, help="Show a traceback where newsgen fails."),
        click.option("--verbose", "-v", is_flag=True, help="Say more: advice too."),
        click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong."),
        click.option(
            "--site", type=click.Path(path_type=Path), help="The site's folder. [default: this one, or one above it]"
        ),
    ):
        command = option(command)
    return command


def console_of(options: dict[str, Any]) -> Console:
    """The console for --quiet and --verbose; --quiet wins. `main` looks for --debug itself."""
    is_quiet, is_verbose, _is_debug = (options.pop(name) for name in ("quiet", "verbose", "debug"))
    return Console(Verbosity.QUIET if is_quiet else Verbosity.VERBOSE if is_verbose else Verbosity.NORMAL)


def site_of(options: dict[str, Any], *, has_content: bool) -> Project:
    """The site for --site. UsageError for none, and with `has_content` for one without content/."""
    from newsgen.source import project

    folder = options.pop("site")
    site = project.find(folder or Path.cwd(), is_given=folder is not None)
    if has_content:
        project.require_content(site)
    return site


def clock(now: str | None, timezone: str) -> int:
    """The command's one clock, in seconds: --now, else SOURCE_DATE_EPOCH, else the time.

    A --now without an offset is in the site's time zone. UsageError for one that cannot be read.
    """
    if now is not None:
        try:
            moment = datetime.fromisoformat(now)
        except ValueError:
            raise UsageError(Problem("bad-now", now)) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(timezone))
        return _in_range(int(moment.timestamp()), Problem("bad-now", now))
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None:
        if not epoch.isascii() or not epoch.isdigit() or len(epoch) > 12:
            raise UsageError(Problem("bad-epoch", epoch))
        return _in_range(int(epoch), Problem("bad-epoch", epoch))
    return int(datetime.now(UTC).timestamp())


def _in_range(clock: int, problem: Problem) -> int:
    """A clock in the years that dates may have, 1600 to 2999."""
    if not -11_676_000_000 < clock < 32_503_680_000:
        raise UsageError(problem)
    return clock


def build_request(
    console: Console,
    site: Project,
    output: Disk,
    read_at_ns: int,
    options: dict[str, Any],
    cluster: Cluster | None = None,
) -> BuildRequest:
    """What the engine is asked to do, from a command's options: now, jobs, clean, drafts, where it has them."""
    from newsgen.disk import FolderDisk
    from newsgen.engine.request import BuildRequest, default_workers
    from newsgen.source import project
    from newsgen.source.theme import theme_files

    built = output if isinstance(output, FolderDisk) else project.output_disk(site, None)
    return BuildRequest(
        site=site.disk,
        output=output,
        settings=site.settings,
        theme=theme_files(site.disk),
        clock=clock(options.get("now"), site.settings.timezone),
        read_at_ns=read_at_ns,
        stamp=project.environment_digest(site.settings.timezone),
        workers=options.get("jobs") or default_workers(),
        store_path=project.record_path(site, built),
        is_clean=options.get("clean", False),
        drafts=options.get("drafts", False),
        progress=console.progress,
        cluster=cluster,
    )


@dataclass(frozen=True, slots=True)
class Edit:
    """What a command that changes story files works with."""

    console: Console
    request: BuildRequest  # has no output: nothing is built
    now: Moment


@contextmanager
def editing(options: dict[str, Any]) -> Iterator[Edit]:
    """Lock the site while a command changes its story files; temporary files are gone at the end."""
    from newsgen.disk import MemoryDisk
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    console = console_of(options)
    site = site_of(options, has_content=True)
    with project.site_lock(site) as read_at_ns:
        request = build_request(console, site, MemoryDisk(), read_at_ns, options)
        yield Edit(console, request, moment_at(request.clock, site.settings.timezone))
        site.disk.remove_temporary_files()
    console.end_bar()


def workers_of(dask: str | None, site: Project) -> AbstractContextManager[Cluster | None]:
    """The workers of the Dask cluster at an address; None for no address."""
    if dask is None:
        return nullcontext()
    from newsgen.workers import dask as cluster

    return cluster.connect(dask, site)


def write_report(path: Path | None, text: str) -> None:
    """Write --report, if it was asked for. UsageError where it cannot be written."""
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(Problem("report-unwritable", str(path), values=(error.strerror or str(error),))) from error
