"""What a host of static files makes of `_headers` and `_redirects`: pure, and only as far as newsgen writes them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["NO_RULES", "Redirect", "Rules", "media_type", "parse_rules"]

# As Netlify sends them, whatever the system's own table says.
_MEDIA_TYPES = {
    ".css": "text/css; charset=UTF-8",
    ".html": "text/html; charset=UTF-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=UTF-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=UTF-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}


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
        row = line.partition("#")[0].split()
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
    """The media type of a file."""
    stem = f".{path.rpartition('.')[2]}" if "." in path.rpartition("/")[2] else ".html"
    return _MEDIA_TYPES.get(stem) or mimetypes.guess_type(path)[0] or "application/octet-stream"
