"""What a host of static files makes of `_headers` and `_redirects`, and its media types: pure.

Only as far as newsgen writes them. The preview answers by these rules, and `verify` expects them of a host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

from newsgen.text.queries import query_key

__all__ = ["NO_RULES", "Redirect", "Rules", "media_type", "media_types", "parse_rules"]

# Media types (IANA), whatever the system's own table says. Text has its charset.
_MEDIA_TYPES = {
    ".avif": "image/avif", ".bib": "text/plain; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".gif": "image/gif", ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".m4a": "audio/mp4",
    ".md": "text/markdown; charset=utf-8", ".mjs": "text/javascript; charset=utf-8", ".mp3": "audio/mpeg",
    ".mp4": "video/mp4", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm", ".wav": "audio/wav",
    ".webm": "video/webm", ".webmanifest": "application/manifest+json", ".webp": "image/webp",
    ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml", ".xsl": "text/xsl",
    ".zip": "application/zip",
}  # fmt: skip
_UNKNOWN_TYPE = "application/octet-stream"


_PARAMETER = re.compile(r"[^/:=]+=[^:]+")  # of a query; with a colon it would stand for any value


class Redirect(NamedTuple):
    """Where an address leads."""

    to: str
    status: int
    is_forced: bool  # it does so even where a page stands


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a host."""

    headers: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = ()  # addresses; names with texts
    redirects: Mapping[str, Redirect] = field(default_factory=dict)  # by address; one with a query by its `query_key`
    asked: Mapping[str, tuple[tuple[frozenset[str], Redirect], ...]] = field(default_factory=dict)
    """Those with a query, by address: their parameters, `id=12`; in the order of the file."""

    def headers_of(self, path: str) -> list[tuple[str, str]]:
        """The headers of an address; a later rule replaces what an earlier one says of the same."""
        headers: dict[str, tuple[str, str]] = {}
        for pattern, pairs in self.headers:
            if pattern.fullmatch(path):
                headers.update((name.lower(), (name, text)) for name, text in pairs)
        return list(headers.values())

    def redirect_of(self, path: str, query: str = "") -> Redirect | None:
        """Where an address leads; None where no rule says so. `query` is what follows its ?, and may say more."""
        key, given = _lookup_key(path), frozenset(query.split("&"))
        asked = (rule for parameters, rule in self.asked.get(key, ()) if parameters <= given)
        return next(asked, None) or self.redirects.get(key)


NO_RULES = Rules()


def parse_rules(headers: str, redirects: str) -> Rules:
    """The rules of a `_headers` and a `_redirects` file."""
    rules = _parse_redirects(redirects.splitlines())
    asked: dict[str, tuple[tuple[frozenset[str], Redirect], ...]] = {}
    for key, rule in rules.items():
        path, _mark, query = key.partition("?")
        if query:
            asked[path] = (*asked.get(path, ()), (frozenset(query.split("&")), rule))
    return Rules(tuple(_parse_headers(headers.splitlines())), rules, asked)


def _parse_headers(lines: Sequence[str]) -> list[tuple[re.Pattern[str], tuple[tuple[str, str], ...]]]:
    blocks: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in lines:
        if line.startswith("/"):
            blocks.append((re.compile(".*".join(map(re.escape, line.strip().split("*")))), []))
        elif ":" in line and blocks and not line.startswith("#"):
            name, _, text = line.strip().partition(":")
            blocks[-1][1].append((name.strip(), text.strip()))
    return [(pattern, tuple(pairs)) for pattern, pairs in blocks]


def _parse_redirects(lines: Sequence[str]) -> dict[str, Redirect]:
    """Rules for one address each: from, perhaps the parameters of its query, to, and a status, or 301.

    Other rules depend on who asks, or hold for many addresses; newsgen writes none of those.
    """
    redirects: dict[str, Redirect] = {}
    for line in lines:
        row = [*takewhile(lambda word: not word.startswith("#"), line.split())]  # a # within a word is of an address
        query = [*takewhile(_PARAMETER.fullmatch, row[1:])]
        del row[1 : 1 + len(query)]
        text = row[2] if len(row) == 3 else "301"
        status = text.removesuffix("!")
        if len(row) in (2, 3) and row[0].startswith("/") and status.isdecimal() and not set("*:") & set(row[0]):
            rule, key = Redirect(row[1], int(status), text != status), _lookup_key(row[0])
            redirects.setdefault(query_key(f"{key}?{'&'.join(query)}") if query else key, rule)  # the first one holds
    return redirects


def _lookup_key(path: str) -> str:
    """An address as rules are looked up by it: without the slash at its end, which says nothing."""
    return path.rstrip("/") or "/"


def media_type(path: str) -> str:
    """The media type of a file; a path that ends in / is that of a page."""
    return _MEDIA_TYPES.get(_suffix(path), _UNKNOWN_TYPE)


def media_types(paths: Iterable[str]) -> list[str]:
    """The media types of some files, each once and in order."""
    return sorted({_MEDIA_TYPES.get(suffix, _UNKNOWN_TYPE) for suffix in set(map(_suffix, paths))})


def _suffix(path: str) -> str:
    """The suffix by which a file's media type is known: ".css"; "" for a name without one."""
    name = path[path.rfind("/") + 1 :]
    return name[name.rfind(".") :].lower() if "." in name else "" if name else ".html"
