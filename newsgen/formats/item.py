"""What an importer gives back: an `Item` to be written, a `Failure`, or a `Skipped`. Values only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["Failure", "Fields", "Item", "Result", "Skipped", "Value", "sha256"]


@dataclass(frozen=True, slots=True)
class Fields:
    """A map of front matter, in order."""

    pairs: tuple[tuple[str, Value], ...]


Value: TypeAlias = "str | int | tuple[Value, ...] | Fields"


@dataclass(frozen=True, slots=True)
class Item:
    """One story as read from a source."""

    format: str  # name of the importer
    label: str  # the file's name; of a file of many, with #id
    id: str
    section: str  # as shown: "World"; "" where the copy does not say
    headline: str  # as sent
    slug: str
    day: str  # "1987-02-26": decides the folder
    front: tuple[tuple[str, Value], ...]  # the other keys of the front matter
    body: str  # Markdown
    sha256: str  # of the raw item
    warnings: tuple[str, ...] = ()  # rule names: "date-from-file", "headline-from-text"


@dataclass(frozen=True, slots=True)
class Failure:
    """A source, or a part of one, that cannot be read."""

    label: str
    rule: str  # names the sentence in report.py
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A source that is not for importing."""

    label: str
    rule: str
    values: tuple[str, ...] = ()


Result: TypeAlias = Item | Failure | Skipped


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal, as `source.sha256` records where a story came from."""
    return hashlib.sha256(data).hexdigest()
