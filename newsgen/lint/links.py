"""Links of the pages as rendered that lead nowhere within the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from html import unescape
from urllib.parse import unquote

from newsgen.model.errors import Problem
from newsgen.model.settings import Site
from newsgen.model.value import value
from newsgen.text.address import output_path
from newsgen.text.links import in_site

__all__ = ["LINK_RULES", "InternalLink", "PageLinks", "broken_links", "internal_links", "page_links"]

LINK_RULES = frozenset({"broken-fragment", "broken-link", "link-outside"})

_LINK = re.compile(rb"<(?:a|link|img|script|source|form)\b[^>]*?\s(?:href|src|action)=[\"']([^\"']*)")
_ID = re.compile(rb"<[a-z][a-z0-9]*\b[^>]*?\sid=[\"']([^\"']*)")


@value
class PageLinks:
    """Where a page leads, and what can be led to in it."""

    url: str
    owner: str  # the file or page to name where one of its links leads nowhere
    links: tuple[str, ...] = ()  # as written
    ids: tuple[str, ...] = ()


@value
class InternalLink:
    """A link to the site's own host."""

    owner: str
    written: str  # as a story has it: without the prefix of the site
    url: str
    fragment: str  # "" for none
    is_inside: bool  # False where the site is in a folder of its host, and the link leads elsewhere on it


def page_links(url: str, owner: str, html: bytes) -> PageLinks:
    """The links and ids of a page, each once."""
    links = (unescape(match.decode()) for match in _LINK.findall(html))
    ids = (unescape(match.decode()) for match in _ID.findall(html))
    return PageLinks(url, owner, tuple(dict.fromkeys(links)), tuple(dict.fromkeys(ids)))


def internal_links(pages: Iterable[PageLinks], site: Site) -> Iterator[InternalLink]:
    """Every link that stays on the site's host, page by page, as a browser would find it from its page."""
    for page in pages:
        for link in page.links:
            if target := in_site(link, page.url, site.base_url, site.prefix):
                yield InternalLink(page.owner, link.removeprefix(site.prefix), *target)


def broken_links(
    links: Iterable[InternalLink], pages: Iterable[PageLinks], source_of: Callable[[str], str]
) -> Iterator[Problem]:
    """The links to addresses, or to places in a page, that none of `pages` has.

    A link that leaves the folder of the site is named only where the site has what it seems to look for. `source_of`
    gives the text of a story file by its path, in which the place of the link is found.
    """
    ids: dict[str, set[str]] = {}  # what the links of several owners on a page can lead to
    for page in pages:
        ids.setdefault(page.url, set()).update(page.ids)
    for link in links:
        if not link.is_inside:
            if link.url in ids:
                yield _problem("link-outside", link, (link.url,), source_of)
        elif link.url not in ids:
            yield _problem("broken-link", link, (link.url,), source_of)
        elif link.fragment and not _has_place(ids[link.url], link):
            yield _problem("broken-fragment", link, (link.url, link.fragment), source_of)


def _problem(rule: str, link: InternalLink, values: tuple[str, ...], source_of: Callable[[str], str]) -> Problem:
    """A problem of a link, at its place in the file where it is written there."""
    text = source_of(link.owner) if link.owner.endswith(".md") else ""
    at = min((at for at in (text.find(form) for form in (link.written, unquote(link.written))) if at >= 0), default=-1)
    if at < 0:
        return Problem(rule, link.owner, values=values)
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    excerpt = text[start : end if end >= 0 else len(text)]
    return Problem(rule, link.owner, text.count("\n", 0, at) + 1, at - start + 1, values, excerpt)


def _has_place(ids: Set[str], link: InternalLink) -> bool:
    """Whether a browser finds the fragment: an id, the top, or text. What is no HTML page has places of its own."""
    fragment = link.fragment.partition(":~:")[0]
    if not fragment or fragment.lower() == "top" or not output_path(link.url).endswith(".html"):
        return True
    return fragment in ids or unquote(fragment) in ids
