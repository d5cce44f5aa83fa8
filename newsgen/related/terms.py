"""The words that tell what a story is about, its *terms*: read from its text, weighed by how common they are.

How common a word is, a sample says: 512 story files, chosen by a digest of their paths. It divides words into three
kinds only, so that hardly any change to the archive changes the weight of a word; where one does, it is known which
stories have other terms now (`CommonChange`). Plain TF-IDF weights, against which this was measured (`make eval`), move
with every story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from zlib import crc32

from newsgen.model.value import value
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.related.stopwords import stopwords
from newsgen.text.scripts import UNSPACED

__all__ = [
    "CommonChange", "CommonWords", "bucket_of", "choose_terms", "common_change", "common_words", "sample_rank",
    "term_weights", "word_counts",
]  # fmt: skip

_BUCKETS = 1024
_WORD_LIMIT = 400  # words of a text that are read: a wire story says first what it is about
_WEIGHTS = (4, 3, 2, 1)  # of terms, in the order in which they are written down

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NON_LETTERS = "".join(chr(code) for code in range(128) if not chr(code).isalpha())
_TO_LETTERS = str.maketrans(_NON_LETTERS + _LETTERS.upper(), " " * len(_NON_LETTERS) + _LETTERS)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINK_TARGET = re.compile(r"\]\([^()\s]*|https?://\S+")  # where a link leads is no word of a story


@value
class CommonWords:
    """How common words are; what is in neither of the first two sets is rare.

    Of a borderline word each story knows whether it would be one of its terms if it were less common (`choose_terms`).
    """

    everywhere: frozenset[str] = frozenset(_LETTERS)  # in more than an eighth of the stories; and single letters
    frequent: frozenset[str] = frozenset()  # in more than a sixty-fourth: half the weight
    borderline_everywhere: frozenset[str] = frozenset()  # that are everywhere, or were, by little
    borderline_frequent: frozenset[str] = frozenset()  # that are frequent, or were, by little


@value
class CommonChange:
    """What another sample means to the stories that were read before."""

    common: CommonWords
    more: frozenset[str]  # words that are more common now: who has them, or had no room for them, has others now
    less: frozenset[str]  # words that are less common now: who would have had them, has them now

    def affects(self, terms: str, borderline_words: str) -> bool:
        """Whether a story has other terms now, by the terms and borderline words that `choose_terms` gave."""
        borderline = borderline_words.split()
        words = (*terms.replace("|", " ").split(), *borderline)
        return not (self.more.isdisjoint(words) and self.less.isdisjoint(borderline))


def sample_rank(path: str) -> int:
    """The place of a story file in the order in which the sample is drawn: the CRC-32 of its path."""
    return crc32(path.encode("utf-8", "surrogatepass"))


def bucket_of(term: str) -> int:
    """The number of the bucket in which the store has a term, from 0 to 1,023."""
    return crc32(term.encode("utf-8", "surrogatepass")) & (_BUCKETS - 1)


def word_counts(headline: str, body: str) -> Counter[str]:
    """How often each word is used, in order of first use; the headline counts twice.

    A word is two or more letters, in lower case; in scripts without spaces, any two neighbouring letters.
    """
    if "](" in body or "://" in body:
        body = _LINK_TARGET.sub(" ", body)
    text = f"{headline} {headline} {body}"
    if text.isascii():
        words = text.translate(_TO_LETTERS).split(None, _WORD_LIMIT)[:_WORD_LIMIT]
    else:
        words = [part for word in _WORD.findall(text.casefold())[:_WORD_LIMIT] for part in _letter_pairs(word)]
    return Counter(words)


def _letter_pairs(word: str) -> Iterable[str]:
    """The pairs of letters of a word in a script without spaces; any other word itself."""
    if not UNSPACED.search(word):
        return (word,)
    return [word[at : at + 2] for at in range(len(word) - 1)] or (word,)


def common_words(sample: Collection[Iterable[str]], language: str, bounds: Bounds = DEFAULT_BOUNDS) -> CommonWords:
    """What is common in a sample: the different words of each of its stories.

    A sample that is not full says nothing; then the stop words of the language (BCP 47) are what is everywhere.
    """
    if len(sample) < bounds.sample_stories:
        return CommonWords(frozenset(_LETTERS) | stopwords(language))
    counts: Counter[str] = Counter()
    for words in sample:
        counts.update(list(words))  # of a mapping its keys: each word once
    everywhere, frequent = bounds.everywhere, bounds.frequent
    barely_everywhere, barely_frequent = everywhere + bounds.borderline[0], frequent + bounds.borderline[1]
    return CommonWords(
        frozenset(_LETTERS).union(word for word, count in counts.items() if count > everywhere),
        frozenset(word for word, count in counts.items() if everywhere >= count > frequent),
        frozenset(word for word, count in counts.items() if barely_everywhere >= count > everywhere),
        frozenset(word for word, count in counts.items() if barely_frequent >= count > frequent),
    )


def common_change(before: CommonWords, now: CommonWords) -> CommonChange | None:
    """What changed in how common words are; None where only reading every story again could tell who is affected.

    A story that was not read since `before` has other terms only if it has one of `more`, or had no room for one, or
    would have had one of `less`: whatever else is more or less common comes after the last of its terms, before and
    now.
    """
    moved = (before.everywhere ^ now.everywhere) | (before.frequent ^ now.frequent)
    levels = {word: (_level(word, before), _level(word, now)) for word in moved}
    for word, (old, new) in levels.items():
        known = before.borderline_frequent if new == 0 else before.borderline_everywhere
        if new < old and word not in known:
            return None
    more = frozenset(word for word, (old, new) in levels.items() if new > old)
    common = CommonWords(
        now.everywhere,
        now.frequent,
        # Who did not have such a word when it was less common, and was not read since, would not have it now.
        before.borderline_everywhere | {word for word in more if levels[word][1] == 2},
        before.borderline_frequent | {word for word in more if levels[word][0] == 0},
    )
    return CommonChange(common, more, frozenset(levels) - more)


def _level(word: str, common: CommonWords) -> int:
    return 2 if word in common.everywhere else 1 if word in common.frequent else 0


def choose_terms(counts: Mapping[str, int], common: CommonWords, bounds: Bounds = DEFAULT_BOUNDS) -> tuple[str, str]:
    """The terms of a story, and its borderline words, both as text, from how often it uses each word.

    The terms: the heaviest first, those of one weight together, the weights divided by bars. A word weighs by how often
    it is used, counted twice if it is rare: 1, from 2 on 2, from 4 on 3, from 8 on 4.

    The borderline words: those that may be terms if they are less common some day, and the word for which there was no
    room, since it keeps others out.
    """
    everywhere, frequent = common.everywhere, common.frequent
    uses = [
        (count if word in frequent else count + count, word) for word, count in counts.items() if word not in everywhere
    ]
    uses.sort(key=itemgetter(0), reverse=True)
    groups: tuple[list[str], ...] = ([], [], [], [])
    budget = bounds.weight_budget
    least_use = 0  # that a word must have to be looked at at all
    crowded_out = ""
    for use, word in uses[: bounds.terms]:
        weight = min(use.bit_length(), 4)
        budget -= weight * weight
        if budget < 0:
            least_use, crowded_out = use, word
            break
        groups[4 - weight].append(word)
    else:
        least_use = uses[bounds.terms - 1][0] if len(uses) >= bounds.terms else 0
    borderline = [
        word
        for word in common.borderline_everywhere.intersection(counts)
        if word in everywhere and counts[word] >= least_use
    ]
    borderline += [
        word
        for word in common.borderline_frequent.intersection(counts)
        if 2 * counts[word] >= least_use and (word in frequent or word in everywhere)
    ]
    terms = "|".join(map(" ".join, groups)) if uses else ""
    return terms, " ".join(sorted({*borderline, crowded_out} - {""}))


def term_weights(terms: str) -> dict[str, int]:
    """The terms that `choose_terms` wrote down, each with its weight from 1 to 4."""
    return {word: weight for weight, group in zip(_WEIGHTS, terms.split("|"), strict=False) for word in group.split()}
