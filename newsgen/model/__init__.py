"""The types that all other folders use for stories, pages, settings and errors: frozen, slotted, compared by content.

Nothing here reads, decides or prints, and nothing here imports another folder. Absent text is "", an absent list is
(); None is used only where "nothing" and "not known" must be told apart. Times are seconds since 1970 (`instant`) or
ISO 8601 as text.

    value       `@value`, the decorator of every type here
    story       a story file once read: Story, Moment, Link, Dateline, Credit, Caption, Photo, Correction, Kill
    card        Card, what other pages may know of a story: Item (what lists show), Details (what only its own page
                shows), Picture; Collection, the name of a list of stories
    files       Source, a file as last seen; digest and short_digest, all hashing of newsgen
    errors      the tree of exceptions with their exit codes, and Problem: what is wrong with something a user wrote
    settings    Settings: every setting and its default; section files and name registers; Site, which every template
                sees; HOSTS, what each host does with moved addresses
    site_files  OwnPage, StaticFile, MenuEntry: what a site has of its own beside its stories
    targets     TargetSettings: where a site is published; which keys each kind of target has
    page_parts  what several page types share: lists, the head of a page, the text of a story
    feed_pages  those of `pages` that are feeds
    index_pages  those of `pages` by which readers look stories up: directories, dates, the map
    notice_pages  those of `pages` that are about stories which moved, were withdrawn or corrected
    pages       one class a template: the data that it receives; and Page itself. Field names are public
    briefs      the same for the page that the briefs of a day share
    codec       values as JSON and back, and the bytes that fingerprints are taken of

Decisions:

- **`@value`, not `@dataclass(frozen=True, slots=True)`**, which takes five times as long to make an object. A build
  makes a million of them. The result is the same dataclass, frozen and slotted.
- **A story's YAML is read once.** The `Details` are saved on its card as JSON, and its page is rendered from these
  and the body. Bodies are never stored: they are read again when they are rendered.
"""

from newsgen.model.card import Card, Collection, Details, Item, Picture
from newsgen.model.files import Source, digest, short_digest
from newsgen.model.story import (
    Caption,
    Contributor,
    Correction,
    Credit,
    Dateline,
    Kill,
    Link,
    Moment,
    Photo,
    Rights,
    SourceNote,
    Story,
)

__all__ = [
    "Caption", "Card", "Collection", "Contributor", "Correction", "Credit", "Dateline", "Details", "Item", "Kill",
    "Link", "Moment", "Photo", "Picture", "Rights", "Source", "SourceNote", "Story", "digest", "short_digest",
]  # fmt: skip
