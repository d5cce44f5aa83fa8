"""A citation in pieces, and how they are written: as plain text, or as HTML in which the day of access has its place.

In pieces, so that a story is cited once for its page and the files beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape

from newsgen.citation.days import mla_day, us_day

__all__ = ["ACCESSED", "ITALIC", "PLAIN", "Pieces", "as_html", "as_text"]

PLAIN = "plain"  # a text as it is
ITALIC = "italic"  # a title in italics
ACCESSED = "accessed"  # the words for the day of access, of which `{us}` is `June 5, 2025` and `{mla}` is `5 June 2025`

Pieces = tuple[tuple[str, str], ...]  # (one of these, its text)


def as_text(pieces: Pieces, accessed: str = "") -> str:
    """Plain text, without italics; with the day of access ("2025-06-05") where it is given."""
    day = {"us": us_day(accessed), "mla": mla_day(accessed)} if accessed else None
    texts = [text.format_map(day) if day and kind == ACCESSED else text for kind, text in pieces
             if day or kind != ACCESSED]  # fmt: skip
    return "".join(texts)


def as_html(pieces: Pieces) -> str:
    """HTML. The place of the day of access is an empty element, which cite.js fills."""
    return "".join([_HTML[kind](text) for kind, text in pieces])


def _plain(text: str) -> str:
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _italic(text: str) -> str:
    return f"<i>{_plain(text)}</i>"


def _accessed(text: str) -> str:
    return f'<span data-read="{escape(text)}"></span>'


_HTML: dict[str, Callable[[str], str]] = {
    PLAIN: _plain,
    ITALIC: _italic,
    ACCESSED: lru_cache(16)(_accessed),
}  # each style has its words
