"""The commands that change what is published: kill, link, urls."""

from __future__ import annotations

import sys
from typing import Any

import click

from newsgen.cli.shared import common_options, editing
from newsgen.model.errors import Problem, UsageError

__all__ = ["kill", "link", "urls"]


@click.command()
@click.argument("story", metavar="ID")
@click.option("--reason", required=True, help="Why, in words that readers will see.")
@click.option("--notice", default="", help="The agency's kill notice, for your own files.")
@click.option("--now", metavar="TIME", help="When the story was killed. [default: now]")
@common_options
def kill(story: str, reason: str, notice: str, **options: Any) -> None:
    """Kill a story: withdraw it for good, with the versions that it replaced. ID may be the story's file.

    \b
    Example:
      newsgen kill world-2026-11-25-bridge --reason "The agency withdrew it."
    """
    from newsgen.commands import kill as killer
    from newsgen.messages import results

    with editing(options) as edit:
        paths, addresses = killer.kill(edit.request, story, reason, notice, edit.now)
    edit.console.say(*results.kill_lines(paths, addresses))


@click.command()
@click.argument("stories", nargs=-1, metavar="[NEWER OLDER]")
@click.option("--likely", is_flag=True, help="Join the likely versions too; look at them first.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@common_options
def link(stories: tuple[str, ...], likely: bool, dry_run: bool, **options: Any) -> None:
    """Join the versions of a story: write `updates` into each story that looks like the next version of another.

    Or name two stories, by id or file: the newer one, then the one that it replaces.

    \b
    Example:
      newsgen link --dry-run
      newsgen link
      newsgen link world-bridge-update world-bridge
    """
    from newsgen.commands import link as linker
    from newsgen.messages import results

    if len(stories) not in (0, 2) or (stories and (likely or dry_run)):
        raise UsageError(Problem("link-arguments", "newsgen link"))
    has_failed = False
    with editing(options, is_dry=dry_run) as edit:
        if stories:
            lines = [results.linked(*linker.link_two(edit.request, *stories))]
        else:
            result = linker.link(edit.request, "likely" if likely else "certain", dry_run=dry_run)
            lines = [*results.link_lines(result, dry_run=dry_run)]
            has_failed = edit.console.problems(result.problems)
    edit.console.say(*lines)
    sys.exit(int(has_failed))


@click.command()
@click.option("--record", is_flag=True, help="Add the address of every story that is shown now.")
@click.option("--remove", metavar="URL", default="", help="Give an address up: it may break.")
@click.option("--now", metavar="TIME", help="What is shown at this time. [default: SOURCE_DATE_EPOCH, or now]")
@common_options
def urls(record: bool, remove: str, **options: Any) -> None:
    """Keep the ledger of every address ever published, content/_urls.tsv.

    \b
    Example:
      newsgen urls --record
      newsgen urls --remove /world/2026/11/25/bridge.html
    """
    from newsgen.commands import urls as ledger
    from newsgen.messages import results

    if record == bool(remove):
        raise UsageError(Problem("urls-arguments", "newsgen urls"))
    with editing(options) as edit:
        if remove:
            ledger.remove_address(edit.request, remove, edit.now.iso)
            line = results.address_removed(remove)
        else:
            line = results.addresses_recorded(*ledger.record_addresses(edit.request, edit.now.day))
    edit.console.say(line)
