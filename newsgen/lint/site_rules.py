"""Rules about the settings of a site: what is still as an example had it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgen.model.errors import Problem
from newsgen.model.settings import Settings

__all__ = ["SITE_RULES", "check_site"]

SITE_RULES = frozenset(["base-url-example"])

# Nobody's sites (RFC 2606): what `newsgen init` writes is below one. Tests have their own, .example, and stay alone.
_EXAMPLE = re.compile(r"https?://(?:[^/:]+\.)?example\.(?:com|net|org)(?:[/:]|$)")


def check_site(settings: Settings) -> Iterator[Problem]:
    """What an editor should look at in the settings."""
    if _EXAMPLE.match(settings.base_url):
        yield Problem("base-url-example", "pyproject.toml", values=(settings.base_url,), severity="warning")
