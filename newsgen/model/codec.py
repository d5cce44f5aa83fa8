"""Values as canonical JSON and back, and as the bytes that fingerprints are taken of.

JSON, not pickle: a record that came from elsewhere must not be able to run code. For each type, an encoder and a
decoder are generated from its type hints, as `dataclasses` generates `__init__`: a card of 26 fields is encoded in 4 µs
and decoded in 8, a third of what a walk over its fields takes.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import count
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from newsgen.model.card import Item
from newsgen.model.errors import Problem
from newsgen.model.story import Link

__all__ = ["CanonicalBytes", "decode", "encode", "problems_from_json", "problems_to_json", "to_json"]

T = TypeVar("T")
Coder = Callable[[Any], Any]
_SHARED_LINKS = 100_000  # the most decoded links that are kept to be shared


_DUMPS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # without blanks


def to_json(value: object) -> str:
    """The canonical JSON of a value: equal values give equal text, on every machine."""
    return _DUMPS(encode(value))


class CanonicalBytes:
    """Encodes values as the bytes that a fingerprint is taken of: equal values give equal bytes.

    `digest_of_item` stands in for each Item, of which a page has many: it gives the item's own digest.
    """

    def __init__(self, digest_of_item: Callable[[Any], str] | None = None) -> None:
        self._digest_of_item = digest_of_item
        self._encoders: dict[type, Coder] = {}  # of this object, so that they go when it goes

    def __call__(self, value: object) -> bytes:
        kind = type(value)
        encoder = self._encoders.get(kind)
        if encoder is None:
            encoder = self._encoders[kind] = _encoder(kind, self._digest_of_item)
        return _DUMPS(encoder(value)).encode("utf-8", "surrogatepass")


def encode(value: object) -> Any:
    """A dataclass as the list of its fields in order, nested values too: only lists, text, numbers and None are left.

    A tuple of values becomes a list of such lists.
    """
    if isinstance(value, tuple):
        return [encode(part) for part in value]
    kind: Any = type(value)
    return _plain_encoder(kind)(value)


def decode(kind: type[T], data: object) -> T:
    """The value of type `kind` that encode() made `data` of; ValueError or TypeError where the data does not fit."""
    wanted: Any = kind
    decoded: T = _decoder(wanted)(data)
    return decoded


def problems_to_json(problems: tuple[Problem, ...]) -> str:
    """Problems as JSON; "" for none."""
    return to_json(problems) if problems else ""


def problems_from_json(text: str) -> tuple[Problem, ...]:
    """The problems that problems_to_json() made `text` of; ValueError or TypeError where it is damaged."""
    return tuple(decode(Problem, row) for row in json.loads(text)) if text else ()


# --- code generated from a type's hints ------------------------------------------------------------------------------
#
# Each generated expression evaluates its source once; what it needs twice it binds to a name.


def _shape(kind: Any) -> tuple[str, tuple[Any, ...]]:
    """How this module treats a type, and the types inside it.

    value: a dataclass; optional: `X | None`; series: `tuple[X, ...]`; row: a tuple of fixed length; plain: the rest.
    """
    if is_dataclass(kind):
        return "value", ()
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return "optional", tuple(part for part in arguments if part is not type(None))[:1]
    if origin is tuple:
        return ("series", arguments[:1]) if arguments[-1] is Ellipsis else ("row", arguments)
    return "plain", ()


def _hints(kind: Any) -> list[tuple[str, Any]]:
    """The fields of a dataclass with their types, in order."""
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]


def _encoder(kind: Any, digest_of_item: Callable[[Any], str] | None) -> Coder:
    scope: dict[str, Any] = {"digest_of_item": digest_of_item}
    exec(_encoder_code(kind, digest_of_item is not None), scope)
    encoder: Coder = scope["encode"]
    return encoder


@cache
def _plain_encoder(kind: Any) -> Coder:
    return _encoder(kind, None)


@cache
def _encoder_code(kind: Any, digests_items: bool) -> types.CodeType:
    expression = _encoding(kind, "value", digests_items, (f"x{number}" for number in count()))
    return compile(f"def encode(value): return {expression}", f"<encoder of {kind}>", "exec")


def _encoding(kind: Any, source: str, digests_items: bool, names: Iterator[str]) -> str:
    """The expression that encodes the value of the expression `source`; `source` itself where that is plain."""
    shape, inner = _shape(kind)
    if digests_items and kind is Item:
        return f"digest_of_item({source})"
    if shape == "plain":
        return source
    name = source if source.isidentifier() else next(names)
    first = source if name == source else f"({name} := {source})"
    if shape == "value":
        hints = _hints(kind)
        sources = [f"{first if number == 0 else name}.{field}" for number, (field, _hint) in enumerate(hints)]
        parts = [_encoding(hint, at, digests_items, names) for (_field, hint), at in zip(hints, sources, strict=True)]
        return f"[{', '.join(parts)}]"
    if shape == "row":
        sources = [f"{first if number == 0 else name}[{number}]" for number in range(len(inner))]
        parts = [_encoding(hint, at, digests_items, names) for hint, at in zip(inner, sources, strict=True)]
        return source if parts == sources else f"[{', '.join(parts)}]"
    if shape == "optional":
        expression = _encoding(inner[0], name, digests_items, names)
        return source if expression == name else f"(None if {first} is None else {expression})"
    element = next(names)
    expression = _encoding(inner[0], element, digests_items, names)
    return source if expression == element else f"([{expression} for {element} in {name}] if {first} else ())"


@cache
def _decoder(kind: Any) -> Coder:
    hints = _hints(kind)
    names = [f"a{number}" for number in range(len(hints))]
    scope: dict[str, Any] = {"kind": kind}
    parts = [_decoding(hint, name, scope) for name, (_field, hint) in zip(names, hints, strict=True)]
    lines = [
        "def decode(data):",
        " if type(data) is not list: raise ValueError(f'{kind.__name__} is a list of its fields')",
        f" [{', '.join(names)}] = data",  # ValueError for any other number of fields
        f" return kind({', '.join(parts)})",
    ]
    exec("\n".join(lines), scope)
    decoder: Coder = scope["decode"]
    return _shared(decoder) if kind is Link else decoder


def _decoding(kind: Any, source: str, scope: dict[str, Any]) -> str:
    """The expression that decodes the value of the expression `source`; `source` itself where that is plain."""
    shape, inner = _shape(kind)
    if shape == "value":
        name = f"make_{kind.__name__}"
        scope[name] = _decoder(kind)
        return f"{name}({source})"
    if shape == "optional":
        expression = _decoding(inner[0], source, scope)
        return source if expression == source else f"(None if {source} is None else {expression})"
    if shape == "row":  # only ever in a series: its names are those that the series gave it
        names = source.split(", ")
        return f"({', '.join(_decoding(hint, name, scope) for name, hint in zip(names, inner, strict=True))})"
    if shape == "series":
        size = len(_shape(inner[0])[1]) if _shape(inner[0])[0] == "row" else 1
        element = ", ".join(f"{source}_{number}" for number in range(size))
        expression = _decoding(inner[0], element, scope)
        if expression == element:
            return f"tuple({source})"
        return f"(tuple([{expression} for {element} in {source}]) if {source} else ())"
    return source


def _shared(decode_link: Coder) -> Coder:
    """Decode equal links to one object: an archive has millions, of some thousand names.

    What is the same object is also printed once.
    """
    links: dict[tuple[Any, ...], Any] = {}

    def decode_shared(data: list[Any]) -> Any:
        key = tuple(data)
        link = links.get(key)
        if link is None:
            if len(links) > _SHARED_LINKS:
                links.clear()
            link = links[key] = decode_link(data)
        return link

    return decode_shared
