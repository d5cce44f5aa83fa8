"""Story files that any reader of YAML and of Markdown takes as they were meant."""

from __future__ import annotations

import html
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsgen.formats.compose import fence
from newsgen.formats.item import Item
from newsgen.formats.to_storyfile import story_file
from newsgen.storyfile import YamlValue
from newsgen.text import markdown
from tests.support.words import ODD_TEXTS

PRE = '<pre role="group" aria-label="Fixed-width text" tabindex="0">'


@given(st.lists(st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=["Cs"]))), min_size=1))
def test_whole_files(texts: list[str]) -> None:
    front: dict[str, YamlValue] = {
        "tags": tuple(texts),
        "photos": ({"caption": texts[0] or "x", "credit": "A"},),
        "date": "2019-06-05",
        "extra": {"a": tuple(texts)},
    }
    title = texts[0] or "x"
    item = Item("plain", "x", "id", "World", title, "slug", "2019-06-05", front, "Body.", "0" * 64)
    start, head, body = story_file(item).decode().split("---\n", 2)
    front_matter = yaml.safe_load(head)
    assert (start, body) == ("", "\nBody.\n")
    assert (front_matter["tags"], front_matter["extra"]["a"]) == (texts, texts)
    assert front_matter["photos"] == [{"caption": texts[0] or "x", "credit": "A"}]
    assert head.startswith("id: id\nheadline: ")


COPY = [
    "*a* _b_ `c` ~~d~~", "# a", "1. a", "12) a", "- a", "+ a", "> a", "---", "===", "- - -", "<HWK.O> rose", "<b>",
    "&lt;", "&#35;", "[a](b)", "![a](b)", "[a]: b", "a\\b", "\\", "a | b", "    a", "```", "~~~", "a_b_c", "__a__",
    "https://a.example/_b_", "<https://a.example>", "a*b*c", "***", "AT&T", "#", "1.", "_", "* * *", "a  b",
    "<!-- a -->", "<?a?>",
]  # fmt: skip


@pytest.mark.parametrize("copy", COPY)
def test_copy_reads_as_it_was_sent(copy: str) -> None:
    shown = re.sub(r'<span class="ticker">([^<>]*)</span>', r"\1", markdown.to_html(markdown.escape(copy)))
    assert re.fullmatch(r"<p>.*</p>\n", shown, re.S), shown
    assert html.unescape(shown[3:-5]) == " ".join(copy.split())


@given(st.text(alphabet="*_`~#<>&;[]()!|\\ 1.-+=:a\n\t\"'", min_size=1).filter(str.strip))
def test_any_copy_reads_as_it_was_sent(copy: str) -> None:
    shown = markdown.to_html(markdown.escape(copy))
    assert html.unescape(re.sub(r"</?p>", "", shown)).split() == copy.split()


def test_agate_with_ticks_stays_in_its_fence() -> None:
    shown = markdown.to_html(fence(("a   1", "```", "  b 2")))
    assert shown == f"{PRE}<code>a   1\n```\n  b 2\n</code></pre>\n"
