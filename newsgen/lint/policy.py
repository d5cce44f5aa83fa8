"""What of a page a browser would refuse, by the site's Content Security Policy (W3C, CSP Level 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from newsgen.model.errors import Problem
from newsgen.model.value import value

__all__ = ["POLICY_RULES", "Load", "blocked", "loads"]

POLICY_RULES = frozenset({"csp-blocked", "csp-inline"})
_TAG = re.compile(rb"<(script|style|link|img|iframe|audio|video|source|form)\b([^>]*)>([^<]{0,1})", re.I)
_STYLED = re.compile(rb"<[a-z][^>]*\s(style|on[a-z]+)=[\"']", re.I)
_ATTRIBUTE = re.compile(rb"\b(src|href|action|rel|type)=[\"']([^\"']*)", re.I)
_DIRECTIVES = {
    "script": "script-src", "img": "img-src", "iframe": "frame-src", "audio": "media-src", "video": "media-src",
    "source": "media-src", "form": "form-action",
}  # fmt: skip


@value
class Load:
    """Something that a page loads from elsewhere, or has inline."""

    directive: str
    origin: str  # "https://fonts.example.org"; "" for what is inline
    what: str  # the address; of what is inline the tag or attribute


def loads(html: bytes) -> tuple[Load, ...]:
    """What a page loads from other origins, and what of it is inline; each once."""
    found: dict[Load, None] = {}
    for tag, attributes, _next in _TAG.findall(html):
        if load := _load(tag.decode().lower(), attributes):
            found[load] = None
    for attribute in _STYLED.findall(html):
        name = attribute.decode().lower()
        found[Load("style-src" if name == "style" else "script-src", "", f"the attribute {name}")] = None
    return tuple(found)


def _load(tag: str, attributes: bytes) -> Load | None:
    given = {name.decode().lower(): unescape(text.decode("utf-8", "replace")) for name, text in
             _ATTRIBUTE.findall(attributes)}  # fmt: skip
    if tag == "style":
        return Load("style-src", "", "<style>")
    if tag == "script" and "src" not in given:
        return None if given.get("type") == "application/ld+json" else Load("script-src", "", "<script>")
    if tag == "link":
        directive = {"stylesheet": "style-src", "icon": "img-src", "manifest": "manifest-src"}.get(given.get("rel", ""))
    else:
        directive = _DIRECTIVES[tag]
    address = given.get("src") or given.get("href") or given.get("action") or ""
    parts = urlsplit(address)
    if directive is None or not parts.netloc:
        return None
    return Load(directive, f"{parts.scheme or 'https'}://{parts.netloc}", address)


def blocked(
    pages: Iterable[tuple[str, tuple[Load, ...]]], sources: Mapping[str, tuple[str, ...]], origin: str
) -> Iterator[Problem]:
    """A warning for each thing that the policy does not allow, at the first page that has it.

    `pages` have the files or pages to name; `origin` is the site's own.
    """
    told: set[tuple[str, str]] = set()
    for owner, found in pages:
        for load in found:
            key = (load.directive, load.origin or load.what)
            if key in told or _is_allowed(load, sources, origin):
                continue
            told.add(key)
            if load.origin:
                yield Problem("csp-blocked", owner, values=(load.what, load.directive, load.origin), severity="warning")
            else:
                yield Problem("csp-inline", owner, values=(load.what,), severity="warning")


def _is_allowed(load: Load, sources: Mapping[str, tuple[str, ...]], origin: str) -> bool:
    given = sources.get(load.directive) or sources.get("default-src", ())
    if not load.origin:
        return any(source.startswith("'sha") for source in given)
    if load.origin == origin:
        return "'self'" in given
    return any(_matches(source, load) for source in given)


def _matches(source: str, load: Load) -> bool:
    """Whether a source allows an address: its host, with a `*.` for any below it, and its path where it has one."""
    scheme, mark, rest = source.rpartition("://")
    host, _slash, path = rest.partition("/")
    parts = urlsplit(load.what)
    if mark and scheme.lower() != (parts.scheme or "https"):
        return False
    there = parts.netloc.lower()
    is_host = there.endswith(host[1:].lower()) if host.startswith("*.") else there == host.lower()
    return is_host and (not path or parts.path.startswith(f"/{path}"))
