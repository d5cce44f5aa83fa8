"""How a story begins, in a line or two: what a page prints below the headline of a story that leads it."""

from __future__ import annotations

import re

from newsgen.text import markdown

__all__ = ["LIMIT", "is_prose", "opening"]

LIMIT = 160  # characters: two lines of a wide page
_LEAST = 60  # characters of a sentence that may stand alone where the next one does not fit
_STOP = re.compile("[.!?。！？]")  # is found in a tenth of the time of `_END`, which is asked at each
# The end of a sentence, not that of an abbreviation: after a longer word or a figure, before a capital.
_END = re.compile(
    r"(?:(?<=[^\W\d_]{4})(?<!Corp|Sept|Capt|Prof|Mass|Conn|Penn|Tenn|Dept|Bros|Assn|Cmdr)|(?<=\d\d))[.!?][\"'”’»)]*(?=\s+[\"'“‘«(]?(?=[^\W\d_])[^a-z])|[。！？][」』”）]*"
)
_CLOSERS = "\"'”’»)」』）"
_PROSE_ENDS = tuple(".!?…:。！？؟۔।")


def opening(body: str) -> str:
    """The first paragraph of a body as plain text in one line, of at most LIMIT characters; "" for no text.

    A longer paragraph is cut after the last sentence that fits, else between words, with an ellipsis.
    """
    text = " ".join(markdown.first_paragraph(body).split())
    if len(text) <= LIMIT:
        return text
    for stop in reversed([*_STOP.finditer(text, 0, LIMIT)]):
        end = _END.match(text, stop.start(), LIMIT + 2)
        if end and _LEAST <= end.end() <= LIMIT:
            return text[: end.end()]
    return markdown.cut(text, LIMIT)


def is_prose(summary: str) -> bool:
    """Whether an opening reads as a sentence: not as a headline sent as text, nor as the first row of a table."""
    return summary.rstrip(_CLOSERS).endswith(_PROSE_ENDS)
