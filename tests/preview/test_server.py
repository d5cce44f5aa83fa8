"""The preview as a user runs it: what is served, who may ask, what a save brings about, how it ends."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsgen.preview.host_rules import rules
from newsgen.preview.http import _allowing
from newsgen.preview.watch import Watch
from tests.support.material import shared
from tests.support.serving import Serving, a_folder, until, without_script
from tests.support.sites import story

CANARY = "CANARY-7f3a"
PAGE = "/world/2019/05/04/harbour-report-3.html"
FILE = "content/world/2019/s003.md"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = a_folder(tmp_path_factory.mktemp("serve"))
    (root.parent / "outside.txt").write_text(CANARY)
    (root / "secret.txt").write_text(CANARY)
    (root / "content/.hidden.md").write_text(CANARY)
    (root / "content/world/2019/linked.md").symlink_to(root.parent / "outside.txt")
    with Serving(root, "--port", str(free_port())) as one:
        yield one


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def built(root: Path, *options: str) -> dict[str, bytes]:
    """A clean build of a folder."""
    output = root.parent / f"{root.name}-built"
    command = [sys.executable, "-m", "newsgen", "build", "--site", str(root), "--output", str(output), "--clean", "-q"]
    subprocess.run([*command, *options], check=False, stderr=subprocess.DEVNULL)
    files = [path for path in output.rglob("*") if path.is_file() and path.name != ".newsgen"]
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def assert_served_as_built(serving: Serving, *options: str) -> None:
    """Every file of a clean build is served with the same bytes."""
    files = built(serving.root, *options)
    assert len(files) > 20
    for path, data in files.items():
        if path in ("_headers", "_redirects"):
            assert serving.get(f"/{path}")[0] == 404
            continue
        url = "/" + path.removesuffix("index.html")
        status, _headers, body = serving.get(url)
        assert (status, without_script(body)) == (200, data), url


# --- what is served ---------------------------------------------------------------------------------------------------


def test_every_page_is_as_built(serving: Serving) -> None:
    assert_served_as_built(serving, "--drafts")


def test_headers_are_those_of_the_host(serving: Serving) -> None:
    files = built(serving.root, "--drafts")
    wanted = rules(files["_headers"].decode(), files.get("_redirects", b"").decode())
    style = next(path for path in files if path.endswith(".css"))
    for path in ("/", PAGE, f"/{style}", "/feed.xml", "/sitemap.xml"):
        _status, headers, _body = serving.get(path)
        for name, text in wanted.headers_of(path):
            if name == "Content-Security-Policy" and headers["content-type"].startswith("text/html"):
                given = re.sub(r"; script-src 'nonce-[\w-]+'", "", headers[name.lower()])
                assert given == text
            else:
                assert headers[name.lower()] == text
    assert serving.get(f"/{style}")[1]["content-type"] == "text/css; charset=UTF-8"


def test_what_is_not_there(serving: Serving) -> None:
    status, _headers, body = serving.get("/no/such/page")
    assert (status, without_script(body)) == (404, built(serving.root)["404.html"])
    status, headers, _body = serving.get("/world")
    assert (status, headers["location"]) == (301, "/world/")
    assert serving.get("/world/index.html")[0] == 200


def test_under_a_base_path(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("archive.example", "archive.example/paper"))
    with Serving(root, "--port", str(free_port())) as one:
        assert one.url.endswith("/paper/")
        assert one.get("/")[1]["location"] == "/paper/"
        status, _headers, body = one.get("/paper/")
        assert status == 200
        link = re.search(rb'href="(/paper/[^"]+\.html)"', body)
        assert link
        assert one.get(link[1].decode())[0] == 200
        assert one.get(link[1].decode().removeprefix("/paper"))[0] == 404


def test_drafts_and_the_public_view(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    (root / "content/world/2019/d.md").write_bytes(story("Not yet", id="d", status="draft"))
    with Serving(root, "--port", str(free_port())) as one:
        status, _headers, body = one.get("/world/2019/05/01/not-yet.html")
        assert status == 200
        assert b'data-state="draft"' in body
        told = json.loads(one.get("/_newsgen/bar?path=/world/2019/05/01/not-yet.html")[2])
        assert (told["state"], told["path"]) == ("draft", "content/world/2019/d.md")
        assert one.get("/_newsgen/source/content/world/2019/d.md")[2] == (root / told["path"]).read_bytes()
        assert one.get("/_newsgen/source/pyproject.toml")[0] == 404
    with Serving(root, "--public", "--port", str(free_port())) as one:
        assert one.get("/world/2019/05/01/not-yet.html")[0] == 404
        assert_served_as_built(one)


HELD = {
    "draft": "status: draft",
    "withheld": "status: withheld",
    "embargoed": "embargo: 2030-01-01T00:00:00Z",
    "expired": "expires: 2019-06-01T00:00:00Z",
    "killed": "status: killed",
}


def test_the_public_view_tells_nothing_of_what_is_held(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    for name, line in HELD.items():
        text = story(f"Hush {name}", body=f"Canary {name}.", id=f"hush-{name}").replace(
            b"---\n", f"---\n{line}\n".encode(), 1
        )
        (root / f"content/world/2019/{name}.md").write_bytes(text)
    with Serving(root, "--public", "--port", str(free_port())) as one:
        page = one.open("/")
        cookies = ["", *(f"newsgen-at-{one.port}={at}" for at in ("1556700000", "2000000000", "0", "-1"))]
        for cookie in cookies:
            for name in HELD:
                for path in (
                    "/", "/feed.xml", f"/world/2019/05/01/hush-{name}.html",
                    f"/_newsgen/source/content/world/2019/{name}.md",
                    f"/_newsgen/bar?path=/world/2019/05/01/hush-{name}.html",
                ):  # fmt: skip
                    _status, _headers, body = one.get(path, Cookie=cookie)
                    assert b"canary" not in body.lower(), (path, cookie)
                    assert b"hush-" not in body, (path, cookie)
        assert one.post("/_newsgen/clock?at=2030-01-02T00:00")[0] == 405
        broken = root / "content/world/2019/draft.md"
        broken.write_bytes(broken.read_bytes().replace(b"date: ", b"date: canary", 1))
        (root / FILE).write_bytes(story("Something new", id="s003"))
        page.wait("reload")
        assert b"canary" not in page.data
        page.close()


@pytest.mark.parametrize("options", [[], ["--public"]])
def test_a_story_that_was_taken_back_does_not_come_back(tmp_path: Path, options: list[str]) -> None:
    root = a_folder(tmp_path, 5)
    good = (root / FILE).read_bytes()
    killed = good.replace(b"---\n", b"---\nstatus: killed\n", 1)
    with Serving(root, *options, "--port", str(free_port())) as one:
        assert one.get(PAGE)[0] == 200
        (root / FILE).write_bytes(killed)
        until(lambda: b"Harbour report 3<" not in one.get("/")[2])  # its own page is not asked for meanwhile
        (root / FILE).write_bytes(killed.replace(b"date:", b"dat:", 1))
        (root / "content/world/2019/s001.md").write_bytes(story("A new headline", id="s001"))
        until(lambda: b"A new headline" in one.get("/")[2])
        assert one.get(PAGE)[0] == 404
        if options:  # whatever the file says now, its last page is not shown to readers
            (root / FILE).write_bytes(good)
            until(lambda: one.get(PAGE)[0] == 200)
            (root / FILE).write_bytes(killed.replace(b"date:", b"dat:", 1))
            until(lambda: one.get(PAGE)[0] == 404)


def test_what_an_editor_is_asked(serving: Serving) -> None:
    told = json.loads(serving.get(f"/_newsgen/bar?path={PAGE}")[2])
    assert told["state"] == "live"
    assert any("no dateline" in one["text"] for one in told["problems"])
    assert told["related"]
    assert "Ports" in told["related"][0]["shared"]


def test_the_clock_can_be_set(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    (root / "content/world/2019/e.md").write_bytes(story("Wait for it", id="e", embargo='"2026-01-01T06:00:00Z"'))
    with Serving(root, "--now", "2025-12-31T00:00:00Z", "--port", str(free_port())) as one:
        path = "/world/2019/05/01/wait-for-it.html"
        assert one.get(path)[0] == 404
        told = json.loads(one.get(f"/_newsgen/bar?path={path}")[2])
        assert (told["state"], told["until"]) == ("embargoed", "2026-01-01T06:00")
        status, headers, _body = one.post("/_newsgen/clock?at=2026-01-01T06:00")
        cookie = headers["set-cookie"].split(";")[0]
        assert status == 204
        assert one.get("/_newsgen/clock?at=2026-01-01T06:00")[0] == 404  # no link of another page sets it
        assert one.get(path, Cookie=cookie)[0] == 200
        assert b"Wait for it" in one.get("/", Cookie=cookie)[2]
        assert one.get(path)[0] == 404
        for text in ("never", "9999-12-31T23:59", "0001-01-01T00:00"):
            assert one.post(f"/_newsgen/clock?at={text}")[0] == 400
        name = cookie.partition("=")[0]
        for text in ("--5", "-", "253402300800", "999999999999", "٣", "1e9", ""):
            for asked in ("/", "/_newsgen/bar?path=/"):
                assert one.get(asked, Cookie=f"{name}={text}".encode().decode("latin-1"))[0] == 200, text


# --- who may ask ------------------------------------------------------------------------------------------------------


def ask(head: str, line: str = "GET / HTTP/1.1") -> bytes:
    return f"{line}\r\n{head}Connection: close\r\n\r\n".encode()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Host: 127.0.0.1:{port}\r\n", 200),
        ("Host: localhost:{port}\r\n", 200),
        ("Host: evil.example:{port}\r\n", 403),
        ("Host: localhost.evil.example\r\n", 403),
        ("Host: 127.0.0.1.evil.example\r\n", 403),
        ("Host: 10.0.0.7\r\n", 403),
        ("", 400),
        ("Host: localhost\r\nHost: evil.example\r\n", 400),
        ("Host: localhost:{port}\r\nOrigin: http://evil.example\r\n", 403),
        ("Host: localhost:{port}\r\nOrigin: null\r\n", 403),
        ("Host: localhost:{port}\r\nOrigin: http://localhost:1\r\n", 403),
        ("Host: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n", 200),
        ("Host: localhost:{port}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", 403),
        ("Host: localhost:{port}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n", 200),
        ("Host: localhost:{port}\r\nSec-Fetch-Site: CROSS-SITE\r\nSec-Fetch-Mode: no-cors\r\n", 403),
        ("Host: LOCALHOST:{port}\r\n", 200),
        ("Host: 127.0.0.1:{port}.evil.example\r\n", 403),
        ("Host: [::1]evil.example\r\n", 403),
        ("Host: [::1\r\n", 403),
        ("Host: 127.0.0.1:x; script-src *\r\n", 403),
        ("Host: localhost:{port}\r\nOrigin: http://evil.example\r\nOrigin: http://localhost:{port}\r\n", 403),
    ],
)
def test_who_may_ask(serving: Serving, head: str, status: int) -> None:
    answer = serving.raw(ask(head.format(port=serving.port)))
    assert answer.startswith(f"HTTP/1.1 {status}".encode()), answer[:80]
    assert b"access-control-allow-origin" not in answer.lower()
    if status != 200:
        assert b"Harbour report" not in answer


@pytest.mark.parametrize(
    "path", ["/_newsgen/bar?path=/", f"/_newsgen/source/{FILE}", "/_newsgen/clock?at=1999-01-01T00:00"]
)
def test_another_site_leads_nobody_to_what_is_the_previews_own(serving: Serving, path: str) -> None:
    head = f"Host: localhost:{serving.port}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n"
    for method in ("GET", "POST"):
        assert serving.raw(ask(head, f"{method} /_newsgen/{path} HTTP/1.1")).startswith(b"HTTP/1.1 403")


def test_a_head_request_ends(serving: Serving) -> None:
    for path in ("/", "/_newsgen/events?path=/", "/_newsgen/bar?path=/"):
        answer = serving.raw(ask(f"Host: localhost:{serving.port}\r\n", f"HEAD {path} HTTP/1.1"))
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.endswith(b"\r\n\r\n")


def test_a_source_that_became_a_link(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    (tmp_path / "outside.txt").write_text(CANARY)
    with Serving(root, "--port", str(free_port())) as one:
        source = "/_newsgen/source/content/world/2019/s001.md"
        assert one.get(source)[0] == 200
        file = root / "content/world/2019/s001.md"
        file.unlink()
        file.symlink_to(tmp_path / "outside.txt")
        for _ in range(20):
            assert CANARY.encode() not in one.get(source)[2]


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        ("", ""),
        ("img-src 'self'", "img-src 'self'"),
        ("default-src 'self'", "default-src 'self'; script-src 'self' N; connect-src 'self'"),
        ("default-src 'none'", "default-src 'none'; script-src N; connect-src 'self'"),
        ("Script-Src 'none'; connect-src a.example", "script-src N; connect-src a.example 'self'"),
        ("script-src a.example; script-src b.example", "script-src a.example N"),
        ("script-src-elem a.example; script-src b.example", "script-src-elem a.example N; script-src b.example"),
    ],
)
def test_a_policy_lets_the_previews_script_run_and_nothing_else(policy: str, wanted: str) -> None:
    assert _allowing(policy, "N") == wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/a", ("/b", 301, False)),
        ("/a/", ("/b", 301, False)),
        ("/c", ("/d", 302, True)),
        ("/e", None),
        ("/f/x", None),
        ("/g", None),
        ("/h", None),
    ],
)
def test_redirects_of_a_host(path: str, wanted: tuple[str, int, bool] | None) -> None:
    text = "# rules\n/a /b # why\n/a /z 302\n/c /d 302!\n/e /x Country=us\n/f/* /x\n/g id=:id /x 301\n/h\n"
    assert rules("", text).redirect_of(path) == wanted


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH", "TRACE", "CONNECT"])
def test_nothing_can_be_written(serving: Serving, method: str) -> None:
    answer = serving.raw(ask(f"Host: localhost:{serving.port}\r\n", f"{method} / HTTP/1.1"))
    assert int(answer.split()[1]) in (400, 403, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt", "/..%2foutside.txt", "/%2e%2e/outside.txt", "/..%5coutside.txt", "/%252e%252e/outside.txt",
        "//outside.txt", "/world/..%2f..%2fsecret.txt", "/secret.txt", "/pyproject.toml", "/.newsgen/preview.json",
        "/content/world/2019/s003.md", "/content/.hidden.md", "/_newsgen/source/../secret.txt",
        "/_newsgen/source/secret.txt", "/_newsgen/source/content/.hidden.md",
        "/_newsgen/source/content/world/2019/linked.md",
        "/_newsgen/source/content/%2e%2e/secret.txt", "/%00", "/world/%00.html", "/world/2019/linked.html",
        "file:///etc/passwd", "/" + "a/" * 4000,
    ],
)  # fmt: skip
def test_only_the_site_is_served(serving: Serving, path: str) -> None:
    answer = serving.raw(ask(f"Host: localhost:{serving.port}\r\n", f"GET {path} HTTP/1.1"))
    assert int(answer.split()[1]) in (400, 403, 404, 414), answer[:60]
    assert CANARY.encode() not in answer
    assert str(serving.root).encode() not in answer


def test_hostile_requests_of_others(serving: Serving) -> None:
    folder = shared("hostile/paths")
    cases = [json.loads(line) for line in (folder / "devserver.jsonl").read_text().splitlines()]
    for case in cases:
        text = case["raw"].replace("{PORT}", str(serving.port)).replace("{RELOAD_PATH}", "/_newsgen/events")
        answer = serving.raw(text.encode("utf-8", "surrogatepass"))
        status = int(answer.split()[1]) if answer else 0
        assert status in case["allow_status"] or status == 414, (case["id"], answer[:100])
        assert CANARY.encode() not in answer, case["id"]
    for line in (folder / "requests.jsonl").read_text().splitlines():
        path = json.loads(line)["path"]
        wire = path if path.startswith("/") else f"/{path}"
        request = f"GET {wire} HTTP/1.1\r\nHost: localhost:{serving.port}\r\nConnection: close\r\n\r\n"
        assert CANARY.encode() not in serving.raw(request.encode("utf-8", "surrogatepass")), path
    assert serving.get("/")[0] == 200


def test_a_slow_client_keeps_nobody_waiting(serving: Serving) -> None:
    links = [socket.create_connection(("127.0.0.1", serving.port)) for _ in range(50)]
    for link in links:
        link.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    try:
        assert serving.get("/")[0] == 200
    finally:
        for link in links:
            link.close()


# --- a save -----------------------------------------------------------------------------------------------------------


def test_a_story_is_served_as_saved(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    page = serving.open(PAGE)
    listed = serving.open("/world/")
    file.write_bytes(before.replace(b"Harbour report 3", b"Harbour report 3 again"))
    page.wait("reload")
    moved = "/world/2019/05/04/harbour-report-3-again.html"
    assert serving.get(PAGE)[0] == 404
    assert b"Harbour report 3 again" in serving.get(moved)[2]
    listed.wait("reload")
    assert b"Harbour report 3 again" in serving.get("/world/")[2]
    file.write_bytes(before)
    until(lambda: serving.get(PAGE)[0] == 200)
    page.close()
    listed.close()


def test_only_pages_that_changed_are_reloaded(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    mine, other, home = serving.open(PAGE), serving.open("/world/2019/05/22/harbour-report-21.html"), serving.open("/")
    file.write_bytes(before.rstrip() + b"\n\nOne more line.\n")
    mine.wait("reload")
    assert "reload" not in other.rest() + home.rest()
    file.write_bytes(before)
    until(lambda: b"One more line" not in serving.get(PAGE)[2])
    for one in (mine, other, home):
        one.close()


def test_an_error_is_told_and_goes_away(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    serving.body(PAGE)  # it was seen
    page = serving.open(PAGE)
    file.write_bytes(before.replace(b"headline:", b"headlin:"))
    page.wait("state")
    status, _headers, body = serving.get(PAGE)
    assert status == 200
    assert b"Harbour report 3" in body  # the last good page
    file.write_bytes(before)
    until(lambda: serving.get(PAGE)[0] == 200 and b"Harbour report 3" in serving.get(PAGE)[2])
    page.close()


def test_no_error_keeps_a_page_that_was_taken_away(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    other = root / "content/world/2019/s001.md"
    with Serving(root, "--port", str(free_port())) as one:
        assert one.get(PAGE)[0] == 200
        other.write_bytes(other.read_bytes().replace(b"date:", b"dat:"))
        until(lambda: json.loads(one.get("/_newsgen/bar?path=/")[2])["errors"] > 0)
        (root / FILE).unlink()
        until(lambda: one.get(PAGE)[0] == 404)


@pytest.mark.parametrize("file", ["templates/article.html.j2", "pyproject.toml"])
def test_a_broken_template_or_setting_ends_nothing(tmp_path: Path, file: str) -> None:
    root = a_folder(tmp_path, 4)
    (root / "templates").mkdir()
    good = Path(__file__).parents[2] / "templates/article.html.j2"
    (root / "templates/article.html.j2").write_bytes(good.read_bytes())
    before = (root / file).read_bytes()
    with Serving(root, "--port", str(free_port())) as one:
        was = one.body(PAGE)
        page = one.open(PAGE)
        (root / file).write_bytes(before + b"\n{% if %}\n[[[\n")
        page.wait("state")
        assert one.body(PAGE) == was
        (root / "content/world/2019/s001.md").write_bytes(story("Meanwhile", id="s001"))
        (root / file).write_bytes(before + b"\n")
        until(lambda: b"Meanwhile" in one.get("/")[2])
        assert one.get(PAGE)[0] == 200
        page.close()
        assert_served_as_built(one, "--drafts")


def test_a_template_and_a_style_sheet(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    theme = Path(__file__).parents[2] / "templates"
    (root / "templates/assets").mkdir(parents=True)
    style, template = root / "templates/assets/site.css", root / "templates/article.html.j2"
    style.write_bytes((theme / "assets/site.css").read_bytes())
    template.write_bytes((theme / "article.html.j2").read_bytes())
    with Serving(root, "--port", str(free_port())) as one:
        page = one.open(PAGE)
        style.write_bytes(style.read_bytes() + b"\nbody { color: red }\n")
        page.wait("css")
        assert "reload" not in page.rest()
        template.write_text(template.read_text().replace("<h1 ", '<h1 class="new" '))
        page.wait("reload")
        assert b'<h1 class="new" ' in one.get(PAGE)[2]
        page.close()


def test_a_burst_ends_right(serving: Serving) -> None:
    files = sorted((serving.root / "content/world/2019").glob("s*.md"))
    before = [file.read_bytes() for file in files if not file.is_symlink()]
    page = serving.open(PAGE)
    for turn in range(4):
        for file, data in zip(files, before, strict=True):
            file.write_bytes(data.rstrip() + f"\n\nTurn {turn}.\n".encode())
    until(lambda: b"Turn 3." in serving.get(PAGE)[2], 2)
    page.wait("reload")
    assert_served_as_built(serving, "--drafts")
    for file, data in zip(files, before, strict=True):
        file.write_bytes(data)
    until(lambda: b"Turn" not in serving.get(PAGE)[2])
    page.close()


def test_folders_that_move(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    with Serving(root, "--port", str(free_port())) as one:
        (root / "content/world/2019").rename(root / "content/world/2020")
        until(lambda: one.get("/_newsgen/source/content/world/2020/s003.md")[0] == 200)
        assert one.get(PAGE)[0] == 200
        deep = root / "content/n/e/w/d"
        deep.mkdir(parents=True)
        (deep / "a.md").write_bytes(story("From the deep", section="World", id="deep"))
        until(lambda: one.get("/world/2019/05/01/from-the-deep.html")[0] == 200)
        (root / "content").rename(root / "away")
        until(
            lambda: (
                one.get("/_newsgen/bar?path=/")[0] == 200
                and json.loads(one.get("/_newsgen/bar?path=/")[2])["errors"] > 0
            )
        )
        assert one.get(PAGE)[0] == 200
        (root / "away").rename(root / "content")
        until(lambda: json.loads(one.get("/_newsgen/bar?path=/")[2])["errors"] == 0)
        (root / "content/world/2020/s003.md").write_bytes(story("Back again", id="s003"))
        until(lambda: b"Back again" in one.get("/")[2])


def replay(ops: list[Any], root: Path, file: Path, new: bytes) -> None:
    """Do what a line of saves.jsonl says to one story."""
    pause = threading.Event()
    folder, name = file.parent, file.name

    def at(text: str) -> Path:
        if text in ("DIR", "DIR2"):
            return folder if text == "DIR" else folder.with_name(folder.name + "-2")
        if text == "LINK":
            return folder / "link.md"
        if "newsgen.yaml" in text or text == ".c":
            return root / text.replace("newsgen.yaml", "pyproject.toml")
        if text.startswith("n/"):
            return root / "content" / text
        return folder / re.sub(r"(?<![A-Za-z])S(?![A-Za-z])", name, text)

    def data(text: str) -> bytes:
        if text.startswith("NEW"):
            part = re.search(r"\[(\d+):(\d+)%\]", text)
            return new[len(new) * int(part[1]) // 100 : len(new) * int(part[2]) // 100] if part else new
        return text.encode()

    opened = None
    for op, *more in ops:
        if op in ("write", "truncate_write"):
            is_settings = "pyproject" in at(more[0]).name or more[0] == ".c"
            at(more[0]).write_bytes((root / "pyproject.toml").read_bytes() if is_settings else data(more[1]))
        elif op == "mkdir":
            at(more[0]).mkdir(parents=True)
        elif op == "unlink":
            at(more[0]).unlink()
        elif op == "rename":
            at(more[0]).rename(at(more[1]))
        elif op == "rename_to_outside":
            at(more[0]).rename(root.parent / "outside.md")
        elif op == "sleep":
            pause.wait(more[0])
        elif op == "utime":
            os.utime(at(more[0]), None if more[1] == "NOW" else (1_600_000_000, 1_600_000_000))
        elif op == "chmod":
            at(more[0]).chmod(int(more[1], 8))
        elif op == "open":
            opened = at(more[0]).open("wb")
        elif op == "chunk":
            assert opened is not None
            opened.write(data(more[1]))
            opened.flush()
        elif op == "close":
            assert opened is not None
            opened.close()
        elif op == "symlink_replace":
            at("LINK").unlink(missing_ok=True)
            at("LINK").symlink_to(file)
        elif op == "repeat":
            for turn in range(more[0]):
                file.write_bytes(new + f"{turn}\n".encode())
                pause.wait(0.02)
        elif op == "replace_many":
            for number in range(2000):
                one = folder / f"many{number:04}.md"
                one.unlink(missing_ok=True)
                one.write_bytes(story(f"Checked out {number}", id=f"many{number}"))
        else:
            raise NotImplementedError(op)


SAVES: dict[str, list[Any]] = {
    "vim": [["write", "4913", ""], ["unlink", "4913"], ["rename", "S", "S~"], ["write", "S", "NEW"], ["unlink", "S~"]],
    "in place": [["truncate_write", "S", "NEW"]],
    "safe write": [
        ["write", "S___tmp___", "NEW"], ["rename", "S", "S___old___"], ["rename", "S___tmp___", "S"],
        ["unlink", "S___old___"],
    ],
    "old time": [["write", ".S.Xy12Za", "NEW"], ["utime", ".S.Xy12Za", -86400], ["rename", ".S.Xy12Za", "S"]],
    "same time": [["truncate_write", "S", "NEW"], ["utime", "S", "ORIGINAL"]],
    "delete and make": [["unlink", "S"], ["sleep", 0.01], ["write", "S", "NEW"]],
    "syncthing": [["write", ".syncthing.S.tmp", "NEW"], ["rename", ".syncthing.S.tmp", "S"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", SAVES)
def test_every_way_to_save(serving: Serving, kind: str) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    word = f"Saved like {kind}.".encode()
    page = serving.open(PAGE)
    replay(SAVES[kind], serving.root, file, before.rstrip() + b"\n\n" + word + b"\n")
    until(lambda: word in serving.get(PAGE)[2], 2)
    page.wait("reload")
    file.write_bytes(before)
    until(lambda: word not in serving.get(PAGE)[2])
    assert page.rest().count("reload") <= 2  # one more for the save, one for the way back
    assert serving.get("/world/4913.html")[0] == 404
    page.close()


def test_a_file_that_is_written_slowly_is_read_once(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    new = before.rstrip() + b"\n\nSlowly written.\n"
    page = serving.open(PAGE)
    pause = threading.Event()
    with file.open("wb") as out:
        for start in range(0, len(new), len(new) // 3 + 1):
            out.write(new[start : start + len(new) // 3 + 1])
            out.flush()
            pause.wait(0.3)
    until(lambda: b"Slowly written" in serving.get(PAGE)[2], 2)
    page.wait("reload")
    assert "reload" not in page.rest()
    file.write_bytes(before)
    until(lambda: b"Slowly" not in serving.get(PAGE)[2])
    page.close()


# --- beginning and end ------------------------------------------------------------------------------------------------


def test_a_port_is_never_shared(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 2)
    with Serving(root, "--port", str(free_port())) as one:
        command = [sys.executable, "-m", "newsgen", "serve", "--site", str(root), "--port", str(one.port)]
        second = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
        assert second.returncode == 4
        assert str(one.port) in second.stderr


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 2)
    with Serving(root, "--port", str(free_port())) as one:
        pages = [one.open("/") for _ in range(5)]
        assert one.stop() < 2
        assert one.process.returncode in (0, 130)
        with socket.socket() as again:
            again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            again.bind(("127.0.0.1", one.port))
        children = subprocess.run(["pgrep", "-P", str(one.process.pid)], capture_output=True, text=True, check=False)
        assert children.stdout == ""
        for page in pages:
            page.close()
    with Serving(root, "--port", str(one.port)) as one:  # from what the first one knew
        assert one.get("/")[0] == 200


def test_what_changed_while_it_was_away(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    seal = root / ".newsgen/preview.json"
    with Serving(root, "--port", str(free_port())) as one:
        one.get("/")
        until(lambda: seal.exists() and b"unfinished" not in seal.read_bytes())
    (root / FILE).write_bytes(story("Changed meanwhile", id="s003"))
    (root / "content/world/2019/s004.md").unlink()
    with Serving(root, "--port", str(free_port())) as one:
        home = one.get("/")[2]
        assert b"Changed meanwhile" in home
        assert b"Harbour report 4" not in home


def test_a_preview_that_ends_before_its_record_is_written(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    for _ in range(2):
        with Serving(root, "--port", str(free_port())) as one:
            assert one.get("/")[0] == 200  # and it is stopped at once
    with Serving(root, "--port", str(free_port())) as one:
        assert_served_as_built(one, "--drafts")


def test_a_preview_that_was_killed(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    with Serving(root, "--port", str(free_port())) as one:
        (root / FILE).write_bytes(story("Half known", id="s003"))
        until(lambda: b"Half known" in one.get("/")[2])
        one.process.kill()
        one.process.wait()
    with Serving(root, "--port", str(free_port())) as one:
        assert b"Half known" in one.get("/")[2]
        assert_served_as_built(one, "--drafts")


def test_polling(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    with Serving(root, "--poll", "--port", str(free_port())) as one:
        page = one.open("/")
        (root / FILE).write_bytes(story("Polled", id="s009"))
        page.wait("reload")
        assert b"Polled" in one.get("/")[2]
        page.close()


def test_a_build_beside_it(serving: Serving) -> None:
    """The preview holds no lock that a build wants, and writes nothing where a build does."""
    command = [sys.executable, "-m", "newsgen", "build", "--site", str(serving.root), "-q"]
    assert subprocess.run(command, capture_output=True, check=False).returncode in (0, 1)
    assert serving.get(PAGE)[0] == 200


@pytest.mark.long
def test_saves_of_others(tmp_path: Path) -> None:
    cases = [json.loads(line) for line in (shared("hostile/editors") / "saves.jsonl").read_text().splitlines()]
    for case in cases:
        root = tmp_path / case["id"]
        root.mkdir()
        a_folder(root, 12)
        file = root / FILE
        new = file.read_bytes().rstrip() + b"\n\nSaved anew.\n"
        with Serving(root, "--port", str(free_port())) as one:
            page = one.open(PAGE)
            replay(case["ops"], root, file, new)
            right = partial(all_served, one, built(root, "--drafts"))
            took = until(right, 2 if case["id"] != "git-checkout-2000" else 20)
            reloads = page.rest().count("reload")
            print(f"{case['id']}: as built {took:.2f} s after the build, {reloads} reloads")
            assert reloads <= 2, case["id"]
            page.close()


def all_served(serving: Serving, files: dict[str, bytes]) -> bool:
    """Whether every file of a build is served as it is."""
    return all(
        serving.body("/" + path.removesuffix("index.html")) == data for path, data in files.items() if path[0] != "_"
    )


def test_a_link_gives_way_to_a_file(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    file = root / FILE
    before = file.read_bytes()
    with Serving(root, "--port", str(free_port())) as one:
        file.unlink()
        file.symlink_to("/nonexistent")
        until(lambda: b"Harbour report 3<" not in one.get("/")[2])
        file.unlink()
        file.write_bytes(before)
        until(lambda: b"Harbour report 3<" in one.get("/")[2], 3)


def test_a_name_that_is_no_text_ends_nothing(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    odd = os.fsencode(root / "content/world") + b"/\xff.md"
    with Serving(root, "--port", str(free_port())) as one:
        with open(odd, "w", encoding="ascii") as out:
            out.write("x")
        until(lambda: json.loads(one.get("/_newsgen/bar?path=/")[2])["errors"] > 0)
        os.unlink(odd)
        until(lambda: json.loads(one.get("/_newsgen/bar?path=/")[2])["errors"] == 0)
        (root / FILE).write_bytes(story("Seen all the same", id="s003"))
        until(lambda: b"Seen all the same" in one.get("/")[2], 3)


def test_a_template_that_fails_while_rendering_is_told(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    template = root / "templates/home.html.j2"
    template.parent.mkdir()
    good = (Path(__file__).parents[2] / "templates/home.html.j2").read_text(encoding="utf-8")
    template.write_text(good, encoding="utf-8")
    with Serving(root, "--port", str(free_port())) as one:
        page = one.open("/")
        until(lambda: b'"errors": []' in page.data)
        template.write_text(good.replace("{% block main %}", "{% block main %}{{ nosuch }}", 1), encoding="utf-8")
        until(lambda: b"nosuch" in page.data, 3)
        assert b"Harbour report 3" in one.get("/")[2]
        page.data = b""
        template.write_text(good, encoding="utf-8")
        until(lambda: b'"errors": []' in page.data, 3)
        page.close()


def test_the_terminal_is_told_each_thing_once(tmp_path: Path) -> None:
    """What was wrong at the start is not told again with what is wrong later."""
    root = a_folder(tmp_path, 4)
    (root / "content/world/notes.txt").write_text("x")
    templates = root / "templates"
    with Serving(root, "--port", str(free_port())) as one:
        terminal = one.process.stderr
        assert terminal
        assert terminal.readline().startswith("content/world/notes.txt: warning:")
        (tmp_path / "shared").mkdir()
        templates.symlink_to(tmp_path / "shared")
        assert terminal.readline().startswith("templates: warning: This is a link, not a folder")
        templates.unlink()
        (root / FILE).write_bytes(b"no story")
        assert terminal.readline().startswith(FILE)
        one.stop()
        assert terminal.read() == "    no story\n    ^\n"


def test_what_is_wrong_for_a_moment_is_not_told(tmp_path: Path) -> None:
    """A kill writes the list of addresses before the story: in between the story has the id of a killed one."""
    root = a_folder(tmp_path, 4)
    ledger, file = root / "content/_urls.tsv", root / FILE
    with Serving(root, "--port", str(free_port())) as one:
        page = one.open("/")
        ledger.write_text(f"s003\t{PAGE}\t2020-01-01\tkilled\t2020-01-01\tWrong.\n")
        page.wait("state", 3)
        file.write_bytes(story("Harbour report 3", id="s003", status="killed"))
        until(lambda: b"Harbour report 3<" not in one.get("/")[2])
        (root / "content/world/2019/s001.md").write_bytes(b"no story")
        assert one.process.stderr
        assert one.process.stderr.readline().startswith("content/world/2019/s001.md")
        page.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are watched in other ways")
def test_what_watchdog_says_is_not_told_in_the_terminal(tmp_path: Path) -> None:
    """An event that comes while a watch ends is no news for an editor."""
    root = a_folder(tmp_path, 2)
    lines = (
        "import pathlib, sys; from newsgen.watch import Watch",
        "watch = Watch(pathlib.Path(sys.argv[1]), print, is_polling=False)",
        "emitters = list(watch._observer.emitters); watch.stop()",
        "[emitter.queue_events(0.0) for emitter in emitters]",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines), root], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""


def test_what_the_system_does_not_tell_is_seen_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Folders for which there is no watch left: it looks again and again, and says so."""
    watch = Watch(a_folder(tmp_path, 2), lambda path, is_at_work: None, is_polling=False)
    try:
        assert watch.check()
        assert not watch.is_polling
        (tmp_path / "unwatched").mkdir()
        monkeypatch.setattr("newsgen.preview.watch._TREES", ("content", "unwatched"))
        assert not watch._has_all()
        monkeypatch.setattr(Watch, "_has_all", lambda watch: False)
        assert not watch.check()
        assert "limit" in watch.reason
    finally:
        watch.stop()
