"""The sample of story files that says how common words are, and the reading of stories, which needs it.

The sample is drawn from the files alone: those whose paths have the least ranks (`terms.sample_rank`), of the stories
that nothing in their files ever holds back. So it knows neither the clock nor the shelves, and nothing that is held
weighs in. Where what is common changes, the stories that have other terms now are read again; and all of them, as after
a change of the settings, where that is not known: once in many thousands of new stories.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from newsgen.disk import FileStat
from newsgen.engine.read_worker import Parsed, ReadStories, Task, read_stories
from newsgen.engine.request import BuildRequest
from newsgen.model import codec
from newsgen.model.card import Card
from newsgen.related import terms
from newsgen.related.terms import CommonChange, CommonWords
from newsgen.source.site_notes import SiteNotes
from newsgen.store import DamagedError, Store
from newsgen.workers import pool

__all__ = ["Sample", "read_all", "read_some"]

_EVERY = 1 << 32  # above all ranks
_NONE = -1


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample as it is now, and what it says."""

    words: Mapping[str, str]  # of its files, and some to spare: the words of each, as JSON
    common: CommonWords
    last: int | None  # up to which rank files are in it, or to spare; None for all
    is_same: bool  # as the store has it


def read_all(
    request: BuildRequest, site_notes: SiteNotes, tasks: list[Task], meanwhile: Iterator[object] = pool.NO_STEPS
) -> tuple[Iterator[Parsed], Sample]:
    """Read every story file: first as many as the sample takes, then the others."""
    if not request.settings.related.stories:
        work = _reader(request, site_notes, CommonWords(), _NONE)
        return read_stories(work, tasks, request, meanwhile), Sample({}, CommonWords(), None, is_same=False)
    kept = _stored_stories(request)
    order = sorted(tasks, key=lambda task: (terms.sample_rank(task[0]), task[0]))
    first: list[Parsed] = []
    drawn: dict[str, str] = {}
    at_first, later = (meanwhile, pool.NO_STEPS) if len(order) <= 2 * kept else (pool.NO_STEPS, meanwhile)
    while len(first) < len(order) and len(drawn) < kept:
        more = order[len(first) : len(first) + kept - len(drawn) + 64]
        for story in read_stories(_reader(request, site_notes, CommonWords(), _EVERY), more, request, at_first):
            first.append(story)
            if _is_plain(story) and len(drawn) < kept:
                drawn[story.source.path] = story.words
    last = max(map(terms.sample_rank, drawn)) if len(drawn) == kept else None
    common = _common(request, drawn)
    read = {story.source.path for story in first}
    others = [task for task in tasks if task[0] not in read]

    def every() -> Iterator[Parsed]:
        yield from (_with_terms(story, common, request) for story in first)
        yield from read_stories(_reader(request, site_notes, common, _NONE), others, request, later)

    return every(), Sample(drawn, common, last, is_same=False)


