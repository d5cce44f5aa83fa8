"""The group of all commands, and how a run of it ends: the exit code, and the sentence for what went wrong."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import click

from newsgen import __version__
from newsgen.cli import building, describing, publishing, sending, serving, theming, unpublishing, writing
from newsgen.cli.streams import guard_streams, has_lost_words
from newsgen.messages.problems import INTERRUPTED
from newsgen.messages.shown import show
from newsgen.model.errors import NewsgenError, Problem

__all__ = ["main"]


@click.group(context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="newsgen")
def newsgen() -> None:
    """Build static sites from archives of wire stories.

    \b
    Example:
      newsgen init my-archive
      newsgen import --site my-archive wire/*.txt
      newsgen build --site my-archive

    \b
    Exit codes:
      0  done
      1  problems in the content or templates
      2  usage or settings
      3  another newsgen is working on the site
      4  disk or system
      5  a template failed after an earlier build; the pages that it makes stay as they were
    """


for _module in (writing, building, serving, theming, describing, sending, publishing, unpublishing):
    for _name in _module.__all__:
        newsgen.add_command(getattr(_module, _name))


def _end_on_sigterm(_signal: int, _frame: object) -> None:
    click.echo(INTERRUPTED, err=True)
    sys.exit(143)


def main() -> NoReturn:
    """Run newsgen, and end the process with its exit code.

    With `os._exit`: for Python to free what a large build holds, object by object, takes up to a second.
    """
    code: object = 0
    guard_streams()
    try:
        _run()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    if has_lost_words():
        code = code or 4
    os._exit(code if isinstance(code, int) else int(code is not None))


def _run() -> None:
    is_debug = "--debug" in sys.argv
    signal.signal(signal.SIGTERM, _end_on_sigterm)
    try:
        newsgen.main(prog_name="newsgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo(INTERRUPTED, err=True)
        sys.exit(130)
    except NewsgenError as error:
        if is_debug:
            raise
        for problem in error.problems:
            click.echo(show(problem), err=True)
        sys.exit(error.exit_code)
    except MemoryError:
        if is_debug:
            raise
        click.echo(show(Problem("no-memory", "")), err=True)
        sys.exit(4)
    except OSError as error:
        if is_debug:
            raise
        reason = error.strerror or str(error)
        click.echo(show(Problem("disk-fault", str(error.filename or ""), values=(reason,))), err=True)
        sys.exit(4)
