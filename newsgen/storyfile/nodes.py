"""What a tree of YAML is made of: texts, lists and maps, each with its place. Made by `events.py` and `lines.py`."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

__all__ = ["NOT_TEXT", "Mapping", "Node", "Scalar", "Sequence", "TreeFault"]

# Keys that YAML takes for something that is not a text. `y`, `n`, `on` and `off` are texts here: `extra` may have such.
NOT_TEXT = frozenset(["", "~", *(w for t in ("null", "true", "false") for w in (t, t.title(), t.upper()))])


class Scalar(NamedTuple):
    """A text. NamedTuple, not dataclass: a frozen dataclass costs three times as much to make, and there are 40."""

    at: int  # index of its first character in the header
    text: str
    is_plain: bool  # written without quotes

    @property
    def is_absent(self) -> bool:
        """Nothing after the colon, or `~`."""
        return self.is_plain and self.text in ("", "~")


class Sequence(NamedTuple):
    """A list."""

    at: int
    items: tuple[Node, ...]


class Mapping(NamedTuple):
    """A map, in the order written; keys are unique."""

    at: int
    entries: tuple[tuple[Scalar, Node], ...]


Node: TypeAlias = Scalar | Sequence | Mapping


class TreeFault(Exception):
    """What is wrong with the YAML, as a rule, its values and the character at which it is."""

    def __init__(self, rule: str, at: int, *values: str) -> None:
        super().__init__(rule, at, values)
        self.rule = rule
        self.at = at
        self.values = values
