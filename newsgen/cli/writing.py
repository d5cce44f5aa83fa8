"""The commands that write new files, and what follows an import: init, new, import, accept."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsgen import __version__
from newsgen.cli.console import Console, console_of
from newsgen.cli.shared import build_request, clock, common_options, editing, site_of, write_report
from newsgen.model.errors import Problem, UsageError
from newsgen.model.story import GUESSES
from newsgen.model.targets import TARGET_KINDS

if TYPE_CHECKING:
    from newsgen.commands.import_report import Notice
    from newsgen.commands.kill_notices import NoticeResult
    from newsgen.formats.item import Item
    from newsgen.model.card import Card

__all__ = ["accept", "import_", "init", "new"]


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The site's name. [default: from the folder's name]")
@click.option(
    "--host", "kind", type=click.Choice(sorted(TARGET_KINDS)), help="Where it will be published: settings to fill in."
)
@click.option("--ci", type=click.Choice(["github"]), help="Have GitHub publish it, at each push and release.")
@click.option("--now", metavar="TIME", help="The date of the first story. [default: now]")
def init(folder: Path, title: str, kind: str | None, ci: str | None, now: str | None) -> None:
    """Make a new site in FOLDER: a new folder, or one with no more than .git, a README and a LICENSE.

    \b
    Example:
      newsgen init my-archive
      newsgen init . --host ssh
      newsgen init my-archive --ci github
      newsgen build --site my-archive
    """
    from secrets import token_hex  # loads OpenSSL

    from newsgen.commands import installed, scaffold
    from newsgen.disk import FolderDisk
    from newsgen.messages import results
    from newsgen.messages.file_keys import editor_files
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    project.require_unpublished(folder)
    name = title or folder.absolute().name.replace("-", " ").replace("_", " ").title()
    moment = moment_at(clock(now, "UTC"), "UTC")
    ours = installed.installed(__version__, _direct_url())
    wheel = Path(ours.wheel)
    is_at_hand = bool(ours.wheel) and wheel.is_file()
    scaffold.new_site(
        FolderDisk(folder, str(folder)),
        scaffold.NewSite(
            title=name,
            moment=moment,
            id=token_hex(6),
            kind=kind or "",
            ci=ci or "",
            requirements=(ours.requirement, *_pillow()),
            editor_files=editor_files(),
            wheel=(wheel.name, FolderDisk(wheel.parent).read(wheel.name)) if is_at_hand else None,
        ),
    )
    click.echo(results.site_made(str(folder)))
    for line in results.next_steps(kind or ci or "", ci or "", ours.checkout):
        click.echo(line)


def _pillow() -> tuple[str, ...]:
    """What installs the same Pillow elsewhere, so that pictures have the same bytes there; nothing without one."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return (f"pillow=={version('pillow')}",)
    except PackageNotFoundError:
        return ()


