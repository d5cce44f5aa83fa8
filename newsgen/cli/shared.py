"""What the commands share: common options, the site, the clock, the build's request, and the lock while one works."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from newsgen.cli.console import Console, console_of
from newsgen.model.errors import Problem, UsageError

if TYPE_CHECKING:  # a command that fails early, or only shows its help, imports no engine
    from newsgen.disk import FolderDisk
    from newsgen.engine.request import BuildRequest
    from newsgen.model.story import Moment
    from newsgen.source.project import Project
    from newsgen.workers.pool import Cluster

__all__ = [
    "Edit",
    "Work",
    "build_request",
    "clock",
    "common_options",
    "editing",
    "looking",
    "site_of",
    "working",
    "write_report",
]


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
    output: FolderDisk | None,
    read_at_ns: int,
    options: dict[str, Any],
    cluster: Cluster | None = None,
) -> BuildRequest:
    """What the engine is asked to do, from a command's options: now, jobs, clean, drafts, where it has them.

    Without an output nothing can be built; what the last build of the default output recorded is used all the same.
    """
    from newsgen.disk import MemoryDisk
    from newsgen.engine.request import BuildRequest
    from newsgen.source import project
    from newsgen.source.theme import theme_files
    from newsgen.workers.system import processors

    return BuildRequest(
        site=site.disk,
        output=output or MemoryDisk(),
        settings=site.settings,
        theme=theme_files(site.disk),
        clock=clock(options.get("now"), site.settings.timezone),
        read_at_ns=read_at_ns,
        stamp=project.environment_digest(site.settings.timezone),
        workers=options.get("jobs") or processors(),
        store_path=project.record_path(site, output or project.output_disk(site, None)),
        is_clean=options.get("clean", False),
        drafts=options.get("drafts", False),
        progress=console.progress,
        darkroom=project.darkroom(site),
        cluster=cluster,
    )


@dataclass(frozen=True, slots=True)
class Work:
    """What a command that builds, or looks at a build, works with."""

    console: Console
    request: BuildRequest
    folder: str  # the output's path
    root: str  # the site's folder


@contextmanager
def working(
    options: dict[str, Any], output: Path | None, dask: str | None = None, report: Path | None = None
) -> Iterator[Work]:
    """Lock the site while a command builds one of its output folders.

    UsageError for a report that would be published. Where the site may not be written, another folder is built without
    a record.
    """
    from newsgen.engine.request import IN_MEMORY
    from newsgen.source import project

    console = console_of(options)
    site = site_of(options, has_content=True)
    target = project.output_disk(site, output)
    if report:
        project.require_unpublished(report, site, target)
    has_record = project.keeps_record(site, target)
    lock = project.site_lock(site, is_for_reading=not has_record)
    with lock as read_at_ns, _workers_of(dask, site) as cluster:
        request = build_request(console, site, target, read_at_ns, options, cluster)
        if not has_record:
            console.problems([Problem("no-record", site.disk.root, severity="warning")])
            request = replace(request, store_path=IN_MEMORY)
        yield Work(console, request, target.root, site.disk.root)


@contextmanager
def looking(options: dict[str, Any], output: Path | None) -> Iterator[Work]:
    """Keep others from changing the site while a command looks at it and at one of its output folders."""
    from newsgen.source import project

    console = console_of(options)
    site = site_of(options, has_content=True)
    target = project.output_disk(site, output)
    with project.site_lock(site, is_for_reading=True) as read_at_ns:
        request = build_request(console, site, target, read_at_ns, options)
        yield Work(console, request, target.root, site.disk.root)


def _workers_of(dask: str | None, site: Project) -> AbstractContextManager[Cluster | None]:
    """The workers of the Dask cluster at an address; None for no address."""
    if dask is None:
        return nullcontext()
    from newsgen.workers import dask as cluster

    return cluster.connect(dask, site)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a command that changes story files works with."""

    console: Console
    request: BuildRequest  # has no output: nothing is built
    now: Moment


@contextmanager
def editing(options: dict[str, Any], *, is_dry: bool = False) -> Iterator[Edit]:
    """Lock the site while a command changes its story files; temporary files are gone at the end.

    A dry run changes none, and works where nothing may be written.
    """
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    console = console_of(options)
    site = site_of(options, has_content=True)
    with project.site_lock(site, is_for_reading=is_dry) as read_at_ns:
        request = build_request(console, site, None, read_at_ns, options)
        yield Edit(console, request, moment_at(request.clock, site.settings.timezone))
        site.disk.remove_temporary_files()
    console.end_bar()


def write_report(path: Path | None, text: str) -> None:
    """Write --report, if it was asked for. UsageError where it cannot be written."""
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(Problem("report-unwritable", str(path), values=(error.strerror or str(error),))) from error
