"""Readers of maps and lists, made of the readers of what is in them; which of these may not be left empty."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from newsgen.storyfile.complaints import ProblemCollector
from newsgen.storyfile.readers import Reader, kind_of
from newsgen.storyfile.tree import Mapping, Node, Scalar, Sequence

__all__ = ["ListOf", "MapOf", "NeverEmpty", "fields"]


class NeverEmpty:
    """A reader of a key that keeps something back, or takes it back: what it was to say must not be lost in silence."""

    __slots__ = ("reader",)

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def __call__(self, problems: ProblemCollector, key: str, node: Node) -> Any:
        """What the reader reads; an error where nothing is there to read."""
        if type(node) is Scalar and (node.is_absent or not node.text.strip()):
            problems.add("empty-guard", node.at, key)
            return None
        return self.reader(problems, key, node)


def fields(
    problems: ProblemCollector, prefix: str, node: Mapping, table: dict[str, Reader], required: Collection[str] = ()
) -> dict[str, Any]:
    """The values of a map, each read as its table says; adds a problem for each unknown key.

    A key without a value is left out, with advice unless it is `required`, and so is one whose value is wrong.
    """
    values: dict[str, Any] = {}
    for key, value in node.entries:
        name = key.text
        reader = table.get(name)
        if reader is None:
            problems.add_unknown_key(f"{prefix}{name}", key.at, table)
        elif type(value) is not Scalar or not value.is_absent or type(reader) is NeverEmpty:
            result = reader(problems, f"{prefix}{name}" if prefix else name, value)
            if result is not None:
                values[name] = result
        elif name not in required:
            problems.add("empty-text", value.at, f"{prefix}{name}", severity="advice")
    return values


def _require(problems: ProblemCollector, key: str, node: Mapping, required: tuple[str, ...]) -> bool:
    """Whether every required key has a value; adds a problem for each that has none."""
    given = {name.text for name, value in node.entries if type(value) is not Scalar or not value.is_absent}
    missing = [name for name in required if name not in given]
    for name in missing:
        problems.add("missing-inside", node.at, f"{key}.{name}")
    return not missing


class MapOf:
    """A reader of a map of some keys, from whose values `make` makes one value."""

    __slots__ = ("_make", "required", "table")

    def __init__(
        self, table: dict[str, Reader], make: Callable[[dict[str, Any]], Any], required: tuple[str, ...] = ()
    ) -> None:
        self.table = table
        self._make = make
        self.required = required

    def __call__(self, problems: ProblemCollector, key: str, node: Node) -> Any:
        """The value that was made."""
        if type(node) is not Mapping:
            problems.add("wants-map", node.at, key, kind_of(node), ", ".join(self.table))
            return None
        values = fields(problems, f"{key}.", node, self.table, self.required)
        if not _require(problems, key, node, self.required) or any(name not in values for name in self.required):
            return None
        return self._make(values)


class ListOf:
    """A reader of a list of what another reader reads; wrong items are left out."""

    __slots__ = ("reader",)

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def __call__(self, problems: ProblemCollector, key: str, node: Node) -> tuple[Any, ...] | None:
        """The values of the items."""
        if type(node) is not Sequence:
            problems.add("wants-list", node.at, key, kind_of(node))
            return None
        values = [self.reader(problems, f"{key}[{index + 1}]", item) for index, item in enumerate(node.items)]
        return tuple(value for value in values if value is not None)
