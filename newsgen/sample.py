"""The sample of story files that says how common words are, and the reading of stories, which needs it.

The sample is drawn from the files alone: those whose paths have the least ranks (`terms.rank`), of the stories that
nothing in their files ever holds back. So it knows neither the clock nor the shelves, and nothing that is held weighs
in. Where what is common changes, every story is read again, as after a change of the settings: once in hundreds of new
stories.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen import codec, pool, terms
from newsgen.context import Context
from newsgen.job import Job
from newsgen.model import Card
from newsgen.record import DamagedError, Record
from newsgen.terms import Common
from newsgen.workers import Parsed, ReadStories, Task, read_stories

__all__ = ["Sample", "read_all", "read_some"]

_EVERY = 1 << 32  # above all ranks
_NONE = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as it is now, and what it says."""

    words: Mapping[str, str]  # of its files: the words of each, as JSON
    common: Common
    is_same: bool  # as the record has it


def read_all(
    job: Job, around: Context, tasks: list[Task], meanwhile: Iterator[object] = pool.NOTHING
) -> tuple[Iterator[Parsed], Sample]:
    """Read every story file: first as many as the sample takes, then the others."""
    if not job.settings.related.stories:
        work = ReadStories(job.site, around, Common(), _NONE)
        return read_stories(work, tasks, job, meanwhile), Sample({}, Common(), is_same=False)
    order = sorted(tasks, key=lambda task: (terms.rank(task[0]), task[0]))
    first: list[Parsed] = []
    drawn: dict[str, str] = {}
    while len(first) < len(order) and len(drawn) < terms.SAMPLE:
        more = order[len(first) : len(first) + terms.SAMPLE - len(drawn) + 64]
        for one in read_stories(ReadStories(job.site, around, Common(), _EVERY), more, job, meanwhile):
            first.append(one)
            if _is_plain(one) and len(drawn) < terms.SAMPLE:
                drawn[one.source.path] = one.words
    common = _common(job, drawn)
    read = {one.source.path for one in first}
    others = [task for task in tasks if task[0] not in read]

    def every() -> Iterator[Parsed]:
        yield from (_judged(one, common) for one in first)
        yield from read_stories(ReadStories(job.site, around, common, _NONE), others, job, meanwhile)

    return every(), Sample(drawn, common, is_same=False)


def read_some(
    job: Job, record: Record, around: Context, tasks: list[Task], gone: set[str]
) -> tuple[list[Parsed], Sample | None]:
    """Read the story files that may have changed. No sample where what is common changed: then all must be read.

    `gone` are the files that are no more.
    """
    meta = record.meta()
    common = Common(*(frozenset(words.split()) for words in meta["common"]))
    if not job.settings.related.stories:
        return list(read_stories(ReadStories(job.site, around, common, _NONE), tasks, job)), Sample({}, common, True)
    last = meta["rank"] if meta["rank"] is not None else _EVERY
    parsed = list(read_stories(ReadStories(job.site, around, common, last), tasks, job))
    again = {one.source.path for one in parsed if not one.is_same} | gone
    if not any(terms.rank(path) <= last for path in again):
        return parsed, Sample({}, common, is_same=True)
    drawn = {path: words for path, words in record.sample().items() if path not in again}
    drawn.update({one.source.path: one.words for one in parsed if one.words and _is_plain(one)})
    if len(drawn) < terms.SAMPLE and last != _EVERY:
        return parsed, None  # it must be filled up with files that were not read: rare, and as long as reading all
    kept = sorted(drawn, key=lambda path: (terms.rank(path), path))[: terms.SAMPLE]
    sample = Sample(
        {path: drawn[path] for path in kept}, _common(job, {path: drawn[path] for path in kept}), is_same=False
    )
    return parsed, sample if sample.common == common else None


def _is_plain(one: Parsed) -> bool:
    """Whether nothing in a story's file ever holds it back."""
    return one.card is not None and one.words != "" and _is_open(one.card)


def _is_open(card: Card) -> bool:
    return card.status == "live" and card.embargo is None and not card.is_on_hold and card.expires is None


def _common(job: Job, drawn: Mapping[str, str]) -> Common:
    try:
        return terms.common([list(json.loads(words)) for words in drawn.values()], job.settings.language)
    except ValueError as error:
        raise DamagedError from error


def _judged(one: Parsed, common: Common) -> Parsed:
    """A story that was read before it was known what is common."""
    if one.card is None or not one.words:
        return one
    told = terms.choose(json.loads(one.words), common)
    card = replace(one.card, terms=told)
    return replace(one, card=card, text=codec.text(card), words="")
