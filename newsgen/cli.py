"""The commands. Each reads its options, calls one function and reports; only this module exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import click

from newsgen import __version__
from newsgen.errors import NewsgenError, Problem, UsageError

__all__ = ["main"]

_HELD = {"max_content_width": 100}


class _Face:
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
        from newsgen.report import in_order, show

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


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command."""
    for option in (
        click.option("--debug", is_flag=True, help="Show tracebacks."),
        click.option("--verbose", "-v", is_flag=True, help="Say more: advice too."),
        click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong."),
        click.option("--site", type=click.Path(path_type=Path), help="The site's folder. [default: this one or above]"),
    ):
        command = option(command)
    return command


def _face(options: dict[str, Any]) -> _Face:
    return _Face(
        options.pop("site"), quiet=options.pop("quiet"), verbose=options.pop("verbose"), debug=options.pop("debug")
    )


def _project(face: _Face) -> Any:
    from newsgen import project

    return project.find(face.site or Path.cwd(), is_given=face.site is not None)


def _clock(now: str | None, timezone: str) -> int:
    """The one clock: --now, else SOURCE_DATE_EPOCH, else the time. UsageError for one that cannot be read."""
    if now is not None:
        try:
            moment = datetime.fromisoformat(now)
        except ValueError:
            raise UsageError(Problem("bad-now", now)) from None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(timezone))
        return int(moment.timestamp())
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None:
        if not epoch.isascii() or not epoch.isdigit() or len(epoch) > 12:
            raise UsageError(Problem("bad-epoch", epoch))
        return int(epoch)
    return int(datetime.now(UTC).timestamp())


def _job(face: _Face, found: Any, output: Any, read_at_ns: int, options: dict[str, Any]) -> Any:
    from newsgen import discover, pool, project, state

    return state.Job(
        site=found.disk,
        output=output,
        settings=found.settings,
        theme=discover.theme_files(found.disk),
        clock=_clock(options.get("now"), found.settings.timezone),
        read_at_ns=read_at_ns,
        stamp=project.stamp(),
        jobs=options.get("jobs") or pool.default_jobs(),
        is_clean=options.get("clean", False),
        drafts=options.get("drafts", False),
        progress=face.progress,
    )


def _write_report(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(Problem("report-unwritable", str(path), values=(error.strerror or str(error),))) from error


@click.group(context_settings=_HELD)
@click.version_option(__version__, prog_name="newsgen")
def newsgen() -> None:
    """Builds static sites from archives of wire stories.

    \b
    Example:
      newsgen init my-archive
      newsgen import --site my-archive wire/*.txt
      newsgen build --site my-archive
    """


@newsgen.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The site's name. [default: from the folder's]")
@click.option("--now", metavar="TIME", help="The date of the first story. [default: now]")
def init(folder: Path, title: str, now: str | None) -> None:
    """Make a new site in FOLDER.

    \b
    Example:
      newsgen init my-archive
      newsgen build --site my-archive
    """
    from newsgen import scaffold
    from newsgen.disk import FolderDisk
    from newsgen.parse import moment_at

    name = title or folder.absolute().name.replace("-", " ").replace("_", " ").title()
    scaffold.new_site(FolderDisk(folder, str(folder)), name, moment_at(_clock(now, "UTC"), "UTC"))
    click.echo(f"A new site is in {folder}. Build it: newsgen build --site {folder}")


@newsgen.command()
@click.argument("headline")
@click.option("--section", required=True, help="Where the story is filed: World.")
@click.option("--now", metavar="TIME", help="The story's date. [default: now]")
@_common
def new(headline: str, section: str, now: str | None, **options: Any) -> None:
    """Begin a story file and print its path.

    \b
    Example:
      newsgen new "Grain talks resume" --section World
    """
    from newsgen import scaffold
    from newsgen.parse import moment_at

    found = _project(_face(options))
    zone = found.settings.timezone
    click.echo(scaffold.new_story(found.disk, headline, section, moment_at(_clock(now, zone), zone)))


