"""The preview in a browser: what an editor sees while working."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.chromium import chromium
from tests.support.serving import FILE, PAGE, Serving, a_folder
from tests.support.sites import story

pytestmark = pytest.mark.browser
LONG = "\n\n".join(f"Paragraph {number} about the harbour." for number in range(80))


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1000, "height": 700})
        browser.close()


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = a_folder(tmp_path_factory.mktemp("browser"), 12)
    theme = Path(__file__).parents[2] / "templates"
    (root / "templates/assets").mkdir(parents=True)
    for name in ("assets/site.css", "article.html.j2"):
        (root / "templates" / name).write_bytes((theme / name).read_bytes())
    (root / "content/world/2019/d.md").write_bytes(story("Not yet", id="d", status="draft"))
    (root / "content/world/2019/e.md").write_bytes(story("Wait for it", id="e", embargo='"2030-01-01T06:00:00Z"'))
    with Serving(root) as preview:
        yield preview


@pytest.fixture
def file(serving: Serving) -> Iterator[Path]:
    """A story's file, put back afterwards."""
    path = serving.root / FILE
    before = path.read_bytes()
    path.write_bytes(story("Harbour report 3", "2019-05-04T10:00", id="s003", body=LONG))
    yield path
    path.write_bytes(before)


def visit(page: Page, serving: Serving, path: str) -> None:
    page.goto(f"http://127.0.0.1:{serving.port}{path}")
    page.wait_for_selector("html[data-newsgen-preview=ready]")
    page.wait_for_selector("newsgen-preview .bar")


def test_a_save_shows_and_keeps_the_place(page: Page, serving: Serving, file: Path) -> None:
    visit(page, serving, PAGE)
    expect(page.get_by_text("Paragraph 79")).to_be_attached()
    page.locator("details.cite summary").click()
    buttons = page.locator("details.cite button")
    expect(buttons.first).to_be_visible()
    count = buttons.count()
    page.evaluate("window.mine = true; scrollTo(0, 600)")
    file.write_bytes(file.read_bytes().replace(b"Paragraph 1 ", b"A changed paragraph "))
    expect(page.get_by_text("A changed paragraph")).to_be_attached()
    assert page.evaluate("scrollY") == 600
    assert page.evaluate("document.querySelector('details.cite').open")
    assert page.evaluate("window.mine")  # renewed in its place
    expect(buttons).to_have_count(count)  # the script of the tray ran again on what is new
    assert page.evaluate("document.querySelectorAll('newsgen-preview').length") == 1


@pytest.mark.parametrize(
    ("line", "now", "path"),
    [
        ("headline: Harbour report 3", "headline: Harbour closes", "/world/2019/05/04/harbour-closes.html"),
        ("section: World", "section: Sport", "/sport/2019/05/04/harbour-report-3.html"),
        ("date: 2019-05-04T10:00", "date: 2019-06-05", "/world/2019/06/05/harbour-report-3.html"),
        ("id: s003", "id: s003\nslug: quay", "/world/2019/05/04/quay.html"),
    ],
)
def test_a_page_follows_its_story(page: Page, serving: Serving, file: Path, line: str, now: str, path: str) -> None:
    visit(page, serving, PAGE)
    expect(page.get_by_text("Paragraph 79")).to_be_attached()
    page.evaluate("scrollTo(0, 600)")
    file.write_text(file.read_text().replace(line, now, 1))
    page.wait_for_url(f"**{path}")
    note = page.locator("newsgen-preview .note")
    expect(note).to_contain_text(f"This story is now at {path}")
    assert page.evaluate("scrollY") == 600
    note.get_by_role("button").click()
    expect(note).not_to_be_attached()
    file.write_bytes(story("Harbour report 3", "2019-05-04T10:00", id="s003", body=LONG))
    page.wait_for_url(f"**{PAGE}")  # and back
    expect(page.locator("newsgen-preview .note")).to_contain_text(f"This story is now at {PAGE}")
    page.reload()
    page.wait_for_selector("newsgen-preview .bar")
    expect(page.locator("newsgen-preview .note")).not_to_be_attached()


