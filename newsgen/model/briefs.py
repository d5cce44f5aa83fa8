"""What the page of a day's briefs receives. Names of fields are public, as those of pages.py."""

from __future__ import annotations

from newsgen.model.card import Item
from newsgen.model.page_parts import Sublist
from newsgen.model.pages import Article, Moved, Tombstone
from newsgen.model.story import Link
from newsgen.model.value import value

__all__ = ["BriefLine", "Briefs"]


@value
class BriefLine:
    """A brief on the page of its day that stands whole on the page of its hour, for the day has many."""

    item: Item
    anchor: str  # its place on this page
    url: str  # where it stands whole


@value
class Briefs:
    """briefs.html.j2: the briefs of a section's day, on one page; of a day with more than 40, of an hour of it."""

    url: str
    section: str  # "World"; "" where no brief is left
    title: str  # the h1: "World in brief, 26 February 1987"
    description: str  # a sentence for search engines
    period: str  # "26 February 1987"
    level: str  # day, hour; untimed: those of a day without an hour; part: some of these
    count: int  # of `stories` and `lines`
    crumbs: tuple[Link, ...]
    stories: tuple[Article, ...]  # in order of time; templates see their text in `stories`, in the same order
    lines: tuple[BriefLine, ...]  # those that stand whole on a page of `children`
    children: tuple[Sublist, ...]  # the hours of a day that has many
    moved: tuple[Moved, ...]  # places on this page whose stories are elsewhere now
    gone: tuple[Tombstone, ...]  # places on this page whose stories were killed or have expired
    earlier: Link | None  # the day before that has briefs of the section
    later: Link | None
    is_hidden: bool  # noindex: it has drafts, or no brief at all
