"""Every story is at most four links from the home page, by lists: year, day, hour, story."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from newsgen.index.shelves import LIMIT
from tests.support.archive import COMMAND, ENVIRONMENT
from tests.support.clicks import clicks_to
from tests.support.reuters import write_reuters
from tests.support.sites import Desk, story

MOST = 4


def busy_day(*others: str) -> Desk:
    """A day that splits into hours, and other dates; all stories are in one section, and most of them lead nothing."""
    dates = [f"{date}T09:00Z" for date in others]
    dates += [f"1987-03-05T{hour:02}:{minute:02}Z" for hour in (9, 12) for minute in range(LIMIT // 2 + 1)]
    return Desk({f"content/world/{n:03}.md": story(f"Item {n}", date, id=f"s{n:03}") for n, date in enumerate(dates)})


@pytest.mark.parametrize("others", [(), ("1987-02-04",), ("1987-02-04", "1988-01-02")])
def test_a_story_of_a_busy_day_is_four_links_from_the_home_page(others: tuple[str, ...]) -> None:
    desk = busy_day(*others)
    desk.build()
    files = desk.output.files
    stories = [f"/{path}" for path in files if path.startswith("world/198") and path.endswith(".html")]
    stories = [url for url in stories if not url.endswith("/index.html")]
    clicks = clicks_to(stories, lambda url: _page(files.get(f"{url[1:]}index.html")))
    assert clicks.keys() == set(stories)
    assert max(clicks.values()) == MOST  # and it is busy enough to tell


def _page(data: bytes | None) -> str | None:
    return None if data is None else data.decode()


def test_days_that_come_and_go_are_on_the_page_of_their_year() -> None:
    desk = busy_day("1987-02-28")
    desk.build()
    old, path = "1987-02-28T09:00Z", "content/world/000.md"
    desk.site.write(path, desk.site.read(path).replace(old.encode(), b"1987-02-27T09:00Z"))
    desk.build()
    year = desk.output.files["1987/index.html"]
    assert b'<a href="/1987/02/27/">27</a>' in year
    assert b"/1987/02/28/" not in year


@pytest.mark.long
def test_the_stories_of_reuters_are_four_links_from_the_home_page(tmp_path: Path) -> None:
    (tmp_path / "sgml").mkdir()
    site = tmp_path / "site"
    write_reuters(site / "content", 21_578, tmp_path / "sgml")
    settings = '[tool.newsgen]\ntitle = "Wire"\nbase_url = "https://archive.example"\nstory_files = []\n'
    (site / "pyproject.toml").write_text(settings)
    subprocess.run([*COMMAND, "build", "--site", str(site)], env=ENVIRONMENT, check=True, capture_output=True)
    build = site / "build"
    stories = [f"/{file.relative_to(build).as_posix()}" for file in build.glob("*/*/*/*/*.html")]
    stories = [url for url in stories if not url.endswith("/index.html")]
    clicks = clicks_to(stories, lambda url: _read(build / url[1:] / "index.html"))
    assert len(clicks) == len(stories) == 21_578
    assert max(clicks.values()) <= MOST, Counter(clicks.values())


def _read(file: Path) -> str | None:
    return file.read_text() if file.is_file() else None
