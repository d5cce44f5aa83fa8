"""What open pages and the terminal are told of a change, and what they are not told."""

from __future__ import annotations

import os
from pathlib import Path

from tests.support.serving import FILE, PAGE, Serving, a_folder, until
from tests.support.sites import story


def test_only_pages_that_changed_are_reloaded(serving: Serving) -> None:
    file = serving.root / FILE
    before = file.read_bytes()
    mine, other, home = serving.open(PAGE), serving.open("/world/2019/05/22/harbour-report-21.html"), serving.open("/")
    file.write_bytes(before.rstrip() + b"\n\nOne more line.\n")
    mine.wait("reload")
    assert "reload" not in other.rest() + home.rest()
    file.write_bytes(before)
    until(lambda: b"One more line" not in serving.get(PAGE)[2])
    for page in (mine, other, home):
        page.close()


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


def test_a_template_and_a_style_sheet(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    theme = Path(__file__).parents[2] / "templates"
    (root / "templates/assets").mkdir(parents=True)
    style, template = root / "templates/assets/site.css", root / "templates/article.html.j2"
    style.write_bytes((theme / "assets/site.css").read_bytes())
    template.write_bytes((theme / "article.html.j2").read_bytes())
    with Serving(root) as preview:
        page = preview.open(PAGE)
        style.write_bytes(style.read_bytes() + b"\nbody { color: red }\n")
        page.wait("css")
        assert "reload" not in page.rest()
        template.write_text(template.read_text().replace("<h1 ", '<h1 class="new" '))
        page.wait("reload")
        assert b'<h1 class="new" ' in preview.get(PAGE)[2]
        page.close()


def test_a_template_that_fails_while_rendering_is_told(tmp_path: Path) -> None:
    root = a_folder(tmp_path, 4)
    template = root / "templates/home.html.j2"
    template.parent.mkdir()
    good = (Path(__file__).parents[2] / "templates/home.html.j2").read_text(encoding="utf-8")
    template.write_text(good, encoding="utf-8")
    with Serving(root) as preview:
        page = preview.open("/")
        until(lambda: b'"errors": []' in page.data)
        template.write_text(good.replace("{% block main %}", "{% block main %}{{ nosuch }}", 1), encoding="utf-8")
        until(lambda: b"nosuch" in page.data)
        assert b"Harbour report 3" in preview.get("/")[2]
        page.data = b""
        template.write_text(good, encoding="utf-8")
        until(lambda: b'"errors": []' in page.data)
        page.close()


def test_the_terminal_is_told_each_thing_once(tmp_path: Path) -> None:
    """What was wrong at the start is not told again with what is wrong later."""
    root = a_folder(tmp_path, 4)
    (root / "content/world/notes.txt").write_text("x")
    templates = root / "templates"
    with Serving(root) as preview:
        terminal = preview.stderr
        assert terminal.readline().startswith("content/world/notes.txt: warning:")
        os.mkfifo(templates)
        assert terminal.readline().startswith("templates: warning: This is a device or pipe, not a folder")
        templates.unlink()
        (root / FILE).write_bytes(b"no story")
        assert terminal.readline() == "1 error:\n"
        assert terminal.readline().startswith(FILE)
        preview.stop()
        assert terminal.read() == "    no story\n    ^\n"


def test_what_is_wrong_for_a_moment_is_not_told(tmp_path: Path) -> None:
    """A kill writes the list of addresses before the story: in between the story has the id of a killed one."""
    root = a_folder(tmp_path, 4)
    ledger, file = root / "content/_urls.tsv", root / FILE
    with Serving(root) as preview:
        page = preview.open("/")
        ledger.write_text(f"s003\t{PAGE}\t2020-01-01\tkilled\t2020-01-01\tWrong.\n")
        page.wait("state")
        file.write_bytes(story("Harbour report 3", id="s003", status="killed"))
        until(lambda: b"Harbour report 3<" not in preview.get("/")[2])
        (root / "content/world/2019/s001.md").write_bytes(b"no story")
        assert preview.stderr.readline() == "1 error:\n"
        assert preview.stderr.readline().startswith("content/world/2019/s001.md")
        page.close()
