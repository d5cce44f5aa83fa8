"""Tags of languages (BCP 47): the one that a person has probably meant, and one without what it says beside."""

from __future__ import annotations

import re

from newsgen.text.address import is_language
from newsgen.text.nearest import nearest
from newsgen.text.scripts import english_names

__all__ = ["tag_of", "without_extensions"]

_EXTENSION = re.compile(r"-[0-9a-z](?=-)", re.I)


def tag_of(name: str) -> str:
    """The BCP 47 tag that is meant by `pt_BR`, or by a language's English name; "" where nobody can tell."""
    tag = name.strip().replace("_", "-")
    if is_language(tag):
        return tag
    tags = english_names()
    return tags.get(nearest(name, tags, 0.85), "")


def without_extensions(tag: str) -> str:
    """Language, script, region and variants: `ar-EG-u-nu-latn` is `ar-EG`."""
    return _EXTENSION.split(tag, 1)[0]