@newsgen.command()
@click.option("--output", type=click.Path(path_type=Path), help="The folder to write. [default: build]")
@click.option("--now", metavar="TIME", help="The build's clock. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--drafts", is_flag=True, help="Drafts too, for your own eyes; embargoes still hold.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. [default: one a processor]")
@click.option("--clean", is_flag=True, help="Do everything anew, whatever the record says.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what was done as JSON.")
@_common
def build(output: Path | None, report: Path | None, **options: Any) -> None:
    """Build the site.

    \b
    Example:
      newsgen build
      newsgen build --output /tmp/preview --now 2026-01-01T06:00Z
    """
    from newsgen import build as engine
    from newsgen import outcomes, project
    from newsgen.record import Record

    face = _face(options)
    found = _project(face)
    target = project.output_disk(found, output)
    with project.working(found) as read_at_ns, Record(project.record_path(found, target)) as record:
        if record.was_damaged:
            face.problems([Problem("record-damaged", record.path, severity="warning")])
        outcome = engine.build(_job(face, found, target, read_at_ns, options), record)
    _write_report(report, outcomes.build_json(outcome))
    has_errors = face.problems(outcome.problems)
    face.say(*outcomes.build_summary(outcome, target.root))
    if has_errors:
        sys.exit(1)


@newsgen.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--incremental", is_flag=True, help="Also prove that an incremental build equals a clean one.")
@click.option("--output", type=click.Path(path_type=Path), help="The build to prove. [default: build]")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. [default: one a processor]")
@_common
def check(form: str, incremental: bool, output: Path | None, **options: Any) -> None:
    """Name every problem in one run; write nothing.

    \b
    Example:
      newsgen check
      newsgen check --format json
    """
    from newsgen import check as checker
    from newsgen import outcomes, project
    from newsgen.record import Record

    face = _face(options)
    face.verbose = True
    found = _project(face)
    target = project.output_disk(found, output)
    with project.working(found) as read_at_ns, Record(project.record_path(found, target)) as record:
        job = _job(face, found, target, read_at_ns, options)
        checked = checker.check(job, record if incremental else None)
    has_errors = any(problem.severity == "error" for problem in checked.problems)
    if form == "json":
        face.end_bar()
        click.echo(outcomes.check_json(checked), nl=False)
    else:
        face.problems(checked.problems)
        face.say(outcomes.check_summary(checked))
    if has_errors:
        sys.exit(1)


@newsgen.command()
@click.argument("wanted", metavar="URL/ID/PATH")
@click.option("--output", type=click.Path(path_type=Path), help="The build to look at. [default: build]")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@_common
def explain(wanted: str, output: Path | None, **options: Any) -> None:
    """Say what a page is made of, and why it was last rendered.

    \b
    Example:
      newsgen explain /world/1987/02/
      newsgen explain content/world/1987/02/grain-talks-resume.md
    """
    from newsgen import explain as explainer
    from newsgen import outcomes, project
    from newsgen.record import Record

    face = _face(options)
    found = _project(face)
    target = project.output_disk(found, output)
    with project.working(found) as read_at_ns, Record(project.record_path(found, target)) as record:
        told = explainer.explain(_job(face, found, target, read_at_ns, options), record, wanted)
    for line in outcomes.explanation(told):
        click.echo(line)


@newsgen.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option(
    "--format", "form", default="", help="The shape of the copy: plain, reuters-21578. [default: told from it]"
)
@click.option("--section", default="", help="File every story here. [default: as the copy says]")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what became of every item as JSON.")
@_common
def import_(
    paths: tuple[str, ...], form: str, section: str, dry_run: bool, report: Path | None, **options: Any
) -> None:
    """Turn wire copy into story files.

    \b
    Example:
      newsgen import wire-page.txt
      newsgen import --section World --dry-run copy/
    """
    from newsgen import intake, outcomes, project
    from newsgen.disk import FolderDisk

    face = _face(options)
    found = _project(face)
    with project.working(found):
        result = intake.intake(
            found.disk,
            intake.expand(paths, FolderDisk),
            format=form,
            section=section,
            dry_run=dry_run,
            on_progress=lambda done: face.progress("import", done, done + 1),
        )
        found.disk.sweep()
    face.end_bar()
    _write_report(report, outcomes.import_json(result))
    face.say(*outcomes.import_summary(result, dry_run=dry_run))
    if result.failed or result.conflicts:
        sys.exit(1)


def main() -> None:
    """Run newsgen, and end the process with its exit code."""
    is_debug = "--debug" in sys.argv
    try:
        newsgen.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. The next build goes on from here.", err=True)
        sys.exit(130)
    except NewsgenError as error:
        if is_debug:
            raise
        from newsgen.report import show

        for problem in error.problems:
            click.echo(show(problem), err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if is_debug:
            raise
        from newsgen.report import show

        reason = error.strerror or str(error)
        click.echo(show(Problem("disk-fault", str(error.filename or ""), values=(reason,))), err=True)
        sys.exit(4)
