"""What happens in workers: reading story and picture files, rendering and writing pages.

Each class is a value that can be sent to another process; calling it there gives the function that does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from newsgen import cards, parse, pictures
from newsgen.cards import Register
from newsgen.context import Context
from newsgen.discover import ThemeFiles
from newsgen.disk import Disk
from newsgen.errors import BlockedPath, ContentError, Problem
from newsgen.model import Card, Picture, Source, Story, digest
from newsgen.pages import Page
from newsgen.render import Renderer
from newsgen.site import Site
from newsgen.templates import Theme
from newsgen.write import Written, put

__all__ = ["Parsed", "ReadPictures", "ReadStories", "Render", "RenderTask", "renderer", "sources"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A story file as read: its card, or what is wrong with it."""

    source: Source  # with its digest
    is_same: bool  # the digest is the one known: nothing else here is filled in
    card: Card | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadStories:
    """Reads story files; a file whose digest is the one known is not parsed."""

    site: Disk
    context: Context

    def __call__(self) -> Callable[[list[Source]], list[Parsed]]:
        people, places = self.context.registers()
        sections = self.context.section_files()
        settings = self.context.settings

        def read(known: Source) -> Parsed:
            try:
                data = self.site.read(known.path)
            except OSError as error:
                problem = Problem("unreadable", known.path, values=(error.strerror or str(error),))
                return Parsed(replace(known, digest=""), False, problems=(problem,))
            found = digest(data)
            source = replace(known, digest=found)
            if found == known.digest:
                return Parsed(source, True)
            story, problems = parse.story(known.path, data, settings, sections)
            if story is None:
                return Parsed(source, False, None, problems)
            card = cards.card(story, found, settings, sections, people, places)
            return Parsed(source, False, card, (*problems, *_doubts(story)))

        return lambda batch: [read(source) for source in batch]


def _doubts(story: Story) -> Iterator[Problem]:
    """What a person should look at: a caption that forbids what an archive does, a story without a text."""
    if not story.body.strip() and story.type not in ("brief", "photo"):
        yield Problem("no-body", story.path, story.body_line, severity="advice")
    for caption in cards.captions(story):
        if caption.no_archives:
            yield Problem("no-archives", story.path, severity="warning")


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class RenderTask:
    """A page to render, and what is known of the file in its place."""

    page: Page
    known: str  # the digest of what stands there, where it is known to stand; else ""
    is_ours: bool  # newsgen wrote what may stand there


@dataclass(frozen=True, slots=True)
class Render:
    """Renders pages and writes them; with no output, gives their bytes to nobody but `look`."""

    site_disk: Disk
    output: Disk | None
    site: Site
    context: Context
    theme: ThemeFiles

    def __call__(self) -> Callable[[list[RenderTask]], list[Written]]:
        engine = renderer(self.site, self.context, self.theme)

        def one(task: RenderTask) -> Written:
            page = task.page
            try:
                data = engine.render(page, sources(self.site_disk, page))
            except ContentError as error:
                return Written(page.url, "failed", problems=error.problems)
            if self.output is None:
                return Written(page.url, "unchanged", digest(data), len(data))
            try:
                return put(self.output, page.url, data, known=task.known, is_ours=task.is_ours)
            except BlockedPath as error:
                return Written(page.url, "failed", problems=error.problems)

        return lambda batch: [one(task) for task in batch]


def renderer(site: Site, context: Context, theme: ThemeFiles) -> Renderer:
    """A renderer for a site."""
    return Renderer(
        site,
        context.settings,
        context.section_files(),
        Register(context.people, "people"),
        Theme(dict(theme.templates)),
        dict(theme.assets),
    )


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
