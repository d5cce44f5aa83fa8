"""A site's own look: blocks of the default theme in a few lines, its policy, and what `check` says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgen.commands.check import check
from newsgen.disk import MemoryDisk
from newsgen.source.theme import ThemeFiles, theme_files
from tests.support.sites import Desk, story

FOG = {"content/world/fog.md": story("Fog lifts", id="fog")}


def desk(files: dict[str, bytes], more: dict[str, bytes] | None = None) -> Desk:
    """A site with files of templates/, and others."""
    site = Desk({**FOG, **(more or {})})
    site.theme = theme(files)
    return site


def theme(files: dict[str, bytes]) -> ThemeFiles:
    return theme_files(MemoryDisk({f"templates/{name}": data for name, data in files.items()}))


def problems(of: Desk) -> list[tuple[str, tuple[str, ...]]]:
    of.build()
    found = check(of.job(of.output), None).problems
    return [(problem.rule, problem.values) for problem in found if problem.rule.startswith("csp")]


@pytest.mark.parametrize(
    ("name", "block", "pages"),
    [
        ("base.html.j2", "masthead", ("/index.html", "404.html")),
        ("base.html.j2", "head", ("/index.html", "404.html")),
        ("base.html.j2", "nav", ("/index.html", "404.html")),
        ("base.html.j2", "footer", ("/index.html", "404.html")),
        ("base.html.j2", "foot", ("/index.html", "404.html")),
        ("article.html.j2", "aside", ("fog-lifts.html",)),
        ("article.html.j2", "after_text", ("fog-lifts.html",)),
    ],
)
def test_one_block_in_three_lines(name: str, block: str, pages: tuple[str, ...]) -> None:
    text = f'{{% extends "theme/{name}" %}}{{% block {block} %}}<p>Ours, by {{{{ site.title }}}}</p>{{% endblock %}}'
    site = desk({name: text.encode()})
    assert site.build().problems == ()
    for page in pages:
        text = next(data for path, data in site.output.files.items() if path.endswith(page)).decode()
        assert text.count(f"<p>Ours, by {site.settings.title}</p>") == 1
        assert text.count("<h1") == 1
        assert "<main" in text


def test_a_block_can_be_added_to() -> None:
    text = b'{% extends "theme/base.html.j2" %}{% block footer %}{{ super() }}<p>Ours</p>{% endblock %}'
    site = desk({"base.html.j2": text})
    site.build()
    assert "Times are those of" in site.output.files["index.html"].decode().partition("<p>Ours</p>")[0]


def test_the_default_theme_renders_the_same_with_and_without_its_second_name() -> None:
    plain, own = Desk(dict(FOG)), desk({"letter.html.j2": b"x"})
    plain.build()
    own.build()
    assert own.output.files == plain.output.files


def policy(of: Desk) -> dict[str, str]:
    of.build()
    line = next(line for line in of.output.files["_headers"].decode().splitlines() if "Content-Security" in line)
    parts = line.partition(": ")[2].split("; ")
    return {part.partition(" ")[0]: part.partition(" ")[2] for part in parts}


def test_a_site_without_fonts_allows_none_and_no_script_but_its_own() -> None:
    assert policy(Desk(dict(FOG))) == {
        "default-src": "'none'",
        "img-src": "'self'",
        "style-src": "'self'",
        "manifest-src": "'self'",
        "connect-src": "'self'",
        "script-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }


def test_files_of_ones_own_open_the_policy_for_themselves() -> None:
    site = desk({"assets/x.woff2": b"f", "assets/site.css": b"a {}"}, {"static/tour.mp4": b"m", "static/a/b.js": b"1"})
    assert {name: policy(site)[name] for name in ("font-src", "media-src", "script-src")} == {
        "font-src": "'self'",
        "media-src": "'self'",
        "script-src": "'self'",
    }
    site.site.remove("static/tour.mp4")
    assert "media-src" not in policy(site)


def test_sources_of_the_settings() -> None:
    site = Desk(dict(FOG))
    site.set(csp=(("form-action", ("https://forms.example.org",)), ("script-src", ("https://count.example.org",))))
    given = policy(site)
    assert given["form-action"] == "https://forms.example.org"
    assert given["script-src"] == "'self' https://count.example.org"


COUNTER = b'{% extends "theme/base.html.j2" %}{% block foot %}<script src="https://count.example.org/c.js"></script>'


def test_check_names_what_the_policy_blocks_and_not_what_is_declared() -> None:
    text = COUNTER + b'<link rel="stylesheet" href="//fonts.example.org/a.css"><script>x()</script>{% endblock %}'
    site = desk({"base.html.j2": text})
    assert problems(site) == [
        ("csp-blocked", ("https://count.example.org/c.js", "script-src", "https://count.example.org")),
        ("csp-blocked", ("//fonts.example.org/a.css", "style-src", "https://fonts.example.org")),
        ("csp-inline", ("<script>",)),
    ]
    site.set(csp=(("script-src", ("https://count.example.org",)), ("style-src", ("*.example.org",))))
    assert problems(site) == [("csp-inline", ("<script>",))]


@pytest.mark.parametrize("markup", [b'<p style="color: red">x</p>', b"<style>p {}</style>", b'<p onclick="x()">y</p>'])
def test_what_is_inline_is_named(markup: bytes) -> None:
    text = b'{% extends "theme/base.html.j2" %}{% block foot %}' + markup + b"{% endblock %}"
    assert [rule for rule, _values in problems(desk({"base.html.j2": text}))] == ["csp-inline"]


def test_the_default_theme_has_nothing_that_its_policy_blocks() -> None:
    assert problems(Desk(dict(FOG))) == []


def test_a_sheet_that_misses_a_file_is_named_by_every_build() -> None:
    site = desk({"assets/site.css": b"a { src: url(no.woff2) }"})
    assert [problem.rule for problem in site.build().problems] == ["style-missing"]
    site.theme = replace(site.theme, problems=())
    assert site.build().problems == ()


SHEET = b"""@import "https://sheets.example.org/a.css"; /* url(https://no.example.org/x.png) */
@font-face { font-family: F; src: url("https://fonts.example.org/f.woff2"), url(data:font/woff2;base64,AA==); }
a { background: url(//img.example.org/a.png), url(b.png) }"""
SCRIPT = (
    b'fetch("https://count.example.org/hit"); navigator.sendBeacon("/here"); import("https://cdn.example.org/x.js")'
)


def test_what_sheets_and_scripts_load_from_elsewhere_is_named_unless_declared() -> None:
    site = desk({"assets/own.css": SHEET, "assets/b.png": b"b"}, {"static/own.js": SCRIPT})
    assert problems(site) == [
        ("csp-blocked", ("https://sheets.example.org/a.css", "style-src", "https://sheets.example.org")),
        ("csp-blocked", ("https://fonts.example.org/f.woff2", "font-src", "https://fonts.example.org")),
        ("csp-blocked", ("data:font/woff2;base64,AA==", "font-src", "data:")),
        ("csp-blocked", ("//img.example.org/a.png", "img-src", "https://img.example.org")),
        ("csp-blocked", ("https://count.example.org/hit", "connect-src", "https://count.example.org")),
        ("csp-blocked", ("https://cdn.example.org/x.js", "script-src", "https://cdn.example.org")),
    ]
    more = {"style-src": ("*.example.org",), "font-src": ("https://fonts.example.org", "data:"),
            "img-src": ("*.example.org",), "connect-src": ("https://count.example.org",)}  # fmt: skip
    site.set(csp=(*more.items(), ("script-src", ("https://cdn.example.org",))))
    assert problems(site) == []


def test_the_problem_of_a_sheet_names_its_file() -> None:
    site = desk({"assets/own.css": b"a { background: url(https://img.example.org/a.png) }"})
    site.build()
    assert [p.path for p in check(site.job(site.output), None).problems if p.rule == "csp-blocked"] == [
        "templates/assets/own.css"
    ]
