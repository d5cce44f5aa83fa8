"""Which stories are briefs, and share a page with those of their section and day: the setting `group_briefs`. Pure.

A story is a brief by what its own file says, so that its address depends on no other story. It is short; it has no
photo and no picture; it replaces no other story, for its page would show what changed; and it is not `noindex`, which
is said of whole pages. Corrections, notes and newer versions come after publication, and leave a brief where it is.
"""

from __future__ import annotations

from newsgen.model.settings import Settings
from newsgen.model.story import Story
from newsgen.text import markdown
from newsgen.text.address import briefs_url
from newsgen.text.scripts import is_unspaced

__all__ = ["brief_url", "is_brief"]

_LETTERS_OF_WORD = 2  # in a script that puts no spaces between words


def is_brief(story: Story, settings: Settings) -> bool:
    """Whether a story shares a page with other briefs."""
    if not settings.group_briefs or story.photos or story.body_pictures or story.updates or story.noindex:
        return False
    if is_unspaced(story.body):
        return markdown.count_letters(story.body) <= settings.group_briefs * _LETTERS_OF_WORD
    return markdown.count_words(story.body) <= settings.group_briefs


def brief_url(section: str, day: str, own_url: str) -> str:
    """The address of a brief: its place on the page of its day. `own_url` is what it would have on a page of its own,
    the last part of which names the place.
    """
    return f"{briefs_url(section, day)}#{own_url.rstrip('/').rpartition('/')[2].removesuffix('.html')}"
