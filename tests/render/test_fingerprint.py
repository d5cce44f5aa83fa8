"""Which parts of a fingerprint differ, and what each part depends on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgen.model.pages import Need, Page
from newsgen.model.settings import Settings
from newsgen.render.fingerprint import Fingerprints, changed_parts, site_digest
from newsgen.render.templates.theme import Theme
from tests.render.test_head import a_listing, a_site, an_article

TEMPLATES = {"listing.html.j2": "{{ page }}", "article.html.j2": "{% include 'part.html.j2' %}", "part.html.j2": "a"}
ARTICLE = Page("/a.html", "article.html.j2", an_article(), "story/a", (Need("a.md", "0123456789abcdef"),))
LISTING = Page("/world/", "listing.html.j2", a_listing("section", "all"), "shelf/section/world/")


def fingerprints(templates: dict[str, str] = TEMPLATES, title: str = "Wire", stamp: str = "1") -> Fingerprints:
    return Fingerprints(Theme(templates), site_digest(a_site(title), stamp), Settings("Wire", "https://a.example"), ())


@pytest.mark.parametrize("page", [ARTICLE, LISTING])
def test_the_same_page_has_the_same_fingerprint(page: Page) -> None:
    assert fingerprints().of(page) == fingerprints().of(page)
    assert changed_parts(fingerprints().of(page), fingerprints().of(page)) == ""


def test_each_part_says_what_changed() -> None:
    before = fingerprints().of(ARTICLE)
    assert len(before.split(".")) == 4
    assert changed_parts(before, fingerprints(TEMPLATES | {"part.html.j2": "b"}).of(ARTICLE)) == "template"
    assert changed_parts(before, fingerprints(TEMPLATES | {"listing.html.j2": "b"}).of(ARTICLE)) == ""
    assert changed_parts(before, fingerprints(title="Other").of(ARTICLE)) == "site"
    assert changed_parts(before, fingerprints(stamp="2").of(ARTICLE)) == "site"
    other = replace(ARTICLE, data=an_article("Grain"))
    assert changed_parts(before, fingerprints().of(other)) == "lists"
    edited = replace(ARTICLE, needs=(Need("a.md", "fedcba9876543210"),))
    assert changed_parts(before, fingerprints().of(edited)) == "story"
    both = fingerprints(TEMPLATES | {"part.html.j2": "b"}).of(edited)
    assert changed_parts(before, both) == "template story"
