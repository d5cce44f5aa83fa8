"""What is served after a change: stories, templates and settings as they are now, whatever failed in between."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.support.serving import FILE, PAGE, Serving, a_folder, assert_served_as_built, until
from tests.support.sites import story


def test_a_story_is_served_as_saved(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    page = serving.open(PAGE)
    listed = serving.open("/world/")
    file.write_bytes(before.replace(b"Harbour report 3", b"Harbour report 3 again"))
    moved = "/world/2019/05/04/harbour-report-3-again.html"
    assert json.loads(page.wait("moved")) == moved
    assert serving.get(PAGE)[0] == 404
    assert b"Harbour report 3 again" in serving.get(moved)[2]
    listed.wait("reload")
    assert b"Harbour report 3 again" in serving.get("/world/")[2]
    file.write_bytes(before)
    until(lambda: serving.get(PAGE)[0] == 200)
    page.close()
    listed.close()


def test_no_error_keeps_a_page_that_was_taken_away(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 5)
    other = root / "content/world/2019/s001.md"
    with Serving(root) as preview:
        assert preview.get(PAGE)[0] == 200
        other.write_bytes(other.read_bytes().replace(b"date:", b"dat:"))
        until(lambda: json.loads(preview.get("/_newsgen/bar?path=/")[2])["errors"] > 0)
        (root / FILE).unlink()
        until(lambda: preview.get(PAGE)[0] == 404)


@pytest.mark.parametrize("file", ["templates/article.html.j2", "pyproject.toml"])
def test_a_broken_template_or_setting_ends_nothing(tmp_path: Path, file: str) -> None:
    root = a_folder(tmp_path, 4)
    (root / "templates").mkdir()
    good = Path(__file__).parents[2] / "templates/article.html.j2"
    (root / "templates/article.html.j2").write_bytes(good.read_bytes())
    before = (root / file).read_bytes()
    with Serving(root) as preview:
        before_error = preview.body(PAGE)
        page = preview.open(PAGE)
        (root / file).write_bytes(before + b"\n{% if %}\n[[[\n")
        page.wait("state")
        assert preview.body(PAGE) == before_error
        (root / "content/world/2019/s001.md").write_bytes(story("Meanwhile", id="s001"))
        (root / file).write_bytes(before + b"\n")
        until(lambda: b"Meanwhile" in preview.get("/")[2])
        assert preview.get(PAGE)[0] == 200
        page.close()
        assert_served_as_built(preview, "--drafts")


def test_a_burst_ends_right(serving: Serving) -> None:
    files = sorted((serving.root / "content/world/2019").glob("s*.md"))
    before = [file.read_bytes() for file in files if not file.is_symlink()]
    page = serving.open(PAGE)
    for turn in range(4):
        for file, data in zip(files, before, strict=True):
            file.write_bytes(data.rstrip() + f"\n\nTurn {turn}.\n".encode())
    until(lambda: b"Turn 3." in serving.get(PAGE)[2])
    page.wait("reload")
    assert_served_as_built(serving, "--drafts")
    for file, data in zip(files, before, strict=True):
        file.write_bytes(data)
    until(lambda: b"Turn" not in serving.get(PAGE)[2])
    page.close()


def test_folders_that_move(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    with Serving(root) as preview:
        (root / "content/world/2019").rename(root / "content/world/2020")
        until(lambda: preview.get("/_newsgen/source/content/world/2020/s003.md")[0] == 200)
        assert preview.get(PAGE)[0] == 200
        deep = root / "content/n/e/w/d"
        deep.mkdir(parents=True)
        (deep / "a.md").write_bytes(story("From the deep", section="World", id="deep"))
        until(lambda: preview.get("/world/2019/05/01/from-the-deep.html")[0] == 200)
        (root / "content").rename(root / "away")
        until(
            lambda: (
                preview.get("/_newsgen/bar?path=/")[0] == 200
                and json.loads(preview.get("/_newsgen/bar?path=/")[2])["errors"] > 0
            )
        )
        assert preview.get(PAGE)[0] == 200
        (root / "away").rename(root / "content")
        until(lambda: json.loads(preview.get("/_newsgen/bar?path=/")[2])["errors"] == 0)
        (root / "content/world/2020/s003.md").write_bytes(story("Back again", id="s003"))
        until(lambda: b"Back again" in preview.get("/")[2])


def test_a_link_gives_way_to_a_file(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    file = root / FILE
    before = file.read_bytes()
    with Serving(root) as preview:
        file.unlink()
        file.symlink_to("/nonexistent")
        until(lambda: b"Harbour report 3<" not in preview.get("/")[2])
        file.unlink()
        file.write_bytes(before)
        until(lambda: b"Harbour report 3<" in preview.get("/")[2])


def test_a_name_that_is_no_text_ends_nothing(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    odd = os.fsencode(root / "content/world") + b"/\xff.md"
    with Serving(root) as preview:
        with open(odd, "w", encoding="ascii") as out:
            out.write("x")
        until(lambda: json.loads(preview.get("/_newsgen/bar?path=/")[2])["errors"] > 0)
        os.unlink(odd)
        until(lambda: json.loads(preview.get("/_newsgen/bar?path=/")[2])["errors"] == 0)
        (root / FILE).write_bytes(story("Seen all the same", id="s003"))
        until(lambda: b"Seen all the same" in preview.get("/")[2])
