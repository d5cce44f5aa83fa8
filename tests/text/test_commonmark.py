"""The examples of CommonMark 0.31.2 as bodies of stories: each that is shown otherwise is listed, with its reason."""

from __future__ import annotations

import os
import re

import pytest

from newsgen import storyfile
from newsgen.text import markdown
from tests.support.chromium import TOOLS

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.M | re.S)


def _numbers(text: str) -> tuple[int, ...]:
    """`1-3 7` is 1, 2, 3, 7."""
    spans = [[int(end) for end in part.split("-")] for part in text.split()]
    return tuple(number for span in spans for number in range(span[0], span[-1] + 1))


# The numbers of examples, by the reason why a story is to be shown otherwise.
DEVIATIONS = {
    "a page has one h1, its headline: # is an h2": _numbers(
        "10 62 66-68 72 75 76 78-80 83 84 115 141 214 215 227-230 232 300"
    ),
    "a paragraph of several lines is no heading": _numbers("81 82 95"),
    "HTML is text, and what is in it may be Markdown": _numbers(
        "21 31 148-176 178 180-182 184-191 201 344 475-477 491 494 524 536 613-617 623 627-631 642 643"
    ),
    "a comment is left out": _numbers("177 179 183 308 309 625 626"),
    "a picture of a body is its text": _numbers("517 520 531 572-589 591"),
    "a definition that no link uses is text": _numbers("207 208 210 317 545"),
    "a definition of a label that has one is text": _numbers("544"),
    "a definition whose address is a word is text": _numbers("203 204"),
    "a link without a text shows its address": _numbers("484"),
    "links go to http, https, mailto and within the site; others are text": _numbers("500 596 598 599 601"),
    "code has no class for its language": _numbers("24 142"),
    "words behind a fence are shown": _numbers("34 143 144 146"),
}


def examples() -> list[tuple[str, str]]:
    """Markdown and HTML of each example."""
    spec = TOOLS / "node_modules" / "commonmark-spec" / "spec.txt"
    if not spec.exists():
        if os.environ.get("NEWSGEN_REQUIRE_BROWSER"):
            pytest.fail("the packages of tests/browser are required: NEWSGEN_REQUIRE_BROWSER is set")
        pytest.skip("no packages in tests/browser (make test installs them)")
    text = spec.read_text(encoding="utf-8").partition("<!-- END TESTS -->")[0]
    return [(body.replace("→", "\t"), html.replace("→", "\t")) for body, html in _EXAMPLE.findall(text)]


def in_one_form(html: str) -> str:
    """HTML without what differs in every page of newsgen: XHTML's slashes, attributes for keyboards and search engines,
    and line breaks between elements.
    """
    for ours in (' role="group" aria-label="Fixed-width text"', ' tabindex="0"', ' rel="nofollow noopener"'):
        html = html.replace(ours, "")
    return html.replace(" />", ">").replace(">\n<", "><").strip()


def test_every_example_is_rendered_as_commonmark_has_it_or_listed() -> None:
    deviating = set()
    for number, (body, html) in enumerate(examples(), 1):
        shown = markdown.to_html(storyfile.read_body(b"---\n---\n" + body.encode()))
        if in_one_form(shown) != in_one_form(html):
            deviating.add(number)
    listed = [number for numbers in DEVIATIONS.values() for number in numbers]
    assert len(listed) == len(set(listed))
    assert number == 652
    assert sorted(deviating) == sorted(listed)
