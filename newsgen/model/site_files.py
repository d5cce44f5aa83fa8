"""What a site has of its own beside its stories: pages of content/_pages/, files of static/, and the menu."""

from __future__ import annotations

from newsgen.model.card import Picture
from newsgen.model.value import value

__all__ = ["MenuEntry", "OwnPage", "StaticFile"]


@value
class OwnPage:
    """A page of content/_pages/: its front matter. The text is read again where the page is rendered."""

    path: str  # "content/_pages/about.md"
    url: str  # "/about/"
    title: str
    digest: str  # of the file's bytes
    description: str = ""
    template: str = "page.html.j2"
    menu: str = ""  # how the menu calls it; "" where it is not in the menu
    menu_order: int = 0
    language: str = ""  # "" for the site's
    pictures: tuple[tuple[str, str], ...] = ()  # that its text shows: the name there, the alt text


@value
class StaticFile:
    """A file of static/, copied as it is."""

    path: str  # "static/report.pdf"
    url: str  # "/report.pdf"
    digest: str  # of its bytes
    picture: Picture | None = None  # its size, where it is one


@value
class MenuEntry:
    """One of [[tool.newsgen.menu]]: exactly one of section, page, index and url says where it leads."""

    name: str = ""  # "" for the name of what it leads to
    section: str = ""  # a section's address, or its name in stories: "world", "World"
    page: str = ""  # a page's address without slashes: "about"
    index: str = ""  # dates, topics, people, places, corrections, withdrawn
    url: str = ""  # of another site, or an address in this one
