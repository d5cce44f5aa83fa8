"""The commands that read stories: build, check, explain, schedule."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from newsgen.cli.shared import common, face_of, job_of, site_of, workers_of, write_report
from newsgen.model.errors import Problem, UsageError

__all__ = ["build", "check", "explain", "schedule"]


@click.command()
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
    from newsgen.engine import run as engine
    from newsgen.messages import results
    from newsgen.source import project
    from newsgen.store import Store

    face = face_of(options)
    found = site_of(face, has_content=True)
    target = project.output_disk(found, output)
    with project.site_lock(found) as read_at_ns, Store(project.record_path(found, target)) as store:
        if store.seal.was_damaged:
            face.problems([Problem("record-damaged", store.path, severity="warning")])
        with workers_of(dask, found) as options["cluster"]:
            outcome = engine.build(job_of(face, found, target, read_at_ns, options), store)
    write_report(report, results.build_json(outcome))
    has_errors = face.problems(outcome.problems)
    said = results.build_summary(outcome, target.root, drafts=options["drafts"], names_held=face.verbose)
    face.say(*said)
    if any(problem.rule == "disk-fault" for problem in outcome.problems):
        sys.exit(4)
    if has_errors:
        sys.exit(1)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--incremental", is_flag=True, help="Also prove that an incremental build equals a clean one.")
@click.option("--off", multiple=True, metavar="RULE", help="Leave out a rule. May be given again.")
@click.option("--list-rules", is_flag=True, help="Name the rules that --off takes.")
@click.option("--output", type=click.Path(path_type=Path), help="The build to prove. [default: build]")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. [default: one a processor]")
@common
def check(
    form: str, incremental: bool, off: tuple[str, ...], list_rules: bool, output: Path | None, **options: Any
) -> None:
    """Name every problem in one run; write nothing.

    \b
    Example:
      newsgen check
      newsgen check --format json --off name-near
    """
    from newsgen.lint.rules import RULES

    if list_rules:
        for name, description in RULES.items():
            click.echo(f"{name:18} {description}")
        return
    if unknown := sorted(set(off).difference(RULES)):
        raise UsageError(Problem("choice", "--off", values=("--off", unknown[0], ", ".join(RULES))))
    from newsgen.commands import check as checker
    from newsgen.messages import results
    from newsgen.source import project
    from newsgen.store import Store

    face = face_of(options)
    face.verbose = True
    found = site_of(face, has_content=True)
    target = project.output_disk(found, output)
    with project.site_lock(found) as read_at_ns, Store(project.record_path(found, target)) as store:
        job = job_of(face, found, target, read_at_ns, options)
        checked = checker.check(job, store if incremental else None, frozenset(off))
    has_errors = any(problem.severity == "error" for problem in checked.problems)
    if form == "json":
        face.end_bar()
        click.echo(results.check_json(checked), nl=False)
    else:
        face.problems(checked.problems)
        face.say(results.check_summary(checked))
    if has_errors:
        sys.exit(1)


@click.command()
@click.argument("wanted", metavar="URL/ID/PATH")
@click.option("--why-not", "other", default="", metavar="ID", help="A story that its related list does not have.")
@click.option("--output", type=click.Path(path_type=Path), help="The build to look at. [default: build]")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@common
def explain(wanted: str, other: str, output: Path | None, **options: Any) -> None:
    """Say what a page is made of, why it was last rendered, and why each related story is related.

    \b
    Example:
      newsgen explain /world/1987/02/
      newsgen explain content/world/1987/02/grain-talks-resume.md
      newsgen explain grain-talks-1987 --why-not grain-talks-1986
    """
    from newsgen.commands import explain as explainer
    from newsgen.messages import explanation
    from newsgen.source import project

    face = face_of(options)
    found = site_of(face, has_content=True)
    target = project.output_disk(found, output)
    with project.site_lock(found) as read_at_ns:
        job = job_of(face, found, target, read_at_ns, options)
        told = explainer.explain(job, wanted, other)
    for line in explanation.explanation(told, job.clock):
        click.echo(line)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--days", type=click.IntRange(0, 36_500), default=30, help="How far to look. [default: 30]")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--jobs", type=click.IntRange(1, 256), help="Workers. [default: one a processor]")
@common
def schedule(form: str, days: int, **options: Any) -> None:
    """Say what appears or expires when, and when a build is due.

    \b
    Example:
      newsgen schedule
      newsgen schedule --days 365 --format json
    """
    from newsgen.commands import schedule as scheduler
    from newsgen.disk import MemoryDisk
    from newsgen.messages import results
    from newsgen.source import project

    face = face_of(options)
    found = site_of(face, has_content=True)
    with project.site_lock(found) as read_at_ns:
        told = scheduler.schedule(job_of(face, found, MemoryDisk(), read_at_ns, options), days)
    command = f"newsgen build --site {shlex.quote(found.disk.root)}"
    face.end_bar()
    if form == "json":
        click.echo(results.schedule_json(told, command), nl=False)
    else:
        for line in results.schedule_lines(told, days, found.settings.timezone, command):
            click.echo(line)
    if face.problems(told.problems):
        sys.exit(1)
