"""Reading story and picture files, in workers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from newsgen import storyfile
from newsgen.disk import Disk
from newsgen.engine.request import BuildRequest
from newsgen.index import cards
from newsgen.lint.file_rules import check_file
from newsgen.model import codec
from newsgen.model.card import Card
from newsgen.model.errors import Problem
from newsgen.model.files import Source, digest
from newsgen.model.value import value
from newsgen.pictures import measure
from newsgen.related import terms
from newsgen.related.bounds import Bounds
from newsgen.related.terms import CommonWords
from newsgen.source.site_files import STATIC
from newsgen.source.site_notes import SiteNotes
from newsgen.store import PictureRow
from newsgen.workers import pool
from newsgen.workers.batches import BATCH_BYTES, BATCH_SIZE, in_batches

__all__ = ["Parsed", "ReadPictures", "ReadStories", "Task", "read_stories"]

Task = tuple[str, int, int, int, str]  # a story file: path, size, mtime_ns, ctime_ns, the digest that is known
# A source, is it the same, the card, the problems and, of a story that the sample may need, its words as JSON.
_Read = tuple[str, int, int, int, str, bool, str, str, str]


@value
class Parsed:
    """A story file as read: its card, or what is wrong with it."""

    source: Source  # with its digest
    is_same: bool  # the digest is the one known: nothing else here is filled in
    card: Card | None = None
    text: str = ""  # the card as JSON
    problems: tuple[Problem, ...] = ()
    words: str = ""  # of a story that the sample may need: how often each is used, as JSON


def read_stories(
    work: ReadStories, tasks: list[Task], request: BuildRequest, meanwhile: Iterator[object] = pool.NO_STEPS
) -> Iterator[Parsed]:
    """Read story files, in workers where they are many; `meanwhile` as for `pool.map_tasks`."""
    rows = pool.map_tasks(work, tasks, request.workers, request.cluster, meanwhile)
    for path, size, mtime_ns, ctime_ns, found, is_same, text, wrong, words in rows:
        card = codec.decode(Card, json.loads(text)) if text else None
        source, problems = Source(path, size, mtime_ns, ctime_ns, found), codec.problems_from_json(wrong)
        yield Parsed(source, is_same, card, text, problems, words)


@value
class ReadStories:
    """Reads story files; a file whose digest is the one known is not parsed."""

    site: Disk
    site_notes: SiteNotes
    common: CommonWords
    sampled: int  # up to this rank, files are read for the sample too
    bounds: Bounds

    def __call__(self) -> Callable[[list[Task]], list[_Read]]:
        inputs = cards.card_inputs(self.site_notes)
        settings, sections = inputs.settings, self.site_notes.section_defaults()
        is_about = settings.related.stories > 0

        def read(path: str) -> tuple[bytes, tuple[Problem, ...]]:
            try:
                return self.site.read(path), ()
            except OSError as error:
                return b"", (Problem("unreadable", path, values=(error.strerror or str(error),)),)

        def some(tasks: list[Task]) -> Iterator[_Read]:
            files = [read(path) for path, *_source in tasks]
            found = ["" if wrong else digest(data) for data, wrong in files]
            stories = [
                (None, wrong) if wrong or mark == known else storyfile.read_story(path, data, settings, sections)
                for (path, *_source, known), (data, wrong), mark in zip(tasks, files, found, strict=True)
            ]
            bags = [
                terms.word_counts(story.headline, story.body) if story and is_about and story.status != "killed" else {}
                for story, _wrong in stories
            ]
            about = [terms.choose_terms(bag, self.common, self.bounds) if bag else ("", "") for bag in bags]
            made = [
                cards.make_card(story, mark, inputs, told) if story else None
                for (story, _wrong), mark, told in zip(stories, found, about, strict=True)
            ]
            texts = [codec.to_json(card) if card else "" for card in made]
            samples = [
                json.dumps(bag, ensure_ascii=False) if bag and terms.sample_rank(task[0]) <= self.sampled else ""
                for bag, task in zip(bags, tasks, strict=True)
            ]
            for task, mark, (story, wrong), text, words in zip(tasks, found, stories, texts, samples, strict=True):
                path, size, mtime_ns, ctime_ns, known = task
                problems = (*wrong, *check_file(story, cards.parse_captions(story))) if story else wrong
                said = codec.to_json(problems) if problems else ""
                yield path, size, mtime_ns, ctime_ns, mark, mark == known != "", text, said, words

        return lambda batch: [row for tasks in in_batches(batch, _weight) for row in some(tasks)]


def _weight(task: Task) -> int:
    """1 for a story; more for a file so large that 64 of its kind should not be held at once."""
    return 1 + task[1] // (BATCH_BYTES // BATCH_SIZE)


@value
class ReadPictures:
    """Reads picture files and those of static/: digest, size in pixels, address, what is private in them."""

    site: Disk
    is_made_smaller: bool  # whether there is a darkroom, which makes the files of a picture

    def __call__(self) -> Callable[[list[Source]], list[PictureRow]]:
        def read(source: Source) -> PictureRow:
            from newsgen.pictures.look import look  # only where a picture is new: it takes 10 ms to load

            try:
                data = self.site.read(source.path)
            except OSError:
                return PictureRow(source, None)
            known = replace(source, digest=digest(data))
            if source.path.startswith(STATIC):
                return PictureRow(known, measure.read_picture(data, known.digest), known.digest)
            seen = look(data, is_made_smaller=self.is_made_smaller)
            return PictureRow(known, seen.picture, seen.published, seen.found)

        return lambda batch: [read(source) for source in batch]