def test_a_template_keeps_what_was_typed(page: Page, serving: Serving) -> None:
    template = serving.root / "templates/article.html.j2"
    before = template.read_text(encoding="utf-8")
    form = '<form><label>Note <input name="note"></label></form>\n<div class="more">'
    template.write_text(before.replace('<div class="more">', form), encoding="utf-8")
    visit(page, serving, PAGE)
    page.get_by_label("Note").fill("half a sen")
    template.write_text(before.replace('<div class="more">', f"<p>Changed.</p>{form}"), encoding="utf-8")
    expect(page.get_by_text("Changed.")).to_be_attached()
    assert page.get_by_label("Note").input_value() == "half a sen"
    template.write_text(before, encoding="utf-8")
    expect(page.get_by_text("Changed.")).not_to_be_attached()


def test_a_style_sheet_is_swapped(page: Page, serving: Serving) -> None:
    style = serving.root / "templates/assets/site.css"
    before = style.read_bytes()
    visit(page, serving, PAGE)
    page.evaluate("window.mine = true; document.querySelector('h1').dataset.mine = 'yes'")
    style.write_bytes(before + b"\nh1 { color: rgb(1, 2, 3) }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert page.evaluate("document.querySelector('h1').dataset.mine") == "yes"  # no page was loaded or renewed
    assert page.evaluate("document.querySelectorAll('link[rel=stylesheet]').length") == 1
    style.write_bytes(before + b"\nh1 { color: rgb(3, 2, 1) }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(3, 2, 1)")
    assert page.evaluate("document.querySelector('h1').dataset.mine") == "yes"
    style.write_bytes(before)
    expect(page.locator("h1")).not_to_have_css("color", "rgb(3, 2, 1)")


def test_an_error_lies_over_the_page_until_it_is_mended(page: Page, serving: Serving, file: Path) -> None:
    visit(page, serving, PAGE)
    good = file.read_bytes()
    file.write_bytes(good.replace(b"date:", b"dat:"))
    over = page.locator("newsgen-preview .over")
    expect(over).to_contain_text(f"{FILE}:3:1")
    expect(over).to_contain_text("dat: 2019-05-04T10:00")
    expect(page.get_by_text("Paragraph 79")).to_be_attached()
    page.reload()
    expect(over).to_be_visible()
    expect(page.get_by_text("Paragraph 79")).to_be_attached()
    page.locator("newsgen-preview .over .close").click()
    page.locator("newsgen-preview summary").click()
    expect(page.locator("newsgen-preview .wrong")).to_contain_text(f"{FILE}:3:1")
    file.write_bytes(good)
    expect(page.locator("newsgen-preview .wrong")).not_to_be_attached()
    expect(over).not_to_be_attached()
    template = serving.root / "templates/article.html.j2"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "{% nonsense %}", encoding="utf-8")
    expect(over).to_contain_text("templates/article.html.j2")
    template.write_text(text, encoding="utf-8")
    expect(over).not_to_be_attached()


def test_a_draft_wears_a_badge(page: Page, serving: Serving) -> None:
    visit(page, serving, "/world/2019/05/01/not-yet.html")
    expect(page.locator("newsgen-preview [data-state=draft]")).to_be_visible()
    visit(page, serving, PAGE)
    expect(page.locator("newsgen-preview [data-state=live]")).to_be_visible()
    expect(page.locator("newsgen-preview [data-badge]")).to_be_visible()  # it has no dateline
    page.locator("newsgen-preview summary").click()
    expect(page.locator("newsgen-preview .in")).to_contain_text("no dateline")
    link = page.locator("newsgen-preview .in a").first
    expect(link).to_have_text(FILE)
    expect(link).to_have_attribute("href", f"/_newsgen/source/{FILE}")


def test_the_clock_shows_what_is_to_come(page: Page, serving: Serving) -> None:
    path = "/world/2019/05/01/wait-for-it.html"
    visit(page, serving, path)
    expect(page.locator("newsgen-preview [data-state=embargoed]")).to_contain_text("2030-01-01 06:00")
    page.locator("newsgen-preview summary").click()
    page.locator("newsgen-preview input").fill("2030-01-01T06:00")
    page.locator("newsgen-preview form.clock button").first.click()
    expect(page.locator("h1")).to_have_text("Wait for it")
    expect(page.locator("newsgen-preview [data-clock]")).to_be_visible()
    page.locator("newsgen-preview summary").click()
    page.locator("newsgen-preview button.now").click()
    expect(page.locator("article")).to_have_attribute("data-state", "embargoed")


def test_nothing_is_refused_by_the_policy(page: Page, serving: Serving) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    for path in ("/", "/world/", PAGE):
        visit(page, serving, path)
    assert messages == []
