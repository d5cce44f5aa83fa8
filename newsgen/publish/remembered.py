"""What a target remembers of what was withdrawn there: a computer that knows nothing of it brings nothing back.

Pure. Stories are known by the digests of their ids, persons by those of their names. A digest of a name tells nobody
the name; who has guessed it can make sure. So of a name no more is kept than is needed to find it on a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from newsgen.model.files import digest
from newsgen.model.value import value

__all__ = ["NOTHING", "Remembered", "mark", "name_mark", "names_on"]

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^>]*>")
_MOST_WORDS = 8  # of a name that is looked for
_START = 2  # digits of the digest of a name's first word, before that of the name: most words are passed over


@value
class Remembered:
    """What was withdrawn: each a set of marks (`mark`, `name_mark`)."""

    killed: frozenset[str] = frozenset()  # stories; none of them is ever shown again
    deleted: frozenset[str] = frozenset()  # stories whose addresses were given up
    delisted: frozenset[str] = frozenset()  # stories that are kept out of search engines
    names: frozenset[str] = frozenset()  # of persons who were made anonymous
    paths: frozenset[str] = frozenset()  # files, or folders with a slash at the end, in which these stories stood

    def joined(self, before: Remembered, stories: frozenset[str], names: frozenset[str]) -> Remembered:
        """What a target remembers after a publication that knows this, and that shows these stories and names.

        What readers see again is no longer withdrawn.
        """
        return Remembered(
            killed=self.killed | before.killed,
            deleted=(self.deleted | before.deleted) - stories,
            delisted=self.delisted | (before.delisted - stories),
            names=self.names | (before.names - names),
            paths=self.paths | before.paths,
        )


NOTHING = Remembered()


def mark(story_id: str) -> str:
    """What a story is remembered by; a path too."""
    return digest(story_id.encode())


def name_mark(name: str) -> str:
    """What a person is remembered by; "" for a name without a letter."""
    words = _words(name)[:_MOST_WORDS]
    return f"{_start(words[0])}{digest(' '.join(words).encode())}" if words else ""


def names_on(page: str, names: frozenset[str]) -> set[str]:
    """Those of the names that an HTML page has in its text, or in what its elements say: 1 ms a page.

    A name in a script without blanks between words is found only where it stands alone.
    """
    starts = {each[:_START] for each in names}
    texts = (_TAG.sub(" ", page), page)
    return {mark for text in texts for mark in _marks_in(_words(unescape(text)), starts) if mark in names}


def _marks_in(words: list[str], starts: set[str]) -> Iterator[str]:
    """What `name_mark` gives for the words in a row that may be a name."""
    for at, word in enumerate(words):
        if (start := _start(word)) in starts:
            text = ""
            for each in words[at : at + _MOST_WORDS]:
                text = f"{text} {each}" if text else each
                yield f"{start}{digest(text.encode())}"


@lru_cache(maxsize=100_000)
def _start(word: str) -> str:
    return digest(word.encode())[:_START]


def _words(text: str) -> list[str]:
    """The words of a text without case and accents (NFKD, UAX 15)."""
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.casefold())
        return _WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))
    return _WORD.findall(text.lower())
