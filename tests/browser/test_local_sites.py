"""Archives in German, Arabic and Japanese in a browser: valid, accessible, nothing beyond the edge of the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.test_pages import looks, of_every_shape, served, validate, write_out
from tests.support.chromium import chromium
from tests.support.local_sites import LOCAL, local_site

pytestmark = pytest.mark.browser
_KINDS = (  # a page of each kind, as the pattern of its file
    "index.html", "2019/index.html", "2019/06/index.html", "2019/06/05/index.html", "404.html", "about/index.html",
    "dates/index.html", "on-this-day/index.html", "on-this-day/06-05/index.html", "feeds/index.html",
    "corrections/index.html", "corrections/2019/06/index.html", "withdrawn/index.html", "withdrawn/????????.html",
    "tags/index.html", "tags/*/index.html", "people/index.html", "people/*/index.html", "places/index.html",
    "places/*/index.html", "places-map/index.html", "storylines/index.html", "storylines/*/index.html",
    "*/2019/06/05/report-200.html", "*/2019/06/03/report-220.html", "*/2019/06/02/briefs.html", "*/2019/06/index.html",
)  # fmt: skip


@pytest.mark.parametrize(
    "language", [pytest.param(each, marks=() if each == "ar" else pytest.mark.long) for each in LOCAL]
)
def test_every_kind_of_page(language: str, tmp_path: Path) -> None:
    chromium()
    desk = local_site(language)
    folder = tmp_path / "site"
    write_out(desk, folder)
    root = (folder / "index.html").read_text("utf-8")
    assert f'<html lang="{language}"' in root
    assert ('dir="rtl"' in root.partition(">")[0] + root.partition("<html")[2].partition(">")[0]) == (language == "ar")
    largest = [max(folder.glob(pattern), key=lambda path: path.stat().st_size, default=None) for pattern in _KINDS]
    assert [kind for kind, path in zip(_KINDS, largest, strict=True) if path is None] == []
    pages = [f"/{path.relative_to(folder).as_posix()}".removesuffix("index.html") for path in largest if path]
    with served(folder) as address:
        looks(address, pages)
    files = list(folder.rglob("*.html"))
    validate(of_every_shape(files) if language == "ar" else files)  # all where the run may be long
