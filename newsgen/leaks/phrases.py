"""What gives a story away: runs of its words that are the same bytes in every output as in its file. Pure.

A run ends where a renderer may print something else: at quotes, ampersands, brackets, marks of Markdown, line ends. So
it is the same bytes in HTML, in a feed that has HTML as text, and in JSON. The front matter is not parsed, only
searched for headline and photos: a site may hold back many stories, and each build reads all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgen import storyfile
from newsgen.model.errors import ContentError
from newsgen.model.value import value
from newsgen.text import markdown, opening
from newsgen.wire import headline as headlines

__all__ = ["Phrases", "phrases_of"]

_WORD = r"[^\W_]+(?:[-.,][^\W_]+)*"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# As newsgen prints it: "27 February 2011" stands on many pages, "All stories of 27 February" on some.
_DATE = re.compile(rf"(?:\b\d{{1,2}} )?\b{_MONTH}(?: \d{{1,4}})?\b")
_RUN = re.compile(rf"{_WORD}(?:[,.;]? {_WORD})*")
_KEY = re.compile(r"^([\"']?)(headline|photos)\1:((?:.*\n)(?:[ \t-].*\n|\n)*)", re.M)
_FILE = re.compile(r"\bfile:[ \t]*[\"']?([^\"',}\n]+)")
_HEADLINE = 3  # words that are a headline and not the name of a place
_TEXT = 5  # words that nobody else writes
_SHORT = 15  # characters below which a run says nothing
_WIDE = 8  # the same for scripts that need no blanks between words
_LONG = 40  # characters to look for: more find nothing more, and take longer
_RUNS = 12  # of one story's text


@value
class Phrases:
    """What gives a story away."""

    headline: tuple[str, ...]
    text: tuple[str, ...]  # of captions, of how the text begins, and of the first dozen paragraphs
    pictures: tuple[str, ...]  # as the story names their files


def phrases_of(data: bytes) -> Phrases:
    """The runs of a story file to look for; none for a file that cannot be read."""
    try:
        header, body = storyfile.read_parts(data)
    except ContentError:
        return Phrases((), (), ())
    headline: list[str] = []
    text: list[str] = []
    pictures: list[str] = []
    for _quote, key, block in _KEY.findall(header):
        if key == "headline":
            for line in block.splitlines():
                headline += _longest(headlines.parse(line.strip().strip("\"'"))[1], _HEADLINE)
        else:
            for line in block.splitlines():
                text += _longest(line, _TEXT)
            pictures += (name.strip() for name in _FILE.findall(block))
    pictures += (found.file for found in markdown.pictures(body))
    first = next((line for line in body.splitlines() if line.strip()), "")
    if len(first) > opening.LIMIT:  # of which lists show the beginning alone
        text += _longest(first[: opening.LIMIT].rpartition(" ")[0], _TEXT)
    most = len(text) + _RUNS
    for line in body.splitlines():
        text += _longest(line, _TEXT)
        if len(text) >= most:
            break
    return Phrases(tuple(headline), tuple(text), tuple(pictures))


def _longest(line: str, words: int) -> Iterator[str]:
    """The longest run of a line, where it is long enough to say something."""
    run = max(_RUN.findall(_DATE.sub("|", line)), key=len, default="")
    is_wide = len(run.encode()) > 2 * len(run)
    count = sum(not word[0].isdigit() for word in run.split())
    if len(run) >= (_WIDE if is_wide else _SHORT) and (is_wide or count >= words):
        yield run[:_LONG].rstrip()
