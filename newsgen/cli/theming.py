"""The commands about the look of a site: theme list, theme eject."""

from __future__ import annotations

from typing import Any

import click

from newsgen.cli.console import console_of
from newsgen.cli.shared import common_options, editing, site_of

__all__ = ["theme"]


@click.group()
def theme() -> None:
    """List the files of the default theme, or copy one to change it.

    \b
    Example:
      newsgen theme list
      newsgen theme eject article.html.j2
    """


@theme.command("list")
@common_options
def theme_list(**options: Any) -> None:
    """List the files of the default theme and what each is for.

    \b
    Example:
      newsgen theme list
    """
    from newsgen.commands import theme as themes
    from newsgen.messages.theme_files import theme_lines

    console_of(options)
    site = site_of(options, has_content=False)
    for line in theme_lines(themes.theme_list(site.disk)):
        click.echo(line)


@theme.command("eject")
@click.argument("name")
@common_options
def theme_eject(name: str, **options: Any) -> None:
    """Copy a file of the default theme into templates/, to change it there.

    \b
    Example:
      newsgen theme eject article.html.j2
    """
    from newsgen.commands import theme as themes
    from newsgen.messages.theme_files import ejected_line

    with editing(options) as edit:
        path = themes.eject(edit.request.site, name)
    edit.console.say(ejected_line(path))
