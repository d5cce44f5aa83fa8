"""How much a page weighs before it is compressed: no list more than 40 KB; what is beside a story's text."""

from __future__ import annotations

import gzip
import re

from tests.support.sites import Desk, story

LIST_LIMIT = 40 * 1024
ARTICLE_LIMIT = 11 * 1024
ARTICLE_COMPRESSED = 4 * 1024
_WORDS = "Grain talks between Aldmoor and Kestrel Bay resume after a week of silence"


def busy() -> Desk:
    """Lists as full as they get: 240 stories of a month, 100 of an hour; headlines of usual length; 1,200 topics."""
    files = {}
    for n in range(240):
        day, hour = (1 + n % 20, n % 24) if n < 140 else (26, 15)
        tags = ", ".join(f"topic {n} {m}" for m in range(5))
        files[f"content/world/{n:03}.md"] = story(
            f"Day {n} of {_WORDS}", f"1987-02-{day:02}T{hour:02}:{n % 60:02}Z", f"World {n % 2}",
            f"{_WORDS}. {n}\n\n" * 8, id=f"northern-wire-1987-{n}", tags=f"[grain, {tags}]", byline="Ines Varga",
            dateline='"KESTREL BAY (Northern Wire)"', people='["Ruth Oyelaran"]',
        )  # fmt: skip
    return Desk(files)


def test_pages_are_light() -> None:
    desk = busy()
    desk.build()
    pages = {path: data for path, data in desk.output.files.items() if path.endswith(".html")}
    articles = {path: data for path, data in pages.items() if re.fullmatch(r"world-\d/1987/02/\d\d/[^/]*\.html", path)}
    articles = {path: data for path, data in articles.items() if not path.endswith("index.html")}
    lists = {path: len(data) for path, data in pages.items() if path not in articles}
    assert len(articles) == 240
    assert {path: size for path, size in lists.items() if size > LIST_LIMIT} == {}
    assert max(lists.values()) > LIST_LIMIT / 2  # the site is busy enough to tell
    nodes = {path: len(re.findall(rb"<[a-z]", pages[path])) for path in lists}
    assert {path: count for path, count in nodes.items() if count > 1_200} == {}
    bare = {path: re.sub(rb'<div class="body".*?</div>', b"", data, flags=re.S) for path, data in articles.items()}
    assert {path: len(data) for path, data in bare.items() if len(data) > ARTICLE_LIMIT} == {}
    sizes = {path: len(gzip.compress(data, mtime=0)) for path, data in articles.items()}
    assert {path: size for path, size in sizes.items() if size > ARTICLE_COMPRESSED} == {}
