"""The command that describes story files to other programs: schema."""

from __future__ import annotations

import click

__all__ = ["schema"]

_KINDS = ("story", "page", "section", "people", "places", "topics", "storylines")


@click.command()
@click.argument("kind", type=click.Choice(_KINDS), default="story")
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors.

    KIND is story (the front matter; the default), page (of content/_pages/), section (_section.yaml), people, places,
    topics or storylines (content/_people.yaml and so on).

    \b
    Example:
      newsgen schema
      newsgen schema people
    """
    from newsgen.messages.file_keys import schema_text

    click.echo(schema_text(kind))
