"""What a site says of itself: its settings, its notes on sections and names, and what templates see of it."""

from __future__ import annotations

from collections.abc import Mapping

from newsgen.model.story import Link, Rights
from newsgen.model.value import value

__all__ = ["HOSTS", "Agency", "FeedSettings", "Name", "RelatedSettings", "SectionFile", "Settings", "Site"]


@value
class Agency:
    """An agency of the settings."""

    name: str
    rights: str = ""  # the notice shown under its stories
    url: str = ""


@value
class Name:
    """An entry of _people.yaml or _places.yaml: one person or place, however copy spells it."""

    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""  # a person's bio
    url: str = ""  # a page about it elsewhere
    photo: str = ""  # picture file, from content/
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None


@value
class SectionFile:
    """content/<section>/_section.yaml."""

    folder: str  # "world"
    title: str = ""
    description: str = ""
    order: int | None = None
    embargo: str = ""  # default for the section's stories, as written: a datetime with a zone, or "hold"
    rights: Rights | None = None


@value
class FeedSettings:
    """[tool.newsgen.feeds]."""

    entries: int = 20
    content: str = "full"  # full text, or "summary": the first paragraph
    tags: bool = True  # a feed of each tag too, beside those of the site and its sections


@value
class RelatedSettings:
    """[tool.newsgen.related]."""

    stories: int = 5  # in a list, pinned ones among them; with 0 only those
    newer: bool = True  # an older story may list newer ones
    days: int = 0  # how far apart in time stories may lie; 0 for no limit


@value
class Settings:
    """[tool.newsgen], checked."""

    title: str
    base_url: str  # without a slash at its end
    language: str = "en"
    timezone: str = "UTC"
    description: str = ""
    agencies: tuple[Agency, ...] = ()
    permalink: str = "/{section}/{year}/{month}/{day}/{slug}.html"
    pages: tuple[str, ...] = (
        "dates",
        "tags",
        "people",
        "places",
        "corrections",
        "withdrawn",
    )  # made beside sections and stories; "ids" too
    feeds: FeedSettings = FeedSettings()
    related: RelatedSettings = RelatedSettings()
    host: str = "netlify"  # where the site is served from: how addresses that have moved are led on (ways.HOSTS)


@value
class Site:
    """The only global a template sees."""

    title: str
    base_url: str  # "https://example.org/path", without a slash at its end
    prefix: str  # "/path", or "": goes before every address in the site
    language: str
    timezone: str
    description: str
    nav: tuple[Link, ...]  # sections
    indexes: tuple[Link, ...]  # Dates, Topics, People, Places, where made
    notices: tuple[Link, ...]  # Corrections, Withdrawn stories, where made
    assets: tuple[tuple[str, str], ...]  # file of the theme, its address with its digest
    generator: str  # "newsgen 0.1.0"


# How many redirects a host takes from _redirects (their documents, 2026), and whether a rule may answer 410.
HOSTS: Mapping[str, tuple[int, bool]] = {
    "netlify": (10_000, True),
    "cloudflare": (2_000, False),
    "gitlab": (1_000, False),
    "github": (0, False),
    "other": (0, False),
}
