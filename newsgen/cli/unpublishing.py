"""The command that answers requests to unpublish, one subcommand for each kind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from newsgen.cli.shared import Face, common, face_of, job_of, site_of

__all__ = ["unpublish"]


@click.group()
def unpublish() -> None:
    """Answer a request to unpublish. Each is noted, with its reason, in content/_requests.tsv, which stays private.

    \b
    Example:
      newsgen unpublish anonymise "Gleb Stolyarov" --as "a Lindmouth man" --reason "Acquitted; asked on 3 May."
      newsgen unpublish delist world-harbour-trial --reason "Asked by the family."
    """


def _why(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every request."""
    command = click.option("--now", metavar="TIME", help="When it was done. [default: now]")(command)
    return click.option("--reason", required=True, help="Why, for your own files.")(command)


@contextmanager
def _asked(options: dict[str, Any]) -> Iterator[tuple[Face, Any, Any]]:
    """The face, the job and the time of a request."""
    from newsgen.disk import MemoryDisk
    from newsgen.source import project
    from newsgen.storyfile import moment_at

    face = face_of(options)
    found = site_of(face, has_content=True)
    with project.site_lock(found) as read_at_ns:
        job = job_of(face, found, MemoryDisk(), read_at_ns, options)
        yield face, job, moment_at(job.clock, found.settings.timezone)
        found.disk.remove_temporary_files()
    face.end_bar()


@unpublish.command(name="anonymise")
@click.argument("name")
@click.option("--as", "instead", required=True, metavar="TEXT", help="What stands in the name's place.")
@_why
@common
def _anonymise(name: str, instead: str, reason: str, **options: Any) -> None:
    """Take a person's name out of every story, and out of ids, addresses and file names.

    Write it as copy does, with first name and surname. Where a story also has the surname alone ("Mr Stolyarov"), it
    is left, and named, for you to take out by hand. Old addresses with the name are forgotten. A later build writes no
    page that has the full name.
    """
    from newsgen.commands import unpublish as requests

    with _asked(options) as (face, job, now):
        done = requests.anonymise(job, name, instead, reason, now)
    face.say(*(f"{path} has it no more." for path in done.changed))
    face.say(
        f"{len(done.changed):,} files changed. Build and publish now; copies elsewhere and old versions in Git stay."
    )
    sys.exit(int(face.problems(done.left)))


@unpublish.command(name="delist")
@click.argument("story", metavar="ID")
@_why
@common
def _delist(story: str, reason: str, **options: Any) -> None:
    """Keep a story out of feeds, sitemaps and search engines; its page stays."""
    from newsgen.commands import unpublish as requests

    with _asked(options) as (face, job, now):
        path = requests.delist(job, story, reason, now)
    face.say(f"{path} says noindex.")


@unpublish.command(name="note")
@click.argument("story", metavar="ID")
@click.argument("text")
@_why
@common
def _note(story: str, text: str, reason: str, **options: Any) -> None:
    """Put a note for readers under a story: what became of the case."""
    from newsgen.commands import unpublish as requests

    with _asked(options) as (face, job, now):
        path = requests.add_note(job, story, text, reason, now)
    face.say(f"{path} has the note.")


@unpublish.command(name="delete")
@click.argument("story", metavar="ID")
@_why
@common
def _delete(story: str, reason: str, **options: Any) -> None:
    """Delete a story's file, and give its addresses up. A story that was wrong is rather killed: that is told."""
    from newsgen.commands import unpublish as requests

    with _asked(options) as (face, job, now):
        path = requests.delete(job, story, reason, now)
    face.say(f"{path} is deleted. Its pictures stay in content/, and go out of the site unless another story has them.")
