"""Agate as Markdown: a fenced block in which columns stay as they came. Paragraphs are markup.escape's."""

from __future__ import annotations

import re

__all__ = ["fence"]

_TICKS = re.compile(r"`{3,}")


def fence(lines: tuple[str, ...]) -> str:
    """Agate as a fenced block: columns stay as they came."""
    longest = max((len(found) for line in lines for found in _TICKS.findall(line)), default=0)
    marks = "`" * max(3, longest + 1)
    return "\n".join([f"{marks}text", *(line.rstrip() for line in lines), marks])
