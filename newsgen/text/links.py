"""Where a link leads, as a browser finds it (WHATWG URL), and how a page and a feed write the links of a body."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote, urljoin, urlsplit

from newsgen.text.address import without_index

__all__ = ["in_brief", "in_feed", "in_page", "in_site"]

_NOT_PLAIN = re.compile(r"[?#%\\]|/[./]")
_DROPPED = str.maketrans("", "", "\t\n\r")  # what browsers leave out of an address


def in_page(prefix: str) -> Callable[[str], str]:
    """What writes the links of a body in a page of a site whose addresses begin with `prefix`: links to the root of the
    site get it, unless they have it already.
    """
    if not prefix:
        return str
    inside = f"{prefix}/"

    def write(link: str) -> str:
        is_of_root = link.startswith("/") and not link.startswith("//")
        return link if not is_of_root or link.startswith(inside) or link == prefix else prefix + link

    return write


def in_brief(prefix: str, url: str) -> Callable[[str], str]:
    """What writes the links of a brief whose address is `url`, which may stand on another page too: from the root, but
    for those to a place on the page itself.
    """
    page, of_page = prefix + url.partition("#")[0], in_page(prefix)

    def write(link: str) -> str:
        try:
            return link if link.startswith("#") else urljoin(page, of_page(link))
        except ValueError:  # an address of IPv6 that is none
            return link

    return write


def in_feed(base_url: str, prefix: str, url: str) -> Callable[[str], str]:
    """What writes the links of a story at `url` in a feed, which is read elsewhere: with scheme and host."""
    page, of_page = base_url + url, in_page(prefix)

    def write(link: str) -> str:
        try:
            return urljoin(page, of_page(link))
        except ValueError:  # an address of IPv6 that is none
            return link

    return write


def in_site(link: str, url: str, base_url: str, prefix: str) -> tuple[str, str, bool] | None:
    """Where a link on the page at `url` leads: the path, the fragment, and whether the path is in the site; None for
    another host, another scheme, or no address at all.

    The path of an address in the site is one of the site's own: without prefix, and without `index.html`.
    """
    link = link.strip().translate(_DROPPED)
    if link.startswith(f"{prefix}/") and not _NOT_PLAIN.search(link):  # nearly all: those that the theme makes
        return without_index(link[len(prefix) :]), "", True
    try:
        full = urljoin(base_url + url, link)
        parts, site = urlsplit(full), urlsplit(base_url)
    except ValueError:
        return None
    if (parts.scheme, parts.netloc.lower()) != (site.scheme, site.netloc.lower()):
        return None
    path = unquote(parts.path) or "/"
    if path != prefix and not path.startswith(f"{prefix}/"):
        return path, parts.fragment, False
    return without_index(path.removeprefix(prefix) or "/"), parts.fragment, True
