"""The sample site in a browser: accessible, readable at 320 px, dark on request, nothing loaded from elsewhere."""

from __future__ import annotations

import functools
import http.server
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from newsgen.commands import kill
from newsgen.storyfile import moment_at
from tests.support.chromium import TOOLS, chromium
from tests.support.odd_site import odd_site
from tests.support.sites import NOW, Desk, story, world

pytestmark = pytest.mark.browser
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:[^>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r'([\w:-]+)(?:="([^"]*)")?')
_TELLING = frozenset(("class", "rel", "type", "role", "name", "property", "itemprop"))  # whose values say what it is
_VOID = frozenset(("base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))


@pytest.fixture(scope="module")
def origin(sample_site: Path) -> Iterator[str]:
    """The built sample site, served on loopback."""
    with served(sample_site) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder, served on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def one_of_each(site: Path) -> list[str]:
    """A page of every kind; of articles, the longest, one with a table and one with fixed-width copy."""
    articles = sorted(
        (p for p in site.rglob("*.html") if len(p.relative_to(site).parts) == 5), key=lambda p: p.stat().st_size
    )
    wanted = [
        articles[-1],
        articles[0],
        next(p for p in articles if b"<table" in p.read_bytes()),
        next(p for p in articles if b"<pre" in p.read_bytes()),
        next(p for p in articles if b"<img" in p.read_bytes()),
    ]
    pages = [
        "/",
        "/world/",
        "/tags/",
        "/people/",
        "/places/",
        "/404.html",
        "/1987/",
        "/1987/02/",
        "/dates/",
        "/on-this-day/",
    ]
    pages += [f"/{path.relative_to(site).as_posix()}" for path in wanted]
    for pattern in (
        "1987/02/*/index.html",
        "on-this-day/*/index.html",
        "people/*/index.html",
        "places/*/index.html",
        "tags/*/index.html",
    ):
        largest = max(site.glob(pattern), key=lambda path: path.stat().st_size)
        pages.append(f"/{largest.relative_to(site).as_posix().removesuffix('index.html')}")
    return list(dict.fromkeys(pages))


def looks(origin: str, pages: list[str]) -> list[dict[str, Any]]:
    """What a browser says of pages, each in twelve views, three of them with axe: nothing may be wrong."""
    command = ["node", str(TOOLS / "look.mjs"), chromium(), origin, json.dumps(pages)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stderr
    looked: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [page["address"] for page in looked] == pages
    for page in looked:
        where = page["address"]
        assert page["status"] == 200, where
        assert page["layout"] == [], where
        assert page["elsewhere"] == [], where
        assert page["errors"] == [], where
        for view in page["views"]:
            assert view["violations"] == [], f"{where} at {view['width']} px, {view['colorScheme']}"
    return looked


def test_every_kind_of_page(origin: str, sample_site: Path) -> None:
    for page in looks(origin, one_of_each(sample_site)):
        backgrounds = {view["colorScheme"]: view["background"] for view in page["views"]}
        assert backgrounds["light"] != backgrounds["dark"]


def write_out(desk: Desk, folder: Path) -> None:
    """Write a desk's output to disk."""
    for path, data in desk.output.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def a_site_with_briefs(folder: Path) -> list[Path]:
    """The pages of a day that splits, with a brief that was corrected and one that was killed; and of a small day."""
    more = {"tags": "[grain, ferries]", "byline": "Ines Varga"}
    times = [f"2019-05-01T{n % 3:02}:00Z" for n in range(41)]
    desk = world(**{f"b{n}": story(f"Brief {n}", time, id=f"b{n}", **more) for n, time in enumerate(times)})
    note = '[{date: 2019-12-30, text: "The tonnage was wrong."}]'
    for number, its in enumerate(({}, {"corrections": note}, {"language": "ar"})):
        data = story(f"Small {number}", f"2019-05-02T1{number}:00Z", id=f"s{number}", related="[b1, b2]", **its)
        desk.site.write(f"content/world/s{number}.md", data)
    desk.set(group_briefs=60)
    kill.kill(desk.job(desk.output), "s0", "The source was false.", "", moment_at(NOW, "UTC"))
    desk.build()
    write_out(desk, folder)
    return sorted(folder.glob("world/*/*/*/briefs*.html")) + sorted(folder.glob("world/*/*/*/briefs/00/index.html"))


def test_pages_of_briefs(tmp_path: Path) -> None:
    chromium()
    pages = a_site_with_briefs(tmp_path / "site")
    assert len(pages) == 3
    with served(tmp_path / "site") as address:
        looks(address, [f"/{path.relative_to(tmp_path / 'site').as_posix()}" for path in pages])
    validate(pages)


def test_html_is_valid(sample_site: Path) -> None:
    chromium()
    validate(of_every_shape(list(sample_site.rglob("*.html"))))


@pytest.mark.long
def test_html_of_all_pages_is_valid(sample_site: Path) -> None:
    chromium()
    validate(sorted(sample_site.rglob("*.html")))


@pytest.mark.parametrize("language", ["en", "ar", "ja", "de"])
def test_odd_things(language: str, tmp_path: Path) -> None:
    """Long words, many bylines, pictures of every shape, wide tables, on sites of both directions."""
    chromium()
    desk = odd_site(language)
    result = desk.build()
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    write_out(desk, tmp_path / "site")
    pages = [f"/{path}" for path in sorted(desk.output.files) if re.fullmatch(r"odd/2019/05/01/.+\.html", path)]
    pages = [path for path in pages if not path.endswith("/index.html")]
    assert len(pages) == 11
    pages += ["/people/ines-varga/"]
    if language == "en":  # in other languages other tests look at the lists
        pages += ["/", "/odd/", "/dates/", "/on-this-day/", "/tags/"]
    if language in ("ja", "de"):  # what differs is the words
        pages = ["/", "/odd/", "/2019/05/01/"]
    with served(tmp_path / "site") as address:
        looks(address, pages)


def of_every_shape(paths: list[Path]) -> list[Path]:
    """So many of the pages that each element, with each parent and each set of attributes and classes, is on one."""
    seen: set[tuple[str, ...]] = set()
    chosen = []
    for path in sorted(paths, key=lambda path: (-path.stat().st_size, path)):
        opened: list[str] = []
        shapes = set()
        for tag in _TAG.finditer(path.read_text("utf-8")):
            name, attributes = tag["name"], _ATTRIBUTE.findall(tag["attributes"])
            if tag["end"]:
                while opened and opened.pop() != name:
                    pass
                continue
            told = tuple(f"{key}={value}" if key in _TELLING else key for key, value in attributes)
            shapes.add((*opened[-1:], name, *told))
            if name not in _VOID:
                opened.append(name)
        if shapes - seen:
            seen |= shapes
            chosen.append(path)
    return sorted(chosen)


def validate(paths: list[Path]) -> None:
    command = ["node", str(TOOLS / "node_modules" / ".bin" / "html-validate"), "--config", str(TOOLS / "rules.json")]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
