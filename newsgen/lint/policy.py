"""What of a page, a style sheet or a script a browser would refuse, by the site's policy (W3C, CSP Level 3).

Of a script only what it plainly names: `fetch("https://count.example/hit")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import urlsplit

from newsgen.model.errors import Problem
from newsgen.model.value import value

__all__ = ["POLICY_RULES", "Load", "blocked", "file_loads", "loads"]

POLICY_RULES = frozenset({"csp-blocked", "csp-inline"})
_TAG = re.compile(rb"<(script|style|link|img|iframe|audio|video|source|form)\b([^>]*)>([^<]{0,1})", re.I)
_STYLED = re.compile(rb"<[a-z][^>]*\s(style|on[a-z]+)=[\"']", re.I)
_ATTRIBUTE = re.compile(rb"\b(src|href|action|rel|type)=[\"']([^\"']*)", re.I)
_DIRECTIVES = {
    "script": "script-src", "img": "img-src", "iframe": "frame-src", "audio": "media-src", "video": "media-src",
    "source": "media-src", "form": "form-action",
}  # fmt: skip
_SHEET = re.compile(
    rb"/\*.*?\*/|(?P<font>@font-face\s*\{[^}]*\})|@import\s+(?:url\(\s*)?[\"']?(?P<sheet>[^\"')\s;]+)|"
    + (_URL := rb"url\(\s*(?:\"(?P<quoted>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^)\s\"']+))\s*\)"),
    re.I | re.S,
)
_IN_FONT = re.compile(_URL, re.I)
_SCRIPT = re.compile(rb"\b(fetch|sendBeacon|EventSource|WebSocket|import)\s*\(\s*[\"'`]((?:https?|wss?)://[^\"'`\s]+)")
_SHOWN = 60  # characters of an address that are shown


@value
class Load:
    """Something that a page loads from elsewhere, or has inline."""

    directive: str
    origin: str  # "https://fonts.example.org", "data:"; "" for what is inline
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
    return _from(directive, given.get("src") or given.get("href") or given.get("action") or "")


def _from(directive: str | None, address: str) -> Load | None:
    """What is loaded from an address; None for one within the site."""
    if directive is None:
        return None
    if address.startswith("data:"):
        return Load(directive, "data:", address if len(address) <= _SHOWN else f"{address[:_SHOWN]}…")
    try:
        parts = urlsplit(address)
    except ValueError:  # http://[
        return None
    return Load(directive, f"{parts.scheme or 'https'}://{parts.netloc}", address) if parts.netloc else None


def file_loads(name: str, data: bytes) -> tuple[Load, ...]:
    """What a style sheet loads from elsewhere, and what a script plainly names; each once. Other files load nothing."""
    lower = name.lower()
    found: Iterable[tuple[str, bytes]] = ()
    if lower.endswith(".css"):
        found = _of_sheet(data)
    elif lower.endswith((".js", ".mjs")):
        found = (("script-src" if call == b"import" else "connect-src", url) for call, url in _SCRIPT.findall(data))
    loaded = (_from(directive, address.decode("utf-8", "replace")) for directive, address in found)
    return tuple(dict.fromkeys(load for load in loaded if load))


def _of_sheet(css: bytes) -> Iterator[tuple[str, bytes]]:
    for match in _SHEET.finditer(css):
        if match["font"]:
            yield from (("font-src", b"".join(found.groups(b""))) for found in _IN_FONT.finditer(match["font"]))
        elif match["sheet"]:
            yield "style-src", match["sheet"]
        elif address := match["quoted"] or match["single"] or match["plain"]:
            yield "img-src", address


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
    if load.origin == "data:":
        return "data:" in given
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
