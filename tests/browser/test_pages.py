"""The sample site in a browser: accessible, readable at 320 px, dark on request, nothing loaded from elsewhere."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.chromium import TOOLS, chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def origin(sample_site: Path) -> Iterator[str]:
    """The built sample site, served on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(sample_site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
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
    pages = ["/", "/world/", "/tags/", "/people/", "/places/", "/404.html", "/1987/", "/1987/02/"]
    pages += [f"/{path.relative_to(site).as_posix()}" for path in wanted]
    for pattern in ("1987/02/*/index.html", "people/*/index.html", "places/*/index.html", "tags/*/index.html"):
        largest = max(site.glob(pattern), key=lambda path: path.stat().st_size)
        pages.append(f"/{largest.relative_to(site).as_posix().removesuffix('index.html')}")
    return list(dict.fromkeys(pages))


def test_every_kind_of_page(origin: str, sample_site: Path, tmp_path: Path) -> None:
    pages = one_of_each(sample_site)
    command = ["node", str(TOOLS / "look.mjs"), chromium(), origin, json.dumps(pages), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    views = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(views) == 3 * len(pages)
    for view in views:
        where = f"{view['address']} at {view['width']} px, {view['colorScheme']}"
        assert view["status"] == 200, where
        assert view["violations"] == [], where
        assert view["overflow"] <= 0, where
        assert view["elsewhere"] == [], where
        assert view["errors"] == [], where
        assert not view["nav_in_print"], where
    backgrounds = {view["colorScheme"]: view["background"] for view in views}
    assert backgrounds["light"] != backgrounds["dark"]


def test_html_is_valid(sample_site: Path) -> None:
    chromium()
    command = ["node", str(TOOLS / "node_modules" / ".bin" / "html-validate"), "--config", str(TOOLS / "rules.json")]
    pages = [str(path) for path in sorted(sample_site.rglob("*.html"))]
    done = subprocess.run([*command, *pages], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
