"""The text of bytes that are sound UTF-8: what nearly every settings file and template is.

A build in which nothing changed reads these alone, and need not load the reader of everything that can be wrong with a
file, `storyfile`, which takes a quarter of its time.
"""

from __future__ import annotations

import re

__all__ = ["sound_text"]

_LONGEST = 1_000_000  # bytes
_C1 = re.compile(rb"\xc2[\x80-\x9f]")


def sound_text(data: bytes) -> str | None:
    """The text of bytes in which nothing is odd; None where they must be looked at more closely."""
    if len(data) > _LONGEST or data[:3] in (b"\xef\xbb\xbf", b"") or b"\0" in data or b"\r" in data or _C1.search(data):
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
