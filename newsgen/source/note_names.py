"""Which files beside the stories somebody meant as a _section.yaml, _people.yaml or _places.yaml. Judges names alone.

A section file may hold stories back. So whatever a person may take for one must not be passed over in silence: a name
that is nearly right, a right name in another folder, a folder or a link of that name.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

__all__ = ["is_in_place", "meant_kind", "right_path"]

KINDS = ("section", "people", "places", "topics", "storylines")
_NAMES = {f"_{kind}.yaml": kind for kind in KINDS}
_FORMS = ("", "yaml", "yml", "txt", "json", "toml", "md")  # endings under which notes are kept
_WORD = re.compile(r"(_*)([^\W\d_]+)(.*)", re.S)
_NEAR = 0.75  # of difflib: _secton, _sections and _sektion are near enough; _selection too, _config is not


def is_in_place(path: str) -> bool:
    """Whether newsgen reads this file as what its name says."""
    kind = _NAMES.get(path.rpartition("/")[2])
    return kind is not None and path.count("/") == (2 if kind == "section" else 1)


def meant_kind(path: str) -> str:
    """What a file of content/ is meant to be, one of KINDS; "" for none of them."""
    name = unicodedata.normalize("NFKC", path.rpartition("/")[2]).casefold().strip()
    if name in _NAMES:
        return _NAMES[name]
    stem, _dot, ending = name.partition(".")
    match = _WORD.fullmatch(stem.strip())
    last = name.rpartition(".")[2] if ending else ""
    if not match or not (last in _FORMS or ending.startswith(("yaml", "yml"))):
        return ""
    marks, word, _rest = match.groups()
    if marks:
        return next(iter(get_close_matches(word, KINDS, 1, _NEAR)), "")
    is_yaml = ending.startswith(("yaml", "yml"))
    named = "section" if word == "sections" else word
    return named if is_yaml and named in KINDS else ""


def right_path(path: str, kind: str) -> str:
    """Where a file of this kind belongs that stands at another path."""
    if kind != "section":
        return f"content/_{kind}.yaml"
    folder = path.removeprefix("content/").partition("/")[0] if path.count("/") > 1 else "<section>"
    return f"content/{folder}/_section.yaml"
