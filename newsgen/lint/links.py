"""Links of the pages as rendered that lead nowhere within the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from newsgen.model.errors import Problem
from newsgen.model.settings import Site
from newsgen.model.value import value

__all__ = ["LINK_RULES", "InternalLink", "PageLinks", "broken_links", "internal_links", "page_links"]

LINK_RULES = frozenset({"broken-fragment", "broken-link"})

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
    """A link that stays within the site."""

    owner: str
    url: str
    fragment: str  # "" for none


def page_links(url: str, owner: str, html: bytes) -> PageLinks:
    """The links and ids of a page, each once."""
    links = (unescape(match.decode()) for match in _LINK.findall(html))
    ids = (match.decode() for match in _ID.findall(html))
    return PageLinks(url, owner, tuple(dict.fromkeys(links)), tuple(dict.fromkeys(ids)))


def internal_links(pages: Iterable[PageLinks], site: Site) -> Iterator[InternalLink]:
    """Every link that stays within the site, page by page, without the prefix of the site's address."""
    for page in pages:
        for link in page.links:
            rest = link.removeprefix(site.base_url) if link.startswith(f"{site.base_url}/") else link
            is_absolute = rest is not link
            parts = urlsplit(rest)
            if parts.scheme or parts.netloc:
                continue
            path = parts.path if is_absolute else parts.path.removeprefix(site.prefix)
            yield InternalLink(page.owner, unquote(path) or page.url, parts.fragment)


def broken_links(links: Iterable[InternalLink], pages: Iterable[PageLinks]) -> Iterator[Problem]:
    """The links to addresses, or to places in a page, that none of `pages` has."""
    ids = {page.url: frozenset(page.ids) for page in pages}
    for link in links:
        if link.url not in ids:
            yield Problem("broken-link", link.owner, values=(link.url,))
        elif link.fragment and link.fragment not in ids[link.url]:
            yield Problem("broken-fragment", link.owner, values=(link.url, link.fragment))
