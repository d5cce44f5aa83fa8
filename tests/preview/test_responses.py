"""What the preview serves: the bytes, headers and redirects that the site's host would answer with."""

from __future__ import annotations

import re
from pathlib import Path

from newsgen.publish.host_rules import parse_rules
from tests.support.serving import PAGE, Serving, a_folder, assert_served_as_built, built, without_script


def test_every_page_is_as_built(serving: Serving) -> None:
    assert_served_as_built(serving, "--drafts")


def test_headers_are_those_of_the_host(serving: Serving) -> None:
    files = built(serving.root, "--drafts")
    wanted = parse_rules(files["_headers"].decode(), files.get("_redirects", b"").decode())
    style = next(path for path in files if path.endswith(".css"))
    for path in ("/", PAGE, f"/{style}", "/feed.xml", "/sitemap.xml"):
        _status, headers, body = serving.get(path)
        for name, text in wanted.headers_of(path):
            if name == "Content-Security-Policy" and headers["content-type"].startswith("text/html"):
                (nonce,) = re.findall(rb'nonce="([\w-]{16})"', body)  # of the script that reloads the page
                assert headers[name.lower()] == text.replace(
                    "script-src 'self'", f"script-src 'self' 'nonce-{nonce.decode()}'"
                )
            else:
                assert headers[name.lower()] == text
    assert serving.get(f"/{style}")[1]["content-type"] == "text/css; charset=utf-8"


def test_what_is_not_there(serving: Serving) -> None:
    status, _headers, body = serving.get("/no/such/page")
    assert (status, without_script(body)) == (404, built(serving.root)["404.html"])
    status, headers, _body = serving.get("/world")
    assert (status, headers["location"]) == (301, "/world/")
    assert serving.get("/world/index.html")[0] == 200


def test_an_old_address_with_a_query_leads_on(tmp_path: Path) -> None:
    root = a_folder(tmp_path / "site", 3)
    file = root / "content/world/2019/s001.md"
    file.write_text(file.read_text().replace("id: s001\n", "id: s001\naliases: ['/story.php?id=12', '/?p=7']\n"))
    with Serving(root) as preview:
        for path in ("/story.php?id=12", "/?p=7&from=mail"):
            status, headers, _body = preview.get(path)
            assert status == 301
            assert headers["location"] == f"/world/2019/05/02/harbour-report-1.html?{path.partition('?')[2]}"
        assert [preview.get(path)[0] for path in ("/story.php?id=13", "/?p=8", "/")] == [404, 200, 200]


def test_under_a_base_path(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("archive.example", "archive.example/paper"))
    with Serving(root) as preview:
        assert preview.url.endswith("/paper/")
        assert preview.get("/")[1]["location"] == "/paper/"
        status, _headers, body = preview.get("/paper/")
        assert status == 200
        link = re.search(rb'href="(/paper/[^"]+\.html)"', body)
        assert link
        assert preview.get(link[1].decode())[0] == 200
        assert preview.get(link[1].decode().removeprefix("/paper"))[0] == 404
