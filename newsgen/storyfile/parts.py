"""The parts of a file as text, without reading any YAML: for callers who need no story."""

from __future__ import annotations

from newsgen.model.errors import ContentError, Problem
from newsgen.storyfile import front_matter

__all__ = ["read_body", "read_parts", "read_text"]


def read_text(path: str, data: bytes) -> str:
    """The text of any UTF-8 file that a person wrote, without a byte order mark. ContentError where it is none."""
    try:
        return front_matter.decode(data)
    except front_matter.Fault as fault:
        raise _error(fault, path) from None


def read_parts(data: bytes, path: str = "") -> tuple[str, str]:
    """The front matter, as text, and the body of a story file. ContentError where the file has no front matter."""
    try:
        parts = front_matter.cut(data)
    except front_matter.Fault as fault:
        raise _error(fault, path) from None
    return parts.header, parts.body


def read_body(data: bytes, path: str = "") -> str:
    """The body of a story file, without reading its front matter. ContentError where the file has no front matter."""
    return read_parts(data, path)[1]


def _error(fault: front_matter.Fault, path: str) -> ContentError:
    return ContentError(Problem(fault.rule, path, fault.line, fault.column, fault.values, fault.excerpt))
