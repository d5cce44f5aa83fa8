"""What a reader of a format gives back: an `Item` to be written, a `Failure`, or a `Skipped`. Values only."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TypeAlias

from newsgen.model.story import Doubt
from newsgen.model.value import value
from newsgen.storyfile import YamlValue

__all__ = ["Failure", "Item", "Result", "Skipped", "sha256", "without_empty"]


@value
class Item:
    """One story as read from a source."""

    format: str  # a key of registry.FORMATS
    label: str  # the file's name; in a file of many items, with #id
    id: str
    section: str  # as shown: "World"; "" where the copy does not say
    headline: str  # as sent
    slug: str
    day: str  # "1987-02-26": decides the folder
    front: Mapping[str, YamlValue]  # the other keys of the front matter
    body: str  # Markdown
    sha256: str  # of the raw item
    doubts: tuple[Doubt, ...] = ()  # what was guessed: without what is written
    is_known_by_text: bool = False  # whether another item with this text is the same story; not where copy has numbers


@value
class Failure:
    """A source, or a part of one, that cannot be read."""

    label: str
    rule: str  # names the sentence in messages/problems.py
    values: tuple[str, ...] = ()  # fill the sentence


@value
class Skipped:
    """A source that is not for importing."""

    label: str
    rule: str
    values: tuple[str, ...] = ()


Result: TypeAlias = Item | Failure | Skipped


def without_empty(values: Mapping[str, YamlValue]) -> dict[str, YamlValue]:
    """The entries of a map whose value is not an empty text, list or map."""
    return {key: value for key, value in values.items() if value not in ("", (), {})}


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal: `source.sha256` says with it which bytes a story came from."""
    return hashlib.sha256(data).hexdigest()