def _direct_url() -> str:
    """What pip noted of where newsgen is from; "" where it is from a package index, or not installed by pip."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return distribution("newsgen").read_text("direct_url.json") or ""
    except PackageNotFoundError:
        return ""


@click.command()
@click.argument("headline")
@click.option("--section", required=True, help="The section of the story, such as World.")
@click.option("--now", metavar="TIME", help="The story's date. [default: now]")
@common_options
def new(headline: str, section: str, now: str | None, **options: Any) -> None:
    """Begin a story file and print its path.

    \b
    Example:
      newsgen new "Grain talks resume" --section World
    """
    from newsgen.commands import scaffold
    from newsgen.storyfile import moment_at

    site = site_of(options, has_content=False)
    zone = site.settings.timezone
    moment = moment_at(clock(now, zone), zone)
    click.echo(scaffold.new_story(site.disk, headline, section, moment, site.settings.language))


@click.command(name="import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path())
@click.option(
    "--format", "form", default="", help="The format of the copy: plain, reuters-sgml. [default: recognised from it]"
)
@click.option("--section", default="", help="File every story in this section. [default: as the copy says]")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: print what is read of each story, as JSON.")
@click.option("--report", type=click.Path(path_type=Path), help="Write what became of each item to this file, as JSON.")
@common_options
def import_(
    paths: tuple[str, ...], form: str, section: str, dry_run: bool, as_json: bool, report: Path | None, **options: Any
) -> None:
    """Turn wire copy into story files.

    PATH is a file, a folder with all that is in it, or an archive (.zip, .tar, .tar.gz, .tar.xz, .tar.bz2).

    A kill notice kills the story that it means; where that is not clear, you are asked. What the copy does not say and
    newsgen guessed stands in the story file under source: doubts:; newsgen check --guesses lists it.

    \b
    Example:
      newsgen import wire-page.txt
      newsgen import copy/ 1994.zip
      newsgen import --section World --dry-run copy/
      newsgen import --dry-run --json copy/
    """
    from newsgen.commands import incoming, ingest, scaffold
    from newsgen.disk import FolderDisk
    from newsgen.messages import imports, items, reports
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    if as_json and not dry_run:
        raise UsageError(Problem("json-dry-run", "--json"))
    console = console_of(options)
    site = site_of(options, has_content=False)
    if report:
        project.require_unpublished(report, site)

    def on_item(done: int, item: Item | None) -> None:
        console.progress("import", done, done + 1)
        if as_json and item:
            console.say_json(f"{items.item_json(item)}\n")

    notice_results: list[NoticeResult] = []
    with project.site_lock(site, is_for_reading=dry_run) as read_at_ns:
        result = ingest.ingest(
            site.disk,
            incoming.Incoming((path.replace(os.sep, "/") for path in paths), FolderDisk),
            ingest.ImportOptions(form, section, site.settings, dry_run),
            on_item,
        )
        notices = (*result.notices, *result.doubtful)
        if notices:
            from newsgen.commands import kill_notices  # brings the engine

            console.end_bar()
            request = build_request(console, site, None, read_at_ns, options)
            now = moment_at(request.clock, site.settings.timezone)
            notice_results = kill_notices.apply_notices(request, notices, _ask, now, dry_run=dry_run)
        starter = scaffold.starter_story(site.disk) if result.imported and not dry_run else ""
        if starter and _may_go(starter, console):
            site.disk.remove(starter)
        site.disk.remove_temporary_files()
    console.end_bar()
    write_report(report, reports.import_json(result, notice_results))
    for line in (*imports.not_imported_lines(result), *imports.notice_lines(notice_results)):
        click.echo(line, err=True)
    if not as_json:
        console.say(*imports.import_lines(result, dry_run=dry_run))
    if result.failed or result.conflicts or any(notice.state in ("unsure", "doubtful") for notice in notice_results):
        sys.exit(1)


def _ask(notice: Notice, cards: tuple[Card, ...]) -> str:
    """Ask which story a kill notice means: its id; "" for none, and where no terminal is there to answer."""
    if not sys.stdin.isatty():
        return ""
    from newsgen.messages import imports

    for line in imports.notice_choices(notice, cards):
        click.echo(line, err=True)
    answer = click.prompt(imports.WHICH_STORY, type=click.IntRange(0, len(cards)), default=0, err=True)
    return cards[answer - 1].item.id if answer else ""


def _may_go(starter: str, console: Console) -> bool:
    """Ask whether the story that `init` wrote may go, now that there are others. Yes where no terminal is there."""
    from newsgen.messages import imports

    if not sys.stdin.isatty():
        console.say(imports.starter_gone(starter))
        return True
    return click.confirm(imports.starter_question(starter), default=True, err=True)


@click.command()
@click.argument("stories", nargs=-1, metavar="[PATH/ID…]")
@click.option(
    "--rule", "rules", multiple=True, type=click.Choice(GUESSES), metavar="RULE", help="Only this. Can be repeated."
)
@common_options
def accept(stories: tuple[str, ...], rules: tuple[str, ...], **options: Any) -> None:
    """Take guesses of an import for right, once you have looked at them: check asks about them no more.

    PATH is a story file, or a folder with all the stories that are in it; with --rule alone, of all stories. A story
    that may be a notice is asked about until you name its rule, may-be-notice: it stays withheld as it is.

    \b
    Example:
      newsgen check --guesses
      newsgen accept content/world/1987/02/grain-talks-resume.md
      newsgen accept --rule dateline-guessed
      newsgen accept content
    """
    from newsgen.commands import accept as acceptor
    from newsgen.messages import results

    if not stories and not rules:
        raise UsageError(Problem("accept-what", "newsgen accept"))
    with editing(options) as edit:
        accepted = acceptor.accept(edit.request, stories, rules)
        has_failed = edit.console.problems(accepted.problems)
    edit.console.say(results.accepted_line(accepted))
    sys.exit(int(has_failed))
