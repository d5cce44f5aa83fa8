"""Copy as Markdown that reads as it was sent: escapes, and fences for agate.

A paragraph is written as one line, so a table or an underlined heading can never form; what begins a block or marks
up words inside a line is escaped with a backslash.
"""

from __future__ import annotations

import re

__all__ = ["escape", "fence"]

_INLINE = re.compile(
    r"[\\`*\[]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word marks nothing up
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?[A-Za-z0-9]{1,32};)"
    r"|~(?=~)|(?<=~)~"
)
_LEADING = re.compile(r"(?:#{1,6}(?=[ \t]|$)|>|[-+](?=[ \t]|$)|-(?=[- ]*$)|=(?==*[ \t]*$)|~~~)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
_TICKS = re.compile(r"`{3,}")


def escape(text: str) -> str:
    """One paragraph of copy, on one line, as Markdown."""
    line = " ".join(text.split())
    done = _INLINE.sub(r"\\\g<0>", line)
    if _LEADING.match(done):
        return f"\\{done}"
    return _NUMBER.sub(r"\1\\\2", done, count=1) if _NUMBER.match(done) else done


def fence(lines: tuple[str, ...]) -> str:
    """Agate as a fenced block: columns stay as they came."""
    longest = max((len(found) for line in lines for found in _TICKS.findall(line)), default=0)
    marks = "`" * max(3, longest + 1)
    return "\n".join([f"{marks}text", *(line.rstrip() for line in lines), marks])
