"""The commands that put a site where readers find it, and look whether it stands there: publish, verify."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

import click

from newsgen.cli.console import Verbosity
from newsgen.cli.shared import Work, common_options, working
from newsgen.model.errors import Problem, UsageError

if TYPE_CHECKING:
    from newsgen.model.targets import TargetSettings
    from newsgen.publish.prepare import Prepared
    from newsgen.publish.protocol import Surroundings
    from newsgen.publish.run import AnyTarget

__all__ = ["publish", "verify"]


@dataclass(frozen=True, slots=True)
class _Sending:
    """What a command works with that publishes, or looks at what was published."""

    work: Work
    settings: TargetSettings
    target: AnyTarget
    surroundings: Surroundings


@contextmanager
def _sending(options: dict[str, Any], name: str | None) -> Iterator[_Sending]:
    from newsgen.publish import registry
    from newsgen.publish.protocol import Surroundings

    with working(options, None) as work:
        surroundings = Surroundings(os.environ, work.root, _now(), time.sleep)
        settings = registry.choose_target(work.request.settings, name)
        target = registry.open_target(settings, work.request.settings, surroundings)
        yield _Sending(work, settings, target, surroundings)


def _now() -> int:
    """The time, whatever SOURCE_DATE_EPOCH says: what readers may see is decided by the real clock."""
    return int(datetime.now(UTC).timestamp())


@click.command()
@click.argument("target", required=False)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask, even where more than a tenth of the files vanish.")
@click.option("--force", is_flag=True, help="Send every file again, also over files that are not newsgen's.")
@click.option("--forget", is_flag=True, help="Delete earlier publications that hold what was withdrawn.")
@click.option("--no-build", is_flag=True, help="Publish the output as it stands.")
@click.option("--to", "earlier", metavar="PREVIOUS", help="Put an earlier publication back: previous, or its name.")
@click.option("--json", "is_json", is_flag=True, help="Print what was done as JSON.")
@common_options
def publish(
    target: str | None,
    dry_run: bool,
    yes: bool,
    force: bool,
    forget: bool,
    no_build: bool,
    earlier: str | None,
    is_json: bool,
    **options: Any,
) -> None:
    """Build the site, and put it where its readers find it. TARGET is a [tool.newsgen.publish.NAME] of the settings.

    \b
    Example:
      newsgen publish --dry-run
      newsgen publish live
      newsgen publish live --to previous
    """
    from newsgen.messages import publications
    from newsgen.publish.prepare import Way, prepare
    from newsgen.publish.run import perform, tidy

    others = {"--dry-run": dry_run, "--force": force, "--forget": forget, "--no-build": no_build, "--json": is_json}
    if earlier is not None and any(others.values()):
        named = ", ".join(name for name, is_given in others.items() if is_given)
        raise UsageError(Problem("publish-to", "newsgen publish --to", values=(named,)))
    with _sending(options, target) as sending:
        if earlier is not None:
            _put_back(sending, earlier)
            return
        console, request, way = sending.work.console, sending.work.request, Way(not no_build, force)
        prepared = prepare(request, sending.target, sending.settings, sending.surroundings, way)
        _show(sending, prepared, is_json=is_json)
        if prepared.refusals:
            _refuse(sending, prepared, is_json=is_json)
        if dry_run:
            if is_json:
                console.say_json(publications.publish_json(prepared.plan, (), ()))
            return
        if prepared.plan.loses_many and not yes:
            _confirm(sending, prepared)
        is_recorded = prepared.situation.is_recorded  # to look again takes 0.7 s of CPU for 20,000 stories
        if not is_recorded and _record(sending, is_json=is_json):  # the ledger is one of the sources of the build
            known = prepared.plan.standing
            prepared = prepare(request, sending.target, sending.settings, sending.surroundings, way, known)
            if prepared.refusals:
                _refuse(sending, prepared, is_json=is_json)
        plan, withdrawn = prepared.plan, prepared.situation.withdrawn
        perform(sending.target, plan, sending.surroundings, console.sending)
        console.end_bar()
        published = tidy(sending.target, plan.release, withdrawn, sending.surroundings, may_forget=forget)
        if is_json:
            console.say_json(publications.publish_json(plan, (), published.leftovers))
        else:
            console.say(*publications.published_lines(plan, published, sending.target.place))
        console.problems([*publications.leftover_problems(published.leftovers), *published.notes])


def _show(sending: _Sending, prepared: Prepared, *, is_json: bool) -> None:
    """Say what is wrong with the build, and what would change."""
    from newsgen.messages.publications import plan_lines

    console = sending.work.console
    console.problems(prepared.problems)
    if not is_json:
        is_whole = console.verbosity == Verbosity.VERBOSE
        due = prepared.situation.next_release
        console.say(*plan_lines(prepared.plan, sending.target.place, due, is_whole=is_whole))


def _refuse(sending: _Sending, prepared: Prepared, *, is_json: bool) -> NoReturn:
    """End with the reasons why nothing is published: 1 for errors in the content, 2 for anything else."""
    from newsgen.messages.publications import publish_json

    if is_json:
        sending.work.console.say_json(publish_json(prepared.plan, prepared.refusals, ()))
    sending.work.console.problems(prepared.refusals)
    sys.exit(1 if any(problem.rule == "publish-build-errors" for problem in prepared.refusals) else 2)


def _confirm(sending: _Sending, prepared: Prepared) -> None:
    """Ask whether so much may vanish; without a terminal the answer is no."""
    standing = prepared.plan.standing.manifest
    counts = (f"{len(prepared.plan.difference.vanishes):,}", f"{len(standing.files) if standing else 0:,}")
    if not sys.stdin.isatty():
        raise UsageError(Problem("publish-confirm", sending.target.place, values=counts))
    click.confirm(f"{counts[0]} of {counts[1]} files vanish. Publish?", abort=True, err=True)


def _record(sending: _Sending, *, is_json: bool) -> bool:
    """Put every address that is shown into the ledger; whether there was a new one."""
    from newsgen.commands import urls
    from newsgen.messages.publications import recorded_line
    from newsgen.storyfile import moment_at

    request = sending.work.request
    new, _all = urls.record_addresses(request, moment_at(request.clock, request.settings.timezone).day)
    if new and not is_json:
        sending.work.console.say(recorded_line(new))
    return new > 0


def _put_back(sending: _Sending, name: str) -> None:
    """Make an earlier publication what readers see."""
    from newsgen.messages.publications import put_back_line
    from newsgen.publish.prepare import built_release
    from newsgen.publish.run import put_back
    from newsgen.publish.situation import expired_photos, read_situation

    request, target = sending.work.request, sending.target
    release = built_release(request, builds=True).release
    key = "" if name.lower() == "previous" else name
    withdrawn = (*read_situation(request).withdrawn, *expired_photos(request))
    publication = put_back(target, release.manifest, withdrawn, key, sending.surroundings)
    sending.work.console.say(put_back_line(publication, target.place))


@click.command()
@click.argument("target", required=False)
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Compare so many files only. [default: all]")
@click.option("--json", "is_json", is_flag=True, help="Print the differences as JSON.")
@common_options
def verify(target: str | None, sample: int | None, is_json: bool, **options: Any) -> None:
    """Compare every file with the manifest: in the output, and with a TARGET there and as readers get it.

    \b
    Example:
      newsgen verify
      newsgen verify live --sample 500
    """
    from newsgen.messages import publications
    from newsgen.publish.prepare import output_as_it_stands
    from newsgen.publish.verify import verify_output, verify_target

    if target is None:
        with working(options, None) as work:
            console, place = work.console, work.folder
            built = output_as_it_stands(work.request)
            verified = verify_output(built.release, built.seal.other_files, sample)
    else:
        with _sending(options, target) as sending:
            console, place = sending.work.console, sending.target.place
            verified = verify_target(
                sending.work.request, sending.target, sending.settings, sending.surroundings, sample
            )
    if is_json:
        console.say_json(publications.verify_json(verified))
    else:
        for line in publications.mismatch_lines(verified.mismatches):
            click.echo(line)
        if verified.put_back:
            console.say(publications.put_back_reason(verified.put_back))
        console.say(publications.verified_line(verified, place))
    if verified.mismatches:
        sys.exit(1)
