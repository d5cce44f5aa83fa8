"""An item as a story file: front matter in a fixed order, then Markdown.

YAML that any reader of YAML 1.1 or 1.2 reads back as the same strings: plain only where nothing else could be meant,
else in double quotes as JSON writes them.
"""

from __future__ import annotations

import re

from newsgen.formats.item import Fields, Item, Value
from newsgen.storyfile.quote import scalar

__all__ = ["KEYS", "render"]

KEYS = (
    "id", "headline", "date", "updated", "section", "slug", "slugline", "type", "byline", "dateline", "credit",
    "editors", "contributors", "agency", "tags", "people", "places", "organisations", "photos", "language", "direction",
    "urgency", "status", "embargo", "expires", "updates", "corrections", "note", "rights", "source", "extra",
)  # fmt: skip
_DATES = frozenset(["date", "updated"])
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?")  # no quotes, so that it is a date
_WIDTH = 110


def _flow(values: tuple[Value, ...]) -> str:
    """A list on one line, where every entry is plain; "" where it does not fit."""
    parts = []
    for value in values:
        if not isinstance(value, str) or "," in value:
            return ""
        text = scalar(value)
        if text[:1] == '"':
            return ""
        parts.append(text)
    line = f"[{', '.join(parts)}]"
    return line if len(line) <= _WIDTH else ""


def _lines(key: str, value: Value, indent: str) -> list[str]:
    """One key with its value."""
    name = scalar(key)
    if isinstance(value, int):
        return [f"{indent}{name}: {value}"]
    if isinstance(value, str):
        return [f"{indent}{name}: {value if key in _DATES and _ISO.fullmatch(value) else scalar(value)}"]
    if isinstance(value, Fields):
        if not value.pairs:
            return []
        return [f"{indent}{name}:"] + [line for inner, one in value.pairs for line in _lines(inner, one, f"{indent}  ")]
    if not value:
        return []
    flow = _flow(value)
    if flow:
        return [f"{indent}{name}: {flow}"]
    lines = [f"{indent}{name}:"]
    for one in value:
        if isinstance(one, Fields):
            inside = [line for inner, part in one.pairs for line in _lines(inner, part, f"{indent}    ")]
            if inside:
                inside[0] = f"{indent}  - {inside[0].lstrip()}"
            lines += inside
        else:
            lines.append(f"{indent}  - {scalar(one) if isinstance(one, str) else one}")
    return lines


def render(item: Item) -> bytes:
    """The story file of an item. The section that the item carries wins over one in its front matter."""
    front: dict[str, Value] = dict(item.front)
    front |= {"id": item.id, "headline": item.headline, "section": item.section, "slug": item.slug}
    order = [*KEYS, *sorted(key for key in front if key not in KEYS)]
    lines = [line for key in order if key in front and front[key] != "" for line in _lines(key, front[key], "")]
    return "\n".join(["---", *lines, "---", "", item.body, ""]).encode("utf-8")
