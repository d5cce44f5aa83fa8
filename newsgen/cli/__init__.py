"""The commands. Each reads its options, calls one function and reports; only this package exits."""

from __future__ import annotations

import os
import shlex
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from newsgen import __version__
from newsgen.cli.face import clock, common, face_of, job_of, site_of, workers_of, write_report
from newsgen.errors import NewsgenError, Problem

__all__ = ["main"]


@click.group(context_settings={"max_content_width": 100})
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
    scaffold.new_site(FolderDisk(folder, str(folder)), name, moment_at(clock(now, "UTC"), "UTC"))
    click.echo(f"A new site is in {folder}. Build it: newsgen build --site {shlex.quote(str(folder))}")


@newsgen.command()
@click.argument("headline")
@click.option("--section", required=True, help="Where the story is filed: World.")
@click.option("--now", metavar="TIME", help="The story's date. [default: now]")
@common
def new(headline: str, section: str, now: str | None, **options: Any) -> None:
    """Begin a story file and print its path.

    \b
    Example:
      newsgen new "Grain talks resume" --section World
    """
    from newsgen import scaffold
    from newsgen.parse import moment_at

    found = site_of(face_of(options), has_content=False)
    zone = found.settings.timezone
    click.echo(scaffold.new_story(found.disk, headline, section, moment_at(clock(now, zone), zone)))


@newsgen.command()
@click.option("--output", type=click.Path(path_type=Path), help="The folder to write. [default: build]")
@click.option("--now", metavar="TIME", help="The build's clock. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--drafts", is_flag=True, help="Drafts too, for your own eyes; embargoes still hold.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. [default: one a processor]")
@click.option("--clean", is_flag=True, help="Do everything anew, whatever the record says.")
@click.option("--dask", metavar="ADDRESS", help="Work on a Dask cluster: tcp://host:8786. See README.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what was done as JSON.")
@common
def build(output: Path | None, report: Path | None, dask: str | None, **options: Any) -> None:
    """Build the site.

    \b
    Example:
      newsgen build
      newsgen build --output /tmp/preview --now 2026-01-01T06:00Z
    """
    from newsgen import build as engine
    from newsgen import outcomes, project
    from newsgen.record import Record

    face = face_of(options)
    found = site_of(face, has_content=True)
    target = project.output_disk(found, output)
    with project.working(found) as read_at_ns, Record(project.record_path(found, target)) as record:
        if record.was_damaged:
            face.problems([Problem("record-damaged", record.path, severity="warning")])
        with workers_of(dask, found) as options["cluster"]:
            outcome = engine.build(job_of(face, found, target, read_at_ns, options), record)
    write_report(report, outcomes.build_json(outcome))
    has_errors = face.problems(outcome.problems)
    face.say(*outcomes.build_summary(outcome, target.root, drafts=options["drafts"]))
    if any(problem.rule == "disk-fault" for problem in outcome.problems):
        sys.exit(4)
    if has_errors:
        sys.exit(1)


@newsgen.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--incremental", is_flag=True, help="Also prove that an incremental build equals a clean one.")
@click.option("--output", type=click.Path(path_type=Path), help="The build to prove. [default: build]")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. [default: one a processor]")
@common
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

    face = face_of(options)
    face.verbose = True
    found = site_of(face, has_content=True)
    target = project.output_disk(found, output)
    with project.working(found) as read_at_ns, Record(project.record_path(found, target)) as record:
        job = job_of(face, found, target, read_at_ns, options)
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
@common
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

    face = face_of(options)
    found = site_of(face, has_content=True)
    target = project.output_disk(found, output)
    with project.working(found) as read_at_ns, Record(project.record_path(found, target)) as record:
        job = job_of(face, found, target, read_at_ns, options)
        told = explainer.explain(job, record, wanted)
    for line in outcomes.explanation(told, job.clock):
        click.echo(line)


@newsgen.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option(
    "--format", "form", default="", help="The shape of the copy: plain, reuters-sgml. [default: told from it]"
)
@click.option("--section", default="", help="File every story here. [default: as the copy says]")
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what became of every item as JSON.")
@common
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

    face = face_of(options)
    found = site_of(face, has_content=False)
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
    write_report(report, outcomes.import_json(result))
    for line in outcomes.import_problems(result):
        click.echo(line, err=True)
    face.say(*outcomes.import_summary(result, dry_run=dry_run))
    if result.failed or result.conflicts:
        sys.exit(1)


def _stopped(_signal: int, _frame: object) -> None:
    click.echo("Stopped. What was written is whole: run it again.", err=True)
    sys.exit(143)


def main() -> NoReturn:
    """Run newsgen, and end the process with its exit code.

    At once: to take apart what a large build knows, piece by piece, takes Python up to a second.
    """
    code: object = 0
    try:
        _run()
    except SystemExit as end:
        code = end.code
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody listens any more
        code = code or 4
    os._exit(code if isinstance(code, int) else int(code is not None))


def _run() -> None:
    is_debug = "--debug" in sys.argv
    signal.signal(signal.SIGTERM, _stopped)
    try:
        newsgen.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was written is whole: run it again.", err=True)
        sys.exit(130)
    except NewsgenError as error:
        if is_debug:
            raise
        from newsgen.report import show

        for problem in error.problems:
            click.echo(show(problem), err=True)
        sys.exit(error.exit_code)
    except MemoryError:
        if is_debug:
            raise
        from newsgen.report import show

        click.echo(show(Problem("no-memory", "")), err=True)
        sys.exit(4)
    except OSError as error:
        if is_debug:
            raise
        from newsgen.report import show

        reason = error.strerror or str(error)
        click.echo(show(Problem("disk-fault", str(error.filename or ""), values=(reason,))), err=True)
        sys.exit(4)
