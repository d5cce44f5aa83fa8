"""Stories with nearly the same text. Keeps no text: of each story a digest, a sketch of 128 bytes and its path.

The sketch is a MinHash in one permutation (Li, Owen and Zhang 2012; empty bins borrow from the next, Shrivastava 2017):
the share of bins that are equal in two sketches estimates how many of their runs of four words two texts have in
common, with a standard error of 0.04 at 0.9. That two texts are nearly the same cannot be confirmed without reading
them again, so the bar is high, and figures must be the same: a market report is last week's but for its numbers.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from operator import eq
from zlib import crc32

from newsgen.model.card import Card
from newsgen.model.value import value

__all__ = ["Duplicates", "Sketch", "sketch"]

_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(rb"[0-9]+")
_SHINGLE = 4  # words in a run
_SAME = 24  # words that a text must have: two companies may pay the same dividend on the same day, in 15 words
_NEAR = 60  # words that a text must have for its sketch to say much
_BINS = 64
_ALIKE = 58  # bins of 64 that must be equal: 0.9
_BANDS = ((0, 32), (8, 40), (16, 48), (24, 56))  # one of these pairs is equal in 998 of 1,000 that are 0.9 alike
_CROWD = 16  # earlier stories that each is compared with where many look alike


@value
class Sketch:
    """What is kept of a body, to recognise the same or nearly the same text."""

    words: int
    digest: int  # of its words, in order: 64 bits
    figures: int  # of its figures, in order: 32 bits
    bins: bytes = b""  # 64 numbers of 16 bits; b"" for a text too short


def sketch(body: str) -> Sketch:
    """The sketch of a body: the same for texts that differ only in case, punctuation and spacing."""
    text = " ".join(_WORD.findall(body.casefold())).encode("utf-8", "surrogatepass")
    words = text.split(b" ") if text else []
    figures = crc32(b" ".join(_FIGURE.findall(text)))
    digest = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
    return Sketch(len(words), digest, figures, _bins(words) if len(words) >= _NEAR else b"")


def _bins(words: list[bytes]) -> bytes:
    """Of the digests of all runs of four words, the least in each of 64 bins."""
    later = [words[start:] for start in range(1, _SHINGLE)]
    digests = set(map(crc32, map(b" ".join, zip(words, *later, strict=False))))
    least = {number & 63: number >> 6 for number in sorted(digests, reverse=True)}
    filled = sorted(least)
    values: list[int] = []
    borrowed = iter([*filled, filled[0] + _BINS])
    at = next(borrowed)
    for place in range(_BINS):
        if place > at:
            at = next(borrowed)
        values.append((least[at % _BINS] + (at - place) * 40503) & 0xFFFF)
    return array("H", values).tobytes()


class Duplicates:
    """Collects stories one by one, and pairs those with nearly the same text, or with one headline on one day."""

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._instants = array("q")
        self._texts = array("Q")  # 0: too short to judge
        self._heads = array("Q")
        self._figures = array("L")
        self._rows = array("q")  # where in `_bins` the story's begin; -1: nowhere
        self._bins = array("H")

    def add(self, card: Card, text: Sketch) -> None:
        """Add one story; `text` is the sketch of its body."""
        self._rows.append(len(self._bins) if text.bins else -1)
        self._bins.frombytes(text.bins)
        self._paths.append(card.path)
        self._instants.append(card.instant)
        self._figures.append(text.figures)
        self._texts.append(text.digest if text.words >= _SAME else 0)
        item = card.item
        head = "\n".join([*_WORD.findall(item.headline.casefold()), item.day, item.section_url, item.type])
        digest = hashlib.blake2b(head.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._heads.append(int.from_bytes(digest, "big"))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(path of a story, path of the earliest that it repeats), by date."""
        order = sorted(range(len(self._paths)), key=lambda at: (self._instants[at], self._paths[at]))
        rank = array("L", bytes(array("L").itemsize * len(order)))
        for number, at in enumerate(order):
            rank[at] = number
        earliest: dict[int, int] = {}  # rank of a story: the least rank of those it repeats
        for keys in (self._texts, self._heads):
            for run in _runs((keys[at], rank[at]) for at in order if keys[at]):
                for late in run[1:]:
                    earliest[late] = min(run[0], earliest.get(late, run[0]))
        sketched = [at for at in order if self._rows[at] >= 0]
        for band in _BANDS:
            for run in _runs((self._key(at, band), rank[at]) for at in sketched):
                for place, late in enumerate(run):
                    near = run[max(0, place - _CROWD) : place]
                    early = next((rank for rank in near if self._are_alike(order[rank], order[late])), late)
                    if early < late:
                        earliest[late] = min(early, earliest.get(late, early))
        for late, early in sorted(earliest.items()):
            yield self._paths[order[late]], self._paths[order[early]]

    def _key(self, at: int, band: tuple[int, int]) -> int:
        row = self._rows[at]
        return self._bins[row + band[0]] << 16 | self._bins[row + band[1]]

    def _are_alike(self, one: int, other: int) -> bool:
        if self._figures[one] != self._figures[other]:
            return False
        a, b = self._rows[one], self._rows[other]
        equal: int = sum(map(eq, self._bins[a : a + _BINS], self._bins[b : b + _BINS]))
        return equal >= _ALIKE


def _runs(keyed: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The numbers that share a key, in order, key by key. Packed into one integer each: a million take 40 MB."""
    run: list[int] = []
    last = -1
    for packed in sorted([key << 32 | number for key, number in keyed]):
        if packed >> 32 != last:
            if len(run) > 1:
                yield run
            run, last = [], packed >> 32
        run.append(packed & 0xFFFFFFFF)
    if len(run) > 1:
        yield run
