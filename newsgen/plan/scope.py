"""All that planning sees: the shelves, the settings, and what people wrote about sections, persons and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from newsgen import __version__
from newsgen.index.index import Index
from newsgen.index.shelves import BRIEFS
from newsgen.language.language import Language, language_of
from newsgen.lifecycle.redirects import LazyRedirects, Redirects
from newsgen.model.card import Collection
from newsgen.model.settings import SectionFile, Settings, Site
from newsgen.model.site_files import OwnPage
from newsgen.model.story import Link
from newsgen.plan.alphabet import Alphabet, alphabet
from newsgen.plan.menu import menu_links, page_links
from newsgen.plan.periods import has_page
from newsgen.plan.picture_files import PictureFiles
from newsgen.plan.story_forms import story_forms
from newsgen.related.lookup import RelatedLists
from newsgen.source.ledger import Ledger
from newsgen.source.registers import Register
from newsgen.source.site_files import NO_SITE_FILES, SiteFiles
from newsgen.source.storylines import Storylines
from newsgen.text.address import briefs_url, period_path
from newsgen.text.collation import collation
from newsgen.text.scripts import direction

__all__ = ["FEEDS", "LABELS", "ROOTS", "Scope", "site"]

ROOTS = {"storyline": "storylines", "tag": "tags", "person": "people", "place": "places"}
LABELS = {"storyline": "storylines", "tag": "topics", "person": "people", "place": "places"}  # keys of words
# What `pages` in the settings calls the pages of a kind.
_PAGES = {**ROOTS, "date": "dates", "id": "ids", "corrections": "corrections", "withdrawn": "withdrawn"}
# The pages of notices: the key of its word, its address.
_NOTICES = {"corrections": ("corrections", "/corrections/"), "withdrawn": ("withdrawn_stories", "/withdrawn/")}
FEEDS = "/feeds/"  # the page that lists them
_NAV = 12  # sections in the navigation; the others are one step away, on the home page


@dataclass(frozen=True, slots=True)
class Scope:
    """All that a planner may look at."""

    site: Site
    settings: Settings
    index: Index
    sections: Mapping[str, SectionFile]
    people: Register
    places: Register
    topics: Register
    storylines: Storylines
    pictures: PictureFiles
    own: SiteFiles = NO_SITE_FILES
    related: RelatedLists = field(default_factory=lambda: RelatedLists({}))
    lazy_redirects: LazyRedirects = field(default_factory=lambda: LazyRedirects(Redirects, Ledger(b""), None))
    _urls: dict[tuple[Collection, str], str] = field(default_factory=dict)  # the answers of url()
    _alphabets: dict[str, Alphabet] = field(default_factory=dict)  # those of alphabet()

    @property
    def language(self) -> Language:
        """The words, dates and numbers of the site's language."""
        return language_of(self.site.language, self.site.words)

    @property
    def redirects(self) -> Redirects:
        """Where the addresses of the ledger lead."""
        return self.lazy_redirects.value

    def makes(self, kind: str) -> bool:
        """Whether the settings ask for this kind of pages."""
        return kind in ("section", "storyline", BRIEFS) or _PAGES[kind] in self.settings.pages

    def url(self, collection: Collection, period: str = "") -> str:
        """The address of a shelf's page; "" where it has none."""
        shelf = (collection, period)
        url = self._urls.get(shelf)
        if url is None:
            url = self._urls[shelf] = self._url(collection, period)
        return url

    def _url(self, collection: Collection, period: str) -> str:
        kind, slug = collection
        if not self.makes(kind) or not has_page(self.index, collection, period):
            return ""
        if kind == "date":
            return f"/{period_path(period)}"
        if kind == BRIEFS:
            return briefs_url(slug, period)
        root = f"/{ROOTS[kind]}" if kind in ROOTS else ""
        return f"{root}/{slug}/{period_path(period)}"

    def alphabet(self, kind: str) -> Alphabet:
        """The names of tags, persons or places, in the order of the site's language."""
        known = self._alphabets.get(kind)
        if known is None:
            known = self._alphabets[kind] = alphabet(self.index, kind, self.settings.language)
        return known

    def linked(self, kind: str, links: Iterable[Link]) -> tuple[Link, ...]:
        """Tags, persons or places; without their addresses where the settings do not ask for that kind of page."""
        return tuple(links) if _PAGES[kind] in self.settings.pages else tuple([Link(link.name) for link in links])

    def sections_in_order(self) -> list[tuple[str, Link, int]]:
        """Every section with stories: (slug, name and address, count); by `order` of _section.yaml, then by name."""
        rows, order = [], collation(self.settings.language)
        for slug in self.index.slugs("section"):
            name = self.index.display_name(("section", slug))
            place = self.sections[slug].order if slug in self.sections else None
            count = self.index.count(("section", slug))
            rows.append((place if place is not None else 1_000_000, order.key(name), slug, name, count))
        return [(slug, Link(name, f"/{slug}/"), count) for _place, _key, slug, name, count in sorted(rows)]


def site(
    settings: Settings,
    index: Index,
    sections: Mapping[str, SectionFile],
    assets: tuple[tuple[str, str], ...],
    pages: tuple[OwnPage, ...] = (),
) -> Site:
    """What templates see as `site`: title, addresses, navigation. `assets` are (name, address) of the theme's files."""
    scheme, _, rest = settings.base_url.partition("://")
    _host, slash, path = rest.partition("/")
    prefix = f"{slash}{path}".rstrip("/")
    bare = Site(
        title=settings.title, base_url=f"{scheme}://{rest}".rstrip("/"), prefix=prefix, language=settings.language,
        timezone=settings.timezone, description=settings.description, nav=(), indexes=(), notices=(), assets=assets,
        generator=f"newsgen {__version__}", direction=direction(settings.language),
        words=settings.words,
        story_files=story_forms(settings, index.count(("date", ""))),
    )  # fmt: skip
    if index.count(("date", "")):
        bare = replace(bare, newest_year=index.first_and_last_day(("date", ""))[1][:4])
    empty = Register((), "")
    scope = Scope(bare, settings, index, sections, empty, empty, empty, Storylines((), empty), PictureFiles({}))
    say = scope.language.say
    nav = [link for _slug, link, _count in scope.sections_in_order()]
    if len(nav) > _NAV:
        nav = [*nav[: _NAV - 1], Link(say("all_sections"), "/#sections")]
    indexes = {
        LABELS[kind]: Link(say(LABELS[kind]), f"/{root}/")
        for kind, root in ROOTS.items()
        if scope.makes(kind) and index.slugs(kind)
    }
    if scope.makes("date") and index.count(("date", "")):
        indexes = {"dates": Link(say("dates"), "/dates/"), **indexes}
    notices = {kind: Link(say(word), url) for kind, (word, url) in _NOTICES.items() if scope.makes(kind)}
    shown_notices = (*notices.values(), Link(say("feeds"), FEEDS))
    if settings.menu:
        by_slug = {slug: link for slug, link, _count in scope.sections_in_order()}
        nav = list(menu_links(settings.menu, by_slug, pages, {**indexes, **notices}))
        return replace(bare, nav=tuple(nav), notices=shown_notices)
    listed = tuple(indexes.values())
    return replace(bare, nav=tuple(nav), pages=page_links(pages), indexes=listed, notices=shown_notices)
