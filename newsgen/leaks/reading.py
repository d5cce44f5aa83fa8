"""What a reader sees of a page: its words without tags, entities, invisible characters and differences of form. Pure.

A name may stand on a page in more ways than a search of its bytes finds: with a soft hyphen in it, a part of it in
italics or a link, over two cells of a table, decomposed (UAX 15), as HTML in a feed or with escapes in JSON.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from urllib.parse import unquote

__all__ = ["INVISIBLE", "as_read", "folded"]

# Soft hyphens, joiners, marks of direction, variation selectors: a reader sees none of them.
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SAME = {ord(mark): "'" for mark in "‘’‛ʼ′＇"} | {ord(mark): "-" for mark in "‐‑‒–—―−"}
# Tags within a line of text; and those that part words, but not subjects: cells and lines.
_INLINE = re.compile(
    r"<!--[^<>]*>|</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike"
    r"|strong|sub|sup|time|tt|u|var|wbr)(?![\w:-])[^<>]*>",
    re.I,
)
_GAP = re.compile(r"</?(?:td|th|tr|tbody|thead|br|div|dt|dd)(?![\w:-])[^<>]*>", re.I)
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def folded(text: str) -> str:
    """Text without differences that are none to a reader: Unicode NFKC, case, invisible marks, blanks, apostrophes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_SAME)
    return " ".join(text.casefold().split())


def as_read(data: bytes) -> tuple[str, str]:
    """The folded text of a page with its tags, whose attributes are read too; and without those inside a line."""
    text = data.decode("utf-8", "replace")
    if "\\" in text:
        text = _JSON_ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text).replace("\\n", " ")
    if "&" in text:  # a feed has HTML as text: its entities are written twice
        text = unescape(unescape(text))
    if "%" in text:
        text = unquote(text)
    return folded(text), folded(_GAP.sub(" ", _INLINE.sub("", text)))
