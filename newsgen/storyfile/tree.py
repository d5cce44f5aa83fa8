"""YAML text -> a tree of places and texts: by `yaml_fast` where it can, else by `yaml_full`.

Most headers are plain enough for the fast way, which takes a third of the time. A build in which all are does not even
import PyYAML.
"""

from __future__ import annotations

from newsgen.storyfile import yaml_fast
from newsgen.storyfile.nodes import Mapping, Node, Scalar, Sequence, TreeFault, rest_of_line

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "TreeFault", "parse", "rest_of_line"]


def parse(text: str) -> Node | None:
    """The tree of one YAML document; None where the text has nothing but comments. Raises TreeFault."""
    plain = yaml_fast.parse(text)
    if plain is not None:
        return plain
    from newsgen.storyfile import yaml_full

    return yaml_full.parse(text)
