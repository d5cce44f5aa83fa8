"""The words of newsgen: frozen slotted values."""

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
