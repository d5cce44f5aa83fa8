"""The tag of a language that a person has probably meant."""

from __future__ import annotations

from newsgen.text.address import is_language
from newsgen.text.nearest import nearest
from newsgen.text.scripts import english_names

__all__ = ["tag_of"]


def tag_of(name: str) -> str:
    """The BCP 47 tag that is meant by `pt_BR`, or by a language's English name; "" where nobody can tell."""
    tag = name.strip().replace("_", "-")
    if is_language(tag):
        return tag
    tags = english_names()
    return tags.get(nearest(name, tags, 0.85), "")
