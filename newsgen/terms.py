"""The words that tell what a story is about: read from its text, weighed by how common they are in the archive.

How common a word is, a sample says: 512 story files, chosen by a digest of their paths. It divides words into three
kinds only, so that hardly any change to the archive changes the weight of a word. Plain TF-IDF weights, against which
this was measured (`make eval`), move with every story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from zlib import crc32

from newsgen.stopwords import stopwords
from newsgen.value import value

__all__ = ["SAMPLE", "Common", "bag", "bucket", "choose", "common", "rank", "weights"]

SAMPLE = 512  # story files; with 256 the lists are as good, with 2,048 no better
_EVERYWHERE = SAMPLE // 8
_FREQUENT = SAMPLE // 64
_MOST = 28  # terms of a story; with 20 a fiftieth of the good neighbours is lost, with 40 none is won
_BUCKETS = 1024
_READ = 400  # words of a text: a wire story says first what it is about
_LEVELS = (4, 3, 2, 1)  # weights of terms, in the order in which they are written down
# What the squares of a story's weights may come to. No two stories then score more than 255 (Cauchy and Schwarz), and a
# score fits into a byte.
_BUDGET = 255

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MARKS = "".join(chr(code) for code in range(128) if not chr(code).isalpha())
_SPACED = str.maketrans(_MARKS + _LETTERS.upper(), " " * len(_MARKS) + _LETTERS)
_WORD = re.compile(r"[^\W\d_]{2,}")
_TARGET = re.compile(r"\]\([^)]*\)|https?://\S+")  # where a link leads is no word of a story
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")  # no spaces


@value
class Common:
    """How common words are: what is in neither set is rare."""

    everywhere: frozenset[str] = frozenset(_LETTERS)  # in more than an eighth of the stories; and single letters
    frequent: frozenset[str] = frozenset()  # in more than a sixty-fourth: half the weight


def rank(path: str) -> int:
    """The place of a story file in the order in which the sample is drawn."""
    return crc32(path.encode("utf-8", "surrogatepass"))


def bucket(term: str) -> int:
    """In which part of the record a term is found."""
    return crc32(term.encode("utf-8", "surrogatepass")) & (_BUCKETS - 1)


def bag(headline: str, body: str) -> Counter[str]:
    """How often each word is used, in order of first use; the headline counts twice.

    Words are letters, two at least, in small letters; in scripts without spaces every two neighbouring letters are one.
    """
    if "](" in body or "://" in body:
        body = _TARGET.sub(" ", body)
    text = f"{headline} {headline} {body}"
    if text.isascii():
        words = text.translate(_SPACED).split(None, _READ)[:_READ]
    else:
        words = [part for word in _WORD.findall(text.casefold())[:_READ] for part in _parts(word)]
    return Counter(words)


def _parts(word: str) -> Iterable[str]:
    if not _UNSPACED.search(word):
        return (word,)
    return [word[at : at + 2] for at in range(len(word) - 1)] or (word,)


def common(bags: Collection[Iterable[str]], language: str) -> Common:
    """What is common in a sample. One that is not full says nothing: then it is the stop words of the language."""
    if len(bags) < SAMPLE:
        return Common(frozenset(_LETTERS) | stopwords(language))
    counts: Counter[str] = Counter()
    for words in bags:
        counts.update(list(words))  # of a mapping its keys: each word once
    return Common(
        frozenset(_LETTERS).union(word for word, count in counts.items() if count > _EVERYWHERE),
        frozenset(word for word, count in counts.items() if _EVERYWHERE >= count > _FREQUENT),
    )


def choose(words: Mapping[str, int], known: Common) -> str:
    """The terms of a story: the heaviest first, those of one weight together, the weights divided by bars.

    A word weighs by how often it is used, twice if it is rare: 1, from 2 on 2, from 4 on 3, from 8 on 4.
    """
    everywhere, frequent = known.everywhere, known.frequent
    found = [
        (count if word in frequent else count + count, word) for word, count in words.items() if word not in everywhere
    ]
    found.sort(key=itemgetter(0), reverse=True)
    groups: tuple[list[str], ...] = ([], [], [], [])
    left = _BUDGET
    for use, word in found[:_MOST]:
        weight = min(use.bit_length(), 4)
        left -= weight * weight
        if left < 0:
            break
        groups[4 - weight].append(word)
    return "|".join(map(" ".join, groups)) if found else ""


def weights(terms: str) -> dict[str, int]:
    """The terms that `choose` wrote down, each with its weight."""
    return {word: weight for weight, group in zip(_LEVELS, terms.split("|"), strict=False) for word in group.split()}
