"""What a style sheet names gets the address with its digest; what it misses is named with its line."""

from __future__ import annotations

import pytest

from newsgen.source.style_sheets import linked
from newsgen.text.address import asset_url

FONT = b"wOF2 a font"


def address(name: str, data: bytes) -> str:
    """The address of an asset, seen from assets/."""
    return asset_url(name, data).removeprefix("/assets/")


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("a { src: url(fonts/x.woff2) }", "a {{ src: url({font}) }}"),
        ('a { src: url( "fonts/x.woff2" ) }', 'a {{ src: url( "{font}" ) }}'),
        ("a { src: url('fonts/x.woff2?v=1#iefix') }", "a {{ src: url('{font}?v=1#iefix') }}"),
        ("a { src: URL(./fonts/x.woff2) }", "a {{ src: URL({font}) }}"),
        ('/* url(no.png) */ a::before { content: "url(no.png)" }', None),
        ("a { background: url(data:image/png;base64,AAAA) }", None),
        ("a { background: url(https://example.org/x.png) url(/static/x.png) url(#mark) }", None),
    ],
)
def test_what_a_sheet_names(css: str, wanted: str | None) -> None:
    assets, problems = linked({"site.css": css.encode(), "fonts/x.woff2": FONT})
    expected = wanted.format(font=address("fonts/x.woff2", FONT)) if wanted else css
    assert (assets["site.css"].decode(), problems) == (expected, ())


def test_a_sheet_in_a_folder_names_what_lies_beside_and_above_it() -> None:
    sheets = {"css/a.css": b"a { src: url(../fonts/x.woff2); b: url(p.png) }", "css/p.png": b"p", "fonts/x.woff2": FONT}
    assets, problems = linked(sheets)
    font, picture = address("fonts/x.woff2", FONT), address("css/p.png", b"p").removeprefix("css/")
    assert assets["css/a.css"].decode() == f"a {{ src: url(../{font}); b: url({picture}) }}"
    assert problems == ()


def test_a_sheet_that_is_imported_changes_the_address_in_the_one_that_imports_it() -> None:
    sheets = {"a.css": b'@import "b.css";', "b.css": b"@import url(c.css); p { src: url(x.woff2) }", "c.css": b"q {}"}
    assets, _problems = linked({**sheets, "x.woff2": FONT})
    assert address("c.css", b"q {}").encode() in assets["b.css"]
    assert address("b.css", assets["b.css"]).encode() in assets["a.css"]
    again, _problems = linked({**sheets, "x.woff2": b"another font"})
    assert again["a.css"] != assets["a.css"]


def test_sheets_that_import_each_other_end() -> None:
    assets, problems = linked({"a.css": b'@import "b.css";', "b.css": b'@import "a.css";'})
    assert (sorted(assets), problems) == (["a.css", "b.css"], ())


def test_what_a_sheet_misses() -> None:
    _assets, problems = linked({"site.css": b"a {}\nb { src: url(font/x.woff2) }\n", "fonts/x.woff2": FONT})
    (problem,) = problems
    assert (problem.rule, problem.path) == ("style-missing-near", "templates/assets/site.css")
    assert (problem.line, problem.column, problem.values) == (2, 10, ("font/x.woff2", "x.woff2"))
    _assets, problems = linked({"site.css": b"b { src: url(nothing-like-it.svg) }"})
    assert [problem.rule for problem in problems] == ["style-missing"]


def test_a_sheet_in_another_encoding_keeps_its_bytes() -> None:
    assets, _problems = linked({"site.css": b"a { content: '\xe9' } b { src: url(x.woff2) }", "x.woff2": FONT})
    assert assets["site.css"].startswith(b"a { content: '\xe9' }")
