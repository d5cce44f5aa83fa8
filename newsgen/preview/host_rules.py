"""What a host of static files makes of `_headers` and `_redirects`: pure, and only as far as newsgen writes them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["NO_RULES", "Rules", "kind_of", "rules"]

# As Netlify sends them, whatever the system's own table says.
_KINDS = {
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


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a host."""

    headers: tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...] = ()
    redirects: Mapping[str, tuple[str, int, bool]] = field(default_factory=dict)

    def headers_of(self, path: str) -> list[tuple[str, str]]:
        """The headers of an address; a later rule replaces what an earlier one says of the same."""
        found: dict[str, tuple[str, str]] = {}
        for pattern, pairs in self.headers:
            if pattern.fullmatch(path):
                found.update((name.lower(), (name, text)) for name, text in pairs)
        return list(found.values())

    def redirect_of(self, path: str) -> tuple[str, int, bool] | None:
        """Where an address leads, with which status, and whether it does so even where a page stands."""
        return self.redirects.get(_bare(path))


NO_RULES = Rules()


def rules(headers: str, redirects: str) -> Rules:
    """The rules of a `_headers` and a `_redirects` file."""
    return Rules(tuple(_headers(headers.splitlines())), _redirects(redirects.splitlines()))


def _headers(lines: Sequence[str]) -> list[tuple[re.Pattern[str], tuple[tuple[str, str], ...]]]:
    found: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in lines:
        if line.startswith("/"):
            found.append((re.compile(".*".join(map(re.escape, line.strip().split("*")))), []))
        elif ":" in line and found and not line.startswith("#"):
            name, _, text = line.strip().partition(":")
            found[-1][1].append((name.strip(), text.strip()))
    return [(pattern, tuple(pairs)) for pattern, pairs in found]


def _redirects(lines: Sequence[str]) -> dict[str, tuple[str, int, bool]]:
    """Rules for one address each: from, to, and a status, or 301.

    Others depend on who asks, or hold for many addresses; newsgen writes none of them.
    """
    found: dict[str, tuple[str, int, bool]] = {}
    for line in lines:
        row = line.partition("#")[0].split()
        told = row[2] if len(row) == 3 else "301"
        status = told.removesuffix("!")
        if len(row) in (2, 3) and row[0].startswith("/") and status.isdecimal() and not set("*:") & set(row[0]):
            found.setdefault(_bare(row[0]), (row[1], int(status), told != status))  # the first that fits is followed
    return found


def _bare(path: str) -> str:
    """An address as rules are looked up: a slash at its end says nothing."""
    return path.rstrip("/") or "/"


def kind_of(path: str) -> str:
    """The media type of a file."""
    stem = f".{path.rpartition('.')[2]}" if "." in path.rpartition("/")[2] else ".html"
    return _KINDS.get(stem) or mimetypes.guess_type(path)[0] or "application/octet-stream"
