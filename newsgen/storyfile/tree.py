"""YAML text into a tree of places and texts: line by line where it can be read so, else by a parser's events.

Most headers need no YAML parser, take a third of the time without, and a build of such does not even import one.
"""

from __future__ import annotations

from newsgen.storyfile import yaml_fast
from newsgen.storyfile.nodes import Mapping, Node, Scalar, Sequence, TreeFault

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "TreeFault", "parse"]


def parse(text: str) -> Node | None:
    """The tree of one YAML document; None where there is nothing in it. Raises TreeFault."""
    found = yaml_fast.parse(text)
    if found is not None:
        return found
    from newsgen.storyfile import yaml_full

    return yaml_full.parse(text)
