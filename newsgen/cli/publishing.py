"""The commands that change what is published: kill, link, urls."""

from __future__ import annotations

import sys
from typing import Any

import click

from newsgen.cli.shared import common, face_of, job_of, site_of

__all__ = ["kill", "link", "urls"]


@click.command()
@click.argument("story", metavar="ID")
@click.option("--reason", required=True, help="Why, as readers are told.")
@click.option("--notice", default="", help="The agency's notice, for your own files.")
@click.option("--now", metavar="TIME", help="When it was withdrawn. [default: now]")
@common
def kill(story: str, reason: str, notice: str, **options: Any) -> None:
    """Withdraw a story for good, with the versions that it replaced. ID may be the story's file.

    \b
    Example:
      newsgen kill world-2026-11-25-bridge --reason "The agency withdrew it."
    """
    from newsgen.commands import kill as withdraw
    from newsgen.disk import MemoryDisk
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    face = face_of(options)
    found = site_of(face, has_content=True)
    with project.site_lock(found) as read_at_ns:
        job = job_of(face, found, MemoryDisk(), read_at_ns, options)
        paths, urls = withdraw.kill(job, story, reason, notice, moment_at(job.clock, found.settings.timezone))
        found.disk.remove_temporary_files()
    face.end_bar()
    face.say(*(f"{path} is withdrawn." for path in paths), "Build and publish now: until then it stays online.")
    face.say(*(f"A tombstone will stand at {url}" for url in urls))
    if not urls:
        face.say("It was never published, so nothing of it will be seen.")


@click.command()
@click.argument("stories", nargs=-1, metavar="[NEWER OLDER]")
@click.option("--likely", is_flag=True, help="Also where it is only likely; look at them first.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@common
def link(stories: tuple[str, ...], likely: bool, dry_run: bool, **options: Any) -> None:
    """Join the versions of a story: write updates into each that looks like the next version of another.

    Or name two stories, by id or file: the newer one, then the one that it replaces.

    \b
    Example:
      newsgen link --dry-run
      newsgen link
      newsgen link world-bridge-update world-bridge
    """
    from newsgen.commands import link as linking
    from newsgen.disk import MemoryDisk
    from newsgen.messages import results
    from newsgen.source import project

    if len(stories) not in (0, 2) or (stories and (likely or dry_run)):
        click.echo("Give two stories, the newer one first, and no option; or none, for all.", err=True)
        sys.exit(2)
    face = face_of(options)
    found = site_of(face, has_content=True)
    with project.site_lock(found) as read_at_ns:
        job = job_of(face, found, MemoryDisk(), read_at_ns, options)
        if stories:
            later, earlier = linking.link_two(job, *stories)
            said = [f"{later} replaces {earlier}"]
            failed = False
        else:
            done = linking.link(job, "likely" if likely else "certain", dry_run=dry_run)
            said = [*results.link_lines(done, dry_run=dry_run)]
            failed = face.problems(done.failed)
        found.disk.remove_temporary_files()
    face.end_bar()
    face.say(*said)
    sys.exit(int(failed))


@click.command()
@click.option("--record", is_flag=True, help="Note the addresses of all stories that are shown now.")
@click.option("--remove", metavar="URL", default="", help="Give an address up: it may break.")
@click.option("--now", metavar="TIME", help="The clock. [default: SOURCE_DATE_EPOCH, or now]")
@common
def urls(record: bool, remove: str, **options: Any) -> None:
    """Keep the ledger of every address ever published, content/_urls.tsv.

    \b
    Example:
      newsgen urls --record
      newsgen urls --remove /world/2026/11/25/bridge.html
    """
    from newsgen.commands import urls as ledger
    from newsgen.disk import MemoryDisk
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    if record == bool(remove):
        click.echo("Give one of --record and --remove URL.", err=True)
        sys.exit(2)
    face = face_of(options)
    found = site_of(face, has_content=True)
    with project.site_lock(found) as read_at_ns:
        job = job_of(face, found, MemoryDisk(), read_at_ns, options)
        now = moment_at(job.clock, found.settings.timezone)
        if remove:
            ledger.remove_address(job, remove, now.iso)
            said = f"{remove} may break from now on."
        else:
            new, total = ledger.record_addresses(job, now.day)
            said = f"{new:,} new, {total:,} in all, in content/_urls.tsv. Commit it."
        found.disk.remove_temporary_files()
    face.end_bar()
    face.say(said)
