"""The sample of story files that says how common words are, and the reading of stories, which needs it.

The sample is drawn from the files alone: those whose paths have the least ranks (`terms.rank`), of the stories that
nothing in their files ever holds back. So it knows neither the clock nor the shelves, and nothing that is held weighs
in. Where what is common changes, the stories that have other terms now are read again; and all of them, as after a
change of the settings, where that is not known: once in many thousands of new stories.
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
    is_same: bool  # as the store has it


def read_all(
    request: BuildRequest, site_notes: SiteNotes, tasks: list[Task], meanwhile: Iterator[object] = pool.NO_STEPS
) -> tuple[Iterator[Parsed], Sample]:
    """Read every story file: first as many as the sample takes, then the others."""
    if not request.settings.related.stories:
        work = ReadStories(request.site, site_notes, Common(), _NONE)
        return read_stories(work, tasks, request, meanwhile), Sample({}, Common(), None, is_same=False)
    order = sorted(tasks, key=lambda task: (terms.rank(task[0]), task[0]))
    first: list[Parsed] = []
    drawn: dict[str, str] = {}
    at_first, later = (meanwhile, pool.NO_STEPS) if len(order) <= 2 * _KEPT else (pool.NO_STEPS, meanwhile)
    while len(first) < len(order) and len(drawn) < _KEPT:
        more = order[len(first) : len(first) + _KEPT - len(drawn) + 64]
        for story in read_stories(ReadStories(request.site, site_notes, Common(), _EVERY), more, request, at_first):
            first.append(story)
            if _is_plain(story) and len(drawn) < _KEPT:
                drawn[story.source.path] = story.words
    last = max(map(terms.rank, drawn)) if len(drawn) == _KEPT else None
    common = _common(request, drawn)
    read = {story.source.path for story in first}
    others = [task for task in tasks if task[0] not in read]

    def every() -> Iterator[Parsed]:
        yield from (_with_terms(story, common) for story in first)
        yield from read_stories(ReadStories(request.site, site_notes, common, _NONE), others, request, later)

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
    common = Common(*(frozenset(words.split()) for words in seal.common_words))
    same = Sample({}, common, seal.sample_rank, is_same=True)
    if not request.settings.related.stories:
        return list(read_stories(ReadStories(request.site, site_notes, common, _NONE), tasks, request)), same
    last = seal.sample_rank if seal.sample_rank is not None else _EVERY
    parsed = list(read_stories(ReadStories(request.site, site_notes, common, last), tasks, request))
    reread = {story.source.path for story in parsed if not story.is_same} | gone
    if not any(terms.rank(path) <= last for path in reread):
        return parsed, same
    sample = _drawn(request, store, [story for story in parsed if story.words and _is_plain(story)], reread, same)
    if sample is None:
        return parsed, None
    turned = terms.turned(common, sample.common)
    if turned is None:
        return parsed, None
    sample = replace(sample, common=turned.common)
    if not turned.more and not turned.less:
        return parsed, sample
    touched = _touched(store, turned) - reread
    # What the sample holds is not read twice: a file may be another by now, and the card would not be of those words.
    twice = {path for path in reread - gone if terms.rank(path) > last}
    others = [(*stat, "") for stat in stories if stat[0] in touched or stat[0] in twice]
    known = store.stories.known_files(touched)
    late: dict[str, Task] = {}  # of the sample, and changed since it was drawn
    kept = [_with_terms(story, turned.common) for story in parsed if story.source.path not in touched | twice]
    for story in read_stories(ReadStories(request.site, site_notes, turned.common, _NONE), others, request):
        path, was = story.source.path, known.get(story.source.path)
        if was and story.source.digest != was[3] and terms.rank(path) <= last:
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
    if len(drawn) < terms.SAMPLE and same.last is not None:
        return None
    kept = sorted(drawn, key=lambda path: (terms.rank(path), path))[:_KEPT]
    last = terms.rank(kept[-1]) if len(kept) == _KEPT else same.last
    return Sample({path: drawn[path] for path in kept}, _common(request, drawn), last, is_same=False)


def _touched(store: Store, turned: Turned) -> set[str]:
    """The files of the stories that have other terms now."""
    cards = store.stories.cards_with(turned.more | turned.less)
    return {card.path for card in cards if turned.touches(card.terms, card.borderline_words)}


def _is_plain(story: Parsed) -> bool:
    """Whether nothing in a story's file ever holds it back."""
    return story.card is not None and story.words != "" and _is_open(story.card)


def _is_open(card: Card) -> bool:
    return card.status == "live" and card.embargo is None and not card.is_on_hold and card.expires is None


def _common(request: BuildRequest, drawn: Mapping[str, str]) -> Common:
    first = sorted(drawn, key=lambda path: (terms.rank(path), path))[: terms.SAMPLE]
    try:
        return terms.common([list(json.loads(drawn[path])) for path in first], request.settings.language)
    except ValueError as error:
        raise DamagedError from error


def _with_terms(story: Parsed, common: Common) -> Parsed:
    """The terms of a story that was read before it was known which words are common."""
    if story.card is None or not story.words:
        return story
    chosen, borderline = terms.choose(json.loads(story.words), common)
    card = replace(story.card, terms=chosen, borderline_words=borderline)
    return replace(story, card=card, text=codec.to_json(card), words="")
