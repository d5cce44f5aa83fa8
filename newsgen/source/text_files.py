"""The text of settings, templates and style sheets: any UTF-8 file that a person wrote beside the stories."""

from __future__ import annotations

from newsgen.text.sound import sound_text

__all__ = ["read_text"]


def read_text(path: str, data: bytes) -> str:
    """The text of a file, without a byte order mark. ContentError, with line and column, where it is none."""
    text = sound_text(data)
    if text is not None:
        return text
    from newsgen import storyfile  # which a build in which nothing changed does not need

    return storyfile.read_text(path, data)
