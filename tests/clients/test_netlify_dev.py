"""Netlify's own build and server take our sample site, and answer as the double of tests/support does.

What `netlify dev` does not do as the host does: it sends no Cache-Control of `_headers`, shows a folder's page without
the slash that ends its address, and serves `_headers` and `_redirects` themselves.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.netlify_cli import NetlifyClient, netlify_client
from tests.support.netlify_serving import Deployed
from tests.support.serving import free_port, until

pytestmark = pytest.mark.long

SAMPLE = Path(__file__).parent.parent.parent
KILLED = "/business/1987/02/26/harvest-review.html"
MOVED = "/science/2019/08/12/tide-clock.html"
MOVED_TO = "/science/2019/08/12/moon-clock.html"
ASKED = ("/?p=7", "/story.php?id=12&page=2", "/story.php?page=2&id=12", "/story.php?id=12&page=2&from=mail")


def newsgen(root: Path, *arguments: str) -> None:
    """Run a command on a site."""
    subprocess.run([sys.executable, "-m", "newsgen", *arguments, "-q", "--site", str(root)], check=True)


def a_site_with_a_past(root: Path) -> Path:
    """The sample site, with a story that was killed, and one that has moved, after it was published."""
    root.mkdir()
    shutil.copytree(SAMPLE / "content", root / "content")
    shutil.copy(SAMPLE / "pyproject.toml", root)
    settings = f'[build]\ncommand = "{sys.executable} -m newsgen build"\npublish = "build"\n'
    (root / "netlify.toml").write_text(settings, encoding="utf-8")
    newsgen(root, "build")
    newsgen(root, "urls", "--record")
    newsgen(root, "kill", "nw-19870226-harvest-review", "--reason", "The source was false.")
    story = root / "content/science/2019/08/tide-clock.md"
    aliases = "slug: moon-clock\naliases: ['/?p=7', '/story.php?id=12&page=2']\n"
    story.write_text(story.read_text("utf-8").replace("slug: tide-clock\n", aliases), "utf-8")
    return root


@contextmanager
def serving(client: NetlifyClient, root: Path) -> Iterator[int]:
    """The port of a running `netlify dev`."""
    port = free_port()
    ports = ("--port", str(port), "--staticServerPort", str(free_port()))
    options = ("--offline", "--internal-disable-edge-functions", "--no-open")  # or it fetches a runtime for them
    process = client.start(root, "dev", *options, "--dir", "build", *ports)
    try:
        until(lambda: process.poll() is not None or is_up(port), 120)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=30)[0]
        assert process.returncode == 0, said


def is_up(port: int) -> bool:
    try:
        return get(port, "/")[0] == 200
    except OSError:
        return False


def get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for a path: status, headers by names in lower case, body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
    finally:
        line.close()


def test_netlify_builds_and_serves_the_sample_site(tmp_path: Path) -> None:
    client = netlify_client(tmp_path / "home")
    root = a_site_with_a_past(tmp_path / "site")
    client.run(root, "build", "--offline")
    build = root / "build"
    files = {path.relative_to(build).as_posix(): path.read_bytes() for path in build.rglob("*") if path.is_file()}
    double = Deployed(files)
    css = next(f"/{name}" for name in files if name.endswith(".css"))
    paths = ["/", "/science/", KILLED, MOVED, MOVED_TO, css, "/feed.xml", "/no-such-page", "/world/none/"]
    paths += [*ASKED, "/?p=8", "/story.php?id=12"]
    with serving(client, root) as port:
        got = {path: get(port, path) for path in paths}
    assert {path: status for path, (status, _headers, _body) in got.items()} == dict.fromkeys(paths, 200) | {
        KILLED: 410, MOVED: 301, "/no-such-page": 404, "/world/none/": 404, "/story.php?id=12": 404,
    } | dict.fromkeys(ASKED, 301)  # fmt: skip
    assert got[MOVED][1]["location"] == MOVED_TO
    assert {got[path][1]["location"] for path in ASKED} == {f"{MOVED_TO}?{path.partition('?')[2]}" for path in ASKED}
    for path, (status, headers, body) in got.items():
        ours = double.serve(path)
        assert ours.status == status, path
        for name, text in ours.headers.items():
            if name not in ("Cache-Control", "Content-Type"):
                assert headers[name.lower()] == text, (path, name)
        if status != 301:
            assert body == ours.body, path
            kind = headers["content-type"].lower(), ours.headers["Content-Type"].lower()
            assert kind[0].split(";")[0] == kind[1].split(";")[0], path
            assert "default-src 'none'" in headers["content-security-policy"]
    assert b"withdrawn" in got[KILLED][2].lower()
    assert double.serve(css).headers["Cache-Control"].endswith("immutable")
