"""docs/look.md: its files, as they stand there, make the site that it describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from newsgen.source.settings import parse_settings
from newsgen.source.theme import theme_files
from tests.support.guides import block
from tests.support.sites import Desk, story

GUIDE = "look.md"
FONT = b"wOF2 a font"


def site(base: str = "", more: Mapping[str, bytes] = MappingProxyType({})) -> Desk:
    """A site with every example of the guide; `base` is another base.html.j2, `more` are files beside."""
    return Desk(
        {
            "content/news/a.md": story("Ferry sails", "2019-05-01T10:00", "News", "It sailed.", id="a"),
            "content/_pages/about.md": block(GUIDE, "markdown", "About the archive").encode(),
            "static/report.pdf": b"%PDF-1.4",
            "templates/base.html.j2": (base or block(GUIDE, "jinja", "masthead")).encode(),
            "templates/assets/own.css": block(GUIDE, "css", "@font-face").encode(),
            "templates/assets/fonts/text.woff2": FONT,
            **more,
        }
    )


def test_the_examples_are_at_most_five_lines() -> None:
    assert len(block(GUIDE, "jinja", "masthead").splitlines()) <= 5


def test_the_examples_make_the_site() -> None:
    settings = '[tool.newsgen]\ntitle = "A"\nbase_url = "https://a.example"\n'
    settings += block(GUIDE, "toml", "[[tool.newsgen.menu]]") + block(GUIDE, "toml", "csp")
    read = parse_settings("pyproject.toml", settings.encode())
    desk = site()
    desk.theme = theme_files(desk.site)
    desk.set(menu=read.menu, csp=read.csp)
    result = desk.build()
    assert [problem for problem in result.problems if problem.severity != "advice"] == []
    files = desk.output.files
    for page in ("index.html", "about/index.html", "news/2019/05/01/ferry-sails.html"):
        text = files[page].decode()
        assert "The Aldmoor <em>Courier</em>" in text
        assert "4 Quay Street" in text
        assert "/assets/own." in text
        menu = text[text.index("<nav") : text.index("</nav>")]
        places = [menu.index(name) for name in (">News<", ">Who we are<", ">Dates<", ">The paper<")]
        assert places == sorted(places)
    assert files["report.pdf"] == b"%PDF-1.4"
    (font,) = (name for name in files if name.endswith(".woff2"))
    assert files[font] == FONT
    (sheet,) = (name for name in files if name.startswith("assets/own."))
    assert f'url("{font.removeprefix("assets/")}")' in files[sheet].decode()
    headers = files["_headers"].decode()
    assert "script-src 'self' https://count.example" in headers
    assert "font-src 'self'" in headers


def test_a_logo_as_the_guide_has_it_is_an_asset_of_every_page() -> None:
    base = block(GUIDE, "jinja", "masthead")
    name = re.search(r'<p class="name">.*</p>(?={% endblock %})', base)
    assert name is not None
    base = base.replace(name[0], block(GUIDE, "html", "logo.svg").strip())
    desk = site(base, {"templates/assets/logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"/>'})
    desk.theme = theme_files(desk.site)
    result = desk.build()
    assert [problem for problem in result.problems if problem.severity != "advice"] == []
    (file,) = (name for name in desk.output.files if name.startswith("assets/logo."))
    for page in ("index.html", "about/index.html", "news/2019/05/01/ferry-sails.html"):
        assert f'<img src="/{file}" alt="Aldmoor Courier"' in desk.output.files[page].decode()
