"""The console: what was done on standard output, problems and progress on standard error, and how much of it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import IntEnum
from time import monotonic
from typing import Any

import click

from newsgen.messages.shown import show_all
from newsgen.model.errors import Problem, Severity

__all__ = ["Console", "Verbosity", "console_of"]

_BAR_AFTER_S = 1.0  # a command that is done by then shows no progress bar


class Verbosity(IntEnum):
    """How much a command says."""

    QUIET = 0  # errors only
    NORMAL = 1  # warnings too, and what was done
    VERBOSE = 2  # advice too


class Console:
    """The terminal: what was done on standard output, problems and a progress bar on standard error."""

    def __init__(self, verbosity: Verbosity) -> None:
        self.verbosity = verbosity
        self._began = monotonic()
        self._files = ""  # what the bar says beside the time left
        self._bar: Any = None  # click publishes no type of its progress bar

    def say(self, *lines: str) -> None:
        """Print what was done, unless --quiet."""
        if self.verbosity > Verbosity.QUIET:
            for line in lines:
                click.echo(line)

    def say_json(self, text: str) -> None:
        """Print JSON, always in UTF-8 (RFC 8259), whatever the terminal's encoding; a half character as its number."""
        self.end_bar()
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)

    def problems(self, problems: Iterable[Problem], least: Severity = "warning") -> bool:
        """Print problems, errors first. Returns whether one of them is an error.

        Errors alone with --quiet, every one with --verbose; else those that are at least as grave as `least`.
        """
        found = tuple(problems)
        self.end_bar()
        last = {Verbosity.QUIET: "error", Verbosity.NORMAL: least, Verbosity.VERBOSE: "advice"}[self.verbosity]
        for text in show_all(found, last, is_whole=self.verbosity == Verbosity.VERBOSE):
            click.echo(text, err=True)
        return any(problem.severity == "error" for problem in found)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Show a bar, on a terminal, for what takes more than a second."""
        if self.verbosity == Verbosity.QUIET or not sys.stderr.isatty():
            return
        if self._bar is None and monotonic() - self._began < _BAR_AFTER_S:
            return
        if self._bar is None or self._bar.label != stage:
            self.end_bar()
            self._bar = click.progressbar(
                length=total, label=stage, file=sys.stderr, item_show_func=lambda _item: self._files
            )
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos, self._files)
        if done >= total:
            self.end_bar()

    def sending(self, files: int, all_files: int, sent: int, all_bytes: int) -> None:
        """Show a bar of what is sent to a host: bytes, time left, and files."""
        self._files = f"{files:,} of {all_files:,} files, {sent / 1_000_000:,.1f} of {all_bytes / 1_000_000:,.1f} MB"
        self.progress("send", sent if files < all_files else all_bytes, all_bytes)

    def end_bar(self) -> None:
        """End the progress bar, if there is one, so that what is printed next has a line of its own."""
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def console_of(options: dict[str, Any]) -> Console:
    """The console for --quiet and --verbose; --quiet wins. `main` looks for --debug itself."""
    is_quiet, is_verbose, _is_debug = (options.pop(name) for name in ("quiet", "verbose", "debug"))
    return Console(Verbosity.QUIET if is_quiet else Verbosity.VERBOSE if is_verbose else Verbosity.NORMAL)
