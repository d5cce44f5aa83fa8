"""In which forms each story has a file beside its page, and what is said where a site that does not say has none.

It depends on the settings and on how many stories are shown, as all addresses do, on nothing that a build did before.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsgen.model.errors import Problem
from newsgen.model.settings import HOSTS, Settings

__all__ = ["form_problems", "story_forms"]

_FORMS = ("txt", "json")
_MOST = 50_000  # stories: of more, a site has to ask for a file or two of each
_FILES_A_STORY = 4  # with both; 3,000 stories of Reuters-21578 make 3.8 files each, and 11,000 make 3.5


def story_forms(settings: Settings, stories: int) -> tuple[str, ...]:
    """The forms of which a site with so many stories has a file each: "txt", "json"."""
    if settings.story_files is not None:
        return settings.story_files
    return _FORMS if stories <= _most(settings) else ()


def form_problems(settings: Settings, stories: int) -> Iterator[Problem]:
    """That there are no files, where the settings do not say so."""
    most, limit = _most(settings), HOSTS[settings.host].file_limit
    if settings.story_files is not None or stories <= most:
        return
    files = f"{stories * _FILES_A_STORY:,}"
    rule = "story-files-many" if most == _MOST else "story-files-host"
    values = (f"{stories:,}", f"{most:,}") if most == _MOST else (f"{stories:,}", files, settings.host, f"{limit:,}")
    yield Problem(rule, "pyproject.toml", values=values, severity="warning")


def _most(settings: Settings) -> int:
    """The most stories of a site that has files of each unasked."""
    limit = HOSTS[settings.host].file_limit
    return min(_MOST, limit // _FILES_A_STORY) if limit else _MOST
