"""Stories of an invented agency, as many as wanted: each a pure function of its number.

Their statistics are those of Reuters-21578: a median body of some 700 characters in a few paragraphs, a twelfth of them
a headline alone, one in five with a character that Markdown needs escaped, eight sections of very unequal size, 445
tags of which the first is on most stories and the last on few, 21,578 stories in 240 days.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

__all__ = ["Corpus", "InventedStory", "story_text", "write"]

START = datetime(1991, 3, 4, tzinfo=UTC)
STEP_S = 961  # seconds between stories: 21,578 in 240 days
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SECTIONS = {
    "companies": 26,
    "results": 22,
    "world": 17,
    "mergers": 12,
    "farming": 9,
    "money": 6,
    "economy": 5,
    "fuel": 3,
}
_TAGS_OF_A_STORY = {0: 4, 1: 33, 2: 46, 3: 10, 4: 4, 5: 2, 6: 1}  # in a hundred
_COMMON = (
    "the the the the of of of to to in in in a a and and said said it for on its was by from at with that is be as "
    "will which had has were would an not have this up after year last pct mln company"
).split()
_HEADS = "b br c d dr f fl g gr h k l m n p pr r s st sk t tr v w".split()
_VOWELS = "a e i o u ai ea ou".split()
_TAILS = "n r l s t d m nd rk st ld th ck rn".split()


@dataclass(frozen=True, slots=True)
class InventedStory:
    """A story before it is a file."""

    slug: str
    headline: str
    date: datetime
    section: str
    dateline: str  # "" for none
    byline: str  # "" for none
    editors: tuple[str, ...]
    tags: tuple[str, ...]
    body: tuple[str, ...]  # paragraphs, in Markdown


@dataclass(frozen=True, slots=True)
class _Weighted:
    """Values to draw at random, each with its weight."""

    values: tuple[str, ...]
    cumulative_weights: tuple[float, ...]

    def draw(self, chance: Random, count: int) -> list[str]:
        return chance.choices(self.values, cum_weights=self.cumulative_weights, k=count)


def _weighted(values: Sequence[str], weights: Sequence[float]) -> _Weighted:
    return _Weighted(tuple(values), tuple(accumulate(weights)))


def _words(chance: Random, count: int, syllables: int) -> list[str]:
    """Invented words, no two the same."""
    words: dict[str, None] = {}
    while len(words) < count:
        parts = [chance.choice(_HEADS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, syllables))]
        words["".join(parts) + chance.choice(_TAILS)] = None
    return list(words)


class Corpus:
    """An invented archive; `story` gives any of its stories."""

    def __init__(self, seed: int = 1) -> None:
        chance = Random(seed)
        self._seed = seed
        vocabulary = _words(chance, 4000, 3)
        weights = [2.5] * len(_COMMON) + [60 / (rank + 20) for rank in range(len(vocabulary))]
        self._vocabulary = _weighted(_COMMON + vocabulary, weights)
        names = [word.capitalize() for word in _words(chance, 400, 2)]
        self._places = _weighted(names[:120], [1 / (rank + 3) for rank in range(120)])
        self._people = [f"{first} {last}" for first, last in zip(names[120:180], names[180:240], strict=True)]
        self._firms = names[240:]
        tags = _words(chance, 445, 2)
        self._tags = _weighted(tags, [1 / rank**1.2 for rank in range(1, 446)])
        self._sections = _weighted(list(_SECTIONS), list(_SECTIONS.values()))
        self._tag_counts = _weighted([str(count) for count in _TAGS_OF_A_STORY], list(_TAGS_OF_A_STORY.values()))

    def story(self, number: int) -> InventedStory:
        """Story `number`, from 0; later stories are later in time."""
        chance = Random(f"{self._seed} {number}")
        date = START + timedelta(seconds=STEP_S * number + chance.randrange(STEP_S))
        place = self._places.draw(chance, 1)[0]
        head = " ".join([chance.choice(self._firms), *self._vocabulary.draw(chance, chance.randint(4, 8))])
        slug = f"{re.sub(r'[^a-z0-9]+', '-', head.lower())[:50].strip('-')}-{number}"
        wanted = int(self._tag_counts.draw(chance, 1)[0])
        tags: dict[str, None] = {}
        while len(tags) < wanted:
            tags.update(dict.fromkeys(self._tags.draw(chance, 1)))
        is_brief = chance.random() < 0.08
        has_dateline = not is_brief and chance.random() < 0.98
        return InventedStory(
            slug=slug,
            headline=head,
            date=date,
            section=self._sections.draw(chance, 1)[0],
            dateline=f"{place.upper()}, {_MONTHS[date.month - 1]} {date.day} (Northern Wire)" if has_dateline else "",
            byline=chance.choice(self._people) if chance.random() < 0.04 else "",
            editors=tuple(chance.sample(self._people[:24], 2 if chance.random() < 0.33 else 1)),
            tags=tuple(tags),
            body=(head,) if is_brief else self._body(chance),
        )

    def _body(self, chance: Random) -> tuple[str, ...]:
        """Paragraphs of one or two sentences each."""
        length = min(6300, max(70, int(chance.lognormvariate(6.5, 0.85))))
        has_ticker = chance.random() < 0.2
        paragraphs: list[str] = []
        while length > 0:
            sentences = [self._sentence(chance) for _ in range(1 if chance.random() < 0.7 else 2)]
            if has_ticker and not paragraphs:
                firm = chance.choice(self._firms)
                sentences[0] = f"{firm} &lt;{firm[:4].upper()}> {sentences[0][0].lower()}{sentences[0][1:]}"
            paragraphs.append(" ".join(sentences))
            length -= len(paragraphs[-1]) + 2
        return tuple(paragraphs)

    def _sentence(self, chance: Random) -> str:
        words = self._vocabulary.draw(chance, chance.randint(7, 22))
        if chance.random() < 0.5:
            words[len(words) // 2] = f"{chance.randrange(1, 1000)}.{chance.randrange(10)}"
        if chance.random() < 0.3:
            words[-3] = chance.choice(self._people)
        if len(words) > 12:
            words[5] += ","
        words[0] = words[0].capitalize()
        return " ".join(words) + "."


def story_text(story: InventedStory, headline_key: str) -> str:
    """A story file: with `headline` and an id for newsgen, `title` for the others. JSON strings are YAML strings."""

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [f"id: {story.slug}"] if headline_key == "headline" else []
    lines += [f"{headline_key}: {text(story.headline)}", f"date: {story.date:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"slug: {story.slug}", f"section: {story.section}"]
    lines += [
        f"{key}: {text(value)}" for key, value in (("dateline", story.dateline), ("byline", story.byline)) if value
    ]
    lines += [f"editors: {text(story.editors)}", f"tags: {text(story.tags)}"]
    return "\n".join(["---", *lines, "---", "", "\n\n".join(story.body), ""])


def write(folder: Path, count: int, headline_key: str) -> None:
    """`count` story files below `folder`: <section>/<year>/<month>/<slug>.md"""
    corpus = Corpus()
    for number in range(count):
        story = corpus.story(number)
        place = folder / story.section / f"{story.date:%Y/%m}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{story.slug}.md").write_text(story_text(story, headline_key), encoding="utf-8")
