"""What a page says about itself: title, description, canonical address, Open Graph (ogp.me); JSON-LD is in jsonld.py.

Whatever costs more than a few strings is worked out when a template asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from newsgen.model.briefs import Briefs
from newsgen.model.card import Item, Picture
from newsgen.model.page_parts import Described, Head, StoryText
from newsgen.model.pages import (
    Article,
    Corrections,
    Directory,
    Home,
    Listing,
    Moved,
    NotFound,
    Shown,
    Tombstone,
    Withdrawn,
)
from newsgen.model.settings import Site
from newsgen.model.story import Link
from newsgen.model.value import value
from newsgen.render import jsonld
from newsgen.render.lazy import Lazy
from newsgen.text.address import page_url
from newsgen.text.english import long_day, plural, short_day, truncate

__all__ = ["briefs_head", "head_of"]

_SITE_IMAGE = ("card.png", 1200, 630)  # of a page without a photo: name, width, height
_INDEXED = "max-image-preview:large"
_KIND_TITLES = {"tag": "stories on the topic", "person": "work and mentions", "place": "stories by place"}


def head_of(site: Site, page: Shown, story: StoryText | None = None) -> Head:
    """The metadata of an HTML page. An article needs its story, no other page does."""
    match page:
        case Article():
            assert story is not None
            return _ArticleHead(site, page, story)
        case Listing():
            return _listing(site, page)
        case Directory():
            return _directory(site, page)
        case NotFound():
            text = _HeadText("Page not found", "There is no page at this address.", robots="noindex")
            return _PlainHead(site, "", text)
        case Home():
            return _home(site, page)
        case Tombstone():
            what = "This story was withdrawn." if page.state == "killed" else f"{page.headline}. The text has expired."
            name = "Withdrawn" if page.state == "killed" else page.headline
            return _PlainHead(site, "", _HeadText(name, what, robots="noindex"))
        case Moved():
            return _PlainHead(site, page_url(page.to), _HeadText("Moved", "This story is at another address."))
        case Withdrawn():
            what = f"Stories that were withdrawn from {site.title}, with the day and the reason."
            feeds = (Link("Withdrawn stories", f"{page.url}feed.xml"),)
            return _PlainHead(site, "", _HeadText("Withdrawn stories", what, feeds, robots="noindex"))
        case Corrections():
            what = f"{page.title}: what {site.title} had wrong, and what is right."
            return _PlainHead(site, page.url, _HeadText(page.title, what), lambda: jsonld.corrections(site, page))
        case Described():
            return _PlainHead(site, page.url, _HeadText(page.title, page.description))


class _ArticleHead(Head):
    og_type = "article"

    def __init__(self, site: Site, page: Article, story: StoryText) -> None:
        self._site = site
        self._page = page
        self._story = story
        self.og_title = page.item.headline
        self.robots = "noindex" if page.is_hidden else _INDEXED

    @Lazy
    def title(self) -> str:
        item = self._page.item
        return f"{item.headline} – {long_day(item.day)} | {self._site.title}"

    @Lazy
    def description(self) -> str:
        return _description_of(self._page.item, self._story)

    @Lazy
    def canonical(self) -> str:
        return self._site.base_url + (self._page.newest or self._page.item).url

    @Lazy
    def image(self) -> str:
        picture, _alt = self._picture
        return self._site.base_url + picture.url if picture else _site_image(self._site)

    @Lazy
    def image_alt(self) -> str:
        picture, alt = self._picture
        return (picture.alt or alt or self._page.item.headline) if picture else self._site.title

    @Lazy
    def image_width(self) -> int:
        picture, _alt = self._picture
        return picture.width if picture else _SITE_IMAGE[1]

    @Lazy
    def image_height(self) -> int:
        picture, _alt = self._picture
        return picture.height if picture else _SITE_IMAGE[2]

    @Lazy
    def feeds(self) -> tuple[Link, ...]:
        title, item = self._site.title, self._page.item
        if not item.section_url:  # of an old version
            return (_site_feed(title),)
        return _site_feed(title), _list_feed(item.section, title, f"{item.section_url}feed.xml")

    @Lazy
    def properties(self) -> tuple[tuple[str, str], ...]:
        item = self._page.item
        return (
            ("article:published_time", item.iso),
            ("article:modified_time", self._page.modified),
            ("article:section", item.section),
            *[("article:tag", tag.name) for tag in self._page.tags],
        )

    @Lazy
    def jsonld(self) -> str:
        return jsonld.article(self._site, self._page, self._story, self.description, _site_image(self._site))

    @Lazy
    def _picture(self) -> tuple[Picture | None, str]:
        """The first photo whose file is there, and the text of its caption."""
        for photo in self._story.photos:
            if photo.picture:
                return photo.picture, photo.caption.text
        return None, ""


def _description_of(item: Item, story: StoryText) -> str:
    """What a story is about, in a sentence or two."""
    if story.summary:
        return story.summary
    day = long_day(item.day)
    return f"{item.headline}. {item.section}, {f'{item.place}, {day}' if item.place else day}."


def briefs_head(site: Site, page: Briefs, stories: tuple[StoryText, ...]) -> Head:
    """The metadata of a page of briefs."""
    feeds = (_list_feed(page.section, site.title, f"{page.crumbs[0].url}feed.xml"),) if page.crumbs else ()
    text = _HeadText(page.title, page.description, feeds, "noindex" if page.is_hidden else _INDEXED)

    def make_jsonld() -> str:
        descriptions = [_description_of(brief.item, story) for brief, story in zip(page.stories, stories, strict=True)]
        return jsonld.briefs(site, page, zip(page.stories, stories, descriptions, strict=True), _site_image(site))

    return _PlainHead(site, page.url, text, make_jsonld)


@value
class _HeadText:
    """What distinguishes the head of one page from that of another."""

    name: str  # the title before the site's; "" for the site's alone
    description: str
    feeds: tuple[Link, ...] = ()  # beside the site's
    robots: str = _INDEXED
    og_type: str = "website"


class _PlainHead(Head):
    """The head of a page that is no article.

    `url` is the canonical address, "" for none; `make_jsonld` is called when a template asks for JSON-LD.
    """

    image_width = _SITE_IMAGE[1]
    image_height = _SITE_IMAGE[2]

    def __init__(self, site: Site, url: str, text: _HeadText, make_jsonld: Callable[[], str] = str) -> None:
        self.title = f"{text.name} | {site.title}" if text.name else site.title
        self.description = truncate(text.description, 300)
        self.canonical = site.base_url + url if url else ""
        self.og_type = text.og_type
        self.og_title = text.name or site.title
        self.robots = text.robots
        self.image = _site_image(site)
        self.image_alt = site.title
        self.feeds = (*text.feeds, _site_feed(site.title))
        self._make_jsonld = make_jsonld

    @Lazy
    def jsonld(self) -> str:
        return self._make_jsonld()


def _home(site: Site, page: Home) -> Head:
    span = f" from {long_day(page.first_day)} to {long_day(page.last_day)}" if page.first_day else ""
    description = site.description or f"{plural(page.count, 'story', 'stories')}{span}."
    return _PlainHead(site, "/", _HeadText("", description), lambda: jsonld.home(site, description))


def _listing(site: Site, page: Listing) -> Head:
    name = page.title
    if page.kind in _KIND_TITLES:
        name = f"{page.title}: {_KIND_TITLES[page.kind]}"
    span = short_day(page.first_day)
    if page.last_day != page.first_day:
        span = f"{span} to {short_day(page.last_day)}"
    what = f"{name}: {plural(page.count, 'story', 'stories')} in {site.title}, {span}."
    description = f"{truncate(page.description, 160)} {what}" if page.description and page.level == "all" else what
    feeds = (_list_feed(page.name, site.title, page.feed_url),) if page.feed_url else ()
    og_type = "profile" if page.kind == "person" and page.level == "all" else "website"
    text = _HeadText(name, description, feeds, og_type=og_type)
    return _PlainHead(site, page.url, text, lambda: jsonld.listing(site, page, name))


def _directory(site: Site, page: Directory) -> Head:
    name = page.title if page.letter else f"{page.title} in the archive"
    what = f"{page.title}: {plural(page.count, 'name', 'names')} in {site.title}, each with its stories."
    return _PlainHead(site, page.url, _HeadText(name, what), lambda: jsonld.directory(site, page, name))


# The same Link objects on every page, so that what a macro printed for one can be kept: see templates/macro_cache.py.


@lru_cache(maxsize=16)
def _site_feed(title: str) -> Link:
    return Link(title, "/feed.xml")


@lru_cache(maxsize=1024)
def _list_feed(name: str, title: str, url: str) -> Link:
    return Link(f"{name} – {title}", url)


def _site_image(site: Site) -> str:
    """The absolute address of the site's own image; "" where the theme has none."""
    for name, url in site.assets:
        if name == _SITE_IMAGE[0]:
            return site.base_url + url
    return ""
