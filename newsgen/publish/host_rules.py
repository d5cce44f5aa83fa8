"""What a host of static files makes of `_headers` and `_redirects`, and its media types: pure.

Only as far as newsgen writes them. The preview answers by these rules, and `verify` expects them of a host.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import NamedTuple

__all__ = ["NO_RULES", "Redirect", "Rules", "media_type", "parse_rules"]

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


class Redirect(NamedTuple):
    """Where an address leads."""

    to: str
    status: int
    is_forced: bool  # it does so even where a page stands


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a host."""

    headers: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = ()  # addresses; names with texts
    redirects: Mapping[str, Redirect] = field(default_factory=dict)

    def headers_of(self, path: str) -> list[tuple[str, str]]:
        """The headers of an address; a later rule replaces what an earlier one says of the same."""
        headers: dict[str, tuple[str, str]] = {}
        for pattern, pairs in self.headers:
            if pattern.fullmatch(path):
                headers.update((name.lower(), (name, text)) for name, text in pairs)
        return list(headers.values())

    def redirect_of(self, path: str) -> Redirect | None:
        """Where an address leads; None where no rule says so."""
        return self.redirects.get(_lookup_key(path))


NO_RULES = Rules()


def parse_rules(headers: str, redirects: str) -> Rules:
    """The rules of a `_headers` and a `_redirects` file."""
    return Rules(tuple(_parse_headers(headers.splitlines())), _parse_redirects(redirects.splitlines()))


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
    """Rules for one address each: from, to, and a status, or 301.

    Other rules depend on who asks, or hold for many addresses; newsgen writes none of those.
    """
    redirects: dict[str, Redirect] = {}
    for line in lines:
        row = [*takewhile(lambda word: not word.startswith("#"), line.split())]  # a # within a word is of an address
        text = row[2] if len(row) == 3 else "301"
        status = text.removesuffix("!")
        if len(row) in (2, 3) and row[0].startswith("/") and status.isdecimal() and not set("*:") & set(row[0]):
            rule = Redirect(row[1], int(status), text != status)
            redirects.setdefault(_lookup_key(row[0]), rule)  # the first rule for an address holds
    return redirects


def _lookup_key(path: str) -> str:
    """An address as rules are looked up by it: without the slash at its end, which says nothing."""
    return path.rstrip("/") or "/"


def media_type(path: str) -> str:
    """The media type of a file; a path that ends in / is that of a page."""
    name = path.rpartition("/")[2]
    suffix = f".{name.rpartition('.')[2].lower()}" if "." in name else ".html" if not name else ""
    return _MEDIA_TYPES.get(suffix, "application/octet-stream")
