"""Values as JSON: the canonical text of a value, which a fingerprint is taken of, and the way back.

JSON, not pickle: a record that came from somewhere else must not be able to run anything. The way to encode a type is
worked out once from its hints: a card of 26 fields takes 9 µs, a third of looking at each value's type.
"""

from __future__ import annotations

import json
import marshal
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from newsgen.model import Item, Link

__all__ = ["Canonical", "decode", "encode", "text"]

T = TypeVar("T")
Coder = Callable[[Any], Any]
_LINKS = 100_000  # that are kept to be shared


def text(value: object) -> str:
    """The canonical JSON of a value: equal values give equal text, on every machine."""
    return _TEXT(encode(value))


class Canonical:
    """The bytes that a fingerprint is taken of: equal values give equal bytes, within one version of Python.

    `marks` stands in for each Item, of which a page has many: it gives the item's own digest. marshal's version 0 knows
    neither references nor interned strings, and takes a tenth of the time of JSON.
    """

    def __init__(self, marks: Callable[[Any], bytes] | None = None) -> None:
        self._marks = marks
        self._known: dict[Any, Coder] = {}  # of this object, so that it goes when its owner goes

    def __call__(self, value: object) -> bytes:
        return marshal.dumps(_encoder(type(value), self._marks, self._known)(value), 0)


def encode(value: object) -> Any:
    """A dataclass as the list of its fields, down to tuples, text and numbers."""
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    kind: Any = type(value)
    return _encoder(kind, None, _PLAIN)(value)


_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_PLAIN: dict[Any, Coder] = {}  # how to encode each type, marks aside


def _encoder(kind: Any, marks: Coder | None, known: dict[Any, Coder]) -> Coder:
    found = known.get(kind)
    if found is None:
        found = known[kind] = _work_out(kind, marks, known)
    return found


def _work_out(kind: Any, marks: Coder | None, known: dict[Any, Coder]) -> Coder:
    if kind is Item and marks is not None:
        return marks
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return _take_apart(kind, [_encoder(hints[field.name], marks, known) for field in fields(kind)])
    return _inner(kind, lambda part: _encoder(part, marks, known), _same)


def _take_apart(kind: Any, parts: list[Coder]) -> Coder:
    """All fields of a dataclass at once, in one call into C, then those that are not plain."""
    names = [field.name for field in fields(kind)]
    complex_parts = [(at, part) for at, part in enumerate(parts) if part is not _same]
    if not names:
        return lambda value: []
    if len(names) == 1:
        (name,), (part,) = names, parts
        return lambda value: [part(getattr(value, name))]
    every = attrgetter(*names)

    def encode_fields(value: Any) -> list[Any]:
        found = list(every(value))
        for at, part in complex_parts:
            if found[at]:
                found[at] = part(found[at])
        return found

    return encode_fields


def decode(kind: type[T], data: object) -> T:
    """The value of a dataclass from what encode() gave. ValueError or TypeError where it does not fit."""
    wanted: Any = kind
    found: T = _decoder(wanted)(data)
    return found


@cache
def _decoder(kind: Any) -> Coder:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = [_decoder(hints[field.name]) for field in fields(kind)]
        return _one_of_each(_build(kind, parts)) if kind is Link else _build(kind, parts)  # type: ignore[arg-type]
    return _inner(kind, _decoder, tuple)


def _inner(kind: Any, coder: Callable[[Any], Coder], series: Callable[[Any], Any]) -> Coder:
    """The coder of a type that is no dataclass: optional, a tuple, or plain."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(part for part in get_args(kind) if part is not type(None))
        read = coder(inner)
        return _same if read is _same else lambda data: None if data is None else read(data)
    if origin is tuple:
        arguments = get_args(kind)
        if arguments[-1] is Ellipsis:
            read = coder(arguments[0])
            return series if read is _same else lambda data: series([read(part) for part in data])
        reads = [coder(part) for part in arguments]
        return lambda data: series([read(part) for read, part in zip(reads, data, strict=True)])
    return _same


def _same(data: Any) -> Any:
    return data


def _one_of_each(build: Coder) -> Coder:
    """Equal links are one object: an archive has millions, of some thousand names; and what is the same prints once."""
    known: dict[tuple[Any, ...], Any] = {}

    def find(data: list[Any]) -> Any:
        key = tuple(data)
        found = known.get(key)
        if found is None:
            if len(known) > _LINKS:
                known.clear()
            found = known[key] = build(data)
        return found

    return find


def _build(kind: type, parts: list[Coder]) -> Coder:
    complex_parts = [(at, part) for at, part in enumerate(parts) if part is not _same]
    size = len(parts)

    def build(data: list[Any]) -> Any:
        if not isinstance(data, list) or len(data) != size:
            raise ValueError(f"{kind.__name__} has {size} fields")
        values = data.copy()
        for at, part in complex_parts:
            values[at] = part(values[at])
        return kind(*values)

    return build
