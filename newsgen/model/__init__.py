"""The values that everything else is said in: frozen, slotted, compared by content.

Here is what a story, a page or a setting is, and how a value becomes bytes. Nothing here reads, decides or prints, and
nothing here imports another folder. Absent text is "", an absent list is (); None stands where "nothing" and "not
known" would otherwise be one. Times are seconds since 1970 (`instant`) or ISO 8601 as text.

    value       `@value`, the decorator of every value
    story       a story file, read: Story, Moment, Link, Dateline, Credit, Caption, Photo, Correction, Kill …
    card        what other pages may know of a story: Card, Item, Details, Picture; Collection, the name of a shelf
    files       Source, a file as last seen; digest and short_digest
    errors      the tree of exceptions, and Problem: what is wrong with something a user wrote
    settings    Settings, notes on sections and names, and Site, which every template sees; HOSTS
    page_parts  what several pages share: lists, briefs, the head of a page, the text of a story
    pages       what each template receives, and Page itself; public, for sites have templates of their own
    codec       values as JSON and back, and the bytes that fingerprints are taken of

Decisions:

- **`@value`, not `@dataclass(frozen=True, slots=True)`**, which takes five times as long to make an object; a build
  makes a million of them. It is the same dataclass, frozen and slotted.
- **JSON in the record, not pickle**: a record that came from elsewhere must not be able to run code.
- **Lists show no text of a body**: a card holds none, so a typo in a body leaves every list alone. Feeds carry text,
  and follow it.
- **A story's YAML is read once.** What only its own page shows (`Details`) lies on its card as JSON, and the page is
  rendered from that and the body. Bodies are never kept: they are read again where they are rendered.
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
