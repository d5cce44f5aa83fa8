"""The sample of story files that says how common words are, and the reading of stories, which needs it.

The sample is drawn from the files alone: those whose paths have the least ranks (`terms.rank`), of the stories that
nothing in their files ever holds back. So it knows neither the clock nor the shelves, and nothing that is held weighs
in. Where what is common changes, the stories are read again that have other terms now; and all of them, as after a
change of the settings, where that is not known: once in many thousands of new stories.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen.disk import FileStat
from newsgen.engine.job import Job
from newsgen.engine.read_worker import Parsed, ReadStories, Task, read_stories
from newsgen.model import codec
from newsgen.model.card import Card
from newsgen.related import terms
from newsgen.related.terms import Common, Turned
from newsgen.source.site_notes import SiteNotes
from newsgen.store import DamagedError, Store
from newsgen.workers import pool

__all__ = ["Sample", "read_all", "read_some"]

_EVERY = 1 << 32  # above all ranks
_NONE = -1
_KEPT = terms.SAMPLE + 64  # story files whose words are kept: when one of the sample goes, the next is at hand


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as it is now, and what it says."""

    words: Mapping[str, str]  # of its files, and some to spare: the words of each, as JSON
    common: Common
    last: int | None  # up to which rank files are in it, or to spare; None for all
    is_same: bool  # as the record has it


def read_all(
    job: Job, around: SiteNotes, tasks: list[Task], meanwhile: Iterator[object] = pool.NO_STEPS
) -> tuple[Iterator[Parsed], Sample]:
    """Read every story file: first as many as the sample takes, then the others."""
    if not job.settings.related.stories:
        work = ReadStories(job.site, around, Common(), _NONE)
        return read_stories(work, tasks, job, meanwhile), Sample({}, Common(), None, is_same=False)
    order = sorted(tasks, key=lambda task: (terms.rank(task[0]), task[0]))
    first: list[Parsed] = []
    drawn: dict[str, str] = {}
    at_first, later = (meanwhile, pool.NO_STEPS) if len(order) <= 2 * _KEPT else (pool.NO_STEPS, meanwhile)
    while len(first) < len(order) and len(drawn) < _KEPT:
        more = order[len(first) : len(first) + _KEPT - len(drawn) + 64]
        for one in read_stories(ReadStories(job.site, around, Common(), _EVERY), more, job, at_first):
            first.append(one)
            if _is_plain(one) and len(drawn) < _KEPT:
                drawn[one.source.path] = one.words
    last = max(map(terms.rank, drawn)) if len(drawn) == _KEPT else None
    common = _common(job, drawn)
    read = {one.source.path for one in first}
    others = [task for task in tasks if task[0] not in read]

    def every() -> Iterator[Parsed]:
        yield from (_judged(one, common) for one in first)
        yield from read_stories(ReadStories(job.site, around, common, _NONE), others, job, later)

    return every(), Sample(drawn, common, last, is_same=False)


def read_some(
    job: Job, store: Store, around: SiteNotes, tasks: list[Task], gone: set[str], stories: Iterable[FileStat]
) -> tuple[list[Parsed], Sample | None]:
    """Read the story files that may have changed, and those that have other terms now.

    `gone` are the files that are no more, `stories` all that there are. No sample where all must be read.
    """
    seal = store.seal.last
    common = Common(*(frozenset(words.split()) for words in seal.common_words))
    same = Sample({}, common, seal.sample_rank, is_same=True)
    if not job.settings.related.stories:
        return list(read_stories(ReadStories(job.site, around, common, _NONE), tasks, job)), same
    last = seal.sample_rank if seal.sample_rank is not None else _EVERY
    parsed = list(read_stories(ReadStories(job.site, around, common, last), tasks, job))
    again = {one.source.path for one in parsed if not one.is_same} | gone
    if not any(terms.rank(path) <= last for path in again):
        return parsed, same
    sample = _drawn(job, store, [one for one in parsed if one.words and _is_plain(one)], again, same)
    if sample is None:
        return parsed, None
    turned = terms.turned(common, sample.common)
    if turned is None:
        return parsed, None
    sample = replace(sample, common=turned.common)
    if not turned.more and not turned.less:
        return parsed, sample
    touched = _touched(store, turned) - again
    # What the sample holds is not read twice: a file may be another by now, and the card would not be of those words.
    twice = {path for path in again - gone if terms.rank(path) > last}
    others = [(*seen, "") for seen in stories if seen[0] in touched or seen[0] in twice]
    known = store.stories.known_files(touched)
    late: dict[str, Task] = {}  # of the sample, and changed since it was drawn
    kept = [_judged(one, turned.common) for one in parsed if one.source.path not in touched | twice]
    for one in read_stories(ReadStories(job.site, around, turned.common, _NONE), others, job):
        path, was = one.source.path, known.get(one.source.path)
        if was and one.source.digest != was[3] and terms.rank(path) <= last:
            late[path] = (path, *was)
        kept.append(one)
    if late:
        tasks = [*(task for task in tasks if task[0] not in late), *late.values()]
        return read_some(job, store, around, tasks, gone, stories)
    return kept, sample


def _drawn(job: Job, store: Store, fresh: Iterable[Parsed], again: set[str], same: Sample) -> Sample | None:
    """The sample after stories were read `again`; None where it must be filled up with files that were not read."""
    drawn = {path: words for path, words in store.related.sample().items() if path not in again}
    drawn.update((one.source.path, one.words) for one in fresh)
    if len(drawn) < terms.SAMPLE and same.last is not None:
        return None
    kept = sorted(drawn, key=lambda path: (terms.rank(path), path))[:_KEPT]
    last = terms.rank(kept[-1]) if len(kept) == _KEPT else same.last
    return Sample({path: drawn[path] for path in kept}, _common(job, drawn), last, is_same=False)


def _touched(store: Store, turned: Turned) -> set[str]:
    """The files of the stories that have other terms now."""
    cards = store.stories.cards_with(turned.more | turned.less)
    return {card.path for card in cards if turned.touches(card.terms, card.borderline_words)}


def _is_plain(one: Parsed) -> bool:
    """Whether nothing in a story's file ever holds it back."""
    return one.card is not None and one.words != "" and _is_open(one.card)


def _is_open(card: Card) -> bool:
    return card.status == "live" and card.embargo is None and not card.is_on_hold and card.expires is None


def _common(job: Job, drawn: Mapping[str, str]) -> Common:
    first = sorted(drawn, key=lambda path: (terms.rank(path), path))[: terms.SAMPLE]
    try:
        return terms.common([list(json.loads(drawn[path])) for path in first], job.settings.language)
    except ValueError as error:
        raise DamagedError from error


def _judged(one: Parsed, common: Common) -> Parsed:
    """A story that was read before it was known what is common."""
    if one.card is None or not one.words:
        return one
    told, maybe = terms.choose(json.loads(one.words), common)
    card = replace(one.card, terms=told, borderline_words=maybe)
    return replace(one, card=card, text=codec.to_json(card), words="")
