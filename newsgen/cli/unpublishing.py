"""The command that answers requests to unpublish, one subcommand for each kind of request."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from newsgen.cli.shared import common_options, editing

__all__ = ["unpublish"]


@click.group()
def unpublish() -> None:
    """Answer a request to unpublish. Each is logged, with its reason, in content/_requests.tsv, which stays private.

    \b
    Example:
      newsgen unpublish anonymise "Gleb Stolyarov" --as "a Lindmouth man" --reason "Acquitted; asked on 3 May."
      newsgen unpublish delist world-harbour-trial --reason "Asked by the family."
    """


def _request_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand the options that all requests have."""
    command = click.option("--now", metavar="TIME", help="When it was done. [default: now]")(common_options(command))
    return click.option("--reason", required=True, help="Why, for your own files.")(command)


@unpublish.command(name="anonymise")
@click.argument("name")
@click.option("--as", "instead", required=True, metavar="TEXT", help="The words that take the name's place.")
@_request_options
def _anonymise(name: str, instead: str, reason: str, **options: Any) -> None:
    """Remove a person's name from every story, and from ids, addresses and file names.

    Give the name as it appears in copy: first name and surname. Its aliases in content/_people.yaml are removed too;
    for any other spelling, run the command again. Where a story also has the surname alone ("Mr Stolyarov"), newsgen
    leaves it and says where it is, so that you can decide; a form of the name that it cannot change safely (in a link,
    with an s) is an error. Old addresses with the name are forgotten. No later build writes a page on which a reader
    would see the full name.
    """
    from newsgen.commands.anonymise import anonymise
    from newsgen.messages import results

    with editing(options) as edit:
        result = anonymise(edit.request, name, instead, reason, edit.now)
    edit.console.say(*results.anonymised_lines(result.changed))
    sys.exit(int(edit.console.problems(result.problems)))


@unpublish.command(name="delist")
@click.argument("story", metavar="ID")
@_request_options
def _delist(story: str, reason: str, **options: Any) -> None:
    """Keep a story out of feeds, sitemaps and search engines; its page stays."""
    from newsgen.commands import unpublish as requests
    from newsgen.messages import results

    with editing(options) as edit:
        answer = requests.delist(edit.request, story, reason, edit.now)
    edit.console.say(results.delisted(answer.path))
    edit.console.problems(answer.problems)


@unpublish.command(name="note")
@click.argument("story", metavar="ID")
@click.argument("text")
@_request_options
def _note(story: str, text: str, reason: str, **options: Any) -> None:
    """Add a note for readers to a story: what became of the case."""
    from newsgen.commands import unpublish as requests
    from newsgen.messages import results

    with editing(options) as edit:
        answer = requests.add_note(edit.request, story, text, reason, edit.now)
    edit.console.say(results.note_added(answer.path))
    edit.console.problems(answer.problems)


@unpublish.command(name="delete")
@click.argument("story", metavar="ID")
@_request_options
def _delete(story: str, reason: str, **options: Any) -> None:
    """Delete a story's file, and give its addresses up.

    To withdraw a story that was wrong, kill it instead: then readers are told.
    """
    from newsgen.commands import unpublish as requests
    from newsgen.messages import results

    with editing(options) as edit:
        answer = requests.delete(edit.request, story, reason, edit.now)
    edit.console.say(results.deleted(answer.path))
    edit.console.problems(answer.problems)
