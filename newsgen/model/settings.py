"""The settings of a site, its notes on sections and names, and `Site`, which is what templates see of them."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.model.site_files import MenuEntry
from newsgen.model.story import Link, Rights
from newsgen.model.targets import TargetSettings
from newsgen.model.value import value

__all__ = [
    "CSP_DIRECTIVES", "HOSTS", "Agency", "FeedSettings", "HostRules", "RegisterEntry", "RelatedSettings",
    "SectionDefaults", "SectionFile", "SectionHold", "Settings", "Site", "Storyline", "Words",
]  # fmt: skip

# Words of the interface, by key: the texts by plural category, "" where there is but one.
Words = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@value
class Agency:
    """One of `agencies` in the settings."""

    name: str  # as datelines and `agency` have it
    rights: str = ""  # the notice shown under its stories
    url: str = ""  # its own site


@value
class RegisterEntry:
    """An entry of _people.yaml, _places.yaml or _topics.yaml: one person, place or topic, however copy spells it."""

    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""  # a person's bio, a topic's introduction
    url: str = ""  # a page about it elsewhere
    photo: str = ""  # a picture file, relative to content/
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    parent: str = ""  # of a topic: the name of the larger one that it is part of


@value
class Storyline:
    """An entry of _storylines.yaml: stories that tell of one matter, by their ids, their topics or their slugline."""

    name: str
    text: str = ""  # what the matter is
    stories: tuple[str, ...] = ()  # ids
    tags: tuple[str, ...] = ()  # each story with one of these is part of it
    slugline: str = ""  # each story whose slugline begins so is part of it
    line: int = 0  # of the entry in its file


@value
class SectionFile:
    """content/<section>/_section.yaml: what a section is called, and defaults of its stories."""

    folder: str  # "world"
    title: str = ""
    description: str = ""
    order: int | None = None
    embargo: str = ""  # default for the section's stories, as written: a datetime with a zone, or "hold"
    rights: Rights | None = None
    lead: str = ""  # the id of the story that leads the section's page; "" for the newest


@value
class SectionHold:
    """An embargo that a file beside the stories sets, or may set: of the stories of its section and of its folder."""

    path: str  # of the file: "content/world/_section.yaml"
    folder: str  # "content/world/": the stories below it
    section: str  # "world": the stories of the section with this address
    embargo: str  # as written: a datetime with a zone, or "hold"
    is_in_doubt: bool = False  # the file cannot be read, or has errors: it may say anything
    is_astray: bool = False  # the file has another name or place than that of a _section.yaml
    line: int = 0  # of its first error
    column: int = 0


@value
class SectionDefaults:
    """What stories get from the files beside them."""

    files: Mapping[str, SectionFile]  # by the address of the section
    holds: tuple[SectionHold, ...] = ()

    def embargoes(self, path: str, section: str) -> list[str]:
        """The embargoes, as written, of a story file in the section with this address. All of them hold."""
        return [hold.embargo for hold in self.holds if hold.section == section or path.startswith(hold.folder)]


@value
class FeedSettings:
    """[tool.newsgen.feeds] of pyproject.toml."""

    entries: int = 20  # the most stories of a feed
    content: str = "full"  # full text, or "summary": the first paragraph
    tags: bool = True  # whether each tag has a feed, as the site and its sections have


@value
class RelatedSettings:
    """[tool.newsgen.related] of pyproject.toml."""

    stories: int = 5  # in a list, pinned ones included; with 0 only pinned ones are shown
    newer: bool = True  # whether a story may list newer ones
    days: int = 0  # the most days between two related stories; 0 for no limit


@value
class Settings:
    """[tool.newsgen] of pyproject.toml, checked."""

    title: str  # of the site
    base_url: str  # where the site stands, without a slash at its end; may have a path
    id: str = ""  # tells the site from others of the same title and address
    language: str = "en"  # of the site (BCP 47): in which order names are listed, and which way pages run
    timezone: str = "UTC"  # of dates that state none, and of the times shown
    description: str = ""  # what the site is, for search engines
    agencies: tuple[Agency, ...] = ()  # the agencies whose copy it has
    permalink: str = "/{section}/{year}/{month}/{day}/{slug}.html"  # begins with /{section}/, ends in .html or /
    pages: tuple[str, ...] = (
        "dates",
        "tags",
        "people",
        "places",
        "corrections",
        "withdrawn",
    )  # kinds of pages made beside sections and stories; "ids" may be added
    feeds: FeedSettings = FeedSettings()  # see below
    related: RelatedSettings = RelatedSettings()  # see below
    host: str = "netlify"  # where the site is served from: a key of HOSTS, which says how redirects are made
    csp: tuple[tuple[str, tuple[str, ...]], ...] = ()  # sources that are added to the Content Security Policy
    menu: tuple[MenuEntry, ...] = ()  # () for the sections, the indexes and the pages that ask for it
    newest_year: str = ""  # of the newest story: "2026"; what is of an earlier one is from the archive
    words: Words = ()  # of the interface, that the site says otherwise than its language's catalogue
    publish: tuple[TargetSettings, ...] = ()  # where `newsgen publish` puts it; no page depends on it
    story_files: tuple[str, ...] | None = (
        None  # beside each story's page: "txt", "json"; None: both, up to 50,000 stories, on cloudflare up to 5,000
    )
    lead: str = ""  # the id of the story that leads the home page; "" for the newest
    group_briefs: int = 0  # the most words of a brief, which shares a page with those of its day; 0: all have their own


@value
class Site:
    """What every template sees as `site`. Names of fields are public."""

    title: str
    base_url: str  # "https://example.org/path", without a slash at its end
    prefix: str  # "/path", or "": goes before every address in the site
    language: str
    timezone: str
    description: str
    nav: tuple[Link, ...]  # sections
    indexes: tuple[Link, ...]  # Dates, Topics, People, Places: those that the site has
    notices: tuple[Link, ...]  # Corrections, Withdrawn stories: those that the site has
    assets: tuple[tuple[str, str], ...]  # file of the theme, its address with its digest
    generator: str  # "newsgen 0.1.0"
    pages: tuple[Link, ...] = ()  # of the site's own, those that are in the menu
    direction: str = "ltr"  # which way its language is written: ltr, rtl
    words: Words = ()  # that the site says otherwise than its language's catalogue; templates ask `say`
    story_files: tuple[str, ...] = ()  # of each story, beside its page: txt, json
    newest_year: str = ""  # of the newest story: "2026"; a story of an earlier one is marked as from the archive


@value
class HostRules:
    """What a host does with addresses that have moved (the hosts' own documentation, 2026)."""

    redirect_limit: int  # how many rules of _redirects it obeys; 0 where it reads no such file
    answers_gone: bool  # whether it can answer 410 (RFC 9110, 15.5.11)
    sees_queries: bool = False  # whether its rules can name what follows a ? in an address
    gone_is_a_rule: bool = True  # each 410 takes one of its rules; else a script of newsgen's answers it
    file_limit: int = 0  # how many files of a site it takes from an account that is not paid for; 0 where it says none


# The directives of a Content Security Policy that [tool.newsgen.csp] may add sources to.
CSP_DIRECTIVES = (
    "connect-src", "font-src", "form-action", "frame-src", "img-src", "manifest-src", "media-src", "script-src",
    "style-src", "worker-src",
)  # fmt: skip

HOSTS: Mapping[str, HostRules] = {
    "netlify": HostRules(10_000, True, sees_queries=True),
    # 2,000 rules, of which one serves the home page.
    "cloudflare": HostRules(1_999, True, gone_is_a_rule=False, file_limit=20_000),
    "gitlab": HostRules(1_000, False),
    "github": HostRules(0, False),
    "s3": HostRules(0, False),
    "other": HostRules(0, False),
}
