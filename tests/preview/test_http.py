"""Who may ask the preview, and for what: no other site, no other host name, no file beside the site's."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from newsgen.preview.http import policy_with_script
from tests.support.material import shared
from tests.support.serving import CANARY, FILE, Serving, a_folder


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
    with Serving(root) as preview:
        source = "/_newsgen/source/content/world/2019/s001.md"
        assert preview.get(source)[0] == 200
        file = root / "content/world/2019/s001.md"
        file.unlink()
        file.symlink_to(tmp_path / "outside.txt")
        for _ in range(20):
            assert CANARY.encode() not in preview.get(source)[2]


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
    assert policy_with_script(policy, "N") == wanted


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
        answer = serving.raw(text.encode("utf-8", "surrogatepass"), 1)
        status = int(answer.split()[1]) if answer else 0
        assert status in case["allow_status"] or status == 414, (case["id"], answer[:100])
        assert CANARY.encode() not in answer, case["id"]
    for line in (folder / "requests.jsonl").read_text().splitlines():
        path = json.loads(line)["path"]
        wire = path if path.startswith("/") else f"/{path}"
        request = f"GET {wire} HTTP/1.1\r\nHost: localhost:{serving.port}\r\nConnection: close\r\n\r\n"
        assert CANARY.encode() not in serving.raw(request.encode("utf-8", "surrogatepass"), 1), path
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
