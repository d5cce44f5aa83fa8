"""The commands that build or read the whole site: build, check, explain, schedule."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from newsgen.cli.console import Verbosity, console_of
from newsgen.cli.shared import build_request, common_options, looking, site_of, working, write_report
from newsgen.model.errors import Problem, UsageError

__all__ = ["build", "check", "explain", "schedule"]


@click.command()
@click.option("--output", type=click.Path(path_type=Path), help="The folder to write into. [default: build]")
@click.option("--now", metavar="TIME", help="Build the site as of this time. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--drafts", is_flag=True, help="Include drafts, for your own eyes; embargoes still hold.")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many worker processes. [default: one per processor]")
@click.option("--clean", is_flag=True, help="Ignore the record and rebuild everything.")
@click.option("--dask", metavar="ADDRESS", help="Build on a Dask cluster: tcp://host:8786. See docs/engine.md.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what was done to this file, as JSON.")
@common_options
def build(output: Path | None, report: Path | None, dask: str | None, **options: Any) -> None:
    """Build the site.

    \b
    Example:
      newsgen build
      newsgen build --output /tmp/preview --now 2026-01-01T06:00Z
    """
    from newsgen.engine import run as engine
    from newsgen.messages import reports, results
    from newsgen.store import Store

    with working(options, output, dask, report) as work, Store(work.request.store_path) as store:
        console = work.console
        if store.seal.was_damaged:
            console.problems([Problem("record-damaged", store.path, severity="warning")])
        result = engine.build(work.request, store)
    write_report(report, reports.build_json(result))
    has_errors = console.problems(result.problems)
    console.say(*results.build_lines(result, drafts=options["drafts"]))
    if console.verbosity == Verbosity.VERBOSE:
        console.say(*results.held_lines(result))
    console.say(results.output_place(work.folder))
    if any(problem.rule == "disk-fault" for problem in result.problems):
        sys.exit(4)
    if result.is_theme_broken:
        sys.exit(5)
    if has_errors:
        sys.exit(1)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@click.option("--incremental", is_flag=True, help="Also prove that an incremental build equals a clean one.")
@click.option("--off", multiple=True, metavar="RULE", help="Leave out a rule. Can be repeated.")
@click.option("--guesses", is_flag=True, help="Only what an import guessed: all of it, with the copy it was read from.")
@click.option("--list-rules", is_flag=True, help="List the rules that --off takes.")
@click.option("--output", type=click.Path(path_type=Path), help="The build to compare with. [default: build]")
@click.option("--now", metavar="TIME", help="Check the site as of this time. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many worker processes. [default: one per processor]")
@common_options
def check(
    form: str,
    incremental: bool,
    off: tuple[str, ...],
    guesses: bool,
    list_rules: bool,
    output: Path | None,
    **options: Any,
) -> None:
    """Name every problem in one run, and write nothing.

    \b
    Example:
      newsgen check
      newsgen check --format json --off name-near
      newsgen check --guesses
    """
    from newsgen.lint.rules import SWITCHABLE
    from newsgen.messages import reports, results
    from newsgen.text.nearest import nearest

    if list_rules:
        for line in results.rule_lines(SWITCHABLE):
            click.echo(line)
        return
    if unknown := sorted(set(off).difference(SWITCHABLE)):
        near, rules = nearest(unknown[0], SWITCHABLE), ", ".join(SWITCHABLE)
        if near:
            raise UsageError(Problem("choice-near", "--off", values=("--off", unknown[0], near, rules)))
        raise UsageError(Problem("choice", "--off", values=("--off", unknown[0], rules)))
    from newsgen.commands import check as checker
    from newsgen.store import Store

    if guesses:
        with looking(options, output) as work:
            guessed = checker.guesses(work.request)
        for line in results.guess_lines(guessed):
            click.echo(line)
        return
    with looking(options, output) as work, Store(work.request.store_path) as store:
        console = work.console
        checked = checker.check(work.request, store if incremental else None, frozenset(off))
    has_errors = any(problem.severity == "error" for problem in checked.problems)
    if form == "json":
        console.say_json(reports.check_json(checked))
    else:
        console.problems(checked.problems, "advice")  # which is what a check is for
        console.say(results.check_line(checked))
    if has_errors:
        sys.exit(1)


@click.command()
@click.argument("wanted", metavar="URL/ID/PATH")
@click.option("--why-not", "other", default="", metavar="ID", help="Also say why this story is not related.")
@click.option("--output", type=click.Path(path_type=Path), help="The build to look at. [default: build]")
@click.option("--now", metavar="TIME", help="Read the site as of this time. [default: SOURCE_DATE_EPOCH, or now]")
@common_options
def explain(wanted: str, other: str, output: Path | None, **options: Any) -> None:
    """Say what a page is made of, why it was last rendered, and why each related story is related.

    \b
    Example:
      newsgen explain /world/1987/02/
      newsgen explain content/world/1987/02/grain-talks-resume.md
      newsgen explain grain-talks-1987 --why-not grain-talks-1986
    """
    from newsgen.commands import explain as explainer
    from newsgen.messages.explanation import explanation_lines

    with looking(options, output) as work:
        answer = explainer.explain(work.request, wanted, other)
    for line in explanation_lines(answer, work.request.clock):
        click.echo(line)


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the result.")
@click.option("--days", type=click.IntRange(0, 36_500), default=30, help="How many days ahead to look. [default: 30]")
@click.option("--now", metavar="TIME", help="Look ahead from this time. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many worker processes. [default: one per processor]")
@common_options
def schedule(form: str, days: int, **options: Any) -> None:
    """Say what appears or expires when, and when a build is due.

    \b
    Example:
      newsgen schedule
      newsgen schedule --days 365 --format json
    """
    from newsgen.commands import schedule as scheduler
    from newsgen.messages import reports
    from newsgen.messages.scheduled import schedule_lines
    from newsgen.messages.shown import quoted
    from newsgen.source import project

    console = console_of(options)
    site = site_of(options, has_content=True)
    with project.site_lock(site, is_for_reading=True) as read_at_ns:
        coming = scheduler.schedule(build_request(console, site, None, read_at_ns, options), days)
    command = f"newsgen build --site {quoted(site.disk.root)}"
    console.end_bar()
    if form == "json":
        console.say_json(reports.schedule_json(coming, command))
    else:
        for line in schedule_lines(coming, days, site.settings.timezone, command):
            click.echo(line)
    if console.problems(coming.problems):
        sys.exit(1)
