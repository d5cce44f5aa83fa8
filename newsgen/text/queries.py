"""Addresses with a query, `/story.php?id=12`: which of them a host can be told of, and which are the same.

Only as far as a rule of any host can have them: names and values of letters, digits and - . _ ~ (RFC 3986, 2.3), which
nobody escapes.
"""

from __future__ import annotations

import re

__all__ = ["has_query", "is_query_address", "most_asked_first", "query_key"]

_PAIR = r"[A-Za-z0-9._~-]+=[A-Za-z0-9._~-]+"
_PATH = r"/[^\s\\?#*;&=\"'{}$<>\x00-\x1f\x7f-\x9f]*"  # without what configurations of servers give a meaning
_ADDRESS = re.compile(rf"(?P<path>{_PATH})\?{_PAIR}(?:&{_PAIR})*")
_LONGEST = 1000  # characters


def has_query(url: str) -> bool:
    """Whether an address has a query."""
    return "?" in url


def is_query_address(url: str) -> bool:
    """Whether an address has a query that rules of hosts can name."""
    match = _ADDRESS.fullmatch(url)
    if match is None or len(url) > _LONGEST:
        return False
    parts = match["path"].split("/")[1:]
    return not any(part in (".", "..") or part.startswith(":") for part in parts) and "" not in parts[:-1]


def query_key(url: str) -> str:
    """The same for two addresses with the same parameters in another order."""
    path, _mark, query = url.partition("?")
    return f"{path}?{'&'.join(sorted(query.split('&')))}"


def most_asked_first(url: str) -> tuple[int, str]:
    """The key to sort addresses by: of several that fit, the rule with the most parameters is to come first."""
    return -url.count("&"), url
