"""Rules about one story file, asked when it is read.

What they find is kept with what else is wrong with the file, so `newsgen build` says it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsgen.model.errors import Problem
from newsgen.model.story import GUESSES, Caption, Story
from newsgen.text.visible import is_visible
from newsgen.wire import contacts
from newsgen.wire.likely_notice import is_likely

__all__ = ["FILE_RULES", "check_file"]

# Guesses and lists in commas are found by `storyfile`.
FILE_RULES = frozenset({*GUESSES, "contact-in-body", "list-in-commas", "no-archives", "no-body", "notice-as-story"})

_WITHOUT_TEXT = ("brief", "photo")  # types of story that may consist of a headline, or of a picture


def check_file(story: Story, captions: Iterable[Caption]) -> Iterator[Problem]:
    """What a person should look at in a story file; `captions` are those of its photos, parsed."""
    if not is_visible(story.body) and story.type not in _WITHOUT_TEXT:
        yield Problem("no-body", story.path, story.body_line, severity="advice")
    yield from _contacts_in_body(story)
    text = f"{story.dateline.text} - {story.body}" if story.dateline else story.body
    if story.status == "live" and is_likely(story.headline_raw, text):
        yield Problem("notice-as-story", story.path, severity="warning")
    for caption in captions:
        if caption.no_archives:
            yield Problem("no-archives", story.path, severity="warning")


def _contacts_in_body(story: Story) -> Iterator[Problem]:
    """Contacts in the last paragraph, else in the first: those of the copy's makers stand there."""
    text = story.body.rstrip()
    first = len(text) - len(text.lstrip())
    last = text.rfind("\n\n", first) + 1
    for start, stop in ((last, len(text)), (first, text.find("\n\n", first))) if last else ((0, len(text)),):
        at, contact = contacts.first_in(text[start:stop])
        if at >= 0:
            before = text[: start + at]
            line, column = before.count("\n"), len(before) - before.rfind("\n")
            yield Problem("contact-in-body", story.path, story.body_line + line, column, (contact,), severity="advice")
            return
