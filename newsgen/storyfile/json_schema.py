"""What story files and the files beside them may hold, as JSON Schema (2020-12), made from the readers of their keys.

For editors, which complete and check what is written. newsgen itself reads with the readers: they know more than a
schema can say, and take some that it does not (`Draft` for `draft`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from newsgen.storyfile import comma_lists, dates, own_page, schema, site_notes
from newsgen.storyfile import readers as read
from newsgen.storyfile.maps import ListOf, MapOf, NeverEmpty
from newsgen.storyfile.readers import Choice, Integer, Number, Reader

__all__ = ["SCHEMAS", "Shape", "json_schema"]

Shape: TypeAlias = dict[str, object]

# An editor takes `1984` for a number and `true` for a truth value; to newsgen they are the texts that they were.
_TEXT: Shape = {"type": ["string", "number", "boolean"]}
_TEXTS: Shape = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_ID: Shape = {"type": ["string", "number"], "minLength": 1, "maxLength": 200}
_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = r"([Tt]| {1,3})\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?"
_ZONE = r" ?([Zz]|[+-]\d{2}(:?\d{2})?)"
_MOMENT: Shape = {"type": "string", "pattern": f"^{_DAY}({_TIME}({_ZONE})?)?$"}
_INSTANT: Shape = {"type": "string", "pattern": f"^{_DAY}{_TIME}{_ZONE}$"}
_EMBARGO: Shape = {"anyOf": [{"enum": ["hold"]}, _INSTANT]}
_ADDRESS = {"type": "string", "pattern": "^(/|https?://)"}

# Readers that are functions. The others say themselves what they take.
_SHAPES: Mapping[Reader, Shape] = {
    comma_lists.organisations: _TEXTS,
    comma_lists.persons: _TEXTS,
    comma_lists.places: _TEXTS,
    comma_lists.topics: _TEXTS,
    dates.embargo: _EMBARGO,
    dates.instant_of: _INSTANT,
    dates.moment: _MOMENT,
    own_page.read_template: {"type": "string", "pattern": f"^{own_page.TEMPLATE.pattern}$"},
    read.addresses: {"anyOf": [_ADDRESS, {"type": "array", "items": _ADDRESS}]},
    read.block: _TEXT,
    read.boolean: {"enum": [True, False, "true", "false", "yes", "no"]},
    read.extra: {"type": "object"},
    read.identities: {"anyOf": [_ID, {"type": "array", "items": _ID}]},
    read.identity: _ID,
    read.language: {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
    read.line: _TEXT,
    read.picture_file: {
        "type": "string",
        "pattern": r"\.([Jj][Pp][Ee]?[Gg]|[Pp][Nn][Gg]|[Ww][Ee][Bb][Pp]|[Gg][Ii][Ff]|[Aa][Vv][Ii][Ff])$",
    },
    read.required_line: {**_TEXT, "pattern": r"\S"},
    read.sha256: {"type": "string", "pattern": "^[0-9A-Fa-f]{64}$"},
    read.texts: _TEXTS,
    read.web_address: {"type": "string", "pattern": "^https?://"},
    schema.read_byline: _TEXTS,
    schema.read_section_name: {**_TEXT, "pattern": r"\S"},
    schema.read_slug: {**_TEXT, "pattern": "^[^/\\\\#?%]+$"},
    site_notes.read_embargo: _EMBARGO,
}
# Functions that take a text too, where another reader takes a map.
_OR_TEXT: Mapping[Reader, Reader] = {schema.read_dateline: schema.DATELINE, own_page.read_menu: own_page.MENU}


def _shape(reader: Reader, name: str, texts: Mapping[str, str]) -> Shape:
    """What a reader takes; `name` is its key's, under which `texts` describes it and what is in it."""
    if isinstance(reader, NeverEmpty):
        return _shape(reader.reader, name, texts)
    if isinstance(reader, Choice):
        return {"enum": list(reader.words)}
    if isinstance(reader, Integer):
        return {"type": "integer", "minimum": reader.low, "maximum": reader.high}
    if isinstance(reader, Number):
        return {"type": "number", "minimum": reader.low, "maximum": reader.high}
    if isinstance(reader, ListOf):
        return {"type": "array", "items": _shape(reader.reader, name, texts)}
    if isinstance(reader, MapOf):
        return _object(reader.table, reader.required, f"{name}.", texts)
    if reader in _OR_TEXT:
        return {"anyOf": [_TEXT, _shape(_OR_TEXT[reader], name, texts)]}
    return dict(_SHAPES[reader])


def _object(table: Mapping[str, Reader], required: Collection[str], prefix: str, texts: Mapping[str, str]) -> Shape:
    properties = {
        key: {"description": texts[f"{prefix}{key}"], **_shape(reader, f"{prefix}{key}", texts)}
        for key, reader in table.items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in table if key in required],
        "additionalProperties": False,
    }


# Kind of file -> its keys, those that it must have, whether it is a list of such maps.
SCHEMAS: Mapping[str, tuple[Mapping[str, Reader], Collection[str], bool]] = {
    "story": (schema.KEYS, schema.REQUIRED, False),
    "page": (own_page.KEYS, ("title",), False),
    "section": (site_notes.SECTION, (), False),
    "people": (site_notes.PERSON, ("name",), True),
    "places": (site_notes.PLACE, ("name",), True),
    "topics": (site_notes.TOPIC, ("name",), True),
    "storylines": (site_notes.STORYLINE, ("name",), True),
}


def json_schema(kind: str, title: str, texts: Mapping[str, str]) -> Shape:
    """The JSON Schema of a kind of file, a key of SCHEMAS. `texts` describes each key: "photos", "photos.file"."""
    table, required, is_list = SCHEMAS[kind]
    inner = _object(table, required, "", texts)
    body = {"type": "array", "items": inner} if is_list else inner
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **body}
