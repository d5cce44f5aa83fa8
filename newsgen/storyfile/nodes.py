"""What a tree of YAML is made of: texts, lists and maps, each with its place. `yaml_fast` and `yaml_full` make them."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

__all__ = ["NOT_TEXT", "Mapping", "Node", "Scalar", "Sequence", "TreeFault", "rest_of_line"]

# Keys that YAML takes for something other than a text. `y`, `n`, `on` and `off` count as texts: `extra` may have them.
NOT_TEXT = frozenset(["", "~", *(w for t in ("null", "true", "false") for w in (t, t.title(), t.upper()))])


def rest_of_line(text: str, at: int) -> str:
    """The words from a character to the end of its line."""
    return text[at:].partition("\n")[0].rstrip()


class Scalar(NamedTuple):
    """A text. NamedTuple because a frozen dataclass takes three times as long to make, and a header has 40 of them."""

    at: int  # index of its first character in the text
    text: str
    is_plain: bool  # written without quotes
    comment_at: int = -1  # index of the # of a comment like `#1`, which begins right after a plain text; -1 for none

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
    """What is wrong with the YAML: a rule, the values of its sentence, and the index of the character."""

    def __init__(self, rule: str, at: int, *values: str) -> None:
        super().__init__(rule, at, values)
        self.rule = rule
        self.at = at
        self.values = values
