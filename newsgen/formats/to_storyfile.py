"""An item as a story file: front matter with its keys in a fixed order, then Markdown."""

from __future__ import annotations

from newsgen.formats.item import Item, without_empty
from newsgen.storyfile import YamlValue, map_lines

__all__ = ["KEYS", "story_file"]

KEYS = (
    "id", "headline", "date", "updated", "section", "slug", "slugline", "type", "byline", "dateline", "credit",
    "editors", "contributors", "agency", "tags", "people", "places", "organisations", "photos", "language", "direction",
    "urgency", "status", "embargo", "expires", "updates", "corrections", "note", "rights", "source", "extra",
)  # fmt: skip


def story_file(item: Item) -> bytes:
    """The bytes of an item's story file: the keys of KEYS in that order, then others by name; none without a value.

    Id, headline, section and slug of the item win over any in its front matter.
    """
    front: dict[str, YamlValue] = dict(item.front)
    front |= {"id": item.id, "headline": item.headline, "section": item.section, "slug": item.slug}
    order = [*KEYS, *sorted(key for key in front if key not in KEYS)]
    header = map_lines(without_empty({key: front[key] for key in order if key in front}))
    return "\n".join(["---", *header, "---", "", item.body, ""]).encode("utf-8")
