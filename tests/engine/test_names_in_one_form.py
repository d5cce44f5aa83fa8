"""A site whose file names are decomposed, as macOS and zip files give them, is the same site."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest

from newsgen.disk import MemoryDisk
from newsgen.source.theme import theme_files
from tests.support.sites import PNG, Desk, assert_same, story


def files(form: Literal["NFC", "NFD"]) -> dict[str, bytes]:
    """A site with names in a Unicode form; what stories say of them is composed."""
    named = {
        "content/café/ö.md": story("Ö", section="Café", photos="[{file: é.png, alt: A}]", related="[ü]"),
        "content/café/é.png": PNG,
        "content/café/_section.yaml": "title: Café news\n".encode(),
        "content/café/ü.md": story("Ü", "2019-05-02", section="Café", id="ü", photos="[{file: /à.png, alt: B}]"),
        "content/à.png": PNG + b"another",
        "content/_people.yaml": "- name: Zoë Ëlm\n  photo: à.png\n".encode(),
        "content/_urls.tsv": "old-ü\t/café/old.html\t2019-05-02\n".encode(),
    }
    return {normalize(form, path): data for path, data in named.items()}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_site_is_the_same_whatever_the_form_of_its_names(form: Literal["NFC", "NFD"]) -> None:
    desk = Desk(files(form))
    assert [line for line in desk.build_messages() if "old.html" not in line] == []
    assert_same(desk.output.files, Desk(files("NFC")).clean())
    assert sum(path.endswith(".png") for path in desk.output.files) == 2 + sum(
        path.endswith(".png") for path in Desk().clean()
    )


def test_texts_in_another_form_name_the_same_files_and_stories() -> None:
    decomposed = {path: normalize("NFD", data.decode()).encode() if path[-3:] == ".md" else data for path, data in
                  files("NFC").items()}  # fmt: skip
    desk = Desk(decomposed)
    assert [line for line in desk.build_messages() if "old.html" not in line] == []


def test_a_picture_that_comes_in_another_form_is_as_a_clean_build_has_it() -> None:
    desk = Desk({path: data for path, data in files("NFC").items() if not path.endswith("é.png")})
    desk.build()
    desk.site.write(normalize("NFD", "content/café/é.png"), PNG)
    desk.build()
    assert_same(desk.output.files, desk.clean())
    desk.site.remove("content/café/é.png")
    desk.build()
    assert_same(desk.output.files, desk.clean())


def test_templates_name_their_files_in_any_form() -> None:
    names = {"templates/é.j2": b"A macro", "templates/assets/ü.css": b"a{}"}
    page = '{% include "é.j2" %} {{ asset("ü.css") }}'
    for on_disk in (False, True):
        for in_text in (False, True):
            decomposed = {normalize("NFD", path) if on_disk else path: data for path, data in names.items()}
            text = normalize("NFD", page) if in_text else page
            desk = Desk(decomposed | {"templates/404.html.j2": text.encode(), "content/a.md": story("A")})
            desk.theme = theme_files(desk.site)
            assert desk.build_messages() == []
            assert desk.output.read("404.html").startswith(b"A macro /assets/")


def test_two_templates_whose_names_differ_in_form_are_an_error() -> None:
    disk = MemoryDisk({f"templates/{name}.j2": b"x" for name in ("é", "e\u0301")})
    assert [(problem.rule, problem.path) for problem in theme_files(disk).problems] == [
        ("name-twice", "templates/é.j2")
    ]
