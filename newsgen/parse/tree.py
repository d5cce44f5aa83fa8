"""YAML text into a tree of places and texts: line by line where it can be read so, else by a parser's events.

Most headers need no YAML parser, take a third of the time without, and a build of such does not even import one.
"""

from __future__ import annotations

from newsgen.parse import lines
from newsgen.parse.nodes import Mapping, Node, Scalar, Sequence, TreeFault

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "TreeFault", "parse"]


def parse(text: str) -> Node | None:
    """The tree of one YAML document; None where there is nothing in it. Raises TreeFault."""
    found = lines.parse(text)
    if found is not None:
        return found
    from newsgen.parse import events  # one file in a hundred needs it, and it takes 13 ms

    return events.parse(text)
