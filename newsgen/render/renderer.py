"""A page to its bytes: pure, and the same in every worker.

The bytes of the files that a page needs come in with it, in the order of `page.needs`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from newsgen import storyfile
from newsgen.disk import Disk
from newsgen.language.language import language_of
from newsgen.model.briefs import Briefs
from newsgen.model.errors import ContentError, Problem
from newsgen.model.files import digest
from newsgen.model.page_parts import FeedText, StoryText
from newsgen.model.pages import (
    Article,
    Asset,
    Copied,
    Derived,
    Feed,
    FeedEntry,
    JsonFeed,
    Need,
    Page,
    Shown,
    StoryFile,
    WrittenPage,
    alone,
)
from newsgen.model.settings import Site
from newsgen.pictures.darkroom import Darkroom
from newsgen.pictures.files import PictureFile
from newsgen.render.feed_text import feed_text, json_feed
from newsgen.render.head import briefs_head, head_of
from newsgen.render.story_files import make_story_file
from newsgen.render.story_text import body_text, page_text, story_text
from newsgen.render.templates.theme import Theme
from newsgen.source.site_notes import SiteNotes
from newsgen.source.theme import ThemeFiles
from newsgen.text.links import in_feed

__all__ = ["Renderer", "read_sources"]

_FEED_TEXTS = (
    1024  # stories of feeds that are kept, some 4 MB: one is in the feeds of the site, its section, its topics
)


class _Texts(NamedTuple):
    """The texts of some stories."""

    needs: tuple[Need, ...]  # their files
    stories: tuple[Article, ...]
    texts: tuple[StoryText, ...]


class Renderer:
    """Turns the pages of one site into bytes, with a theme that it has to itself."""

    def __init__(
        self,
        site: Site,
        site_notes: SiteNotes,
        theme: Theme,
        theme_files: ThemeFiles,
        darkroom: Darkroom | None = None,
    ) -> None:
        self._site = site
        self._settings = site_notes.settings
        self._people, _places, _topics = site_notes.registers()
        self._theme = theme
        self._assets = dict(theme_files.assets)
        self._darkroom = darkroom
        self._last = _Texts((), (), ())  # of the last page that shows stories whole, or its files
        self._feed: tuple[Feed | None, tuple[FeedText, ...]] = (None, ())  # the last feed, which has two forms
        self._language = language_of(site.language, site.words)
        self._feed_text = lru_cache(_FEED_TEXTS)(self._make_feed_text)
        theme.use_site(site)

    def render(self, page: Page, sources: tuple[bytes, ...]) -> bytes:
        """The bytes of a page from those of the files it needs. ContentError where a template fails."""
        data = page.data
        if isinstance(data, Asset):
            return self._assets[data.name]
        if isinstance(data, Copied):
            from newsgen.pictures.published import published  # only where a picture is made: it takes 10 ms to load

            return sources[0] if data.is_whole else published(sources[0]).data
        if isinstance(data, Derived):
            return self._develop(page.url, data, sources[0], page.needs[0])
        if isinstance(data, WrittenPage):
            body = storyfile.read_body(sources[0], data.path)
            text = page_text(body, dict(data.pictures), self._site)
            return self._fill(page, head_of(self._site, data), (text,))
        if isinstance(data, Article):
            paths = [need.path for need in page.needs]
            bodies = tuple(map(storyfile.read_body, sources, paths))
            text = self._story_text(data, bodies)
            self._last = _Texts(page.needs[:1], (data,), (text,))
            return self._fill(page, head_of(self._site, data, text), (text,))
        if isinstance(data, Briefs):
            texts = tuple(map(self._text_of, data.stories, sources, page.needs))
            self._last = _Texts(page.needs, data.stories, texts)
            return self._fill(page, briefs_head(self._site, data, texts), texts)
        if isinstance(data, StoryFile):
            texts = self._texts_alone(data, page, sources)
            return make_story_file(self._site, data, texts).encode("utf-8", "replace")
        if isinstance(data, Feed):
            return self._fill(page, None, self._feed_texts(data, sources))
        if isinstance(data, JsonFeed):
            return json_feed(self._site, data, self._feed_texts(data.feed, sources)).encode("utf-8", "replace")
        return self._fill(page, head_of(self._site, data) if isinstance(data, Shown) else None, ())

    def _develop(self, url: str, data: Derived, source: bytes, need: Need) -> bytes:
        assert self._darkroom is not None
        try:
            file = PictureFile(url, data.width, data.height, data.format, data.is_crop)
            return self._darkroom.make(source, need.digest, file, data.said)
        except ValueError as error:
            raise ContentError(Problem("photo-failed", data.path, values=(url, str(error)))) from error

    def _text_of(self, story: Article, source: bytes, need: Need) -> StoryText:
        return self._story_text(story, (storyfile.read_body(source, need.path),))

    def _texts_alone(self, data: StoryFile, page: Page, sources: tuple[bytes, ...]) -> tuple[StoryText, ...]:
        """The stories of a file. They are those of its page, or of the file before, where that was made last."""
        last = self._last
        if last.stories is not data.stories:
            is_same = last.needs == page.needs and tuple(map(alone, last.stories)) == data.stories
            texts = last.texts if is_same else tuple(map(self._text_of, data.stories, sources, page.needs))
            self._last = last = _Texts(page.needs, data.stories, texts)
        return last.texts

    def _story_text(self, story: Article, bodies: tuple[str, ...]) -> StoryText:
        return story_text(story, bodies, self._people, self._settings, self._site)

    def _feed_texts(self, feed: Feed, sources: tuple[bytes, ...]) -> tuple[FeedText, ...]:
        """The stories of a feed; those of the last one where it is the same."""
        if self._feed[0] is not feed:
            self._feed = feed, tuple(map(self._feed_text, feed.entries, sources))
        return self._feed[1]

    def _make_feed_text(self, entry: FeedEntry, source: bytes) -> FeedText:
        address = in_feed(self._site.base_url, self._site.prefix, entry.item.url)
        body = body_text(storyfile.read_body(source), address, entry.language or self._site.language)
        return feed_text(entry, body, self._language, self._site.base_url)

    def _fill(self, page: Page, head: object, stories: tuple[object, ...]) -> bytes:
        owner = page.needs[0].path if isinstance(page.data, Article) else page.url
        text = self._theme.render(page.template, owner, page=page.data, head=head, stories=stories)
        try:
            return text.encode("utf-8")
        except UnicodeEncodeError as error:
            problem = Problem("template-failed", f"templates/{page.template}", values=(str(error), owner))
            raise ContentError(problem) from error


def read_sources(site: Disk, page: Page) -> tuple[bytes, ...]:
    """The bytes of the files that a page needs, in the order of `page.needs`.

    ContentError where a file cannot be read, or is not what it was when its story was read.
    """
    sources = []
    for need in page.needs:
        try:
            data = site.read(need.path)
        except OSError as error:
            problem = Problem("unreadable", need.path, values=(error.strerror or str(error),))
            raise ContentError(problem) from error
        if digest(data) != need.digest:
            raise ContentError(Problem("changed-meanwhile", need.path))
        sources.append(data)
    return tuple(sources)
