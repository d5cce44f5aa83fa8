"""Counts in the English of newsgen's messages, and texts that are cut. What readers of a site see is in `language/`."""

from __future__ import annotations

__all__ = ["plural", "truncate"]


def plural(count: int, singular_form: str, plural_form: str) -> str:
    """A count with its noun: `1 story`, `2,345 stories`."""
    return f"{count:,} {singular_form if count == 1 else plural_form}"


def truncate(text: str, limit: int) -> str:
    """`text` in at most `limit` characters: cut between words, with an ellipsis where anything was cut."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rpartition(' ')[0] or text[: limit - 1]}…"
