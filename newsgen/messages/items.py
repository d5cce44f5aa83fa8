"""What an import reads of copy, as JSON: one line a story. The names of the keys are stable."""

from __future__ import annotations

import json
from collections.abc import Mapping

from newsgen.formats.item import Item
from newsgen.formats.to_storyfile import front_matter
from newsgen.model.story import Caption, Credit
from newsgen.storyfile import YamlValue
from newsgen.text import markdown
from newsgen.wire import caption as captions
from newsgen.wire import credits as credit_lines

__all__ = ["item_json"]


def item_json(item: Item) -> str:
    """One item in one line of JSON.

    `story` is the front matter as it would be written, without `source`; `body` the text as a reader sees it; `credits`
    and `captions` are what the credit line and the captions say; `doubts` what was guessed; `dropped`, `unparsed` and
    `contacts` the pieces of the copy that are in no other key.
    """
    story = front_matter(item)
    source = story.pop("source", {})
    found = source if isinstance(source, Mapping) else {}
    photos = story.get("photos", ())
    credit = story.get("credit", "")
    return json.dumps(
        {
            "source": item.label,
            "story": story,
            "body": markdown.reader_text(item.body),
            "credits": [_credit(who) for who in credit_lines.parse(str(credit)).credits] if credit else [],
            "captions": [_caption(photo) for photo in photos] if isinstance(photos, tuple) else [],
            "doubts": [{"field": doubt.field, "reason": doubt.reason} for doubt in item.doubts],
            **{key: found.get(key, ()) for key in ("dropped", "unparsed", "contacts")},
        },
        ensure_ascii=False,
    )


def _credit(credit: Credit) -> dict[str, str]:
    return {"role": credit.role, "name": credit.name, "place": credit.place}


def _caption(photo: YamlValue) -> dict[str, str]:
    fields = photo if isinstance(photo, Mapping) else {}
    parsed: Caption = captions.parse(str(fields.get("caption", "")), str(fields.get("credit", "")))
    return {"text": parsed.text, "photographer": parsed.photographer, "agency": parsed.agency, "credit": parsed.credit}
