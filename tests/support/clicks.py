"""How many links a reader follows from the home page to each story, by lists alone."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable

__all__ = ["clicks_to"]

_LINK = re.compile(r'<a [^>]*?href="(/[^"#?]*)')


def clicks_to(stories: Iterable[str], read: Callable[[str], str | None]) -> dict[str, int]:
    """The fewest links from the home page to each of some stories that is found; `read` gives a page's HTML.

    Links are followed from lists, not from stories (which lead to related ones) and not from the page of the search.
    """
    wanted = set(stories)
    clicks, waiting = {"/": 0}, deque(["/"])
    while waiting:
        url = waiting.popleft()
        html = None if url in wanted or url.startswith("/search/") else read(url)
        for link in dict.fromkeys(_LINK.findall(html or "")):
            if link not in clicks:
                clicks[link] = clicks[url] + 1
                waiting.append(link)
    return {url: clicks[url] for url in wanted if url in clicks}
