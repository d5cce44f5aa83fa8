"""What happens in workers: reading story and picture files; planning, rendering and writing pages.

Each class is a value that can be sent to another process; calling it there gives the function that does the work. What
goes to and fro is tuples of text and numbers: a dataclass with slots takes ten times as long to pickle.

The work is done step by step for some dozens of stories together - all are read, then all parsed, then all made into
cards - and not story by story: a processor that does the same thing again finds its code and tables at hand. That alone
takes a sixth off a build's time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from newsgen import cards, codec, parse, pictures, plan, pool, terms, units
from newsgen.context import Context
from newsgen.discover import ThemeFiles
from newsgen.disk import Disk
from newsgen.errors import BlockedPath, ContentError, Problem
from newsgen.fingerprint import Fingerprints, changed
from newsgen.job import Job
from newsgen.model import Card, Picture, Source, Story, digest
from newsgen.pages import Page
from newsgen.proof import Finder
from newsgen.record import problems_of
from newsgen.rendering import renderer, sources
from newsgen.templates import Theme
from newsgen.terms import Common
from newsgen.value import value
from newsgen.write import put

__all__ = [
    "Done", "Parsed", "ReadPictures", "ReadStories", "Render", "Stood", "Task", "Unit", "read_stories",
]  # fmt: skip

T = TypeVar("T")
Task = tuple[str, int, int, int, str]  # a story file: path, size, mtime_ns, ctime_ns, the digest that is known
# A source, is it the same, the card, the problems and, of a story that the sample may need, its words as JSON.
_Read = tuple[str, int, int, int, str, bool, str, str, str]
Stood = tuple[str, str, str]  # a page that stands: address, fingerprint, digest of its bytes where they are known
Unit = tuple[str, tuple[Stood, ...]]  # a unit to plan, and what it planned before
# A page: address, state, fingerprint, digest, size, mtime_ns, reason, problems as JSON. The state is written, unchanged
# (rendered to the same bytes), current (not rendered: its fingerprint is the same) or failed.
Done = tuple[str, str, str, str, int, int, str, str]

_TOGETHER = 64  # stories or pages that take each step together: as fast as 128, and less to hold
_BYTES = 1024 * 1024  # of files, that are held at once: usually 64 stories are a fifth of it
_BOUNDED = ("story", "shelf")  # units whose pages are small


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
    work: ReadStories, tasks: list[Task], job: Job, meanwhile: Iterator[object] = pool.NOTHING
) -> Iterator[Parsed]:
    """Read story files, in workers where they are many; `meanwhile` as for `pool.run`."""
    rows = pool.run(work, tasks, job.jobs, job.cluster, meanwhile)
    for path, size, mtime_ns, ctime_ns, found, is_same, text, wrong, words in rows:
        card = codec.decode(Card, json.loads(text)) if text else None
        yield Parsed(Source(path, size, mtime_ns, ctime_ns, found), is_same, card, text, problems_of(wrong), words)


@value
class ReadStories:
    """Reads story files; a file whose digest is the one known is not parsed."""

    site: Disk
    context: Context
    common: Common
    sampled: int  # up to this rank, files are read for the sample too

    def __call__(self) -> Callable[[list[Task]], list[_Read]]:
        people, places = self.context.registers()
        sections = self.context.section_files()
        settings = self.context.settings
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
                (None, wrong) if wrong or mark == known else parse.story(path, data, settings, sections)
                for (path, *_source, known), (data, wrong), mark in zip(tasks, files, found, strict=True)
            ]
            bags = [
                terms.bag(story.headline, story.body) if story and is_about and story.status != "killed" else {}
                for story, _wrong in stories
            ]
            about = [terms.choose(bag, self.common) if bag else ("", "") for bag in bags]
            made = [
                cards.card(story, mark, settings, sections, people, places, told) if story else None
                for (story, _wrong), mark, told in zip(stories, found, about, strict=True)
            ]
            texts = [codec.text(card) if card else "" for card in made]
            samples = [
                json.dumps(bag, ensure_ascii=False) if bag and terms.rank(task[0]) <= self.sampled else ""
                for bag, task in zip(bags, tasks, strict=True)
            ]
            for task, mark, (story, wrong), text, words in zip(tasks, found, stories, texts, samples, strict=True):
                path, size, mtime_ns, ctime_ns, known = task
                problems = (*wrong, *_doubts(story)) if story else wrong
                said = codec.text(problems) if problems else ""
                yield path, size, mtime_ns, ctime_ns, mark, mark == known != "", text, said, words

        return lambda batch: [row for tasks in _together(batch, _weight) for row in some(tasks)]


def _together(tasks: Iterable[T], weight: Callable[[T], int]) -> Iterator[list[T]]:
    """Tasks in their order, as many at once as weigh _TOGETHER, and at least one."""
    found: list[T] = []
    total = 0
    for task in tasks:
        one = weight(task)
        if found and total + one > _TOGETHER:
            yield found
            found, total = [], 0
        found.append(task)
        total += one
    if found:
        yield found


def _weight(task: Task) -> int:
    """1 for a story; more for a file so large that 64 of its kind should not be held at once."""
    return 1 + task[1] // (_BYTES // _TOGETHER)


def _doubts(story: Story) -> Iterator[Problem]:
    """What a person should look at: a caption that forbids what an archive does, a story without a text."""
    if not story.body.strip() and story.type not in ("brief", "photo"):
        yield Problem("no-body", story.path, story.body_line, severity="advice")
    for caption in cards.captions(story):
        if caption.no_archives:
            yield Problem("no-archives", story.path, severity="warning")


@value
class ReadPictures:
    """Reads picture files: digest, size in pixels, address."""

    site: Disk

    def __call__(self) -> Callable[[list[Source]], list[tuple[Source, Picture | None]]]:
        def read(source: Source) -> tuple[Source, Picture | None]:
            try:
                data = self.site.read(source.path)
            except OSError:
                return source, None
            found = digest(data)
            return replace(source, digest=found), pictures.picture(source.path, data, found)

        return lambda batch: [read(source) for source in batch]


@value
class Render:
    """Plans units, renders those of their pages that are not what they were, and writes them."""

    site_disk: Disk
    output: Disk
    scope: plan.Scope
    context: Context
    theme: ThemeFiles
    codes: Mapping[str, bytes]  # its templates, compiled
    site_mark: str
    is_clean: bool  # render whatever the fingerprints say
    is_lost: bool  # there was no record: only the marker says that the folder is newsgen's
    is_bare: bool  # nor any file
    finder: Finder | None  # of what is held

    def __call__(self) -> Callable[[list[Unit]], list[list[Done]]]:
        theme = Theme(dict(self.theme.templates), self.codes)
        engine = renderer(self.scope.site, self.context, theme, self.theme)
        fingerprints = Fingerprints(theme, self.site_mark, self.context.settings, self.context.people)

        def planned(name: str, stood: tuple[Stood, ...]) -> list[_Page]:
            before = {row[0]: row for row in stood}
            return [_Page(page, before.get(page.url)) for page in plan.plan(name, self.scope)]

        def look(one: _Page) -> None:
            """Whether the page is what it was, and if not, why."""
            one.mark = fingerprints.of(one.page)
            if one.stood is None:
                return
            _url, before, known = one.stood
            one.reason = (known and changed(before, one.mark)) or ("output" if not self.is_clean else "whole")
            one.known = known if not self.is_clean else ""
            if one.known and before == one.mark:
                one.end("current", one.known)

        def read(one: _Page) -> None:
            one.sources = sources(self.site_disk, one.page)

        def fill(one: _Page) -> None:
            one.data = engine.render(one.page, one.sources)

        def prove(one: _Page) -> None:
            assert self.finder is not None
            self.finder.check(one.page, one.sources, one.data)

        def write(one: _Page) -> None:
            is_ours = one.stood is not None or self.is_lost
            found = put(self.output, one.page.url, one.data, known=one.known, is_ours=is_ours, is_bare=self.is_bare)
            one.end(found.state, found.digest, found.size, found.mtime_ns, found.problems)

        def some(tasks: list[Unit]) -> list[list[Done]]:
            found = [planned(*task) for task in tasks]
            pages = [one for unit in found for one in unit]
            for one in pages:
                look(one)
            for part in _readable(read, [one for one in pages if not one.is_done]):
                filled = _through(fill, part)
                _through(write, _through(prove, filled) if self.finder else filled)
            return [[one.done for one in unit] for unit in found]

        return lambda batch: [unit for tasks in _together(batch, _unit_weight) for unit in some(tasks)]


class _Page:
    """A page on its way through the steps of `Render`."""

    __slots__ = ("data", "done", "is_done", "known", "mark", "page", "reason", "sources", "stood")

    def __init__(self, page: Page, stood: Stood | None) -> None:
        self.page = page
        self.stood = stood
        self.mark = ""
        self.known = ""  # the digest of the bytes that stand there, where that is certain
        self.reason = "new"
        self.sources: tuple[bytes, ...] = ()
        self.data = b""
        self.is_done = False
        self.done: Done

    def end(self, state: str, found: str, size: int = 0, mtime_ns: int = 0, problems: tuple[Problem, ...] = ()) -> None:
        """What became of it."""
        wrong = codec.text(problems) if problems else ""
        reason = self.reason if state != "current" else ""
        self.done = (self.page.url, state, self.mark, found, size, mtime_ns, reason, wrong)
        self.is_done = True


def _through(step: Callable[[_Page], None], pages: Iterable[_Page]) -> list[_Page]:
    """Let pages take a step; gives those that are not at an end with it. Where it fails, a page has failed."""
    left = []
    for one in pages:
        try:
            step(one)
        except (ContentError, BlockedPath) as error:
            one.end("failed", "", problems=error.problems)
        if not one.is_done:
            left.append(one)
    return left


def _readable(read: Callable[[_Page], None], pages: list[_Page]) -> Iterator[list[_Page]]:
    """Pages with what they are rendered from, as many at once as may be held."""
    found: list[_Page] = []
    size = 0
    for one in pages:
        found += _through(read, [one])
        size += sum(map(len, one.sources))
        if size > _BYTES:
            yield found
            found, size = [], 0
    yield found


def _unit_weight(task: Unit) -> int:
    return 1 if units.split(task[0])[0] in _BOUNDED else _TOGETHER
