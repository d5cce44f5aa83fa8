"""A second theme, in few files: valid and accessible, with a font and a script of its own; and the site's policy.

It changes what differs, and extends the default theme for the rest, as docs/look.md says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, sync_playwright

from newsgen.commands.check import check
from newsgen.disk import MemoryDisk
from newsgen.engine.request import BuildRequest
from newsgen.engine.run import build
from newsgen.publish.host_rules import parse_rules
from newsgen.source import project
from newsgen.source.theme import ThemeFiles, theme_files
from newsgen.store import Store
from tests.browser.test_pages import looks, of_every_shape, one_of_each, served, validate
from tests.support.chromium import chromium
from tests.support.sites import Desk, story

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
GAZETTE = ROOT / "tests/themes/gazette"
CLOCK = int(datetime(2026, 6, 1, tzinfo=UTC).timestamp())
COUNT = "https://count.example"
# What a planted script of another origin does: it says that it ran, and asks its origin.
COUNTER = f"window.counted = true; fetch('{COUNT}/hit').then(() => {{ window.heard = true; }}, () => {{}});"
TAG = f'{{% block foot %}}<script src="{COUNT}/count.js"></script>{{% endblock %}}\n'
ALLOWED = (("connect-src", (COUNT,)), ("script-src", (COUNT,)))


def theme(more: str = "") -> ThemeFiles:
    """The second theme; with more in its frame."""
    files = {f"templates/{path.relative_to(GAZETTE).as_posix()}": path.read_bytes() for path in files_of(GAZETTE)}
    files["templates/base.html.j2"] += more.encode()
    return theme_files(MemoryDisk(files))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def gazette(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site in the second theme."""
    site, output = project.find(ROOT, is_given=True), tmp_path_factory.mktemp("gazette") / "build"
    with Store(":memory:") as store:
        target = project.output_disk(site, output)
        result = build(BuildRequest(site.disk, target, site.settings, theme(), CLOCK, 0, "test"), store)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    return output


def test_it_is_small_and_each_block_takes_a_few_lines() -> None:
    blocks = re.findall(r"{% block \w+ %}.*?{% endblock %}", (GAZETTE / "base.html.j2").read_text(), re.S)
    assert len(blocks) >= 3
    assert all(len(block.splitlines()) + 1 <= 5 for block in blocks)  # and the line that extends the default
    assert len((GAZETTE / "base.html.j2").read_text().splitlines()) <= 5
    assert len(files_of(GAZETTE)) <= 5


def test_its_pages_are_accessible(gazette: Path, tmp_path: Path) -> None:
    """The articles, which have a layout of its own; of the others, which have its frame, two and the 404."""
    chromium()
    articles = [page for page in one_of_each(gazette) if page.endswith(".html")]
    with served(gazette) as address:
        looks(address, ["/", "/world/", *articles])


def test_every_page_is_valid_and_has_the_masthead(gazette: Path) -> None:
    chromium()
    pages = sorted(gazette.rglob("*.html"))
    for path in pages:
        text = path.read_text(encoding="utf-8")
        if "moved" not in path.name and "<main" in text:
            assert "The <b>Gazette</b>" in text, path
            assert "9 Rope Walk" in text, path
    validate(of_every_shape(pages))


@pytest.mark.long
def test_html_of_all_its_pages_is_valid(gazette: Path) -> None:
    chromium()
    validate(sorted(gazette.rglob("*.html")))


# --- the policy ---


def a_site(more: str, csp: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Desk:
    desk = Desk({"content/world/fog.md": story("Fog lifts", id="fog", body="It lifted.\n\n" * 90)})
    desk.theme = theme(more)
    desk.set(csp=csp)
    desk.build()
    return desk


@contextmanager
def visited(desk: Desk) -> Iterator[tuple[Page, list[str]]]:
    """A story's page as a host of the site serves it, and what the browser complains of."""
    rules = parse_rules(desk.output.files["_headers"].decode(), "")
    (path,) = (path for path in desk.output.files if path.endswith("fog-lifts.html"))
    said: list[str] = []

    def answer(route: Route) -> None:
        url = route.request.url
        if url.startswith(COUNT):
            headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}
            route.fulfill(body=COUNTER if url.endswith(".js") else "1", headers=headers)
            return
        name = url.partition("archive.example/")[2]
        kinds = {"css": "text/css", "js": "text/javascript", "html": "text/html", "woff2": "font/woff2"}
        headers = dict(rules.headers_of(f"/{name}")) | {"Content-Type": kinds.get(name.rpartition(".")[2], "image/png")}
        route.fulfill(body=desk.output.files.get(name, b""), headers=headers)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 700})
        page.route("**/*", answer)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.goto(f"https://archive.example/{path}", wait_until="networkidle")
        yield page, said
        browser.close()


def blocked(desk: Desk) -> list[tuple[str, ...]]:
    return [p.values for p in check(desk.job(desk.output), None).problems if p.rule.startswith("csp")]


def works(page: Page) -> None:
    """The theme's own font and script are there, and used."""
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Gazette Blocks\"', 'GAZETTE')")
    assert page.evaluate("[...document.fonts].map((font) => font.status)") == ["loaded"]
    assert page.evaluate("document.documentElement.dataset.gazette") == "ready"
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_function("document.documentElement.dataset.read === '100'")


def test_its_own_font_and_script_work_without_a_word_in_the_settings() -> None:
    desk = a_site("")
    assert blocked(desk) == []
    with visited(desk) as (page, said):
        works(page)
        assert said == []


def test_an_origin_that_is_declared_works() -> None:
    desk = a_site(TAG, ALLOWED)
    assert blocked(desk) == []
    with visited(desk) as (page, said):
        works(page)
        assert page.evaluate("window.counted")
        page.wait_for_function("window.heard === true")
        assert said == []


def test_an_origin_that_is_not_declared_is_named_and_refused() -> None:
    desk = a_site(TAG)
    assert blocked(desk) == [(f"{COUNT}/count.js", "script-src", COUNT)]
    with visited(desk) as (page, said):
        works(page)
        assert not page.evaluate("window.counted")
        assert any("Content Security Policy" in text and "count.js" in text for text in said)


def test_a_font_of_another_origin_is_named_until_it_is_declared() -> None:
    """And the browser agrees."""
    font, origin = "https://fonts.example/gazette.woff2", "https://fonts.example"
    face = f'\n@font-face {{ font-family: Far; src: url("{font}"); }}'.encode()
    gazette = theme()
    assets = [(name, data + face if name == "gazette.css" else data) for name, data in gazette.assets]
    for csp, named in (((), [(font, "font-src", origin)]), ((("font-src", (origin,)),), [])):
        desk = a_site("", csp)
        desk.theme = replace(gazette, assets=tuple(assets))
        desk.build()
        assert blocked(desk) == named
        with visited(desk) as (page, said):
            page.evaluate("document.fonts.load('16px Far').catch(() => 0)")
            refused = [text for text in said if "fonts.example" in text and "Content Security Policy" in text]
            assert bool(refused) == bool(named)
