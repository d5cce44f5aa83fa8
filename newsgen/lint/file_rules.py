"""Rules about one story file, asked when it is read.

What they find is kept with what else is wrong with the file, so `newsgen build` says it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsgen.model.errors import Problem
from newsgen.model.story import GUESSES, Caption, Dateline, Story
from newsgen.text.visible import is_visible
from newsgen.wire import contacts, dateline
from newsgen.wire.likely_notice import is_likely

__all__ = ["FILE_RULES", "check_file"]

# Guesses, lists in commas and HTML are found by `storyfile`.
FILE_RULES = frozenset(
    {
        *GUESSES, "contact-in-body", "dateline-twice", "list-in-commas", "no-archives", "no-body", "notice-as-story",
        "raw-html",
    }
)  # fmt: skip

_WITHOUT_TEXT = ("brief", "photo")  # types of story that may consist of a headline, or of a picture
_HEAD = 160  # characters of a text in which a dateline may begin
_FIRST_WORD = re.compile(r"[^\W\d_]{2,}")


def check_file(story: Story, captions: Iterable[Caption]) -> Iterator[Problem]:
    """What a person should look at in a story file; `captions` are those of its photos, parsed."""
    if not is_visible(story.body) and story.type not in _WITHOUT_TEXT:
        yield Problem("no-body", story.path, story.body_line, severity="advice")
    yield from _dateline_twice(story)
    yield from _contacts_in_body(story)
    text = f"{story.dateline.text} - {story.body}" if story.dateline else story.body
    if story.status == "live" and is_likely(story.headline_raw, text):
        yield Problem("notice-as-story", story.path, severity="warning")
    for caption in captions:
        if caption.no_archives:
            yield Problem("no-archives", story.path, severity="warning")


def _dateline_twice(story: Story) -> Iterator[Problem]:
    """A dateline in the text behind another: that of the front matter, or one at the start of the text."""
    text = story.body.lstrip()
    if not _may_begin_with_dateline(text[:_HEAD], story.dateline):
        return
    paragraph, _blank, after = text.partition("\n\n")
    found, _before, rest = dateline.split(paragraph)
    if found is None:
        return
    first = story.dateline
    if first is None:
        first, found = found, dateline.split(rest or after.lstrip().partition("\n\n")[0])[0]
        if found is None or found.places != first.places:
            return
    line = story.body_line + story.body[: len(story.body) - len(text)].count("\n")
    yield Problem("dateline-twice", story.path, line, values=(first.text, found.text), severity="warning")


def _may_begin_with_dateline(head: str, known: Dateline | None) -> bool:
    """Whether it is worth while to read a text for a dateline, which takes 55 µs: hardly a story of 100."""
    word = _FIRST_WORD.match(head)
    if word and word[0].isupper():
        return True
    folded = head.casefold()
    return known is not None and any(place.casefold() in folded for place in known.places)


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
