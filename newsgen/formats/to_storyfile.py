"""An item as a story file: front matter with its keys in a fixed order, then Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.formats.item import Item, without_empty
from newsgen.model.story import Doubt
from newsgen.storyfile import YamlValue, doubts, map_lines

__all__ = ["KEYS", "front_matter", "story_file"]

KEYS = (
    "id", "headline", "date", "updated", "section", "slug", "slugline", "type", "byline", "dateline", "credit",
    "editors", "contributors", "agency", "tags", "people", "places", "organisations", "photos", "language", "direction",
    "urgency", "status", "embargo", "expires", "updates", "corrections", "note", "rights", "source", "extra",
)  # fmt: skip


def front_matter(item: Item) -> dict[str, YamlValue]:
    """The front matter of an item's story file: the keys of KEYS in that order, then others by name; none is empty.

    Id, headline, section and slug of the item win over any in its front matter. `source.doubts` is what was guessed.
    """
    front: dict[str, YamlValue] = dict(item.front)
    front |= {"id": item.id, "headline": item.headline, "section": item.section, "slug": item.slug}
    if item.doubts:
        source = front.get("source")
        written = {**front, "body": item.body}
        front["source"] = {
            **(source if isinstance(source, Mapping) else {}),
            "doubts": tuple(_doubt(doubt, written) for doubt in item.doubts),
        }
    order = [*KEYS, *sorted(key for key in front if key not in KEYS)]
    return without_empty({key: front[key] for key in order if key in front})


def _doubt(doubt: Doubt, written: Mapping[str, YamlValue]) -> dict[str, YamlValue]:
    value = doubts.value_as_written(written.get(doubt.field, ""))
    return without_empty({"field": doubt.field, "reason": doubt.reason, "copy": doubt.copy, "value": value})


def story_file(item: Item) -> bytes:
    """The bytes of an item's story file."""
    return "\n".join(["---", *map_lines(front_matter(item)), "---", "", item.body, ""]).encode("utf-8")
