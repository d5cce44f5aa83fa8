"""The commands that write stories: init, new, import."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsgen.cli.shared import clock, common, face_of, job_of, site_of, write_report

if TYPE_CHECKING:
    from newsgen.commands.ingest import Notice
    from newsgen.model.card import Card

__all__ = ["import_", "init", "new"]


@click.command()
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
    from newsgen.commands import scaffold
    from newsgen.disk import FolderDisk
    from newsgen.storyfile import moment_at

    name = title or folder.absolute().name.replace("-", " ").replace("_", " ").title()
    scaffold.new_site(FolderDisk(folder, str(folder)), name, moment_at(clock(now, "UTC"), "UTC"))
    click.echo(f"A new site is in {folder}. Build it: newsgen build --site {shlex.quote(str(folder))}")


@click.command()
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
    from newsgen.commands import scaffold
    from newsgen.storyfile import moment_at

    found = site_of(face_of(options), has_content=False)
    zone = found.settings.timezone
    click.echo(scaffold.new_story(found.disk, headline, section, moment_at(clock(now, zone), zone)))


@click.command(name="import")
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

    A notice that withdraws a story kills it; where it is not clear which, you are asked.

    \b
    Example:
      newsgen import wire-page.txt
      newsgen import --section World --dry-run copy/
    """
    from newsgen.commands import ingest, kill_notices
    from newsgen.disk import FolderDisk, MemoryDisk
    from newsgen.messages import results
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    face = face_of(options)
    found = site_of(face, has_content=False)
    carried: list[kill_notices.Carried] = []
    with project.site_lock(found) as read_at_ns:
        result = ingest.intake(
            found.disk,
            ingest.expand(paths, FolderDisk),
            format=form,
            section=section,
            dry_run=dry_run,
            on_progress=lambda done: face.progress("import", done, done + 1),
        )
        if result.notices:
            face.end_bar()
            job = job_of(face, found, MemoryDisk(), read_at_ns, options)
            now = moment_at(job.clock, found.settings.timezone)
            carried = kill_notices.carry_out(job, result.notices, _ask, now, dry_run=dry_run)
        found.disk.remove_temporary_files()
    face.end_bar()
    write_report(report, results.import_json(result, carried))
    for line in results.import_problems(result):
        click.echo(line, err=True)
    for line in results.notice_lines(carried):
        click.echo(line, err=True)
    face.say(*results.import_summary(result, dry_run=dry_run))
    if result.failed or result.conflicts or any(one.state == "unsure" for one in carried):
        sys.exit(1)


def _ask(notice: Notice, cards: tuple[Card, ...]) -> str:
    """Which story a notice means, where somebody is there to say."""
    if not sys.stdin.isatty():
        return ""
    from newsgen.messages.problems import printable

    click.echo(printable(notice.text[:600]), err=True)
    for number, card in enumerate(cards, 1):
        click.echo(f"  {number}  {card.item.day}  {printable(card.item.headline)}  {card.path}", err=True)
    answer = click.prompt(
        "Which of these does it withdraw? 0 for none", type=click.IntRange(0, len(cards)), default=0, err=True
    )
    return cards[answer - 1].item.id if answer else ""
