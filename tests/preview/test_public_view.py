"""Who is shown what, and when: drafts, the view of readers, and the clock that an editor sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.serving import FILE, PAGE, Serving, a_folder, assert_served_as_built, until
from tests.support.sites import story

HELD = {
    "draft": "status: draft",
    "withheld": "status: withheld",
    "embargoed": "embargo: 2030-01-01T00:00:00Z",
    "expired": "expires: 2019-06-01T00:00:00Z",
    "killed": "status: killed",
}


def test_drafts_and_the_public_view(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    (root / "content/world/2019/d.md").write_bytes(story("Not yet", id="d", status="draft"))
    with Serving(root) as preview:
        status, _headers, body = preview.get("/world/2019/05/01/not-yet.html")
        assert status == 200
        assert b'data-state="draft"' in body
        bar = json.loads(preview.get("/_newsgen/bar?path=/world/2019/05/01/not-yet.html")[2])
        assert (bar["state"], bar["path"]) == ("draft", "content/world/2019/d.md")
        assert preview.get("/_newsgen/source/content/world/2019/d.md")[2] == (root / bar["path"]).read_bytes()
        assert preview.get("/_newsgen/source/pyproject.toml")[0] == 404
    with Serving(root, "--public") as preview:
        assert preview.get("/world/2019/05/01/not-yet.html")[0] == 404
        assert_served_as_built(preview)


def test_the_public_view_tells_nothing_of_what_is_held(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    for name, line in HELD.items():
        text = story(f"Hush {name}", body=f"Canary {name}.", id=f"hush-{name}").replace(
            b"---\n", f"---\n{line}\n".encode(), 1
        )
        (root / f"content/world/2019/{name}.md").write_bytes(text)
    with Serving(root, "--public") as preview:
        page = preview.open("/")
        cookies = ["", *(f"newsgen-at-{preview.port}={at}" for at in ("1556700000", "2000000000", "0", "-1"))]
        for cookie in cookies:
            for name in HELD:
                for path in (
                    "/", "/feed.xml", f"/world/2019/05/01/hush-{name}.html",
                    f"/_newsgen/source/content/world/2019/{name}.md",
                    f"/_newsgen/bar?path=/world/2019/05/01/hush-{name}.html",
                ):  # fmt: skip
                    _status, _headers, body = preview.get(path, Cookie=cookie)
                    assert b"canary" not in body.lower(), (path, cookie)
                    assert b"hush-" not in body, (path, cookie)
        assert preview.post("/_newsgen/clock?at=2030-01-02T00:00")[0] == 405
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
    with Serving(root, *options) as preview:
        assert preview.get(PAGE)[0] == 200
        (root / FILE).write_bytes(killed)
        until(lambda: b"Harbour report 3<" not in preview.get("/")[2])  # its own page is not asked for meanwhile
        (root / FILE).write_bytes(killed.replace(b"date:", b"dat:", 1))
        (root / "content/world/2019/s001.md").write_bytes(story("A new headline", id="s001"))
        until(lambda: b"A new headline" in preview.get("/")[2])
        assert preview.get(PAGE)[0] == 404
        if options:  # whatever the file says now, its last page is not shown to readers
            (root / FILE).write_bytes(good)
            until(lambda: preview.get(PAGE)[0] == 200)
            (root / FILE).write_bytes(killed.replace(b"date:", b"dat:", 1))
            until(lambda: preview.get(PAGE)[0] == 404)


def test_the_clock_can_be_set(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 3)
    (root / "content/world/2019/e.md").write_bytes(story("Wait for it", id="e", embargo='"2026-01-01T06:00:00Z"'))
    with Serving(root, "--now", "2025-12-31T00:00:00Z") as preview:
        path = "/world/2019/05/01/wait-for-it.html"
        status, _headers, body = preview.get(path)
        assert (status, b"<em>Embargoed</em>" in body) == (404, True)  # for the desk, at its own address alone
        assert b"Wait for it" not in preview.get("/")[2]
        bar = json.loads(preview.get(f"/_newsgen/bar?path={path}")[2])
        assert (bar["state"], bar["until"]) == ("embargoed", "2026-01-01T06:00")
        status, headers, _body = preview.post("/_newsgen/clock?at=2026-01-01T06:00")
        cookie = headers["set-cookie"].split(";")[0]
        assert status == 204
        assert preview.get("/_newsgen/clock?at=2026-01-01T06:00")[0] == 404  # no link of another page sets it
        status, _headers, body = preview.get(path, Cookie=cookie)
        assert (status, b"<em>Embargoed</em>" in body) == (200, False)
        assert b"Wait for it" in preview.get("/", Cookie=cookie)[2]
        assert b"<em>Embargoed</em>" in preview.get(path)[2]
        for text in ("never", "9999-12-31T23:59", "0001-01-01T00:00"):
            assert preview.post(f"/_newsgen/clock?at={text}")[0] == 400
        name = cookie.partition("=")[0]
        for text in ("--5", "-", "253402300800", "999999999999", "٣", "1e9", ""):
            for page in ("/", "/_newsgen/bar?path=/"):
                assert preview.get(page, Cookie=f"{name}={text}".encode().decode("latin-1"))[0] == 200, text