def read_some(
    request: BuildRequest,
    store: Store,
    site_notes: SiteNotes,
    tasks: list[Task],
    gone: set[str],
    stories: Iterable[FileStat],
) -> tuple[list[Parsed], Sample | None]:
    """Read the story files that may have changed, and those that have other terms now.

    `gone` are the files that are no more, `stories` all that there are. No sample where all must be read.
    """
    seal = store.seal.last
    common = CommonWords(*(frozenset(words.split()) for words in seal.common_words))
    same = Sample({}, common, seal.sample_rank, is_same=True)
    if not request.settings.related.stories:
        return list(read_stories(_reader(request, site_notes, common, _NONE), tasks, request)), same
    last = seal.sample_rank if seal.sample_rank is not None else _EVERY
    parsed = list(read_stories(_reader(request, site_notes, common, last), tasks, request))
    reread = {story.source.path for story in parsed if not story.is_same} | gone
    if not any(terms.sample_rank(path) <= last for path in reread):
        return parsed, same
    sample = _drawn(request, store, [story for story in parsed if story.words and _is_plain(story)], reread, same)
    if sample is None:
        return parsed, None
    turned = terms.common_change(common, sample.common)
    if turned is None:
        return parsed, None
    sample = replace(sample, common=turned.common)
    if not turned.more and not turned.less:
        return parsed, sample
    touched = _touched(store, turned) - reread
    # What the sample holds is not read twice: a file may be another by now, and the card would not be of those words.
    twice = {path for path in reread - gone if terms.sample_rank(path) > last}
    others = [(*stat, "") for stat in stories if stat[0] in touched or stat[0] in twice]
    known = store.stories.known_files(touched)
    late: dict[str, Task] = {}  # of the sample, and changed since it was drawn
    kept = [_with_terms(story, turned.common, request) for story in parsed if story.source.path not in touched | twice]
    for story in read_stories(_reader(request, site_notes, turned.common, _NONE), others, request):
        path, was = story.source.path, known.get(story.source.path)
        if was and story.source.digest != was[3] and terms.sample_rank(path) <= last:
            late[path] = (path, *was)
        kept.append(story)
    if late:
        tasks = [*(task for task in tasks if task[0] not in late), *late.values()]
        return read_some(request, store, site_notes, tasks, gone, stories)
    return kept, sample


def _drawn(
    request: BuildRequest, store: Store, fresh: Iterable[Parsed], reread: set[str], same: Sample
) -> Sample | None:
    """The sample after some stories were read again; None where it must be filled up with files that were not read."""
    drawn = {path: words for path, words in store.related.sample().items() if path not in reread}
    drawn.update((story.source.path, story.words) for story in fresh)
    if len(drawn) < request.related_bounds.sample_stories and same.last is not None:
        return None
    count = _stored_stories(request)
    kept = sorted(drawn, key=lambda path: (terms.sample_rank(path), path))[:count]
    last = terms.sample_rank(kept[-1]) if len(kept) == count else same.last
    return Sample({path: drawn[path] for path in kept}, _common(request, drawn), last, is_same=False)


def _touched(store: Store, turned: CommonChange) -> set[str]:
    """The files of the stories that have other terms now."""
    cards = store.stories.cards_with(turned.more | turned.less)
    return {card.path for card in cards if turned.affects(card.terms, card.borderline_words)}


def _reader(request: BuildRequest, site_notes: SiteNotes, common: CommonWords, sampled: int) -> ReadStories:
    """What reads story files; up to the rank `sampled` it gives their words too."""
    return ReadStories(request.site, site_notes, common, sampled, request.related_bounds)


def _stored_stories(request: BuildRequest) -> int:
    """How many story files have their words stored: the sample, and some to spare."""
    return request.related_bounds.sample_stories + request.related_bounds.spare_stories


def _is_plain(story: Parsed) -> bool:
    """Whether nothing in a story's file ever holds it back."""
    return story.card is not None and story.words != "" and _is_open(story.card)


def _is_open(card: Card) -> bool:
    return card.status == "live" and card.embargo is None and not card.is_on_hold and card.expires is None


def _common(request: BuildRequest, drawn: Mapping[str, str]) -> CommonWords:
    bounds = request.related_bounds
    first = sorted(drawn, key=lambda path: (terms.sample_rank(path), path))[: bounds.sample_stories]
    try:
        sample = [list(json.loads(drawn[path])) for path in first]
    except ValueError as error:
        raise DamagedError from error
    return terms.common_words(sample, request.settings.language, bounds)


def _with_terms(story: Parsed, common: CommonWords, request: BuildRequest) -> Parsed:
    """The terms of a story that was read before it was known which words are common."""
    if story.card is None or not story.words:
        return story
    chosen, borderline = terms.choose_terms(json.loads(story.words), common, request.related_bounds)
    card = replace(story.card, terms=chosen, borderline_words=borderline)
    return replace(story, card=card, text=codec.to_json(card), words="")
