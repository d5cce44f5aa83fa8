"""What happens in workers: reading story and picture files; planning, rendering and writing pages.

Each class is a value that can be sent to another process; calling it there gives the function that does the work. What
goes to and fro is tuples of text and numbers: a dataclass with slots takes ten times as long to pickle.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from newsgen import cards, codec, parse, pictures, plan, pool
from newsgen.context import Context
from newsgen.discover import ThemeFiles
from newsgen.disk import Disk
from newsgen.errors import BlockedPath, ContentError, Problem
from newsgen.fingerprint import Fingerprints, changed
from newsgen.job import Job
from newsgen.model import Card, Picture, Source, Story, digest
from newsgen.pages import Page
from newsgen.record import problems_of
from newsgen.render import Renderer
from newsgen.site import Site
from newsgen.templates import Theme
from newsgen.value import value
from newsgen.write import put

__all__ = [
    "Done", "Parsed", "ReadPictures", "ReadStories", "Render", "Stood", "Unit", "read_stories", "renderer",
    "sources",
]  # fmt: skip

_Read = tuple[str, int, int, int, str, bool, str, str]  # a source, is it the same, the card and the problems as JSON
Stood = tuple[str, str, str]  # a page that stands: address, fingerprint, digest of its bytes where they are known
Unit = tuple[str, tuple[Stood, ...]]  # a unit to plan, and what it planned before
# A page: address, state, fingerprint, digest, size, mtime_ns, reason, problems as JSON. The state is written, unchanged
# (rendered to the same bytes), current (not rendered: its fingerprint is the same) or failed.
Done = tuple[str, str, str, str, int, int, str, str]


@value
class Parsed:
    """A story file as read: its card, or what is wrong with it."""

    source: Source  # with its digest
    is_same: bool  # the digest is the one known: nothing else here is filled in
    card: Card | None = None
    text: str = ""  # the card as JSON
    problems: tuple[Problem, ...] = ()


def read_stories(
    work: ReadStories, tasks: list[tuple[str, int, int, int, str]], job: Job, meanwhile: Iterator[object] = pool.NOTHING
) -> Iterator[Parsed]:
    """Read story files, in workers where they are many; `meanwhile` as for `pool.run`."""
    rows = pool.run(work, tasks, job.jobs, job.cluster, meanwhile)
    for path, size, mtime_ns, ctime_ns, found, is_same, text, wrong in rows:
        card = codec.decode(Card, json.loads(text)) if text else None
        yield Parsed(Source(path, size, mtime_ns, ctime_ns, found), is_same, card, text, problems_of(wrong))


@value
class ReadStories:
    """Reads story files; a file whose digest is the one known is not parsed."""

    site: Disk
    context: Context

    def __call__(self) -> Callable[[list[tuple[str, int, int, int, str]]], list[_Read]]:
        people, places = self.context.registers()
        sections = self.context.section_files()
        settings = self.context.settings

        def read(path: str, size: int, mtime_ns: int, ctime_ns: int, known: str) -> _Read:
            try:
                data = self.site.read(path)
            except OSError as error:
                problem = Problem("unreadable", path, values=(error.strerror or str(error),))
                return path, size, mtime_ns, ctime_ns, "", False, "", codec.text((problem,))
            found = digest(data)
            if found == known:
                return path, size, mtime_ns, ctime_ns, found, True, "", ""
            story, problems = parse.story(path, data, settings, sections)
            text = ""
            if story is not None:
                text = codec.text(cards.card(story, found, settings, sections, people, places))
                problems = (*problems, *_doubts(story))
            return path, size, mtime_ns, ctime_ns, found, False, text, codec.text(problems) if problems else ""

        return lambda batch: [read(*one) for one in batch]


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

    def __call__(self) -> Callable[[list[Unit]], list[list[Done]]]:
        theme = Theme(dict(self.theme.templates), self.codes)
        engine = renderer(self.scope.site, self.context, theme, self.theme)
        fingerprints = Fingerprints(theme, self.site_mark)

        def one(page: Page, stood: Stood | None) -> Done:
            mark = fingerprints.of(page)
            known = stood[2] if stood and not self.is_clean else ""
            if stood and known and stood[1] == mark:
                return page.url, "current", mark, known, 0, 0, "", ""
            reason = ((known and changed(stood[1], mark)) or "output") if stood else "new"
            try:
                data = engine.render(page, sources(self.site_disk, page))
                is_ours = stood is not None or self.is_lost
                found = put(self.output, page.url, data, known=known, is_ours=is_ours, is_bare=self.is_bare)
            except (ContentError, BlockedPath) as error:
                return page.url, "failed", mark, "", 0, 0, reason, codec.text(error.problems)
            wrong = codec.text(found.problems) if found.problems else ""
            return page.url, found.state, mark, found.digest, found.size, found.mtime_ns, reason, wrong

        def unit(name: str, stood: tuple[Stood, ...]) -> list[Done]:
            before = {row[0]: row for row in stood}
            return [one(page, before.get(page.url)) for page in plan.plan(name, self.scope)]

        return lambda batch: [unit(*task) for task in batch]


def renderer(site: Site, context: Context, theme: Theme, files: ThemeFiles) -> Renderer:
    """A renderer for a site."""
    people, _places = context.registers()
    return Renderer(site, context.settings, people, theme, dict(files.assets))


def sources(site: Disk, page: Page) -> tuple[bytes, ...]:
    """The bytes that a page is rendered from. ContentError where a file is not what it was when it was read."""
    found = []
    for need in page.needs:
        try:
            data = site.read(need.path)
        except OSError as error:
            problem = Problem("unreadable", need.path, values=(error.strerror or str(error),))
            raise ContentError(problem) from error
        if digest(data) != need.digest:
            raise ContentError(Problem("changed-meanwhile", need.path))
        found.append(data)
    return tuple(found)
