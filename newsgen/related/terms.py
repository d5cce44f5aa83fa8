"""The words that tell what a story is about: read from its text, weighed by how common they are in the archive.

How common a word is, a sample says: 512 story files, chosen by a digest of their paths. It divides words into three
kinds only, so that hardly any change to the archive changes the weight of a word; and where one does, it is known which
stories have other terms now (`turned`). Plain TF-IDF weights, against which this was measured (`make eval`), move with
every story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from zlib import crc32

from newsgen.model.value import value
from newsgen.related.stopwords import stopwords

__all__ = ["SAMPLE", "Common", "Turned", "bag", "bucket", "choose", "common", "rank", "turned", "weights"]

SAMPLE = 512  # story files; with 256 the lists are as good, with 2,048 no better
_EVERYWHERE = SAMPLE // 8
_FREQUENT = SAMPLE // 64
_BARELY = (8, 4)  # stories of the sample above these bounds: a word with no more may be under them soon
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
    """How common words are: what is in neither of the first two sets is rare.

    Of the words in the others each story knows whether it would have them if they were less common, see `choose`.
    """

    everywhere: frozenset[str] = frozenset(_LETTERS)  # in more than an eighth of the stories; and single letters
    frequent: frozenset[str] = frozenset()  # in more than a sixty-fourth: half the weight
    maybe_frequent: frozenset[str] = frozenset()  # that are everywhere, or were, by little
    maybe_rare: frozenset[str] = frozenset()  # that are frequent, or were, by little


@value
class Turned:
    """What another sample means to the stories that were read before."""

    common: Common
    more: frozenset[str]  # words that are more common now: who has them, or had no room for them, has others now
    less: frozenset[str]  # words that are less common now: who would have had them, has them now

    def touches(self, told: str, maybe: str) -> bool:
        """Whether a story has other terms now, by what `choose` said of it."""
        could_have = maybe.split()
        has = (*told.replace("|", " ").split(), *could_have)
        return not (self.more.isdisjoint(has) and self.less.isdisjoint(could_have))


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
    everywhere, frequent = _EVERYWHERE + _BARELY[0], _FREQUENT + _BARELY[1]
    return Common(
        frozenset(_LETTERS).union(word for word, count in counts.items() if count > _EVERYWHERE),
        frozenset(word for word, count in counts.items() if _EVERYWHERE >= count > _FREQUENT),
        frozenset(word for word, count in counts.items() if everywhere >= count > _EVERYWHERE),
        frozenset(word for word, count in counts.items() if frequent >= count > _FREQUENT),
    )


def turned(before: Common, now: Common) -> Turned | None:
    """What changed in how common words are; None where only a new reading of every story could tell who is touched.

    A story that was not read since `before` has other terms only if it has one of `more`, or had no room for one, or
    would have had one of `less`: whatever else is more or less common stands behind the last of its terms, before and
    after.
    """
    moved = (before.everywhere ^ now.everywhere) | (before.frequent ^ now.frequent)
    levels = {word: (_level(word, before), _level(word, now)) for word in moved}
    for word, (was, is_now) in levels.items():
        known = before.maybe_rare if is_now == 0 else before.maybe_frequent
        if is_now < was and word not in known:
            return None
    more = frozenset(word for word, (was, is_now) in levels.items() if is_now > was)
    common = Common(
        now.everywhere,
        now.frequent,
        # Who did not have such a word when it was less common, and was not read since, would not have it now.
        before.maybe_frequent | {word for word in more if levels[word][1] == 2},
        before.maybe_rare | {word for word in more if levels[word][0] == 0},
    )
    return Turned(common, more, frozenset(levels) - more)


def _level(word: str, known: Common) -> int:
    return 2 if word in known.everywhere else 1 if word in known.frequent else 0


def choose(words: Mapping[str, int], known: Common) -> tuple[str, str]:
    """The terms of a story: the heaviest first, those of one weight together, the weights divided by bars.

    A word weighs by how often it is used, twice if it is rare: 1, from 2 on 2, from 4 on 3, from 8 on 4.

    And the words that may be among them if they are less common some day, with the one for which there was no room: it
    keeps others out.
    """
    everywhere, frequent = known.everywhere, known.frequent
    found = [
        (count if word in frequent else count + count, word) for word, count in words.items() if word not in everywhere
    ]
    found.sort(key=itemgetter(0), reverse=True)
    groups: tuple[list[str], ...] = ([], [], [], [])
    left = _BUDGET
    last = 0  # how often used, by its weight, a word must be to be looked at
    kept_out = ""
    for use, word in found[:_MOST]:
        weight = min(use.bit_length(), 4)
        left -= weight * weight
        if left < 0:
            last, kept_out = use, word
            break
        groups[4 - weight].append(word)
    else:
        last = found[_MOST - 1][0] if len(found) >= _MOST else 0
    maybe = [word for word in known.maybe_frequent.intersection(words) if word in everywhere and words[word] >= last]
    maybe += [
        word
        for word in known.maybe_rare.intersection(words)
        if 2 * words[word] >= last and (word in frequent or word in everywhere)
    ]
    return "|".join(map(" ".join, groups)) if found else "", " ".join(sorted({*maybe, kept_out} - {""}))


def weights(terms: str) -> dict[str, int]:
    """The terms that `choose` wrote down, each with its weight."""
    return {word: weight for weight, group in zip(_LEVELS, terms.split("|"), strict=False) for word in group.split()}
