"""Rules about the settings and storylines of a site: what is still as an example had it, stories that are not there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from newsgen.model.errors import Problem
from newsgen.model.settings import Settings, Storyline

__all__ = ["FIRST_DESCRIPTION", "SITE_RULES", "check_site", "check_storylines"]

SITE_RULES = frozenset(["base-url-example", "description-example", "storyline-unknown"])
FIRST_DESCRIPTION = "An archive of wire stories."  # what `newsgen init` writes, until somebody writes what it is

# Nobody's sites (RFC 2606): what `newsgen init` writes is below one. Tests have their own, .example, and stay alone.
_EXAMPLE = re.compile(r"https?://(?:[^/:]+\.)?example\.(?:com|net|org)(?:[/:]|$)")


def check_site(settings: Settings) -> Iterator[Problem]:
    """What an editor should look at in the settings."""
    if _EXAMPLE.match(settings.base_url):
        yield Problem("base-url-example", "pyproject.toml", values=(settings.base_url,), severity="warning")
    if settings.description == FIRST_DESCRIPTION:
        yield Problem("description-example", "pyproject.toml", values=(settings.description,), severity="advice")


def check_storylines(storylines: Iterable[Storyline], live_ids: Container[str]) -> Iterator[Problem]:
    """Stories that an editor gave to a storyline and that are not there: misspelled, held, or gone."""
    for storyline in storylines:
        for story_id in storyline.stories:
            if story_id not in live_ids:
                values = (storyline.name, story_id)
                path = "content/_storylines.yaml"
                yield Problem("storyline-unknown", path, storyline.line, values=values, severity="advice")
