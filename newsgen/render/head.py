"""What a page says about itself: title, description, canonical address, Open Graph (ogp.me); JSON-LD is in jsonld.py.

Whatever costs more than a few strings is worked out when a template asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from newsgen.language.language import Language, language_of
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
from newsgen.text.english import truncate

__all__ = ["briefs_head", "head_of"]

_SITE_IMAGE = ("card.png", 1200, 630)  # of a page without a photo: name, width, height
_INDEXED = "max-image-preview:large"
_KIND_TITLES = {
    "tag": "title_of_topic", "person": "title_of_person", "place": "title_of_place", "storyline": "title_of_storyline",
}  # fmt: skip


def head_of(site: Site, page: Shown, story: StoryText | None = None) -> Head:
    """The metadata of an HTML page. An article needs its story, no other page does."""
    language = language_of(site.language, site.words)
    say = language.say
    match page:
        case Article():
            assert story is not None
            return _ArticleHead(site, page, story, language)
        case Listing():
            return _listing(site, page, language)
        case Directory():
            return _directory(site, page, language)
        case NotFound():
            text = _HeadText(say("title_not_found"), say("about_not_found"), robots="noindex")
            return _PlainHead(site, "", text)
        case Home():
            return _home(site, page, language)
        case Tombstone():
            text = _HeadText(say("withdrawn"), say("about_withdrawn_story"), robots="noindex")
            if page.state != "killed":
                text = _HeadText(page.headline, say("about_expired_story", headline=page.headline), robots="noindex")
            return _PlainHead(site, "", text)
        case Moved():
            return _PlainHead(site, page_url(page.to), _HeadText(say("moved"), say("about_moved")))
        case Withdrawn():
            what, name = say("about_withdrawn", site=site.title), say("withdrawn_stories")
            feeds = (Link(name, f"{page.url}feed.xml"),)
            return _PlainHead(site, page.url, _HeadText(name, what, feeds, robots="noindex"))
        case Corrections():
            what = say("about_corrections", title=page.title, site=site.title)
            return _PlainHead(site, page.url, _HeadText(page.title, what), lambda: jsonld.corrections(site, page))
        case Described():
            return _PlainHead(site, page.url, _HeadText(page.title, page.description))


class _ArticleHead(Head):
    og_type = "article"

    def __init__(self, site: Site, page: Article, story: StoryText, language: Language) -> None:
        self._site = site
        self._page = page
        self._story = story
        self._language = language
        self.og_title = page.item.headline
        self.robots = "noindex" if page.is_hidden else _INDEXED

    @Lazy
    def title(self) -> str:
        item = self._page.item
        return f"{item.headline} – {self._language.long_day(item.day)} | {self._site.title}"

    @Lazy
    def description(self) -> str:
        return _description_of(self._page.item, self._story, self._language)

    @Lazy
    def canonical(self) -> str:
        return self._site.base_url + (self._page.newest or self._page.item).url

    @Lazy
    def image(self) -> str:
        picture, _alt = self._picture
        return self._site.base_url + picture.card if picture else _site_image(self._site)

    @Lazy
    def image_alt(self) -> str:
        picture, alt = self._picture
        return (picture.alt or alt or self._page.item.headline) if picture else self._site.title

    @Lazy
    def image_width(self) -> int:
        picture, _alt = self._picture
        return picture.card_size[0] if picture else _SITE_IMAGE[1]

    @Lazy
    def image_height(self) -> int:
        picture, _alt = self._picture
        return picture.card_size[1] if picture else _SITE_IMAGE[2]

    @Lazy
    def feeds(self) -> tuple[Link, ...]:
        title, item = self._site.title, self._page.item
        if not item.section_url:  # of an old version
            return (_site_feed(title),)
        return _site_feed(title), _list_feed(self._language, item.section, title, f"{item.section_url}feed.xml")

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
    def names(self) -> tuple[tuple[str, str], ...]:
        return self._story.highwire

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


def _description_of(item: Item, story: StoryText, language: Language) -> str:
    """What a story is about, in a sentence or two."""
    if story.summary:
        return story.summary
    where = language.say("comma").join(filter(None, (item.place, language.long_day(item.day))))
    return language.say("about_story", headline=item.headline, section=item.section, where=where)


def briefs_head(site: Site, page: Briefs, stories: tuple[StoryText, ...]) -> Head:
    """The metadata of a page of briefs."""
    language = language_of(site.language, site.words)
    feeds = (_list_feed(language, page.section, site.title, f"{page.crumbs[0].url}feed.xml"),) if page.crumbs else ()
    text = _HeadText(page.title, page.description, feeds, "noindex" if page.is_hidden else _INDEXED)

    def make_jsonld() -> str:
        descriptions = [
            _description_of(brief.item, story, language) for brief, story in zip(page.stories, stories, strict=True)
        ]
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


def _home(site: Site, page: Home, language: Language) -> Head:
    description = site.description or language.say("about_home", n=page.count)
    if page.first_day and not site.description:
        first, last = language.long_day(page.first_day), language.long_day(page.last_day)
        description = language.say("about_home_span", n=page.count, first=first, last=last)
    return _PlainHead(site, "/", _HeadText("", description), lambda: jsonld.home(site, description))


def _listing(site: Site, page: Listing, language: Language) -> Head:
    name = page.title
    if page.kind in _KIND_TITLES:
        name = language.say(_KIND_TITLES[page.kind], name=page.title)
    days = language.short_day(page.first_day)
    if page.last_day != page.first_day:
        days = language.say("day_span", first=days, last=language.short_day(page.last_day))
    what = language.say("about_list", n=page.count, name=name, site=site.title, days=days)
    description = f"{truncate(page.description, 160)} {what}" if page.description and page.level == "all" else what
    feeds = (_list_feed(language, page.name, site.title, page.feed_url),) if page.feed_url else ()
    og_type = "profile" if page.kind == "person" and page.level == "all" else "website"
    text = _HeadText(name, description, feeds, og_type=og_type)
    return _PlainHead(site, page.url, text, lambda: jsonld.listing(site, page, name))


def _directory(site: Site, page: Directory, language: Language) -> Head:
    name = page.title if page.letter else language.say("title_of_directory", title=page.title)
    what = language.say("about_directory", n=page.count, title=page.title, site=site.title)
    return _PlainHead(site, page.url, _HeadText(name, what), lambda: jsonld.directory(site, page, name))


# The same Link objects on every page, so that what a macro printed for one can be kept: see templates/macro_cache.py.


@lru_cache(maxsize=16)
def _site_feed(title: str) -> Link:
    return Link(title, "/feed.xml")


@lru_cache(maxsize=1024)
def _list_feed(language: Language, name: str, title: str, url: str) -> Link:
    return Link(language.say("list_feed", name=name, site=title), url)


def _site_image(site: Site) -> str:
    """The absolute address of the site's own image; "" where the theme has none."""
    for name, url in site.assets:
        if name == _SITE_IMAGE[0]:
            return site.base_url + url
    return ""
