"""The commands. Each reads its options, calls one function and reports; only this package exits."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import click

from newsgen import __version__
from newsgen.cli import building, publishing, serving, unpublishing, writing
from newsgen.model.errors import NewsgenError, Problem

__all__ = ["main"]


@click.group(context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="newsgen")
def newsgen() -> None:
    """Builds static sites from archives of wire stories.

    \b
    Example:
      newsgen init my-archive
      newsgen import --site my-archive wire/*.txt
      newsgen build --site my-archive
    """


for _module in (writing, building, serving, publishing, unpublishing):
    for _name in _module.__all__:
        newsgen.add_command(getattr(_module, _name))


def _stopped(_signal: int, _frame: object) -> None:
    click.echo("Stopped. What was written is whole: run it again.", err=True)
    sys.exit(143)


def main() -> NoReturn:
    """Run newsgen, and end the process with its exit code.

    At once: to take apart what a large build knows, piece by piece, takes Python up to a second.
    """
    code: object = 0
    try:
        _run()
    except SystemExit as end:
        code = end.code
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody listens any more
        code = code or 4
    os._exit(code if isinstance(code, int) else int(code is not None))


def _run() -> None:
    is_debug = "--debug" in sys.argv
    signal.signal(signal.SIGTERM, _stopped)
    try:
        newsgen.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was written is whole: run it again.", err=True)
        sys.exit(130)
    except NewsgenError as error:
        if is_debug:
            raise
        from newsgen.messages.problems import show

        for problem in error.problems:
            click.echo(show(problem), err=True)
        sys.exit(error.exit_code)
    except MemoryError:
        if is_debug:
            raise
        from newsgen.messages.problems import show

        click.echo(show(Problem("no-memory", "")), err=True)
        sys.exit(4)
    except OSError as error:
        if is_debug:
            raise
        from newsgen.messages.problems import show

        reason = error.strerror or str(error)
        click.echo(show(Problem("disk-fault", str(error.filename or ""), values=(reason,))), err=True)
        sys.exit(4)
